//! What reading the account's sign-in means: its methods as they are now decide, the report of registrations says more, and
//! stands alone where the methods may not be read.

use grantway_core::check::Check;
use grantway_core::question::{
    MethodsSeen, Reading, Registration, RegistrationReport, SignInMethods, SignInMethodsSeen,
    answer_of,
};
use grantway_core::{Text, Timestamp};
use jiff::ToSpan;

use super::checks::{Asked, accept, by_hand};

/// So long the report may lag behind before its silence means something. Microsoft says "hours" and no number.
// facts: api-gdap-hardening §2.14, §6.8.
const REPORT_LAGS_HOURS: i64 = 24;

pub(super) fn judge(asked: Asked, reading: &Reading, now: Timestamp) -> Check {
    let seen = match answer_of::<SignInMethods>(Some(reading)) {
        Ok(seen) => seen,
        Err(fault) => return asked.unread(&fault, true),
    };
    match (&seen.methods, &seen.report) {
        (Some(methods), report) => by_methods(asked, &seen, methods, report),
        (None, RegistrationReport::Seen(record)) if record.has_push() => {
            let others = record.beside_authenticator();
            registered(asked, &seen, &others.join(", "), "done-by-report")
        }
        (None, report) => not_reported(asked, &seen, report, now),
    }
}

fn text(found: &str) -> Text {
    Text::new(format!("gdap-judge-first-sign-in-{found}"))
}

fn by_methods(
    asked: Asked,
    seen: &SignInMethodsSeen,
    methods: &MethodsSeen,
    report: &RegistrationReport,
) -> Check {
    let others = names(&methods.others);
    if !methods.authenticator {
        let found = if others.is_empty() {
            text("nothing")
        } else {
            text("others-only").with("methods", others)
        };
        return asked.fail(found, Vec::new());
    }
    let done = match report {
        RegistrationReport::Seen(record) if record.has_push() => "done-reported",
        // It was brought up to date after the registration, so it is not late: these are no notifications.
        RegistrationReport::Seen(record) if is_newer(record, methods.since) => "no-push",
        RegistrationReport::Seen(_) | RegistrationReport::NoRecord => "done-before-report",
        RegistrationReport::NotReadable => "done",
    };
    registered(asked, seen, &others, done)
}

fn is_newer(record: &Registration, since: Option<Timestamp>) -> bool {
    matches!((record.updated, since), (Some(updated), Some(since)) if updated > since)
}

/// Authenticator is registered: the password is to be changed, and nothing weaker may stand beside it.
fn registered(asked: Asked, seen: &SignInMethodsSeen, others: &str, done: &str) -> Check {
    match (seen.password_changed, seen.created) {
        (Some(changed), Some(created)) if changed > created => {}
        (Some(_), Some(_)) => return asked.fail(text("first-password"), Vec::new()),
        // Authenticator alone does not prove the change; without both times it cannot be seen.
        _ => return asked.cannot_see(text("password-unseen"), vec![accept()]),
    }
    let remedy = |id: &str, detail: Text| {
        let title = Text::new(format!("gdap-judge-first-sign-in-{id}"));
        let path = ["Users", "All users", "Authentication methods"];
        by_hand(id, title, detail, "entra", &path)
    };
    if !others.is_empty() {
        let remedy = remedy("remove", text("remove-detail").with("methods", others));
        return asked.warn(text("weaker").with("methods", others), vec![remedy]);
    }
    if done == "no-push" {
        let remedy = remedy("register-again", text("register-again-detail"));
        return asked.warn(text("no-push"), vec![remedy]);
    }
    asked.pass(text(done))
}

/// The methods may not be read, and the report does not show Authenticator: it may be late, or say what is so.
fn not_reported(
    asked: Asked,
    seen: &SignInMethodsSeen,
    report: &RegistrationReport,
    now: Timestamp,
) -> Check {
    let due = seen
        .password_changed
        .or(seen.created)
        .and_then(|since| since.checked_add(REPORT_LAGS_HOURS.hours()).ok())
        .filter(|due| now < *due);
    if let Some(due) = due {
        let found = text("not-reported-yet").with("hours", REPORT_LAGS_HOURS);
        return asked.not_yet(found, due, vec![accept()]);
    }
    match report {
        RegistrationReport::Seen(record) if record.methods.is_empty() => {
            asked.fail(text("nothing-reported"), Vec::new())
        }
        RegistrationReport::Seen(record) => asked.fail(
            text("others-only").with("methods", record.methods.join(", ")),
            Vec::new(),
        ),
        RegistrationReport::NoRecord | RegistrationReport::NotReadable => {
            asked.cannot_see(text("no-record"), vec![accept()])
        }
    }
}

/// Microsoft's type names, without the tail that they all have.
fn names(others: &[String]) -> String {
    let names: Vec<&str> = others
        .iter()
        .map(|name| name.strip_suffix("AuthenticationMethod").unwrap_or(name))
        .collect();
    names.join(", ")
}
