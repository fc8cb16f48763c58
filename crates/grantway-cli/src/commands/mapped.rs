//! What a person has mapped at the vendor, from a table: given, paired where it is sure, and confirmed in their name.

use std::path::Path;

use grantway_app::contract::{Call, NeedCard, PairLine, PairingView, Reply};

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
    let table = list.clone();
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
    let view = seen(desk, &id, &step).await?;
    if let Some(row) = view.rows.iter().find(|row| !says(&table, row)) {
        return Err(problem(
            "GW-CTL-0007",
            &format!(
                "The table does not say that {} has this organization.",
                row.name
            ),
            row.paired.clone(),
            "Give each tenant a line of its own with its id or domain and the organization's name, as in the portal. Nothing was confirmed.",
        ));
    }
    let Some(confirm) = view.confirm else {
        return Ok(());
    };
    let shown = confirm.shown;
    desk.call(Call::ConfirmPairs { id, step, shown }).await?;
    Ok(())
}

/// Whether a line of the table has the tenant and its name together: what was only guessed from names nobody has seen here.
fn says(table: &str, row: &PairLine) -> bool {
    let Some(name) = row.paired.as_ref().map(|name| name.to_lowercase()) else {
        return true;
    };
    table.lines().map(str::to_lowercase).any(|line| {
        let has_tenant = line.contains(&row.tenant.to_lowercase())
            || row
                .domain
                .as_ref()
                .is_some_and(|domain| line.contains(&domain.to_lowercase()));
        has_tenant && line.contains(&name)
    })
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
