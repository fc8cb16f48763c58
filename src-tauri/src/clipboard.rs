//! Copies values for a person; a secret is taken back from the clipboard after a minute.

use std::time::Duration;

#[cfg(target_os = "linux")]
use secrecy::{ExposeSecret, SecretString};
use tauri::AppHandle;

/// Long enough to switch windows and paste, short enough that it is not found later.
const STAYS: Duration = Duration::from_secs(60);

/// Why nothing was copied.
#[derive(Debug, thiserror::Error)]
pub enum ClipboardError {
    /// The app is closing.
    #[error("the app is closing")]
    NoMainThread(#[source] tauri::Error),
    /// No clipboard on this platform yet.
    #[cfg_attr(target_os = "linux", allow(dead_code))]
    #[error("this build cannot write to the clipboard on this system")]
    NoClipboard,
}

/// Puts `text` on the clipboard. A secret is cleared after a minute, unless something else was copied meanwhile.
#[cfg(target_os = "linux")]
pub fn copy(app: &AppHandle, text: &str, secret: bool) -> Result<(), ClipboardError> {
    let copied = text.to_owned();
    app.run_on_main_thread(move || clipboard().set_text(&copied))
        .map_err(ClipboardError::NoMainThread)?;
    if !secret {
        return Ok(());
    }
    let secret = SecretString::from(text);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(STAYS).await;
        let cleared = app.run_on_main_thread(move || {
            clipboard().request_text(move |clipboard, found| {
                if found == Some(secret.expose_secret()) {
                    clipboard.set_text("");
                }
            });
        });
        if cleared.is_err() {
            tracing::debug!("the app ended before its clipboard value; GTK drops it with the app");
        }
    });
    Ok(())
}

#[cfg(target_os = "linux")]
fn clipboard() -> gtk::Clipboard {
    gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD)
}

/// Says that it cannot; the value is then shown to be typed.
#[cfg(not(target_os = "linux"))]
pub fn copy(_app: &AppHandle, _text: &str, _secret: bool) -> Result<(), ClipboardError> {
    let _ = STAYS;
    Err(ClipboardError::NoClipboard)
}
