//! The desktop shell: windows, clean-session windows, the one command and the one event. No rule of the domain lives here.
#![deny(unsafe_code)] // allowed in one function of `environment`, which runs before any thread starts
#![allow(clippy::disallowed_macros)] // the edge: `--help`, and why the app did not start, are printed here

mod bridge;
mod browser;
mod clipboard;
mod environment;
mod file_dialog;
mod host;
mod ids;
mod main_window;
mod options;
mod passphrase;
#[cfg(feature = "practice")]
mod practice;
mod preferences;
#[cfg(feature = "probe")]
mod probe;
mod session_window;
mod start;

pub use start::start;

/// The label of the one window that may call the app.
const MAIN: &str = "main";
