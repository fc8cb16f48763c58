//! What was read, judged. Every row says what is needed and why, what was found, by which right, and how to mend it.

mod customer;
mod group;
mod provider;
mod relationship;

use grantway_core::check::Check;
use grantway_core::question::LicenceSeen;
use grantway_core::{Fault, Text};

use super::licences;
use super::subject::Subject;

pub(super) use crate::asked::{
    Asked, accept, by_hand, by_hand_at, by_hand_in, change_answer, in_plan, other_account,
};
pub(super) use customer::{BEHIND_THE_WAY_IN, UNSEEN};

/// The checks of a customer, in the order in which they are shown side by side.
pub(super) const OF_CUSTOMER: [&str; 9] = [
    relationship::ACTIVE,
    relationship::ROLES,
    customer::WAY_IN,
    customer::GUEST,
    customer::P1,
    customer::MAILBOX,
    customer::AUDIT_LOG,
    customer::SECURITY_DEFAULTS,
    customer::POLICIES,
];

pub(super) fn checks(subject: &Subject<'_>) -> Vec<Check> {
    let mut checks = vec![
        provider::partner_tenant(subject),
        provider::admin_agent(subject),
        provider::abilities(subject),
        provider::account_domain(subject),
        provider::account_name(subject),
        provider::licence(subject),
        provider::mailbox(subject),
        provider::authenticator(subject),
        provider::policies(subject),
        provider::security_defaults(subject),
    ];
    checks.extend(group::group(subject));
    for customer in &subject.customers {
        checks.push(relationship::active(subject, customer));
        checks.extend(relationship::roles(subject, customer));
        checks.extend(group::held(subject, customer));
    }
    checks.push(provider::publisher(subject));
    for customer in &subject.customers {
        checks.extend(customer::checks(subject, customer));
    }
    checks
}

/// A licence with Conditional Access, by what was read.
pub(super) fn conditional_access(asked: Asked, licences: Result<Vec<LicenceSeen>, Fault>) -> Check {
    let seen = match licences {
        Ok(seen) => seen,
        Err(fault) => return asked.unread(&fault, true),
    };
    match licences::conditional_access(&seen) {
        Some(licence) => asked.pass(
            Text::new("gdap-check-provider-p1-found")
                .with("licence", &licence.part_number)
                .with("count", licence.usable),
        ),
        None => asked.fail(
            Text::new("gdap-check-provider-p1-none").with("count", seen.len()),
            vec![by_hand(
                "buy-p1",
                Text::new("gdap-check-provider-p1-buy"),
                Text::new("gdap-check-provider-p1-buy-detail"),
                "admin",
                &["Marketplace", "All products", "Microsoft Entra ID P1"],
            )],
        ),
    }
}

/// A licence with an Exchange mailbox, by what was read.
pub(super) fn mailbox(asked: Asked, licences: Result<Vec<LicenceSeen>, Fault>) -> Check {
    let seen = match licences {
        Ok(seen) => seen,
        Err(fault) => return asked.unread(&fault, true),
    };
    let found = |key: &str, licence: &LicenceSeen| {
        Text::new(key)
            .with("licence", &licence.part_number)
            .with("count", licence.assigned)
    };
    let remedies = || {
        vec![
            by_hand(
                "buy-mailbox",
                Text::new("gdap-check-mailbox-buy"),
                Text::new("gdap-check-mailbox-buy-detail"),
                "admin",
                &["Marketplace", "All products", "Exchange Online Kiosk"],
            ),
            accept(),
        ]
    };
    match licences::mailbox(&seen) {
        Some(licence) if licence.assigned > 0 => {
            asked.pass(found("gdap-check-mailbox-found", licence))
        }
        Some(licence) => asked.warn(found("gdap-check-mailbox-unassigned", licence), remedies()),
        None => asked.warn(Text::new("gdap-check-mailbox-none"), remedies()),
    }
}
