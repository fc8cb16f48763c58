//! `grantctl prove`: reads back what was granted, and writes the proof where it is asked to.

use std::path::Path;

use grantway_app::contract::{Call, NeedCard, Page};

use super::ProveArguments;
use super::desk::{Desk, Problem, Unfinished, problem};
use super::mapped;
use super::outcome::Outcome;
use super::plan::read;
use crate::exit::{Exit, Verb, of_problem};
use crate::progress::Progress;
use crate::setup_file::SetupFile;

pub(crate) async fn run(arguments: ProveArguments) -> Result<Outcome, Problem> {
    let file = read(&arguments.plan)?;
    let desk = Desk::open(&arguments.plan.common, Some(&file), Unfinished::Stays).await?;
    let outcome = prove(&desk, &file, &arguments).await;
    desk.close().await;
    outcome
}

async fn prove(
    desk: &Desk,
    file: &SetupFile,
    arguments: &ProveArguments,
) -> Result<Outcome, Problem> {
    desk.writable().await?;
    let found = desk.find(file, arguments.plan.id.as_deref()).await?;
    let Some(view) = found else {
        return Err(none_here());
    };
    let id = view.id.clone();
    match &view.page {
        Page::Apply(_) | Page::Done(_) => {}
        _ => return desk.outcome(Verb::Prove, &id).await,
    }
    desk.app.settled(&id).await;
    if let Page::Done(page) = &view.page {
        say(desk, &id, &page.cards, arguments).await?;
        if let Some(path) = &arguments.mapped {
            mapped::confirm(desk, &id, &page.cards, path).await?;
        }
    }
    let progress = Progress::follow(desk.app.clone(), desk.host.listen(), id.clone());
    match desk.call(Call::Prove { id: id.clone() }).await {
        // One sign-in more, where that is all that is missing.
        Err(refused) if of_problem(&refused) == Exit::Person && desk.is_practice => {
            desk.attend(&id).await?;
            desk.call(Call::Prove { id: id.clone() }).await?;
        }
        result => drop(result?),
    }
    drop(progress);
    let mut outcome = desk.outcome(Verb::Prove, &id).await?;
    for (path, html) in [(&arguments.html, true), (&arguments.proof, false)] {
        if let Some(path) = path {
            let text = desk.app.proof(&id, html).await.map_err(Box::new)?;
            write(path, &text)?;
            outcome.files.push(path.display().to_string());
        }
    }
    Ok(outcome)
}

/// Says what a person has seen, or not, of what cannot be read.
async fn say(
    desk: &Desk,
    id: &str,
    cards: &[NeedCard],
    arguments: &ProveArguments,
) -> Result<(), Problem> {
    let (customer, seen) = match (&arguments.seen, &arguments.not_seen) {
        (Some(customer), _) => (customer, true),
        (None, Some(customer)) => (customer, false),
        (None, None) => return Ok(()),
    };
    let mut said = 0;
    for card in cards {
        let Some(check) = card.check.clone() else {
            continue;
        };
        if customer != "all" && *customer != card.place.name {
            continue;
        }
        let (id, step) = (id.to_owned(), card.step.clone());
        let call = if seen {
            Call::Accept { id, check }
        } else {
            Call::Retry { id, step }
        };
        desk.call(call).await?;
        said += 1;
    }
    if said > 0 {
        return Ok(());
    }
    let customers: Vec<&str> = cards.iter().map(|card| card.place.name.as_str()).collect();
    Err(problem(
        "GW-CTL-0003",
        "There is nothing to confirm for this customer. Nothing was changed.",
        (!customers.is_empty()).then(|| format!("To be confirmed: {}.", customers.join(", "))),
        "Give the customer's name as grantctl show writes it, or all.",
    ))
}

fn write(path: &Path, text: &str) -> Result<(), Problem> {
    std::fs::write(path, text).map_err(|error| {
        problem(
            "GW-RPT-0003",
            "The proof cannot be written. What was read back is in the journal.",
            Some(format!("{}: {error}", path.display())),
            "Check the folder, then prove again.",
        )
    })
}

/// No setup fits the file.
pub(super) fn none_here() -> Problem {
    problem(
        "GW-STP-0007",
        "No setup in this data folder fits the setup file. Nothing was changed.",
        None,
        "Apply it first, name one with --id, or give its folder with --data. grantctl show lists what is there.",
    )
}
