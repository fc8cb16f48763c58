//! `grantctl journal export`: writes out what can be read of a journal, damaged or whole.

use std::path::PathBuf;

use clap::Subcommand;
use grantway_app::ExportFailure;

use super::Place;
use super::desk::{Problem, problem};
use super::outcome::Outcome;
use crate::exit::Exit;

#[derive(Debug, Subcommand)]
pub(crate) enum JournalCommand {
    /// Writes all entries that can be read into a new file, one JSON object in each line.
    Export {
        /// The new file.
        file: PathBuf,
        /// The journal of the real cloud, instead of the practice cloud's.
        #[arg(long)]
        live: bool,
        #[command(flatten)]
        place: Place,
    },
}

pub(crate) async fn run(command: JournalCommand) -> Result<Outcome, Problem> {
    let JournalCommand::Export { file, live, place } = command;
    let data = place.folder()?;
    if file.exists() {
        return Err(problem(
            "GW-STP-0008",
            "There is such a file already. Nothing was written.",
            Some(file.display().to_string()),
            "Name a new file.",
        ));
    }
    let exported =
        grantway_app::export_journal(&data, !live, &place.prompt(), place.keychain(), &file).await;
    let exported = exported.map_err(|error| refused(&error))?;
    let note = match exported.read_only {
        None => format!(
            "{} entries written to {}.",
            exported.entries,
            file.display()
        ),
        Some(because) => format!(
            "{} entries written to {}. The journal could only be read: {because}.",
            exported.entries,
            file.display()
        ),
    };
    Ok(Outcome {
        note: Some(note),
        ..Outcome::new(Exit::Done)
    })
}

fn refused(error: &ExportFailure) -> Problem {
    let mut why = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        why = format!("{why}: {inner}");
        source = inner.source();
    }
    let (id, todo) = match error {
        ExportFailure::NoJournal(_) => ("GW-STP-0009", "Give the data folder with --data."),
        ExportFailure::Vault(_) => (
            "GW-VLT-0001",
            "Unlock the keychain of this computer, or give the passphrase.",
        ),
        ExportFailure::Open(_) => ("GW-JRN-0004", "Check the data folder."),
        ExportFailure::Export(_) => ("GW-JRN-0005", "Check the folder of the new file."),
    };
    problem(
        id,
        "The journal was not exported. It is as it was.",
        Some(why),
        todo,
    )
}
