//! The columns in which customers are shown side by side: one for each check of a customer, and few for the steps.

use grantway_core::plan::{Cell, Step};
use grantway_core::{Place, Text};

use super::Particulars;
use super::checks::{BEHIND_THE_WAY_IN, OF_CUSTOMER, UNSEEN};
use crate::pattern::Column;

/// Grantway is let in.
pub(super) const WAY_IN: &str = "way-in";
/// The relationship is asked for and approved.
pub(super) const RELATIONSHIP: &str = "relationship";
/// The group gets its roles.
pub(super) const ROLES: &str = "roles";
/// The customer's sign-in rules let the account through.
pub(super) const POLICIES: &str = "policies";
/// The roles have become active.
pub(super) const IN_FORCE: &str = "in-force";

/// Data reaches the vendor.
pub(super) const SIGNS_OF_LIFE: &str = "signs-of-life";

/// The columns of the checks, in order.
pub(super) fn of_checks() -> Vec<Column> {
    OF_CUSTOMER
        .iter()
        .map(|id| Column {
            id,
            title: Text::new(format!("gdap-column-{id}")),
            what: Text::new(format!("gdap-column-{id}-what")),
        })
        .collect()
}

/// The columns of the steps, in order.
pub(super) fn of_steps(terms: &Particulars) -> Vec<Column> {
    [
        WAY_IN,
        RELATIONSHIP,
        ROLES,
        POLICIES,
        IN_FORCE,
        SIGNS_OF_LIFE,
    ]
    .map(|id| Column {
        id,
        title: Text::new(format!("gdap-step-column-{id}")).with("count", terms.roles.len()),
        what: Text::new(format!("gdap-step-column-{id}-what")),
    })
    .into()
}

/// The columns of a customer's check. What cannot be seen behind a shut way is so in each column of what stands there.
pub(super) fn of_check(id: &str) -> Vec<String> {
    let columns: &[&str] = if id == UNSEEN {
        &BEHIND_THE_WAY_IN
    } else {
        &[id]
    };
    columns.iter().map(|id| (*id).to_owned()).collect()
}

/// The same step, in a customer's row.
pub(super) fn stands_in(column: &str, customer: &Place, mut step: Step) -> Step {
    step.cell = Some(Cell {
        customer: customer.tenant,
        column: column.to_owned(),
    });
    step
}
