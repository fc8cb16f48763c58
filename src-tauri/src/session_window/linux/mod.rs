//! Clean sessions on Linux: a GTK strip above a WebKitGTK view with an ephemeral context of its own.

mod engine;
mod signs;
mod strip;

use std::rc::Rc;
use std::sync::Arc;

use grantway_app::Catalogue;
use grantway_session::{Event, SessionSpec, StripView};
use gtk::prelude::*;
use tauri::{AppHandle, Manager};
use url::Url;

use super::platform::{OpenError, SessionWindow, Sink};
use engine::Engine;
use strip::Strip;

/// Large enough for Microsoft's sign-in card and the strip in one row.
const SIZE: (f64, f64) = (900.0, 760.0);
const LEAST: (f64, f64) = (720.0, 480.0);

/// A session's window.
pub struct LinuxWindow {
    // The order is the order of dropping: the page goes before its window.
    engine: Engine,
    strip: Strip,
    window: tauri::Window,
}

impl SessionWindow for LinuxWindow {
    fn open(
        app: &AppHandle,
        label: &str,
        title: &str,
        spec: &SessionSpec,
        catalogue: Arc<Catalogue>,
        sink: Sink,
    ) -> Result<Self, OpenError> {
        let mut builder = tauri::window::WindowBuilder::new(app, label)
            .title(title)
            .inner_size(SIZE.0, SIZE.1)
            .min_inner_size(LEAST.0, LEAST.1)
            .center();
        if let Some(main) = app.get_window(crate::MAIN) {
            builder = builder.transient_for(&main).map_err(OpenError::Window)?;
        }
        let window = builder.build().map_err(OpenError::Window)?;
        let built = build(&window, spec, catalogue, sink);
        match built {
            Ok((engine, strip)) => Ok(LinuxWindow {
                engine,
                strip,
                window,
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
        self.strip.show(view);
    }

    fn load(&self, url: &Url) {
        self.engine.load(url);
    }

    fn show_own_page(&self, html: &str) {
        self.engine.show(html);
    }

    fn copy_link(&self, url: &Url) {
        gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD).set_text(url.as_str());
    }

    fn close(self) {
        let LinuxWindow {
            engine,
            strip,
            window,
        } = self;
        drop(engine);
        drop(strip);
        if let Err(error) = window.destroy() {
            tracing::warn!(%error, "the window of an ended session stayed open");
        }
    }
}

fn build(
    window: &tauri::Window,
    spec: &SessionSpec,
    catalogue: Arc<Catalogue>,
    sink: Sink,
) -> Result<(Engine, Strip), OpenError> {
    let shelf = window.default_vbox().map_err(OpenError::Window)?;
    let strip = Strip::new(
        spec,
        catalogue,
        Rc::new({
            let sink = sink.clone();
            move |button| {
                sink(Event::Button(button));
            }
        }),
    );
    shelf.pack_start(strip.widget(), false, false, 0);
    let engine = Engine::new(&shelf, sink).map_err(OpenError::Engine)?;
    let page = engine.page();
    let buttons = strip.buttons();
    // F6 goes between strip and page, as it does between the panes of the main window; a page may hold Tab for itself.
    let outer = window.gtk_window().map_err(OpenError::Window)?;
    outer.connect_key_press_event(move |_, key| {
        if key.keyval() != gtk::gdk::keys::constants::F6 {
            return gtk::glib::Propagation::Proceed;
        }
        if page.has_focus() {
            buttons.child_focus(gtk::DirectionType::TabForward);
        } else {
            page.grab_focus();
        }
        gtk::glib::Propagation::Stop
    });
    Ok((engine, strip))
}
