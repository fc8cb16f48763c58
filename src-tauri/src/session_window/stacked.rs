//! Strip and page as two raw webviews in one window, for Windows and macOS.
//!
//! **Unchecked**: written from wry's sources, compiled and run on neither system (`docs/platforms.md`). The strip is a webview of ours
//! above the page; the page's webview ends where the strip begins, so nothing that a page draws can reach it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use grantway_app::Catalogue;
use grantway_session::{Event, NavigationKind, StripView};
use tauri::{LogicalSize, WindowEvent};
use url::Url;
use wry::dpi::{LogicalPosition, LogicalSize as WrySize};
use wry::{NewWindowResponse, PageLoadEvent, PermissionResponse, Rect, WebView, WebViewBuilder};

use super::platform::{OpenError, Sink};
use super::strip_page;

thread_local! {
    /// Layouts by window label: a window's events may come with nothing but the label.
    static LAYOUTS: RefCell<HashMap<String, Weak<Stacked>>> = RefCell::new(HashMap::new());
}

/// The two webviews of a session's window.
pub struct Stacked {
    // Dropped in this order: the foreign page first.
    page: WebView,
    strip: WebView,
    window: tauri::Window,
    catalogue: Arc<Catalogue>,
    note: Cell<bool>,
    shown: RefCell<Option<StripView>>,
}

impl Stacked {
    /// Builds both in `window`. `page` and `strip` bring what their platform adds to a builder.
    pub fn build<'a>(
        window: &tauri::Window,
        page: WebViewBuilder<'a>,
        strip: WebViewBuilder<'a>,
        catalogue: Arc<Catalogue>,
        sink: Sink,
    ) -> Result<Rc<Self>, OpenError> {
        let size = inner_size(window).map_err(OpenError::Window)?;
        let (above, below) = areas(size, false);
        let pressed = sink.clone();
        let strip = strip
            .with_incognito(true)
            .with_devtools(false)
            .with_bounds(above)
            // The strip loads nothing but its own text.
            .with_navigation_handler(|url| {
                url == "about:blank" || url.starts_with("data:text/html")
            })
            .with_new_window_req_handler(|_, _| NewWindowResponse::Deny)
            .with_download_started_handler(|_, _| false)
            .with_permission_handler(|_| PermissionResponse::Deny)
            .with_ipc_handler(move |message| {
                if let Some(button) = strip_page::button_of(message.body()) {
                    pressed(Event::Button(button));
                }
            })
            .with_html("")
            .build_as_child(window)
            .map_err(OpenError::Engine)?;
        let page = hardened(page, sink)
            .with_bounds(below)
            .build_as_child(window)
            .map_err(OpenError::Engine)?;
        let built = Rc::new(Stacked {
            page,
            strip,
            window: window.clone(),
            catalogue,
            note: Cell::new(false),
            shown: RefCell::new(None),
        });
        let label = window.label().to_owned();
        LAYOUTS.with_borrow_mut(|layouts| layouts.insert(label.clone(), Rc::downgrade(&built)));
        window.on_window_event(move |event| {
            if matches!(
                event,
                WindowEvent::Resized(_) | WindowEvent::ScaleFactorChanged { .. }
            ) {
                let found =
                    LAYOUTS.with_borrow(|layouts| layouts.get(&label).and_then(Weak::upgrade));
                if let Some(found) = found {
                    found.lay_out();
                }
            }
        });
        Ok(built)
    }

    /// Draws the strip, if it changed.
    pub fn show_strip(&self, view: &StripView) {
        if self.shown.borrow().as_ref() == Some(view) {
            return;
        }
        *self.shown.borrow_mut() = Some(view.clone());
        if self.note.replace(view.note.is_some()) != view.note.is_some() {
            self.lay_out();
        }
        said(
            self.strip
                .load_html(&strip_page::html(&self.catalogue, view)),
        );
    }

    /// Goes to an address.
    pub fn load(&self, url: &Url) {
        said(self.page.load_url(url.as_str()));
    }

    /// Shows a page of ours.
    pub fn show_own_page(&self, html: &str) {
        said(self.page.load_html(html));
    }

    /// Empties the session before its page goes.
    pub fn clear(&self) {
        said(self.page.clear_all_browsing_data());
    }

    fn lay_out(&self) {
        let Ok(size) = inner_size(&self.window) else {
            return;
        };
        let (above, below) = areas(size, self.note.get());
        said(self.strip.set_bounds(above));
        said(self.page.set_bounds(below));
    }
}

impl Drop for Stacked {
    fn drop(&mut self) {
        LAYOUTS.with_borrow_mut(|layouts| layouts.remove(self.window.label()));
    }
}

/// What every platform's page has: memory only, no IPC, no script of ours, and all handlers.
fn hardened<'a>(builder: WebViewBuilder<'a>, sink: Sink) -> WebViewBuilder<'a> {
    let (navigations, windows, downloads, pages, titles) =
        (sink.clone(), sink.clone(), sink.clone(), sink.clone(), sink);
    builder
        .with_incognito(true)
        .with_devtools(false)
        .with_clipboard(false)
        .with_autoplay(false)
        .with_general_autofill_enabled(false)
        .with_back_forward_navigation_gestures(false)
        .with_navigation_handler(move |url| {
            navigations(Event::NavigationAsked {
                url,
                kind: NavigationKind::Unknown,
            })
        })
        .with_new_window_req_handler(move |url, _| {
            windows(Event::NewWindowAsked { url });
            NewWindowResponse::Deny
        })
        .with_download_started_handler(move |_, _| downloads(Event::DownloadAsked))
        // Must be able to cross threads, so it cannot count; it says no all the same. macOS would grant camera and microphone without it.
        .with_permission_handler(|_| PermissionResponse::Deny)
        .with_on_page_load_handler(move |moment, url| {
            pages(match moment {
                PageLoadEvent::Started => Event::PageStarted { url },
                PageLoadEvent::Finished => Event::PageFinished { url },
            });
        })
        .with_document_title_changed_handler(move |title| {
            titles(Event::TitleChanged { title });
        })
        .with_url("about:blank")
}

fn inner_size(window: &tauri::Window) -> tauri::Result<LogicalSize<f64>> {
    Ok(window.inner_size()?.to_logical(window.scale_factor()?))
}

fn areas(size: LogicalSize<f64>, note: bool) -> (Rect, Rect) {
    let strip = if note {
        strip_page::HEIGHT.1
    } else {
        strip_page::HEIGHT.0
    };
    let area = |top: f64, height: f64| Rect {
        position: LogicalPosition::new(0.0, top).into(),
        size: WrySize::new(size.width, height.max(1.0)).into(),
    };
    (area(0.0, strip), area(strip, size.height - strip))
}

fn said(result: wry::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "the engine of a clean session refused an order");
    }
}
