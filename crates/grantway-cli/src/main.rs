//! `grantctl`: the same use cases from a terminal.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use grantway_cli::commands::{Arguments, run};
use grantway_cli::edge;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    edge::start_log();
    ExitCode::from(run(arguments).await as u8)
}
