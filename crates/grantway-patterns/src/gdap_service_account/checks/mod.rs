//! What was read, judged. Every row says what is needed and why, what was found, by which right, and how to mend it.

mod customer;
mod group;
mod provider;
mod relationship;

use grantway_core::check::{Check, Remedy, RemedyAct, Verdict};
use grantway_core::question::LicenceSeen;
use grantway_core::{Fault, Place, Text, Timestamp};

use super::licences;
use super::subject::Subject;

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
        checks.extend(group::role_groups(subject, customer));
    }
    checks.push(provider::publisher(subject));
    for customer in &subject.customers {
        checks.extend(customer::checks(subject, customer));
    }
    checks
}

/// A check before its answer is known.
pub(super) struct Asked {
    pub(super) id: String,
    pub(super) place: Place,
    pub(super) title: Text,
    pub(super) needed: Text,
    pub(super) why: Text,
    pub(super) right_used: Vec<String>,
    pub(super) columns: Vec<String>,
}

impl Asked {
    pub(super) fn pass(self, found: Text) -> Check {
        self.answered(Verdict::Pass, found, Vec::new())
    }

    pub(super) fn warn(self, found: Text, remedies: Vec<Remedy>) -> Check {
        self.answered(Verdict::Warn, found, remedies)
    }

    pub(super) fn fail(self, found: Text, remedies: Vec<Remedy>) -> Check {
        self.answered(Verdict::Fail, found, remedies)
    }

    pub(super) fn cannot_see(self, found: Text, remedies: Vec<Remedy>) -> Check {
        self.answered(Verdict::CannotSee, found, remedies)
    }

    /// It cannot be told before then: what tells of it lags behind.
    pub(super) fn not_yet(
        self,
        found: Text,
        look_again: Timestamp,
        remedies: Vec<Remedy>,
    ) -> Check {
        Check {
            look_again: Some(look_again),
            ..self.cannot_see(found, remedies)
        }
    }

    /// It could not be read. `go_on` offers to go on without knowing; without it the plan could not be made either.
    pub(super) fn unread(self, fault: &Fault, go_on: bool) -> Check {
        let mut remedies = vec![other_account()];
        if go_on {
            remedies.push(accept());
        }
        let found = Text::new("check-not-read")
            .with("detail", &fault.detail)
            .with("id", fault.quote());
        self.cannot_see(found, remedies)
    }

    fn answered(self, verdict: Verdict, found: Text, remedies: Vec<Remedy>) -> Check {
        Check {
            id: self.id,
            place: self.place,
            title: self.title,
            verdict,
            found,
            needed: self.needed,
            why: self.why,
            right_used: self.right_used,
            remedies,
            columns: self.columns,
            look_again: None,
        }
    }
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

/// Sign in with another account.
pub(super) fn other_account() -> Remedy {
    Remedy {
        id: "other-account".into(),
        title: Text::new("check-remedy-other-account"),
        detail: Text::new("check-remedy-other-account-detail"),
        act: RemedyAct::OtherAccount,
    }
}

/// Go on without knowing.
pub(super) fn accept() -> Remedy {
    Remedy {
        id: "accept".into(),
        title: Text::new("check-remedy-accept"),
        detail: Text::new("check-remedy-accept-detail"),
        act: RemedyAct::Accept,
    }
}

/// The plan mends it; the person sees how before they approve it.
pub(super) fn in_plan(id: &str, title: Text, detail: Text) -> Remedy {
    Remedy {
        id: id.into(),
        title,
        detail,
        act: RemedyAct::InPlan,
    }
}

/// Change an answer.
pub(super) fn change_answer(field: &str, detail: Text) -> Remedy {
    Remedy {
        id: format!("answer-{field}"),
        title: Text::new("check-remedy-answer"),
        detail,
        act: RemedyAct::ChangeAnswer {
            field: field.into(),
        },
    }
}

/// Do it on a page of the cloud, then check again.
pub(super) fn by_hand(id: &str, title: Text, detail: Text, portal: &str, path: &[&str]) -> Remedy {
    Remedy {
        id: id.into(),
        title,
        detail,
        act: RemedyAct::ByHand {
            portal: portal.into(),
            path: path.iter().map(|level| (*level).to_owned()).collect(),
        },
    }
}
