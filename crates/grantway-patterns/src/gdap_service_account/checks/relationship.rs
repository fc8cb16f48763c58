//! Checks of the relationship with a customer, read from the provider's side.

use grantway_core::check::{Check, Remedy};
use grantway_core::question::RelationshipSeen;
use grantway_core::{Place, Text};

use super::{Asked, by_hand, by_hand_at, change_answer, in_plan};
use crate::gdap_service_account::columns;
use crate::gdap_service_account::form;
use crate::gdap_service_account::relationship::Way;
use crate::gdap_service_account::subject::{Subject, day, of_customer};

/// A relationship that ends within so many days is worth a look.
const ENDS_SOON_DAYS: i64 = 30;

/// There is a relationship.
pub(super) const ACTIVE: &str = "relationship";
/// It holds the roles.
pub(super) const ROLES: &str = "relationship-roles";

/// Asked for, and not approved yet.
const PENDING: &str = "gdap-check-relationship-pending";

fn asked(subject: &Subject<'_>, id: &str, customer: &Place) -> Asked {
    Asked {
        id: format!("{id}/{}", customer.tenant),
        place: customer.clone(),
        title: Text::new(format!("gdap-check-{id}")),
        needed: Text::new(format!("gdap-check-{id}-needed"))
            .with("count", needed_roles(subject))
            .with("customer", &customer.name),
        why: Text::new(format!("gdap-check-{id}-why"))
            .with("vendor", subject.vendor())
            .with("customer", &customer.name),
        right_used: subject.right(&of_customer(customer)),
        columns: columns::of_check(id),
    }
}

fn needed_roles(subject: &Subject<'_>) -> usize {
    subject.roles().count()
}

/// There is an active relationship, and it does not end soon.
pub(super) fn active(subject: &Subject<'_>, customer: &Place) -> Check {
    let asked = asked(subject, ACTIVE, customer);
    let found = |key: &str| Text::new(key).with("customer", &customer.name);
    if customer.tenant == subject.provider.tenant {
        return asked.fail(
            found("gdap-check-relationship-own-tenant"),
            vec![change_answer(
                form::CUSTOMER,
                Text::new("gdap-check-relationship-own-tenant-answer"),
            )],
        );
    }
    let seen = match subject.relationships(customer) {
        Ok(seen) => seen,
        Err(fault) => return asked.unread(&fault, false),
    };
    let Some(best) = subject.best(&seen) else {
        let remedy = match Way::of(subject, customer, &seen) {
            Way::Offered(_) => approval_in_plan(customer),
            _ => new_in_plan(customer),
        };
        return asked.warn(
            found(absence(&seen)).with("count", seen.len()),
            vec![remedy],
        );
    };
    let found = |key: &str| found(key).with("relationship", &best.name);
    let Some(ends) = best.ends else {
        return asked.pass(found("gdap-check-relationship-active"));
    };
    let days = (ends.as_second() - subject.now().as_second()) / 86_400;
    let dated = |key: &str| found(key).with("date", day(ends)).with("days", days);
    if days >= ENDS_SOON_DAYS {
        asked.pass(dated("gdap-check-relationship-active-until"))
    } else if best.extends_itself {
        asked.pass(dated("gdap-check-relationship-extends"))
    } else {
        asked.warn(
            dated("gdap-check-relationship-ends-soon"),
            // The partner extends it.
            vec![by_hand_at(
                by_hand(
                    "extend",
                    Text::new("gdap-check-relationship-extend"),
                    Text::new("gdap-check-relationship-extend-detail"),
                    "partner",
                    &[
                        "Customers",
                        &customer.name,
                        "Admin relationships",
                        &best.name,
                        "Auto extend",
                    ],
                ),
                &subject.provider,
            )],
        )
    }
}

/// What to say where none is active: the state that is nearest to it (facts: api-gdap-hardening §2.3).
fn absence(seen: &[RelationshipSeen]) -> &'static str {
    let any = |states: &[&str]| seen.iter().any(|r| states.contains(&r.status.as_str()));
    if seen.is_empty() {
        "gdap-check-relationship-none"
    } else if any(&["created", "approvalPending", "approved", "activating"]) {
        PENDING
    } else if any(&["active", "expiring", "expired"]) {
        "gdap-check-relationship-expired"
    } else {
        "gdap-check-relationship-terminated"
    }
}

/// The active relationship holds every role. There is no such row while none is active: the one before says so.
pub(super) fn roles(subject: &Subject<'_>, customer: &Place) -> Option<Check> {
    let seen = subject.relationships(customer).ok()?;
    let best = subject.best(&seen)?;
    let asked = asked(subject, ROLES, customer);
    let missing = subject.missing(&best);
    if missing.is_empty() {
        return Some(
            asked.pass(
                Text::new("gdap-check-relationship-roles-all")
                    .with("count", needed_roles(subject))
                    .with("relationship", &best.name),
            ),
        );
    }
    let names: Vec<&str> = missing.iter().map(|role| role.role.name.as_str()).collect();
    let found = Text::new("gdap-check-relationship-roles-missing")
        .with("relationship", &best.name)
        .with("count", missing.len())
        .with("needed", needed_roles(subject))
        .with("roles", names.join(", "));
    Some(asked.warn(found, vec![new_in_plan(customer)]))
}

fn approval_in_plan(customer: &Place) -> Remedy {
    in_plan(
        "approve-relationship",
        Text::new("gdap-check-relationship-approve"),
        Text::new("gdap-check-relationship-approve-detail").with("customer", &customer.name),
    )
}

/// Roles cannot be added to an active relationship (facts: api-gdap-hardening §2.3), so a new one is the way either way.
fn new_in_plan(customer: &Place) -> Remedy {
    in_plan(
        "request-relationship",
        Text::new("gdap-check-relationship-request"),
        Text::new("gdap-check-relationship-request-detail").with("customer", &customer.name),
    )
}
