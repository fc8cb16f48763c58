//! The state file: the whole practice cloud, so that an app that restarts goes on where it was. It is replaced as a whole, never in part.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::clock::ClockState;
use crate::cloud::Cloud;
use crate::ids::IdState;
use crate::state::World;

/// The form of the file; raised when an older file cannot be read any more.
const VERSION: u32 = 1;

/// What a state file holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    version: u32,
    pub clock: ClockState,
    pub ids: IdState,
    pub world: World,
}

/// Keeps a state file up to date.
#[derive(Debug)]
pub(crate) struct StateKeeper {
    path: PathBuf,
    // Saves follow one another, so that an older state never replaces a newer one.
    order: tokio::sync::Mutex<()>,
}

/// Why a state file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeptError {
    #[error("it cannot be read")]
    Unreadable(#[source] std::io::Error),
    #[error("it is damaged, or was not written by the practice cloud")]
    Damaged(#[source] serde_json::Error),
    #[error("it has form {found}; this practice cloud reads form {VERSION}")]
    OtherVersion { found: u32 },
}

impl StateKeeper {
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            order: tokio::sync::Mutex::new(()),
        }
    }

    /// Reads the file; none when there is none yet.
    pub fn load(path: &Path) -> Result<Option<Kept>, KeptError> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(KeptError::Unreadable(error)),
        };
        let Version { version } = serde_json::from_slice(&bytes).map_err(KeptError::Damaged)?;
        if version != VERSION {
            return Err(KeptError::OtherVersion { found: version });
        }
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(KeptError::Damaged)
    }

    /// Writes the present state. A failure is reported in the program's log; practice goes on.
    pub async fn save(&self, cloud: &Cloud) {
        let _turn = self.order.lock().await;
        let kept = Kept {
            version: VERSION,
            clock: cloud.clock.state(),
            ids: cloud.ids.state(),
            world: cloud.read(World::clone),
        };
        let path = self.path.clone();
        let written = tokio::task::spawn_blocking(move || write(&path, &kept)).await;
        match written {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the practice state was not kept"),
            Err(error) => tracing::warn!(%error, "the practice state was not kept"),
        }
    }
}

fn write(path: &Path, kept: &Kept) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer(&mut file, kept)?;
    file.flush()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
