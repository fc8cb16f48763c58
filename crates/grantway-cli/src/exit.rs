//! How a command ends, as a number that scripts can go by.

use grantway_app::contract::{DonePage, NeedCard, NeedKind, Page, SetupView, Sign, UiProblem};
use serde::Serialize;

/// The end of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Exit {
    /// Proved, or done.
    Done = 0,
    /// Read back, and something is not as it should be.
    NotProved = 1,
    /// What was given cannot be used.
    Unusable = 2,
    /// A person has to do something.
    Person = 3,
    /// Stopped: network, refusal, fault.
    Stopped = 4,
    /// Nothing speaks against it, but not all of it can be seen.
    CannotSee = 5,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verb {
    /// A plan.
    Plan,
    /// A plan applied and proved.
    Apply,
    /// A proof.
    Prove,
    /// Everything taken back.
    Undo,
}

/// The end of a command, from where the setup stands and the last problem that was told.
pub fn of_view(verb: Verb, view: &SetupView, problem: Option<&UiProblem>) -> Exit {
    let told = |otherwise: Exit| problem.map_or(otherwise, of_problem);
    match (&view.page, verb) {
        (Page::Answer(_), _) => told(Exit::Unusable),
        (Page::SignIn(_), _) => told(Exit::Person),
        (Page::Check(page), Verb::Plan | Verb::Apply) => {
            // A check that failed waits for somebody who mends it.
            let mut customers = page.matrix.iter().flat_map(|matrix| &matrix.rows);
            if page.groups.iter().any(|group| group.sign == Sign::Fail)
                || customers.any(|row| row.stopped)
            {
                Exit::Person
            } else {
                told(Exit::Stopped)
            }
        }
        (Page::Review(page), Verb::Plan) => match &page.approval {
            Some(approval) if approval.blocked.is_some() => Exit::Person,
            _ => Exit::Done,
        },
        (Page::Review(_), Verb::Apply) => told(Exit::Person),
        (Page::Check(_) | Page::Review(_), Verb::Prove | Verb::Undo) => told(Exit::Unusable),
        // Approved already: the plan is there to be read.
        (Page::Apply(_) | Page::Done(_), Verb::Plan) => Exit::Done,
        (Page::Apply(page), _) => of_cards(&page.cards).unwrap_or_else(|| {
            told(if page.paused {
                Exit::Person
            } else {
                Exit::Stopped
            })
        }),
        (Page::Done(page), Verb::Apply | Verb::Prove) => of_proof(page, problem),
        (Page::Done(page), Verb::Undo) => of_take_back(page, problem),
    }
}

/// The end of a command that a problem ended, by the family of its id.
pub fn of_problem(problem: &UiProblem) -> Exit {
    const FAMILIES: [(&str, Exit); 19] = [
        // Somebody else's instance, not the input.
        ("GW-HST-0002", Exit::Stopped),
        ("GW-NET-", Exit::Stopped),
        ("GW-JRN-", Exit::Stopped),
        ("GW-PRA-0001", Exit::Unusable),
        ("GW-PRA-0002", Exit::Unusable),
        ("GW-STP-", Exit::Unusable),
        ("GW-SET-", Exit::Unusable),
        ("GW-ANS-", Exit::Unusable),
        ("GW-APR-", Exit::Unusable),
        ("GW-CHK-", Exit::Unusable),
        ("GW-CLD-", Exit::Unusable),
        ("GW-UND-", Exit::Unusable),
        ("GW-RPT-0001", Exit::Unusable),
        ("GW-CTL-", Exit::Person),
        ("GW-HST-0001", Exit::Person),
        ("GW-SES-", Exit::Person),
        ("GW-TSK-", Exit::Person),
        ("GW-CON-", Exit::Person),
        ("GW-SIGNINNEEDED", Exit::Person),
    ];
    FAMILIES
        .iter()
        .find(|(family, _)| problem.id.starts_with(family))
        .map_or(Exit::Stopped, |(_, exit)| *exit)
}

/// What the cards say; none without cards.
fn of_cards(cards: &[NeedCard]) -> Option<Exit> {
    // A card that only offers to try again is a fault; every other one asks for a decision or a deed.
    let is_fault = |card: &NeedCard| {
        card.kind == NeedKind::Stopped
            && card
                .acts
                .iter()
                .all(|act| ["retry", "goOn"].contains(&act.calls.as_str()))
    };
    if cards.iter().any(is_fault) {
        return Some(Exit::Stopped);
    }
    (!cards.is_empty()).then_some(Exit::Person)
}

/// Not proved beats cannot see.
fn of_proof(page: &DonePage, problem: Option<&UiProblem>) -> Exit {
    if page.not_proved > 0 {
        Exit::NotProved
    } else if page.proofs.is_empty() {
        problem.map_or(Exit::NotProved, of_problem)
    } else if page.cannot_see > 0 {
        Exit::CannotSee
    } else {
        Exit::Done
    }
}

fn of_take_back(page: &DonePage, problem: Option<&UiProblem>) -> Exit {
    if page.taken_back && page.left.iter().any(|left| left.failed) {
        return Exit::NotProved;
    }
    if page.taken_back {
        return Exit::Done;
    }
    of_cards(&page.cards).unwrap_or_else(|| problem.map_or(Exit::Stopped, of_problem))
}

#[cfg(test)]
mod tests;
