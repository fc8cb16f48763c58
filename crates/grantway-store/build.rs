//! Cargo does not watch the folder that `sqlx::migrate!` embeds; this line makes it.
#![allow(clippy::disallowed_macros)] // A build script talks to cargo by printing.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
