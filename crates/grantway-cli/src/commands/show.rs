//! `grantctl show`: where setups stand.

use grantway_app::contract::{Call, Reply};

use super::ShowArguments;
use super::desk::{Desk, Problem, Unfinished, unexpected};
use super::outcome::Outcome;
use crate::exit::Exit;
use crate::setup_file::{Known, SetupFile};

pub(crate) async fn run(arguments: ShowArguments) -> Result<Outcome, Problem> {
    let file = match &arguments.setup {
        Some(path) => {
            let known = Known::here(&arguments.common.place.folder()?);
            let read = SetupFile::read(path, &known);
            Some(read.map_err(|error| Box::new(error.view()))?)
        }
        None => None,
    };
    let desk = Desk::open(&arguments.common, file.as_ref(), Unfinished::Stays).await?;
    let outcome = show(&desk, arguments.id.as_deref()).await;
    desk.close().await;
    outcome
}

async fn show(desk: &Desk, id: Option<&str>) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::new(Exit::Done);
    if let Some(id) = id {
        let view = desk.view(id).await?;
        outcome.plan = desk.plan(id).await?;
        outcome.setup = Some(view);
        return Ok(outcome);
    }
    let Reply::Home(home) = desk.call(Call::Home).await? else {
        return Err(unexpected());
    };
    outcome.home = Some(home);
    Ok(outcome)
}
