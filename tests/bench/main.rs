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
mod memory;
mod number;
mod part;
mod setup;

/// Sizes of crowds on the command line are measured alone; without any all is measured.
#[tokio::main]
async fn main() {
    let told: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    if told.is_empty() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        say(vec![journal::measure(folder.path()).await]);
        say(setup::measure().await);
    }
    let sizes = if told.is_empty() {
        crowd::SIZES.to_vec()
    } else {
        told
    };
    for size in sizes {
        say(crowd::measure(size).await);
    }
}

fn say(numbers: Vec<number::Number>) {
    for number in numbers {
        println!("{}", number.line());
    }
}
