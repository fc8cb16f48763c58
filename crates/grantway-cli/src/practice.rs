//! The practice cloud beside a terminal or the loopback host.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use grantway_app::host::{HostError, PracticeStarter};
use grantway_practice::{ClockMode, ControlAddress, Options, Practice, ScenarioSource};
use tokio::sync::Mutex;

/// How the practice cloud of this process starts.
#[derive(Debug, Clone, Default)]
pub struct PracticeOrder {
    /// The scenario of a fresh start; none is the default one.
    pub scenario: Option<ScenarioSource>,
    /// How its clock runs.
    pub clock: ClockMode,
    /// Gives its ids a fixed order.
    pub seed: Option<u64>,
    /// Where traffic is recorded.
    pub traffic: Option<PathBuf>,
    /// Nothing is kept on disk.
    pub forgets: bool,
}

/// The one practice cloud of this process.
pub struct PracticeHere {
    order: PracticeOrder,
    running: Arc<Mutex<Option<Practice>>>,
}

impl PracticeHere {
    /// Starts nothing yet.
    pub fn new(order: PracticeOrder) -> Self {
        Self {
            order,
            running: Arc::default(),
        }
    }

    /// Where its controls are, once it runs.
    pub async fn control(&self) -> Option<ControlAddress> {
        self.running.lock().await.as_ref().map(|practice| practice.control().clone())
    }

    /// Stops it and keeps its state.
    pub async fn shutdown(&self) {
        let running = self.running.lock().await.take();
        if let Some(practice) = running {
            practice.shutdown().await;
        }
    }
}

#[async_trait]
impl PracticeStarter for PracticeHere {
    async fn start(&self, state: PathBuf) -> Result<String, HostError> {
        let mut running = self.running.lock().await;
        if let Some(practice) = running.as_ref() {
            return Ok(practice.cloud().to_toml());
        }
        let options = Options {
            scenario: self.order.scenario.clone().unwrap_or_default(),
            clock: self.order.clock.clone(),
            seed: self.order.seed,
            traffic: self.order.traffic.clone(),
            state_file: (!self.order.forgets).then_some(state),
            ..Options::default()
        };
        let practice = Practice::start(options)
            .await
            .map_err(|error| HostError::Refused(chain(&error)))?;
        let file = practice.cloud().to_toml();
        *running = Some(practice);
        Ok(file)
    }
}

/// An error with its causes in one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}
