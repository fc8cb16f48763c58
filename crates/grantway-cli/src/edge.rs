//! What only the edge of a program knows: the machine's time and its randomness.

use std::path::PathBuf;

use grantway_app::{Ids, Timestamp};
use uuid::Uuid;

/// The machine's clock.
#[allow(
    clippy::disallowed_methods,
    reason = "the edge: the machine's clock is handed to the app here"
)]
pub fn now() -> Timestamp {
    jiff::Timestamp::now()
}

/// The system's random numbers.
pub struct SystemIds;

impl Ids for SystemIds {
    #[allow(
        clippy::disallowed_methods,
        reason = "the edge: the system's random ids are handed to the app here"
    )]
    fn guid(&self) -> Uuid {
        Uuid::new_v4()
    }

    fn bytes(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the system gives random numbers");
    }
}

/// The app's own name for its folder, so that terminal and window see the same setups.
const FOLDER: &str = "io.grantway.app";

/// The folder in which this system's desktop app keeps its data; none where the environment names no home.
pub fn data_folder() -> Option<PathBuf> {
    let named = |name: &str| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let base = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        named("XDG_DATA_HOME").or_else(|| named("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join(FOLDER))
}

#[allow(
    clippy::disallowed_methods,
    reason = "the edge: the environment is read here and passed in"
)]
fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Writes the log to standard error, as far as `RUST_LOG` asks; errors alone without it.
pub fn start_log() {
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_default_directive(tracing::level_filters::LevelFilter::ERROR.into())
        .from_env_lossy();
    // A second start in one process keeps the first log.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}
