//! The state file: the whole practice cloud, so that an app that restarts goes on where it was. It is replaced as a whole, never in part.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::clock::ClockState;
use crate::cloud::Cloud;
use crate::ids::IdState;
use crate::state::{
    AccessToken, RefreshToken, Relationship, Relationships, SharedMap, Tenant, Tenants, World,
};

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
    // Saves follow one another, so that an older state never replaces a newer one. Holds the last asking that was served.
    served: tokio::sync::Mutex<u64>,
    /// How often a save was asked for.
    asked: AtomicU64,
    written: Arc<Mutex<Written>>,
}

/// What the last save wrote for each of what there is many of, so that the next one writes anew only what has changed.
#[derive(Debug, Default)]
struct Written {
    tenants: BTreeMap<String, Piece<Tenant>>,
    relationships: BTreeMap<String, Piece<Relationship>>,
    access_tokens: BTreeMap<String, Piece<AccessToken>>,
    refresh_tokens: BTreeMap<String, Piece<RefreshToken>>,
}

/// Something that was written, and its text.
#[derive(Debug)]
struct Piece<T> {
    of: Arc<T>,
    text: String,
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
            served: tokio::sync::Mutex::default(),
            asked: AtomicU64::default(),
            written: Arc::default(),
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

    /// Writes the present state, once for all who ask while an earlier save runs. A failure is reported in the program's log;
    /// practice goes on.
    pub async fn save(&self, cloud: &Cloud) {
        let own = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut served = self.served.lock().await;
        if *served >= own {
            return;
        }
        // Whoever has asked by now has made its change before it asked.
        let up_to = self.asked.load(Ordering::SeqCst);
        let kept = Kept {
            version: VERSION,
            clock: cloud.clock.state(),
            ids: cloud.ids.state(),
            world: cloud.read(World::clone),
        };
        let (path, pieces) = (self.path.clone(), Arc::clone(&self.written));
        let written = tokio::task::spawn_blocking(move || {
            write(
                &path,
                &kept,
                &mut pieces.lock().unwrap_or_else(PoisonError::into_inner),
            )
        })
        .await;
        match written {
            Ok(Ok(())) => *served = up_to,
            Ok(Err(error)) => tracing::warn!(%error, "the practice state was not kept"),
            Err(error) => tracing::warn!(%error, "the practice state was not kept"),
        }
    }
}

fn write(path: &Path, kept: &Kept, pieces: &mut Written) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text(kept, pieces)?.as_bytes())?;
    file.flush()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The text of the file. The many tenants and relationships are put into the place that they have in the text of the rest.
fn text(kept: &Kept, pieces: &mut Written) -> std::io::Result<String> {
    let tenants = joined(kept.world.tenants.held(), &mut pieces.tenants)?;
    let relationships = joined(kept.world.relationships.held(), &mut pieces.relationships)?;
    let (held, other_tokens) = kept.world.tokens.parted();
    let access_tokens = joined(by_name(held), &mut pieces.access_tokens)?;
    let held = &kept.world.sign_ins.refresh_tokens;
    let refresh_tokens = joined(by_name(held), &mut pieces.refresh_tokens)?;
    let mut rest = kept.world.clone();
    rest.tenants = Tenants::default();
    rest.relationships = Relationships::default();
    rest.tokens = other_tokens;
    rest.sign_ins.refresh_tokens = SharedMap::new();
    let mut world = serde_json::to_string(&rest)?;
    for (name, pieces) in [
        ("tenants", tenants),
        ("relationships", relationships),
        ("by_fingerprint", access_tokens),
        ("refresh_tokens", refresh_tokens),
    ] {
        // Inside a text of JSON every quote is escaped, so these words stand nowhere but where the list belongs.
        world = world.replacen(
            &format!("\"{name}\":{{}}"),
            &format!("\"{name}\":{pieces}"),
            1,
        );
    }
    let (clock, ids) = (
        serde_json::to_string(&kept.clock)?,
        serde_json::to_string(&kept.ids)?,
    );
    Ok(format!(
        "{{\"version\":{},\"clock\":{clock},\"ids\":{ids},\"world\":{world}}}",
        kept.version
    ))
}

fn by_name<T>(held: &SharedMap<T>) -> impl Iterator<Item = (String, &Arc<T>)> {
    held.iter().map(|(name, item)| (name.clone(), item))
}

fn joined<'w, T: Serialize + 'w>(
    held: impl Iterator<Item = (String, &'w Arc<T>)>,
    known: &mut BTreeMap<String, Piece<T>>,
) -> std::io::Result<String> {
    let mut text = String::from("{");
    let mut present = BTreeMap::new();
    for (id, item) in held {
        let piece = match known.remove(&id) {
            Some(piece) if Arc::ptr_eq(&piece.of, item) => piece,
            _ => Piece {
                of: Arc::clone(item),
                text: serde_json::to_string(item.as_ref())?,
            },
        };
        if text.len() > 1 {
            text.push(',');
        }
        text.push_str(&serde_json::to_string(&id)?);
        text.push(':');
        text.push_str(&piece.text);
        present.insert(id, piece);
    }
    text.push('}');
    *known = present;
    Ok(text)
}
