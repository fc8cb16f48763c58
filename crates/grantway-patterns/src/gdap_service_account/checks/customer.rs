//! What is read in the customer's own tenant, where the way there is open. Where it is not, nothing of it is called passed.

use grantway_core::check::Check;
use grantway_core::question::{
    AccessPolicies, Ask, AuditLog, AuditLogSeen, GuestTwin, Licences, PolicySeen, SecurityDefaults,
    WaySeen,
};
use grantway_core::{FaultKind, Place, Text};

use super::{Asked, accept, by_hand, by_hand_in, in_plan};
use crate::gdap_service_account::columns;
use crate::gdap_service_account::subject::Subject;
pub(super) use crate::gdap_service_account::way_in::WAY_IN;
use crate::gdap_service_account::way_in::{WayIn, lacking, question};

/// What cannot be seen while the way is shut, in one row: it is mended in one place.
pub(in crate::gdap_service_account) const UNSEEN: &str = "customer-unseen";

/// What is read once the way is open.
pub(in crate::gdap_service_account) const BEHIND_THE_WAY_IN: [&str; 6] =
    [GUEST, P1, MAILBOX, AUDIT_LOG, SECURITY_DEFAULTS, POLICIES];
pub(super) const GUEST: &str = "customer-guest";
pub(super) const P1: &str = "customer-p1";
pub(super) const MAILBOX: &str = "customer-mailbox";
pub(super) const AUDIT_LOG: &str = "customer-audit-log";
pub(super) const SECURITY_DEFAULTS: &str = "customer-security-defaults";
pub(super) const POLICIES: &str = "customer-policies";

/// The sign-in service's word for an account that nothing leads into a tenant, in the catalogue.
const NO_WAY_IN: &str = "sign-in-because-no-way-in";

// facts: api-gdap-hardening §2.15: Exchange's role "Audit Logs", which these bring.
const AUDIT_LOG_ROLES: [&str; 2] = ["Exchange Administrator", "Global Administrator"];
// facts: api-gdap-hardening §2.15: a search may be refused for so long although the switch is on.
const AUDIT_LOG_LAG_MINUTES: u32 = 60;

/// All rows of a customer's tenant.
pub(super) fn checks(subject: &Subject<'_>, customer: &Place) -> Vec<Check> {
    let mut checks = vec![way_in(subject, customer)];
    match subject.way_in(customer) {
        WayIn::Open => checks.extend([
            guest_twin(subject, customer),
            p1(subject, customer),
            mailbox(subject, customer),
            audit_log(subject, customer),
            security_defaults(subject, customer),
            policies(subject, customer),
        ]),
        WayIn::ToBeOpened | WayIn::ByLink | WayIn::Shut => checks.push(unseen(subject, customer)),
    }
    checks
}

fn asked(subject: &Subject<'_>, customer: &Place, id: &str) -> Asked {
    let text = |part: &str| {
        Text::new(format!("gdap-check-{id}{part}"))
            .with("vendor", subject.vendor())
            .with("customer", &customer.name)
            .with("provider", &subject.provider.name)
    };
    Asked {
        id: format!("{id}/{}", customer.tenant),
        place: customer.clone(),
        title: text(""),
        needed: text("-needed"),
        why: text("-why"),
        right_used: Vec::new(),
        columns: columns::of_check(id),
    }
}

fn asked_by<T: Ask>(subject: &Subject<'_>, customer: &Place, id: &str, about: &T) -> Asked {
    Asked {
        right_used: subject.situation.facts.right_used(customer.tenant, about),
        ..asked(subject, customer, id)
    }
}

fn unseen(subject: &Subject<'_>, customer: &Place) -> Check {
    let found = Text::new("gdap-check-customer-unseen-found").with("customer", &customer.name);
    let remedies = match subject.way_in(customer) {
        WayIn::ToBeOpened | WayIn::ByLink => Vec::new(),
        WayIn::Open | WayIn::Shut => vec![accept()],
    };
    asked(subject, customer, UNSEEN).cannot_see(found, remedies)
}

/// Whether Grantway is let in, and what would open the way.
fn way_in(subject: &Subject<'_>, customer: &Place) -> Check {
    let asked = asked_by(subject, customer, WAY_IN, &question());
    let found = |key: &str| Text::new(key).with("customer", &customer.name);
    let opened = || {
        let (title, detail) = match subject.way_in(customer) {
            WayIn::ByLink => ("gdap-check-way-in-ask", "gdap-check-way-in-ask-detail"),
            _ => ("gdap-check-way-in-open", "gdap-check-way-in-open-detail"),
        };
        let open = in_plan("open", Text::new(title), found(detail));
        vec![open, accept()]
    };
    let seen = match subject.way_seen(customer) {
        Ok(seen) => seen,
        Err(fault) => return asked.unread(&fault, true),
    };
    match seen {
        WaySeen::Open { scopes, .. } => match lacking(&scopes).as_slice() {
            [] => asked.pass(found("gdap-check-way-in-found").with("count", scopes.len())),
            lacking => asked.warn(
                found("gdap-check-way-in-lacks")
                    .with("count", lacking.len())
                    .with("permissions", lacking.join(", ")),
                opened(),
            ),
        },
        WaySeen::NotConsented {
            code,
            by_partner_center: Some(false),
        } => asked.warn(
            found("gdap-check-way-in-no-partner-center").with("code", code),
            opened(),
        ),
        WaySeen::NotConsented { code, .. } => asked.warn(
            found("gdap-check-way-in-not-yet").with("code", code),
            opened(),
        ),
        WaySeen::Closed { because, code } if because.key == NO_WAY_IN => asked.cannot_see(
            found("gdap-check-way-in-no-role").with("code", code),
            vec![accept()],
        ),
        WaySeen::Closed { because, code } => asked.cannot_see(
            found("gdap-check-way-in-closed")
                .with("because", because)
                .with("code", code),
            vec![accept()],
        ),
    }
}

/// The person is no guest there: a guest's token comes before the relationship's, and has none of its roles.
// facts: own-app-and-tokens §2.2.
fn guest_twin(subject: &Subject<'_>, customer: &Place) -> Check {
    let Ok(person) = subject.person() else {
        let asked = asked(subject, customer, GUEST);
        return asked.cannot_see(Text::new("check-not-known"), vec![accept()]);
    };
    let about = GuestTwin {
        account: person.upn.clone(),
    };
    let asked = asked_by(subject, customer, GUEST, &about);
    let found = |key: &str| {
        Text::new(key)
            .with("customer", &customer.name)
            .with("person", &person.name)
    };
    match subject.situation.facts.answer(customer.tenant, &about) {
        // A guest may not look for guests. Its token names no role, and neither does that of somebody without any.
        Err(fault)
            if matches!(fault.kind, FaultKind::Refused { .. })
                && names_no_role(subject, customer) =>
        {
            asked.fail(
                found("gdap-check-customer-guest-no-roles"),
                vec![by_hand(
                    "remove-guest",
                    Text::new("gdap-check-customer-guest-remove"),
                    found("gdap-check-customer-guest-remove-detail"),
                    "entra",
                    &["Users", "All users", &person.name, "Delete"],
                )],
            )
        }
        Err(fault) => asked.unread(&fault, true),
        Ok(None) => asked.pass(found("gdap-check-customer-guest-none")),
        Ok(Some(guest)) => asked.fail(
            found("gdap-check-customer-guest-there").with("guest", &guest.name),
            vec![by_hand(
                "remove-guest",
                Text::new("gdap-check-customer-guest-remove"),
                found("gdap-check-customer-guest-remove-detail"),
                "entra",
                &["Users", "All users", &guest.name, "Delete"],
            )],
        ),
    }
}

/// Whether the customer's token lets itself be read and names no role.
fn names_no_role(subject: &Subject<'_>, customer: &Place) -> bool {
    matches!(subject.way_seen(customer), Ok(WaySeen::Open { roles: Some(roles), .. }) if roles.is_empty())
}

fn p1(subject: &Subject<'_>, customer: &Place) -> Check {
    let asked = asked_by(subject, customer, P1, &Licences {});
    super::conditional_access(asked, subject.licences_of(customer))
}

fn mailbox(subject: &Subject<'_>, customer: &Place) -> Check {
    let asked = asked_by(subject, customer, MAILBOX, &Licences {});
    super::mailbox(asked, subject.licences_of(customer))
}

fn audit_log(subject: &Subject<'_>, customer: &Place) -> Check {
    let asked = asked_by(subject, customer, AUDIT_LOG, &AuditLog {});
    match subject
        .situation
        .facts
        .answer(customer.tenant, &AuditLog {})
    {
        Err(fault) => asked.unread(&fault, true),
        Ok(AuditLogSeen::On) => asked.pass(Text::new("gdap-check-customer-audit-log-on")),
        Ok(AuditLogSeen::Off) => asked.warn(
            Text::new("gdap-check-customer-audit-log-off"),
            vec![
                by_hand_in(
                    by_hand(
                        "audit-log-on",
                        Text::new("gdap-check-customer-audit-log-switch"),
                        Text::new("gdap-check-customer-audit-log-switch-detail")
                            .with("customer", &customer.name),
                        "audit",
                        &["Audit", "Start recording user and admin activity"],
                    ),
                    &AUDIT_LOG_ROLES,
                    AUDIT_LOG_LAG_MINUTES,
                ),
                accept(),
            ],
        ),
    }
}

fn security_defaults(subject: &Subject<'_>, customer: &Place) -> Check {
    let asked = asked_by(subject, customer, SECURITY_DEFAULTS, &SecurityDefaults {});
    match subject.security_defaults_of(customer) {
        Err(fault) => asked.unread(&fault, true),
        Ok(seen) if !seen.enabled => {
            asked.pass(Text::new("gdap-check-provider-security-defaults-off"))
        }
        Ok(_) => asked.warn(
            Text::new("gdap-check-provider-security-defaults-on"),
            vec![
                in_plan(
                    "defaults-off",
                    Text::new("gdap-check-customer-security-defaults-switch"),
                    Text::new("gdap-check-customer-security-defaults-switch-detail")
                        .with("customer", &customer.name),
                ),
                accept(),
            ],
        ),
    }
}

/// Every active policy that may hit the provider's people leaves them out.
fn policies(subject: &Subject<'_>, customer: &Place) -> Check {
    let asked = asked_by(subject, customer, POLICIES, &AccessPolicies {});
    let seen = match subject.policies(customer) {
        Ok(seen) => seen,
        Err(fault) => return asked.unread(&fault, true),
    };
    let in_the_way = subject.policies_in_the_way(&seen);
    if in_the_way.is_empty() {
        return asked.pass(
            Text::new("gdap-check-customer-policies-none-in-the-way").with("count", seen.len()),
        );
    }
    let names = |is_wanted: fn(&PolicySeen) -> bool| -> Vec<&str> {
        let wanted = in_the_way.iter().filter(|policy| is_wanted(policy));
        wanted.map(|policy| policy.name.as_str()).collect()
    };
    let reports = names(PolicySeen::is_report_only);
    asked.warn(
        Text::new("gdap-check-customer-policies-in-the-way")
            .with("count", in_the_way.len())
            .with("provider", &subject.provider.name)
            .with("policies", names(|_| true).join(", "))
            .with("reporting", reports.len())
            .with("reports", reports.join(", ")),
        vec![
            in_plan(
                "leave-out",
                Text::new("gdap-check-customer-policies-leave-out"),
                Text::new("gdap-check-customer-policies-leave-out-detail")
                    .with("provider", &subject.provider.name)
                    .with("count", in_the_way.len()),
            ),
            accept(),
        ],
    )
}
