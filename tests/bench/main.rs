//! Numbers that tell whether Grantway costs more than it must. Each stands beside the ideal that it could have on this
//! very machine, measured in the same run; `cargo xtask bench` makes the table.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a program for a terminal: it measures time and prints"
)]

mod crowd;
mod journal;
mod number;
mod part;
mod setup;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let number = journal::measure(folder.path()).await;
    println!("{}", number.line());
    for number in setup::measure().await {
        println!("{}", number.line());
    }
    for size in crowd::SIZES {
        for number in crowd::measure(size).await {
            println!("{}", number.line());
        }
    }
}
