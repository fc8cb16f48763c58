//! Starts the practice cloud inside the app.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use grantway_app::host::{HostError, PracticeStarter};
use grantway_practice::{Options, Practice};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// The one practice cloud of this process; it ends with it.
#[derive(Default)]
pub struct PracticeHere {
    running: Mutex<Option<Running>>,
}

struct Running {
    practice: Practice,
    state: State,
}

/// Whose the state is that the cloud writes. Two clouds on one file would write over each other.
enum State {
    /// The folder's own; the lock is held as long as the cloud runs.
    Own { _lock: File },
    /// A copy, while another instance has the folder's own.
    Copy { _folder: TempDir },
}

#[async_trait]
impl PracticeStarter for PracticeHere {
    async fn start(&self, state: PathBuf) -> Result<String, HostError> {
        let mut running = self.running.lock().await;
        if let Some(own) = running
            .as_ref()
            .filter(|running| matches!(running.state, State::Own { .. }))
        {
            return Ok(own.practice.cloud().to_toml());
        }
        let held = hold(&state).map_err(|error| refused(&error))?;
        if let (Some(copy), None) = (running.as_ref(), &held) {
            return Ok(copy.practice.cloud().to_toml());
        }
        if let Some(copy) = running.take() {
            // The other instance is gone: what it left is gone on with.
            copy.practice.shutdown().await;
        }
        let (file, state) = match held {
            Some(lock) => (state, State::Own { _lock: lock }),
            None => copy(&state).map_err(|error| refused(&error))?,
        };
        let options = Options {
            state_file: Some(file),
            ..Options::default()
        };
        let practice = Practice::start(options)
            .await
            .map_err(|error| refused(&error))?;
        let file = practice.cloud().to_toml();
        *running = Some(Running { practice, state });
        Ok(file)
    }
}

/// The lock on a state file, under the name that `grantctl` uses too; none while somebody else has it.
fn hold(state: &Path) -> std::io::Result<Option<File>> {
    if let Some(folder) = state.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let file = options.open(state.with_extension("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// A copy of a state file in a folder of its own, which goes with it.
fn copy(state: &Path) -> std::io::Result<(PathBuf, State)> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("cloud.json");
    match std::fs::copy(state, &file) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    Ok((file, State::Copy { _folder: folder }))
}

fn refused(error: &dyn std::error::Error) -> HostError {
    HostError::Refused(crate::start::chain(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_second_practice_cloud_works_on_a_copy_until_the_first_is_gone() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("practice/cloud.json");
        let first = PracticeHere::default();
        first.start(state.clone()).await.expect("it starts");
        let written = std::fs::read(&state).expect("the state");

        let second = PracticeHere::default();
        let copied = second.start(state.clone()).await.expect("it starts");
        assert_eq!(std::fs::read(&state).expect("the state"), written);
        let same = second.start(state.clone()).await.expect("it runs");
        assert_eq!(same, copied);

        drop(first);
        let own = second.start(state.clone()).await.expect("it starts anew");
        assert_ne!(own, copied);
        assert_eq!(second.start(state).await.expect("it runs"), own);
    }
}
