//! What a reading means at its point of the run: the wait, the first sign-in, the consent.

use std::collections::BTreeSet;

use grantway_core::Text;
use grantway_core::check::{Check, Verdict};
use grantway_core::journal::Attendance;
use grantway_core::plan::Row;
use grantway_core::question::{
    AccessAssignments, AppSeen, AssignmentStatus, CustomerWay, EnterpriseAppOf, Reading,
    RelationshipStatus, WaySeen, answer_of,
};

use super::Particulars;
use super::card::terms;
use super::checks::{Asked, by_hand};
use super::draft::{ASSIGNMENT_ACTIVE, CONSENT, FIRST_SIGN_IN};
use super::first_sign_in;
use super::group_way::{self, ROLE_GROUPS};
use super::relationship::APPROVAL;
use super::subject::Subject;
use super::way_in::{WAY_IN_ASKED, lacking};
use crate::pattern::Situation;

/// Scopes that only tell who signed in. They open nothing, and consent pages add them unasked.
const SIGN_IN_SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

pub(super) fn judge(
    situation: Situation<'_>,
    row: &Row,
    reading: &Reading,
    _attendance: Option<&Attendance>,
) -> Check {
    let name = row.step.id.as_str().split('/').next().unwrap_or_default();
    let asked = |texts: &str| Asked {
        id: row.step.id.to_string(),
        place: row.step.place.clone(),
        title: Text::new(format!("gdap-judge-{texts}")),
        needed: Text::new(format!("gdap-judge-{texts}-needed")),
        why: Text::new(format!("gdap-judge-{texts}-why")).with("vendor", &situation.profile.vendor),
        right_used: match reading {
            Reading::Seen { right_used, .. } => right_used.clone(),
            Reading::CannotSee { .. } => Vec::new(),
        },
        columns: Vec::new(),
    };
    match name {
        ASSIGNMENT_ACTIVE => assignment(asked("assignment"), reading),
        ROLE_GROUPS => role_groups(asked("role-groups"), situation, row, reading),
        APPROVAL => approval(asked("approval"), reading),
        WAY_IN_ASKED => let_in(asked("way-in-asked"), reading),
        FIRST_SIGN_IN => first_sign_in::judge(asked("first-sign-in"), reading, situation.now),
        CONSENT => {
            let terms = terms(situation.profile);
            let mut asked = asked("consent");
            asked.needed = Text::new(if terms.publisher.verified {
                "gdap-publisher-needed-verified"
            } else {
                "gdap-publisher-needed"
            })
            .with("publisher", &terms.publisher.name);
            consent(asked, terms, reading)
        }
        // A plan of another version may hold a row that this one does not know.
        _ => Asked {
            title: row.step.title.clone(),
            needed: Text::new("check-not-known-needed"),
            why: Text::new("check-not-known-why"),
            ..asked("assignment")
        }
        .cannot_see(Text::new("check-not-known"), Vec::new()),
    }
}

/// `pending` is worth another look; so is `error`, until the wait is over and a person decides.
fn assignment(asked: Asked, reading: &Reading) -> Check {
    match answer_of::<AssignmentStatus>(Some(reading)) {
        Err(fault) => asked.unread(&fault, false),
        Ok(is) if is.status == "active" => asked.pass(Text::new("gdap-judge-assignment-active")),
        Ok(is) => asked.fail(
            Text::new("gdap-judge-assignment-not-yet").with("status", &is.status),
            Vec::new(),
        ),
    }
}

/// Every group that the account came into still holds its role, and the role is in force.
fn role_groups(asked: Asked, situation: Situation<'_>, row: &Row, reading: &Reading) -> Check {
    let held = match answer_of::<AccessAssignments>(Some(reading)) {
        Ok(held) => held,
        Err(fault) => return asked.unread(&fault, false),
    };
    let customer = row.step.cell.as_ref().map(|cell| cell.customer);
    let subject = Subject::of(situation);
    let planned = subject.as_ref().and_then(|subject| {
        let of_row = |place: &&grantway_core::Place| Some(place.tenant) == customer;
        let place = subject.customers.iter().find(of_row)?;
        Some((subject, group_way::role_groups(subject, place)?))
    });
    let Some((subject, planned)) = planned else {
        return asked.cannot_see(Text::new("gdap-judge-role-groups-unknown"), Vec::new());
    };
    let is_held = |(role, group): &(&grantway_core::RoleId, &grantway_core::ObjectId)| {
        held.iter().any(|seen| {
            seen.group == **group && seen.status == "active" && seen.roles.contains(*role)
        })
    };
    let lost: Vec<String> = planned
        .by_role
        .iter()
        .filter(|pair| !is_held(pair))
        .map(|(_, group)| subject.name_of_group(*group))
        .collect();
    if lost.is_empty() {
        let count = planned.by_role.len();
        return asked.pass(Text::new("gdap-judge-role-groups-held").with("count", count));
    }
    let found = Text::new("gdap-judge-role-groups-lost")
        .with("count", lost.len())
        .with("groups", lost.join(", "));
    asked.fail(found, Vec::new())
}

/// Anything but `active` is worth another look until the wait is over; what has ended will not become so.
fn approval(asked: Asked, reading: &Reading) -> Check {
    match answer_of::<RelationshipStatus>(Some(reading)) {
        Err(fault) => asked.unread(&fault, false),
        Ok(is) if is.status == "active" => asked.pass(Text::new("gdap-judge-approval-active")),
        Ok(is) if is_over(&is.status) => asked.fail(
            Text::new("gdap-judge-approval-over").with("status", &is.status),
            vec![by_hand(
                "ask-again",
                Text::new("gdap-judge-approval-ask-again"),
                Text::new("gdap-judge-approval-ask-again-detail"),
                "partner",
                &["Customers"],
            )],
        ),
        Ok(is) => asked.fail(
            Text::new("gdap-judge-approval-not-yet").with("status", &is.status),
            Vec::new(),
        ),
    }
}

/// The tenant hands out tokens that carry what reading takes.
fn let_in(asked: Asked, reading: &Reading) -> Check {
    let found = |key: &str| Text::new(format!("gdap-judge-way-in-asked-{key}"));
    match answer_of::<CustomerWay>(Some(reading)) {
        Err(fault) => asked.unread(&fault, false),
        Ok(WaySeen::Open { scopes, .. }) => match lacking(&scopes).as_slice() {
            [] => asked.pass(found("open").with("count", scopes.len())),
            lacking => asked.fail(
                found("lacks").with("permissions", lacking.join(", ")),
                Vec::new(),
            ),
        },
        Ok(WaySeen::NotConsented { code, .. }) => {
            asked.fail(found("not-yet").with("code", code), Vec::new())
        }
        Ok(WaySeen::Closed { because, code }) => asked.fail(
            found("closed").with("because", because).with("code", code),
            Vec::new(),
        ),
    }
}

/// Whether an offer will never become active: it was declined, has lapsed, or was ended.
fn is_over(status: &str) -> bool {
    status.starts_with("terminat") || status == "expired"
}

fn consent(asked: Asked, terms: &Particulars, reading: &Reading) -> Check {
    let app = match answer_of::<EnterpriseAppOf>(Some(reading)) {
        Ok(Some(app)) => app,
        Ok(None) => return asked.fail(Text::new("gdap-judge-consent-none"), Vec::new()),
        Err(fault) => return asked.unread(&fault, true),
    };
    match objection(&app, terms) {
        None => asked.pass(
            Text::new(if terms.publisher.verified {
                "gdap-judge-consent-verified"
            } else {
                "gdap-judge-consent-as-expected"
            })
            .with("app", &app.name)
            .with("publisher", &terms.publisher.name)
            .with("count", app.permissions.len()),
        ),
        Some((Verdict::Warn, found)) => asked.warn(found, Vec::new()),
        Some((_, found)) => {
            let remedy = by_hand(
                "remove-app",
                Text::new("gdap-judge-consent-remove"),
                Text::new("gdap-judge-consent-remove-detail").with("app", &app.name),
                "entra",
                &["Enterprise apps", &app.name, "Properties", "Delete"],
            );
            asked.fail(found, vec![remedy])
        }
    }
}

/// What speaks against the app, gravest first: its name and badge, its owner, what it may do, whether it works.
fn objection(app: &AppSeen, terms: &Particulars) -> Option<(Verdict, Text)> {
    let expected = &terms.publisher;
    let badge = app
        .publisher
        .as_ref()
        .filter(|publisher| !publisher.id.is_empty());
    let text = |key: &str| {
        Text::new(key)
            .with("app", &app.name)
            .with("publisher", &expected.name)
    };
    let fail = |text: Text| Some((Verdict::Fail, text));
    match (badge, app.publisher.as_ref()) {
        (Some(seen), _) if seen.name != expected.name => {
            return fail(text("gdap-judge-consent-other-publisher").with("seen", &seen.name));
        }
        (None, Some(seen)) if expected.verified && !seen.name.is_empty() => {
            return fail(text("gdap-judge-consent-unverified-named").with("seen", &seen.name));
        }
        (None, _) if expected.verified => {
            return fail(text("gdap-judge-consent-unverified"));
        }
        _ => {}
    }
    if let Some(wanted) = expected.app
        && wanted != app.app
    {
        return fail(
            text("gdap-judge-consent-other-app")
                .with("seen", app.app.to_string())
                .with("wanted", wanted.to_string()),
        );
    }
    if let Some(owner) = expected.owner_tenant
        && app.owner_tenant != Some(owner)
    {
        let seen = app.owner_tenant.map_or_else(
            || Text::new("gdap-judge-consent-no-owner"),
            |t| Text::verbatim(t.to_string()),
        );
        return fail(
            text("gdap-judge-consent-other-owner")
                .with("seen", seen)
                .with("owner", owner.to_string()),
        );
    }
    if !terms.permissions.is_empty() {
        let asked = |value: &&str| !SIGN_IN_SCOPES.contains(value);
        let granted = app.permissions.iter().map(|p| p.value.as_str());
        let granted: BTreeSet<&str> = granted.filter(asked).collect();
        let listed = terms.permissions.iter().map(String::as_str);
        let listed: BTreeSet<&str> = listed.filter(asked).collect();
        let list = |these: Vec<&str>| (these.len(), these.join(", "));
        let (count, beyond) = list(granted.difference(&listed).copied().collect());
        if count > 0 {
            return fail(
                text("gdap-judge-consent-asks-more")
                    .with("count", count)
                    .with("permissions", beyond),
            );
        }
        let (count, lacking) = list(listed.difference(&granted).copied().collect());
        if count > 0 {
            return Some((
                Verdict::Warn,
                text("gdap-judge-consent-asks-less")
                    .with("count", count)
                    .with("permissions", lacking),
            ));
        }
    }
    (!app.enabled).then(|| (Verdict::Warn, text("gdap-judge-consent-switched-off")))
}
