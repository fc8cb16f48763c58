//! What a person has mapped at the vendor, from a table: given, paired where it is sure, and confirmed in their name.

use std::path::Path;

use grantway_app::contract::{Call, NeedCard, PairingView, Reply};

use super::desk::{Desk, Problem, problem};

/// Says that the pairs of a table are made. Nothing is confirmed unless every tenant has its own.
pub(super) async fn confirm(
    desk: &Desk,
    id: &str,
    cards: &[NeedCard],
    path: &Path,
) -> Result<(), Problem> {
    let list = std::fs::read_to_string(path).map_err(|error| {
        problem(
            "GW-CTL-0004",
            "The table of organizations cannot be read. Nothing was confirmed.",
            Some(format!("{}: {error}", path.display())),
            "Check the path, and save the table as CSV in UTF-8.",
        )
    })?;
    let Some(card) = cards.iter().find(|card| card.pairing) else {
        return Err(problem(
            "GW-CTL-0005",
            "There is no mapping to confirm. Nothing was changed.",
            None,
            "Apply the setup first. A mapping that is confirmed is shown by grantctl show.",
        ));
    };
    let (id, step) = (id.to_owned(), card.step.clone());
    let give = Call::GivePairList {
        id: id.clone(),
        step: step.clone(),
        list,
    };
    if let Reply::Form(outcome) = desk.call(give).await?
        && let Some(wrong) = outcome.problems.into_iter().next()
    {
        return Err(Box::new(wrong));
    }
    let view = seen(desk, &id, &step).await?;
    let pair = Call::Pair {
        id: id.clone(),
        step: step.clone(),
        pairs: view.sure,
    };
    desk.call(pair).await?;
    let Some(confirm) = seen(desk, &id, &step).await?.confirm else {
        return Ok(());
    };
    let shown = confirm.shown;
    desk.call(Call::ConfirmPairs { id, step, shown }).await?;
    Ok(())
}

async fn seen(desk: &Desk, id: &str, step: &str) -> Result<PairingView, Problem> {
    let (id, step) = (id.to_owned(), step.to_owned());
    match desk.call(Call::Pairing { id, step }).await? {
        Reply::Pairing(view) => Ok(*view),
        _ => Err(problem(
            "GW-CTL-0006",
            "The mapping cannot be shown.",
            None,
            "Try again. If it stays so, report the id.",
        )),
    }
}
