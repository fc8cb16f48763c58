//! A Tauri window with one button and nothing else: what `cargo xtask bench` measures the app's start against.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "Tauri's own macro ends the program and prints"
)]
#![forbid(unsafe_code)]

fn main() {
    tauri::Builder::default()
        .run(tauri::generate_context!(
            "src-tauri/examples/bare_window/tauri.conf.json"
        ))
        .expect("a bare window opens wherever the app's own does");
}
