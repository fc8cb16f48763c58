//! What a platform must offer for a clean session. Small on purpose: two of three implementations cannot be compiled on one machine.

use std::rc::Rc;
use std::sync::Arc;

use grantway_app::Catalogue;
use grantway_session::{Event, SessionSpec, StripView};
use tauri::AppHandle;
use url::Url;

/// Hands an event to the rules. For a question (`…Asked`) the answer is whether it may happen; otherwise it means nothing.
pub type Sink = Rc<dyn Fn(Event) -> bool>;

/// A window with a strip and a page. All methods run on the main thread. Dropping it must drop the page before the window.
pub trait SessionWindow: Sized {
    /// Opens it with an empty page. `label` names the Tauri window; `catalogue` has the strip's words; `sink` hears everything that happens.
    fn open(
        app: &AppHandle,
        label: &str,
        title: &str,
        spec: &SessionSpec,
        catalogue: Arc<Catalogue>,
        sink: Sink,
    ) -> Result<Self, OpenError>;
    /// Draws the strip.
    fn show_strip(&self, view: &StripView);
    /// Goes to an address in the main frame.
    fn load(&self, url: &Url);
    /// Replaces the page by one of ours.
    fn show_own_page(&self, html: &str);
    /// Puts a link on the clipboard.
    fn copy_link(&self, url: &Url);
    /// Ends it: page first, then window, then what the engine left on disk.
    fn close(self);
}

/// Why a session's window did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The app is closing.
    #[error("the app is closing")]
    NoMainThread,
    /// The window itself.
    #[error("the window of the clean session did not open")]
    Window(#[source] tauri::Error),
    /// The engine.
    #[error("the web engine did not start")]
    Engine(#[source] wry::Error),
    /// The engine is too old to keep a session in memory only.
    #[cfg_attr(not(windows), allow(dead_code))]
    #[error(
        "the WebView2 runtime {found} is too old for a private session; {needed} or newer is needed"
    )]
    EngineTooOld {
        /// The version here.
        found: String,
        /// The least version.
        needed: &'static str,
    },
    /// No folder for the engine.
    #[cfg_attr(not(windows), allow(dead_code))]
    #[error("no folder could be made for the session's engine")]
    Folder(#[source] std::io::Error),
}

/// Deletes what engines of earlier runs left behind. Linux and macOS keep sessions in memory and leave nothing.
pub fn sweep(app: &AppHandle) {
    #[cfg(windows)]
    super::windows::sweep(app);
    #[cfg(not(windows))]
    let _ = app;
}
