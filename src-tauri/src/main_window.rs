//! The main window: the app's own pages and nothing else.

use std::path::Path;

use tauri::webview::{DownloadEvent, NewWindowResponse, PermissionResponse};
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use url::Url;

use crate::MAIN;
use crate::preferences::{Preferences, WindowSize};

/// Opens it. `folder` is where the engine keeps what it needs for our own pages.
pub fn open(app: &AppHandle, folder: &Path) -> tauri::Result<WebviewWindow> {
    let config = app
        .config()
        .app
        .windows
        .iter()
        .find(|window| window.label == MAIN)
        .cloned()
        .unwrap_or_default();
    let size = app
        .try_state::<Preferences>()
        .and_then(|preferences| preferences.window_size())
        .unwrap_or(WindowSize {
            width: config.width,
            height: config.height,
        });
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title(&config.title)
        .inner_size(size.width, size.height)
        .min_inner_size(
            config.min_width.unwrap_or(0.0),
            config.min_height.unwrap_or(0.0),
        )
        .center()
        .data_directory(folder.join("window"))
        .devtools(cfg!(debug_assertions))
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, event| matches!(event, DownloadEvent::Finished { .. }))
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .build()?;
    let app = app.clone();
    let seen = window.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { .. } => {
            keep_size(&app, &seen);
            crate::session_window::close_all();
        }
        // Without the main window there is nobody to ask; sessions close with it.
        WindowEvent::Destroyed => app.exit(0),
        _ => {}
    });
    Ok(window)
}

/// Whether the main window may go there: the app's own origin, in the form of each platform.
pub fn is_own_page(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => url.port().is_none(),
        // Windows serves the app from here; `http://app.evil.example` and the like stay out (CVE-2026-42184).
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows) && url.port().is_none(),
        _ => false,
    }
}

fn keep_size(app: &AppHandle, window: &WebviewWindow) {
    let Some(preferences) = app.try_state::<Preferences>() else {
        return;
    };
    if let (Ok(size), Ok(scale)) = (window.inner_size(), window.scale_factor()) {
        let size = size.to_logical::<f64>(scale);
        preferences.keep_window_size(WindowSize {
            width: size.width,
            height: size.height,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_window_stays_on_its_own_origin() {
        let own = |text: &str| is_own_page(&text.parse().expect("an address"));
        assert!(own("tauri://localhost/"));
        assert!(own("tauri://localhost/index.html#/x"));
        for text in [
            "https://login.microsoftonline.com/",
            "http://tauri.evil.test/",
            "tauri://evil.test/",
            "tauri://localhost:1/",
            "file:///etc/passwd",
            "data:text/html,x",
            "http://localhost/",
            "about:blank",
        ] {
            assert!(!own(text), "{text}");
        }
        assert_eq!(own("http://tauri.localhost/"), cfg!(windows));
    }
}
