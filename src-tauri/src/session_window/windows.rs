//! Clean sessions on Windows: WebView2 in InPrivate mode with a user-data folder of its own.
//!
//! **Unchecked**: written from wry's sources, compiled and run nowhere yet (`docs/platforms.md`).

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use grantway_app::Catalogue;
use grantway_session::{SessionSpec, StripView};
use tauri::{AppHandle, Manager};
use url::Url;
use wry::{WebContext, WebViewBuilder, WebViewBuilderExtWindows};

use super::platform::{OpenError, SessionWindow, Sink};
use super::stacked::Stacked;

/// The first runtime with InPrivate; an older one would silently keep the session (facts: clean-session §1 row 17).
const LEAST_RUNTIME: &str = "101.0.1210.39";
/// wry's own switches turn SmartScreen's check for phishing off; these leave it on (facts: clean-session §1 row 19).
const ARGUMENTS: &str =
    "--disable-features=msWebOOUI,msPdfOOUI --disable-extensions --no-first-run";
/// The browser's processes hold the folder for a while after their window.
const DELETE_TRIES: u32 = 40;
const DELETE_PAUSE: Duration = Duration::from_millis(500);

/// A session's window.
pub struct WindowsWindow {
    views: Rc<Stacked>,
    window: tauri::Window,
    folder: PathBuf,
    _contexts: Box<[WebContext; 2]>,
}

impl SessionWindow for WindowsWindow {
    fn open(
        app: &AppHandle,
        label: &str,
        title: &str,
        spec: &SessionSpec,
        catalogue: Arc<Catalogue>,
        sink: Sink,
    ) -> Result<Self, OpenError> {
        let found = wry::webview_version().map_err(OpenError::Engine)?;
        if version(&found) < version(LEAST_RUNTIME) {
            return Err(OpenError::EngineTooOld {
                found,
                needed: LEAST_RUNTIME,
            });
        }
        // One folder per session: two InPrivate views of one folder and profile would share their cookies.
        let folder = sessions(app).ok_or(OpenError::NoMainThread)?.join(&spec.id);
        std::fs::create_dir_all(&folder).map_err(OpenError::Folder)?;
        let mut contexts = Box::new([
            WebContext::new(Some(folder.join("page"))),
            WebContext::new(Some(folder.join("strip"))),
        ]);
        let window = tauri::window::WindowBuilder::new(app, label)
            .title(title)
            .inner_size(900.0, 760.0)
            .min_inner_size(720.0, 480.0)
            .center()
            .build()
            .map_err(OpenError::Window)?;
        let [page, strip] = &mut *contexts;
        let page = WebViewBuilder::new_with_web_context(page)
            .with_profile_name(spec.id.as_str())
            .with_additional_browser_args(ARGUMENTS)
            .with_default_context_menus(false)
            .with_browser_accelerator_keys(false)
            .with_browser_extensions_enabled(false);
        let strip = WebViewBuilder::new_with_web_context(strip)
            .with_default_context_menus(false)
            .with_browser_accelerator_keys(false);
        let built = Stacked::build(&window, page, strip, catalogue, sink);
        match built {
            Ok(views) => Ok(WindowsWindow {
                views,
                window,
                folder,
                _contexts: contexts,
            }),
            Err(error) => {
                if let Err(left) = window.destroy() {
                    tracing::warn!(%left, "a window without a page stayed open");
                }
                Err(error)
            }
        }
    }

    fn show_strip(&self, view: &StripView) {
        self.views.show_strip(view);
    }

    fn load(&self, url: &Url) {
        self.views.load(url);
    }

    fn show_own_page(&self, html: &str) {
        self.views.show_own_page(html);
    }

    fn copy_link(&self, _url: &Url) {
        tracing::error!("this build cannot write to the clipboard on Windows");
    }

    fn close(self) {
        let WindowsWindow {
            views,
            window,
            folder,
            _contexts,
        } = self;
        views.clear();
        drop(views);
        if let Err(error) = window.destroy() {
            tracing::warn!(%error, "the window of an ended session stayed open");
        }
        tauri::async_runtime::spawn(delete(folder));
    }
}

/// Deletes the folders that a crash left behind. No session is open yet when this runs.
pub fn sweep(app: &AppHandle) {
    let Some(folder) = sessions(app) else { return };
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        tauri::async_runtime::spawn(delete(entry.path()));
    }
}

fn sessions(app: &AppHandle) -> Option<PathBuf> {
    app.path()
        .app_local_data_dir()
        .ok()
        .map(|folder: PathBuf| folder.join("sessions"))
}

async fn delete(folder: PathBuf) {
    for _ in 0..DELETE_TRIES {
        if !Path::exists(&folder) || std::fs::remove_dir_all(&folder).is_ok() {
            return;
        }
        tokio::time::sleep(DELETE_PAUSE).await;
    }
    tracing::warn!(folder = %folder.display(), "the folder of an ended session stayed; it is deleted at the next start");
}

fn version(text: &str) -> Vec<u32> {
    text.split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect()
}
