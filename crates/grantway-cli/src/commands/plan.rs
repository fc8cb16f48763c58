//! `grantctl plan`: signs in, checks, and shows the plan. Changes nothing in a cloud.

use super::PlanArguments;
use super::desk::{Desk, Problem, Unfinished};
use super::outcome::Outcome;
use crate::exit::Verb;
use crate::setup_file::{Known, SetupFile};

pub(crate) async fn run(arguments: PlanArguments) -> Result<Outcome, Problem> {
    let file = read(&arguments)?;
    let desk = Desk::open(&arguments.common, Some(&file), Unfinished::Stays).await?;
    let outcome = plan(&desk, &file, &arguments).await;
    desk.close().await;
    outcome
}

async fn plan(
    desk: &Desk,
    file: &SetupFile,
    arguments: &PlanArguments,
) -> Result<Outcome, Problem> {
    desk.writable().await?;
    let id = desk.find_or_begin(file, arguments.id.as_deref()).await?;
    desk.read(&id).await?;
    desk.outcome(Verb::Plan, &id).await
}

/// The setup file of a command.
pub(crate) fn read(arguments: &PlanArguments) -> Result<SetupFile, Problem> {
    let known = Known::here(&arguments.common.place.folder()?);
    SetupFile::read(&arguments.setup, &known).map_err(|error| Box::new(error.view()))
}
