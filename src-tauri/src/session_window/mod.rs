//! Windows of clean sessions: the rules of `grantway-session` joined to a bare window with a raw webview.
//!
//! Tauri puts its IPC and every plugin's script into each webview that it builds, remote pages included. These webviews are built
//! by wry itself, so a page in them finds nothing of ours (facts: clean-session §0, §1). Everything here runs on the main thread;
//! [`SessionWindows`] is the handle for all others.

mod blocked_page;
mod driver;
mod platform;
#[cfg(not(target_os = "linux"))]
mod stacked;
mod strip_page;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

use std::sync::{Arc, Mutex};

use grantway_app::Catalogue;
use grantway_session::{SessionEnd, SessionReport, SessionSpec};
use tauri::{AppHandle, Manager};
use tokio::sync::oneshot;

#[cfg(target_os = "linux")]
use linux::LinuxWindow as Window;
#[cfg(target_os = "macos")]
use macos::MacWindow as Window;
#[cfg(windows)]
use windows::WindowsWindow as Window;

pub use driver::close_all;
pub use platform::{OpenError, sweep};

/// How a session went.
#[derive(Debug)]
pub struct Outcome {
    /// How it ended.
    pub end: SessionEnd,
    /// What it saw.
    pub report: SessionReport,
}

/// Hears what a session has seen so far, whenever that changes. Called on the main thread; must return at once.
pub type Ear = Arc<dyn Fn(SessionReport) + Send + Sync>;

/// Opens and ends clean sessions from any thread.
#[derive(Clone)]
pub struct SessionWindows {
    app: AppHandle,
}

impl SessionWindows {
    /// For this app.
    pub fn new(app: AppHandle) -> Self {
        SessionWindows { app }
    }

    /// Opens a session and returns when it has ended and its window is gone.
    pub async fn run(
        &self,
        spec: SessionSpec,
        ear: Ear,
        catalogue: Arc<Catalogue>,
    ) -> Result<Outcome, OpenError> {
        let (opened, when_opened) = oneshot::channel();
        let (ended, when_ended) = oneshot::channel();
        let app = self.app.clone();
        let ask = self.app.run_on_main_thread(move || {
            // A receiver that is gone means that the caller gave up; the window is then closed by its own time limit or the person.
            let _ = opened.send(driver::open(&app, spec, ear, catalogue, ended));
        });
        ask.map_err(|_| OpenError::NoMainThread)?;
        when_opened.await.map_err(|_| OpenError::NoMainThread)??;
        when_ended.await.map_err(|_| OpenError::NoMainThread)
    }

    /// Ends a session from outside, in the person's name. Unknown ids are fine: it may have ended by itself.
    pub fn stop(&self, id: &str) {
        self.on_main(id, driver::stop);
    }

    /// Brings a session's window to the front.
    pub fn show(&self, id: &str) {
        self.on_main(id, driver::show);
    }

    fn on_main(&self, id: &str, act: fn(&str)) {
        let id = id.to_owned();
        if self.app.run_on_main_thread(move || act(&id)).is_err() {
            tracing::debug!("the event loop has ended; its windows are gone");
        }
    }
}

/// Titles are unique, so that a person and a screen reader can tell two sessions of one party apart.
fn unique_title(app: &AppHandle, wanted: &str) -> String {
    static TAKING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = TAKING
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let taken: Vec<String> = app
        .windows()
        .values()
        .filter_map(|window| window.title().ok())
        .collect();
    (1..)
        .map(|number| {
            if number == 1 {
                wanted.to_owned()
            } else {
                format!("{wanted} ({number})")
            }
        })
        .find(|title| !taken.contains(title))
        .unwrap_or_else(|| wanted.to_owned())
}
