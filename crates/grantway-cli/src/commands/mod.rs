//! The commands, one file for each. They ask the app what the screens ask it, and print what the screens show.

mod apply;
mod desk;
mod journal;
mod mapped;
mod outcome;
mod plan;
#[cfg(feature = "practice")]
mod practice;
mod print;
mod profiles;
mod prove;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod undo;
mod walk;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use grantway_app::contract::UiProblem;

use crate::exit::Exit;
use outcome::Outcome;

/// Grants, checks and takes back cross-tenant access in Microsoft 365, from a terminal.
#[derive(Debug, Parser)]
#[command(name = "grantctl", version, about, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 proved or done, 1 not proved, 2 unusable input, 3 needs a person, \
4 stopped (network, refusal, fault), 5 cannot see.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the practice cloud alone and prints its cloud file.
    #[cfg(feature = "practice")]
    Practice(practice::PracticeArguments),
    /// Signs in, checks, and shows the plan. Changes nothing.
    Plan(PlanArguments),
    /// Applies the plan once its number is given, and proves it.
    Apply(ApproveArguments),
    /// Reads back what was granted.
    Prove(ProveArguments),
    /// Takes everything back once its number is given, and proves that it is gone.
    Undo(ApproveArguments),
    /// Shows where setups stand.
    Show(ShowArguments),
    /// Lists the vendor profiles: those that come with Grantway, and your own of the data folder.
    Profiles(profiles::ProfilesArguments),
    /// The journal.
    Journal {
        /// What to do with it.
        #[command(subcommand)]
        command: journal::JournalCommand,
    },
    /// Serves the screens to a plain browser, for tests.
    #[cfg(feature = "serve")]
    Serve(serve::ServeArguments),
}

/// Where data is and how the vault opens.
#[derive(Debug, Clone, Args)]
pub(crate) struct Place {
    /// The data folder; the desktop app's own without it.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Reads the vault's passphrase from this file descriptor; a new vault is then sealed by it, not by the keychain.
    #[arg(long, value_name = "N")]
    passphrase_fd: Option<u32>,
}

/// What commands about setups share.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    #[command(flatten)]
    place: Place,
    /// Prints one JSON object instead of text.
    #[arg(long)]
    json: bool,
    /// The practice scenario, instead of the setup file's.
    #[cfg(feature = "practice")]
    #[arg(long, value_name = "ID", conflicts_with = "scenario_file")]
    scenario: Option<String>,
    /// A practice scenario of one's own.
    #[cfg(feature = "practice")]
    #[arg(long, value_name = "FILE")]
    scenario_file: Option<PathBuf>,
    /// Starts a fresh practice clock at this moment and stands it still.
    #[cfg(feature = "practice")]
    #[arg(long, value_name = "RFC3339")]
    frozen: Option<grantway_app::Timestamp>,
    /// Adds a JSON line for each practice exchange to this file.
    #[cfg(feature = "practice")]
    #[arg(long, value_name = "FILE")]
    traffic: Option<PathBuf>,
    /// Waits pass by moving the practice clock.
    #[cfg(feature = "practice")]
    #[arg(long)]
    fast: bool,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct PlanArguments {
    /// The setup file.
    #[arg(long, value_name = "FILE.toml")]
    setup: PathBuf,
    /// One setup by its id, instead of the newest that fits the file.
    #[arg(long, value_name = "SETUP")]
    id: Option<String>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct ApproveArguments {
    #[command(flatten)]
    plan: PlanArguments,
    /// The number of changes, which approves them; asked for at a terminal without it.
    #[arg(long, value_name = "N")]
    approve: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct ProveArguments {
    #[command(flatten)]
    plan: PlanArguments,
    /// Writes the proof as one HTML page.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Writes the proof as JSON.
    #[arg(long, value_name = "FILE")]
    proof: Option<PathBuf>,
    /// You have seen at the vendor what cannot be read, for the customer of that name or for "all": your account's name
    /// stands under it.
    #[arg(long, value_name = "CUSTOMER", conflicts_with = "not_seen")]
    seen: Option<String>,
    /// You have looked for it and not seen it.
    #[arg(long, value_name = "CUSTOMER")]
    not_seen: Option<String>,
    /// You have mapped the tenants at the vendor as this table says: columns Organization, and Tenant id or Domain. Your
    /// account's name stands under it.
    #[arg(long, value_name = "FILE.csv")]
    mapped: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct ShowArguments {
    /// The setup file, which says which cloud; the practice cloud without it.
    #[arg(long, value_name = "FILE.toml")]
    setup: Option<PathBuf>,
    /// Only this setup.
    #[arg(long, value_name = "SETUP")]
    id: Option<String>,
    #[command(flatten)]
    common: Common,
}

/// Does what the arguments say and tells how it ended.
pub async fn run(arguments: Arguments) -> Exit {
    match arguments.command {
        #[cfg(feature = "practice")]
        Command::Practice(arguments) => ended("practice", false, practice::run(arguments).await),
        Command::Plan(arguments) => {
            let json = arguments.common.json;
            ended("plan", json, plan::run(arguments).await)
        }
        Command::Apply(arguments) => {
            let json = arguments.plan.common.json;
            ended("apply", json, apply::run(arguments).await)
        }
        Command::Prove(arguments) => {
            let json = arguments.plan.common.json;
            ended("prove", json, prove::run(arguments).await)
        }
        Command::Undo(arguments) => {
            let json = arguments.plan.common.json;
            ended("undo", json, undo::run(arguments).await)
        }
        Command::Show(arguments) => {
            let json = arguments.common.json;
            ended("show", json, show::run(arguments).await)
        }
        Command::Profiles(arguments) => {
            ended("profiles", arguments.json, profiles::run(&arguments))
        }
        Command::Journal { command } => ended("journal", false, journal::run(command).await),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => ended("serve", false, serve::run(arguments).await),
    }
}

fn ended(command: &'static str, json: bool, result: Result<Outcome, Box<UiProblem>>) -> Exit {
    let outcome = result.unwrap_or_else(|problem| Outcome::problem(*problem));
    outcome.print(command, json)
}
