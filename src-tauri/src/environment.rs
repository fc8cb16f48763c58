//! The process environment: read here and nowhere else in the shell, and cleared of what opens the app to others.
#![allow(clippy::disallowed_methods)] // the edge: what is read here is passed in

use std::ffi::OsString;
use std::path::PathBuf;

use grantway_session::lanes::Places;

/// Variables that open a debugging port, load a foreign engine or write keys to disk. Engines honour them in release builds too
/// (facts: clean-session §1 row 25, threats T30).
const RISKY: &[&str] = &[
    "GTK_DEBUG",
    "SSLKEYLOGFILE",
    "TAURI_AUTOMATION",
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
    "WEBVIEW2_BROWSER_EXECUTABLE_FOLDER",
    "WEBVIEW2_CHANNEL_SEARCH_KIND",
    "WEBVIEW2_PIPE_FOR_SCRIPT_DEBUGGER",
    "WEBVIEW2_RELEASE_CHANNEL_PREFERENCE",
    "WEBVIEW2_USER_DATA_FOLDER",
    "WEBVIEW2_WAIT_FOR_SCRIPT_DEBUGGER",
];

/// Clears risky variables. Must be the first thing that `main` does, before any thread starts.
///
/// Debug builds keep them: tests drive the window through them.
#[allow(unsafe_code)]
pub fn clear_risky() {
    if cfg!(debug_assertions) {
        return;
    }
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_risky) {
            // SAFETY: called before any thread starts, so nobody reads the environment at the same time.
            unsafe { std::env::remove_var(name) };
        }
    }
}

/// JavaScriptCore takes any engine option as `JSC_…`, ways to run native code from script among them.
fn is_risky(name: &str) -> bool {
    RISKY.contains(&name) || name.starts_with("JSC_")
}

/// What the shell takes from the environment.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// The folders in which browsers are looked for.
    pub places: Places,
    /// The folder for throw-away browser profiles of unconfined browsers.
    pub temporary: PathBuf,
}

impl Environment {
    /// Reads it once, at the start.
    pub fn read() -> Self {
        let folders = |name: &str| {
            std::env::var_os(name)
                .map(|value| std::env::split_paths(&value).collect::<Vec<_>>())
                .unwrap_or_default()
        };
        let programs = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"]
            .iter()
            .filter_map(std::env::var_os)
            .map(PathBuf::from)
            .collect();
        let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
            .filter(|home| !home.is_empty())
            .map(PathBuf::from);
        Environment {
            places: Places {
                path: folders("PATH"),
                programs,
                home,
            },
            temporary: std::env::temp_dir(),
        }
    }
}

/// The arguments after the program's name.
pub fn arguments() -> Vec<OsString> {
    std::env::args_os().skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debugging_doors_are_risky_and_the_rest_stays() {
        for name in [
            "WEBKIT_INSPECTOR_SERVER",
            "TAURI_WEBVIEW_AUTOMATION",
            "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
            "JSC_useDollarVM",
            "SSLKEYLOGFILE",
        ] {
            assert!(is_risky(name), "{name}");
        }
        for name in [
            "PATH",
            "HOME",
            "LANG",
            "DISPLAY",
            "GTK_MODULES",
            "NO_AT_BRIDGE",
            "XDG_RUNTIME_DIR",
        ] {
            assert!(!is_risky(name), "{name}");
        }
    }
}
