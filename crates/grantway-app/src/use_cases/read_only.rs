//! A journal that is open for reading only: what is said about it, what is refused meanwhile, and the ways out.

use std::sync::Arc;

use grantway_store::SqliteJournal;
use grantway_store::journal::ReadOnlyBecause;

use crate::app::App;
use crate::contract::{Call, ReadOnlyAct, ReadOnlyView};
use crate::problem::Problem;
use crate::world::{JournalOf, World};

impl World {
    /// Why nothing can be written, as a person is told it.
    pub(crate) fn read_only_problem(&self) -> Option<Problem> {
        let because = self.file.read_only()?;
        let (key, id) = match because {
            ReadOnlyBecause::OtherInstance => ("problem-read-only-instance", "GW-JRN-0002"),
            ReadOnlyBecause::Damaged(_) => ("problem-read-only-damaged", "GW-JRN-0003"),
            ReadOnlyBecause::Folder(_) => ("problem-read-only-folder", "GW-JRN-0001"),
        };
        Some(Problem::new(key, id).with("detail", because.to_string()))
    }
}

impl App {
    /// Why an approval or a take back cannot be given, where that is the journal.
    pub(crate) fn blocked_by_journal(&self, world: &World) -> Option<String> {
        let problem = world.read_only_problem()?;
        Some(problem.view(&self.catalogue).what)
    }

    pub(crate) fn read_only_view(&self, world: &World) -> Option<ReadOnlyView> {
        let acts = match world.file.read_only()? {
            ReadOnlyBecause::Damaged(_) => vec![ReadOnlyAct::Export, ReadOnlyAct::StartAfresh],
            ReadOnlyBecause::OtherInstance | ReadOnlyBecause::Folder(_) => {
                vec![ReadOnlyAct::TryAgain, ReadOnlyAct::Export]
            }
        };
        let problem = world.read_only_problem()?;
        Some(ReadOnlyView {
            problem: problem.view(&self.catalogue),
            acts,
        })
    }

    /// Refuses what would change something while the journal cannot be written: it would take effect and be forgotten.
    pub(crate) async fn allows(&self, call: &Call) -> Result<(), Problem> {
        if only_shows(call) {
            return Ok(());
        }
        self.world().await.read_only_problem().map_or(Ok(()), Err)
    }

    /// Opens the journal anew: the other instance may be gone, or there may be room again.
    pub(crate) async fn try_again(self: &Arc<Self>) -> Result<(), Problem> {
        self.reopen(JournalOf::Folder).await
    }

    /// Writes everything that can be read of the journal where the person will find it.
    pub(crate) async fn export_shown(&self) -> Result<String, Problem> {
        let world = self.world().await;
        let lines = world.file.lines().await.map_err(|error| {
            Problem::new("problem-journal-export", "GW-JRN-0005").with("detail", error.to_string())
        })?;
        // What is shown next is read from the file that was exported.
        world.engine.index.forget();
        let name = self.dated("journal", "jsonl").await;
        Ok(self.host.save(&name, &lines).await?.display().to_string())
    }

    /// Sets a damaged journal aside and begins a new one; gives the folder in which the damaged one lies.
    pub(crate) async fn start_afresh(self: &Arc<Self>) -> Result<String, Problem> {
        let world = self.world().await;
        if !matches!(world.file.read_only(), Some(ReadOnlyBecause::Damaged(_))) {
            return Err(Problem::new("problem-journal-whole", "GW-JRN-0006"));
        }
        let aside = SqliteJournal::set_aside(&world.folder, (self.order.machine)());
        let aside = aside.map_err(|error| {
            Problem::new("problem-journal-not-set-aside", "GW-JRN-0007")
                .with("detail", error.to_string())
        })?;
        drop(world);
        self.reopen(JournalOf::Folder).await?;
        Ok(aside.display().to_string())
    }
}

/// Whether a call leaves setups, sign-ins and clouds as they are.
fn only_shows(call: &Call) -> bool {
    matches!(
        call,
        Call::Frame
            | Call::Home
            | Call::Gallery
            | Call::ProfileForm { .. }
            | Call::ExportProfile { .. }
            | Call::Setup { .. }
            | Call::Customer { .. }
            | Call::Customers
            | Call::ExportCustomers { .. }
            | Call::ExportPairs { .. }
            | Call::Pairing { .. }
            | Call::Activity { .. }
            | Call::Practice
            | Call::Settings
            | Call::ShowSession { .. }
            | Call::StopSession { .. }
            | Call::SaveProof { .. }
            | Call::EnterPractice
            | Call::LeavePractice
            | Call::Change { .. }
            | Call::ChooseCloudFile
            | Call::RemoveCloudFile
            | Call::TryAgain
            | Call::ExportJournal
            | Call::StartAfresh
    )
}
