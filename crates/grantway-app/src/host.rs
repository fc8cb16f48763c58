//! What a host brings: windows, browsers, a clipboard, a place for files, and an ear for events.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use grantway_session::lanes::Lane;
use grantway_session::{SessionEnd, SessionReport, SessionSpec};
use secrecy::SecretString;
use url::Url;

use crate::catalogue::Catalogue;
use crate::contract::Event;

/// A clean window to be opened.
pub struct SessionOrder {
    /// The rules and what the strip shows.
    pub spec: SessionSpec,
    /// Hears what the session has seen so far, whenever that changes.
    pub ear: Arc<dyn Fn(SessionReport) + Send + Sync>,
    /// Has the window's words.
    pub catalogue: Arc<Catalogue>,
}

/// What came of a clean window.
#[derive(Debug)]
pub struct SessionOutcome {
    /// How it ended.
    pub end: SessionEnd,
    /// What it saw.
    pub report: SessionReport,
}

/// A browser to be started: lane 2 or 3.
#[derive(Debug)]
pub struct BrowserOrder {
    /// Names the session, as a window's spec does.
    pub id: String,
    /// Private or own.
    pub lane: Lane,
    /// The first page.
    pub url: Url,
}

/// Why a host could not do something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// This host has no such thing: no browser was found, no clipboard, no window.
    #[error("{0}")]
    Absent(String),
    /// The system refused.
    #[error("{0}")]
    Refused(String),
}

/// A host.
#[async_trait]
pub trait Host: Send + Sync {
    /// Tells the UI. Must return at once.
    fn emit(&self, event: Event);

    /// Opens a clean window and returns when it is closed and wiped.
    async fn run_session(&self, order: SessionOrder) -> Result<SessionOutcome, HostError>;

    /// Brings a session's window to the front; nothing happens when there is none.
    fn show_session(&self, id: &str);

    /// Closes a session, window or browser, in the person's name; it ends as stopped.
    fn stop_session(&self, id: &str);

    /// Whether a browser for that lane is there.
    fn has_lane(&self, lane: Lane) -> bool;

    /// Starts a browser and returns when it has ended or was stopped, with its throw-away profile deleted.
    /// A browser that hands the page to a running one returns at once.
    async fn run_browser(&self, order: BrowserOrder) -> Result<(), HostError>;

    /// Puts text on the clipboard. A secret is taken off again after a minute if it is still there.
    async fn copy(&self, text: SecretString, secret: bool) -> Result<(), HostError>;

    /// Writes a file where the person will find it and says where.
    async fn save(&self, name: &str, content: &[u8]) -> Result<PathBuf, HostError>;

    /// Whether a person can choose a file here.
    fn chooses_files(&self) -> bool;

    /// Lets the person choose a file whose name ends in one of these; none when they change their mind.
    async fn choose_file(
        &self,
        title: &str,
        endings: &[&str],
    ) -> Result<Option<PathBuf>, HostError>;

    /// The preferences as they were kept, as JSON; none at first.
    fn preferences(&self) -> Option<String>;

    /// Keeps the preferences. They hold no secret and no run.
    fn keep_preferences(&self, json: &str) -> Result<(), HostError>;
}

/// Starts a practice cloud beside the app.
#[async_trait]
pub trait PracticeStarter: Send + Sync {
    /// Starts it, or hands out the one that runs, and returns its cloud file (TOML). `state` is the file that keeps its state.
    async fn start(&self, state: PathBuf) -> Result<String, HostError>;
}
