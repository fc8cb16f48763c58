//! The practice cloud beside a terminal or the loopback host.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
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
    /// Real time that every answer takes longer: for measurements.
    pub latency: Option<std::time::Duration>,
}

/// The one practice cloud of this process.
pub struct PracticeHere {
    order: PracticeOrder,
    running: Arc<Mutex<Option<Practice>>>,
    /// One that another process runs.
    elsewhere: Option<ControlAddress>,
    /// Held while the cloud's state is ours to write.
    held: Mutex<Option<File>>,
}

impl PracticeHere {
    /// Starts nothing yet.
    pub fn new(order: PracticeOrder) -> Self {
        Self {
            order,
            running: Arc::default(),
            elsewhere: None,
            held: Mutex::default(),
        }
    }

    /// The controls of a practice cloud that another process runs.
    pub fn elsewhere(control: ControlAddress) -> Self {
        Self {
            elsewhere: Some(control),
            ..Self::new(PracticeOrder::default())
        }
    }

    /// Where its controls are, once it runs.
    pub async fn control(&self) -> Option<ControlAddress> {
        if let Some(control) = &self.elsewhere {
            return Some(control.clone());
        }
        self.running
            .lock()
            .await
            .as_ref()
            .map(|practice| practice.control().clone())
    }

    /// Stops it and keeps its state.
    pub async fn shutdown(&self) {
        let running = self.running.lock().await.take();
        if let Some(practice) = running {
            practice.shutdown().await;
        }
        *self.held.lock().await = None;
    }

    /// Two practice clouds on one state would write over each other, so the second does not start.
    async fn hold(&self, state: &Path) -> Result<(), HostError> {
        let refused =
            |error: std::io::Error| HostError::Refused(format!("{}: {error}", state.display()));
        if let Some(folder) = state.parent() {
            std::fs::create_dir_all(folder).map_err(refused)?;
        }
        if state.parent().is_some_and(is_open_elsewhere) {
            return Err(taken());
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options
            .open(state.with_extension("lock"))
            .map_err(refused)?;
        match file.try_lock() {
            Ok(()) => {
                *self.held.lock().await = Some(file);
                Ok(())
            }
            Err(TryLockError::WouldBlock) => Err(taken()),
            Err(TryLockError::Error(error)) => Err(refused(error)),
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
        if !self.order.forgets {
            self.hold(&state).await?;
        }
        let options = Options {
            scenario: self.order.scenario.clone().unwrap_or_default(),
            clock: self.order.clock,
            seed: self.order.seed,
            traffic: self.order.traffic.clone(),
            latency: self.order.latency,
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

fn taken() -> HostError {
    HostError::Refused(
        "another window or command has these practice setups open; nothing was written".into(),
    )
}

/// Whether somebody writes the journal beside the state: the desktop app does not know the lock of this file.
fn is_open_elsewhere(folder: &Path) -> bool {
    let lock = File::open(folder.join("journal.lock"));
    lock.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}
