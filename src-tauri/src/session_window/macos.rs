//! Clean sessions on macOS: WKWebView with a non-persistent data store of its own.
//!
//! **Unchecked**: written from wry's sources, compiled and run nowhere yet (`docs/platforms.md`).

use std::rc::Rc;
use std::sync::Arc;

use grantway_app::Catalogue;
use grantway_session::{SessionSpec, StripView};
use tauri::AppHandle;
use url::Url;
use wry::{WebViewBuilder, WebViewBuilderExtDarwin};

use super::platform::{OpenError, SessionWindow, Sink};
use super::stacked::Stacked;

/// A session's window.
pub struct MacWindow {
    views: Rc<Stacked>,
    window: tauri::Window,
}

impl SessionWindow for MacWindow {
    fn open(
        app: &AppHandle,
        label: &str,
        title: &str,
        _spec: &SessionSpec,
        catalogue: Arc<Catalogue>,
        sink: Sink,
    ) -> Result<Self, OpenError> {
        let window = tauri::window::WindowBuilder::new(app, label)
            .title(title)
            .inner_size(900.0, 760.0)
            .min_inner_size(720.0, 480.0)
            .center()
            .build()
            .map_err(OpenError::Window)?;
        // Incognito makes a new in-memory store for each view. A preview of a link would load it beside the rules.
        let built = Stacked::build(
            &window,
            WebViewBuilder::new().with_allow_link_preview(false),
            WebViewBuilder::new(),
            catalogue,
            sink,
        );
        match built {
            Ok(views) => Ok(MacWindow { views, window }),
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
        tracing::error!("this build cannot write to the clipboard on macOS");
    }

    fn close(self) {
        let MacWindow { views, window } = self;
        drop(views);
        if let Err(error) = window.destroy() {
            tracing::warn!(%error, "the window of an ended session stayed open");
        }
    }
}
