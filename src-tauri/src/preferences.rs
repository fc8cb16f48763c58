//! What the person likes: theme, default lane, window size. Nothing else is kept here; no tokens, no runs.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Wry};
use tauri_plugin_store::{Store, StoreExt};

const FILE: &str = "preferences.json";
const WINDOW: &str = "window";

/// The size of the main window, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WindowSize {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// The file of preferences. Losing it loses nothing but taste.
pub struct Preferences {
    store: Arc<Store<Wry>>,
}

impl Preferences {
    /// Opens the file in `folder`; one that cannot be read counts as empty.
    pub fn open(app: &AppHandle, folder: &Path) -> Result<Self, tauri_plugin_store::Error> {
        Ok(Preferences {
            store: app.store(folder.join(FILE))?,
        })
    }

    /// The value under `name`.
    pub fn get(&self, name: &str) -> Option<serde_json::Value> {
        self.store.get(name)
    }

    /// Keeps a value; the file is written a moment later.
    pub fn set(&self, name: &str, value: serde_json::Value) {
        self.store.set(name, value);
    }

    /// The size that the main window had, if it is a usable one.
    pub fn window_size(&self) -> Option<WindowSize> {
        let size: WindowSize = serde_json::from_value(self.get(WINDOW)?).ok()?;
        let usable = |side: f64| (400.0..10_000.0).contains(&side);
        (usable(size.width) && usable(size.height)).then_some(size)
    }

    /// Keeps the size of the main window.
    pub fn keep_window_size(&self, size: WindowSize) {
        if let Ok(value) = serde_json::to_value(size) {
            self.set(WINDOW, value);
        }
    }
}
