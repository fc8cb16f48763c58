//! Starts the practice cloud inside the app.

use std::path::PathBuf;

use async_trait::async_trait;
use grantway_app::host::{HostError, PracticeStarter};
use grantway_practice::{Options, Practice};
use tokio::sync::Mutex;

/// The one practice cloud of this process; it ends with it.
#[derive(Default)]
pub struct PracticeHere {
    running: Mutex<Option<Practice>>,
}

#[async_trait]
impl PracticeStarter for PracticeHere {
    async fn start(&self, state: PathBuf) -> Result<String, HostError> {
        let mut running = self.running.lock().await;
        if running.is_none() {
            let options = Options {
                state_file: Some(state),
                ..Options::default()
            };
            *running = Some(
                Practice::start(options)
                    .await
                    .map_err(|error| HostError::Refused(crate::start::chain(&error)))?,
            );
        }
        Ok(running
            .as_ref()
            .map(|practice| practice.cloud().to_toml())
            .unwrap_or_default())
    }
}
