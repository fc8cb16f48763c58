//! `grantctl practice`: the practice cloud alone, until it is stopped.

use std::path::PathBuf;

use clap::Args;
use grantway_practice::{ClockMode, Options, Practice, ScenarioSource};

use super::desk::{Problem, problem};
use super::outcome::Outcome;
use super::print;
use crate::exit::Exit;
use crate::practice::chain;

#[derive(Debug, Args)]
#[command(after_help = scenarios())]
pub(crate) struct PracticeArguments {
    /// A built-in scenario.
    #[arg(
        long,
        value_name = "ID",
        default_value = "in-order",
        conflicts_with = "scenario_file"
    )]
    scenario: String,
    /// A scenario file.
    #[arg(long, value_name = "FILE")]
    scenario_file: Option<PathBuf>,
    /// Stands the clock still at this moment; its control moves it.
    #[arg(long, value_name = "RFC3339")]
    frozen: Option<grantway_app::Timestamp>,
    /// Also writes the cloud file here; a setup file can name it.
    #[arg(long, value_name = "PATH")]
    cloud_file: Option<PathBuf>,
    /// Adds a JSON line for each Graph exchange to this file.
    #[arg(long, value_name = "FILE")]
    traffic: Option<PathBuf>,
}

fn scenarios() -> String {
    let lines: Vec<String> = grantway_practice::scenario::builtins()
        .iter()
        .map(|scenario| format!("  {:<22} {}", scenario.id, scenario.teaches))
        .collect();
    format!("Scenarios:\n{}", lines.join("\n"))
}

pub(crate) async fn run(arguments: PracticeArguments) -> Result<Outcome, Problem> {
    let scenario = match arguments.scenario_file {
        Some(file) => ScenarioSource::File(file),
        None => ScenarioSource::Builtin(arguments.scenario),
    };
    let options = Options {
        scenario,
        clock: arguments
            .frozen
            .map_or(ClockMode::Running, |at| ClockMode::Frozen { at }),
        traffic: arguments.traffic,
        ..Options::default()
    };
    let practice = Practice::start(options).await.map_err(|error| {
        let id = match &error {
            grantway_practice::StartError::Scenario(_) => "GW-STP-0006",
            _ => "GW-PRA-0006",
        };
        problem(
            id,
            "The practice cloud did not start.",
            Some(chain(&error)),
            "grantctl help practice lists the scenarios and options.",
        )
    })?;
    let file = practice.cloud().to_toml();
    if let Some(path) = arguments.cloud_file {
        std::fs::write(&path, &file).map_err(|error| {
            problem(
                "GW-PRA-0007",
                "The cloud file cannot be written. The practice cloud was stopped.",
                Some(format!("{}: {error}", path.display())),
                "Name a file in a folder that can be written.",
            )
        })?;
    }
    print::out(&file);
    stopped().await;
    practice.shutdown().await;
    Ok(Outcome::new(Exit::Done))
}

/// Returns when the person or the system ends the process.
pub(crate) async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    {
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    // Without a handler the program still ends: by the operating system's own means.
    let _ = interrupt.await;
}
