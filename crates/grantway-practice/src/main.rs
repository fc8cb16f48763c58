//! The practice cloud on its own: prints where it answers and runs until it is stopped.
#![forbid(unsafe_code)]
// A program of its own: it may print and read the environment.
#![allow(clippy::disallowed_macros, clippy::disallowed_methods)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use grantway_practice::scenario::{builtin, builtins};
use grantway_practice::{ClockMode, Options, Practice, ScenarioSource};

/// Runs a simulated Microsoft cloud on this computer, for practice and tests.
#[derive(Debug, Parser)]
#[command(name = "grantway-practice", version, after_help = scenario_list())]
struct Arguments {
    /// A built-in scenario's id, or a scenario file.
    #[arg(long, default_value = "in-order")]
    scenario: String,
    /// Stands the clock still at this moment; the control API moves it.
    #[arg(long, value_name = "RFC3339")]
    frozen: Option<jiff::Timestamp>,
    /// Ports of login, Graph, vendor, federated, control, Partner Center and portal, separated by commas; 0 or left out: a free one.
    #[arg(long, value_name = "PORTS", value_delimiter = ',', num_args = 1..=7)]
    ports: Vec<u16>,
    /// Adds a JSON line for each Graph exchange to this file. Else the variable GRANTWAY_TRAFFIC names it.
    #[arg(long, value_name = "FILE")]
    traffic: Option<PathBuf>,
    /// Keeps the state in this file and goes on from it.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Gives all ids a fixed order.
    #[arg(long)]
    seed: Option<u64>,
    /// Also writes the cloud file here.
    #[arg(long, value_name = "FILE")]
    cloud_file: Option<PathBuf>,
}

fn scenario_list() -> String {
    let lines: Vec<String> = builtins()
        .iter()
        .map(|scenario| format!("  {:<22} {}", scenario.id, scenario.teaches))
        .collect();
    format!("Scenarios:\n{}", lines.join("\n"))
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The practice cloud did not start: {error}.");
            let mut cause = error.source();
            while let Some(inner) = cause {
                eprintln!("  {inner}");
                cause = inner.source();
            }
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let scenario = match builtin(&arguments.scenario) {
        Some(scenario) => ScenarioSource::Builtin(scenario.id.to_owned()),
        None if arguments.scenario.contains(['/', '\\', '.']) => {
            ScenarioSource::File(arguments.scenario.into())
        }
        None => ScenarioSource::Builtin(arguments.scenario),
    };
    let practice = Practice::start(Options {
        scenario,
        clock: arguments
            .frozen
            .map_or(ClockMode::Running, |at| ClockMode::Frozen { at }),
        seed: arguments.seed,
        traffic: arguments
            .traffic
            .or_else(|| std::env::var_os("GRANTWAY_TRAFFIC").map(PathBuf::from)),
        state_file: arguments.state,
        ports: arguments.ports,
        ..Options::default()
    })
    .await?;
    let cloud = practice.cloud().to_toml();
    if let Some(path) = arguments.cloud_file {
        std::fs::write(&path, &cloud).map_err(|error| {
            format!(
                "the cloud file {} cannot be written: {error}",
                path.display()
            )
        })?;
    }
    let stopped = stopped();
    println!("{cloud}");
    stopped.await;
    practice.shutdown().await;
    Ok(())
}

/// Ends when the program is told to stop. It listens from this call on, not only once it is waited for.
fn stopped() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
    async move {
        let interrupt = tokio::signal::ctrl_c();
        #[cfg(unix)]
        if let Some(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        // Without a handler the program still ends: by the operating system's own means.
        let _ = interrupt.await;
    }
}
