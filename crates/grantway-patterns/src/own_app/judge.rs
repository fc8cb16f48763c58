//! What the sign-in to the new app has shown.

use grantway_core::check::{Check, Verdict};
use grantway_core::journal::Attendance;
use grantway_core::plan::Row;
use grantway_core::question::{AppRegistrationOf, Reading, RegistrationSeen, answer_of};
use grantway_core::{Text, Upn};

use super::checks::{REGISTRATIONS, audience_of, lacking, unanswered, untold};
use super::draft::SIGN_IN;
use super::subject::{Road, Subject};
use crate::asked::{Asked, accept, by_hand};
use crate::pattern::Situation;

pub(super) fn judge(
    situation: Situation<'_>,
    row: &Row,
    reading: &Reading,
    attendance: Option<&Attendance>,
) -> Check {
    let asked = Asked {
        id: row.step.id.to_string(),
        place: row.step.place.clone(),
        title: row.step.title.clone(),
        needed: Text::new("own-app-judge-sign-in-needed"),
        why: Text::new("own-app-judge-sign-in-why"),
        right_used: match reading {
            Reading::Seen { right_used, .. } => right_used.clone(),
            Reading::CannotSee { .. } => Vec::new(),
        },
        columns: Vec::new(),
    };
    let subject = match Subject::of(situation) {
        Some(subject) if row.step.id.as_str() == SIGN_IN => subject,
        // A plan of another version may hold a row that this one does not know.
        _ => {
            return Asked {
                needed: Text::new("check-not-known-needed"),
                why: Text::new("check-not-known-why"),
                ..asked
            }
            .cannot_see(Text::new("check-not-known"), Vec::new());
        }
    };
    let Some(account) = attendance.and_then(|seen| seen.signed_in.as_ref()) else {
        return asked.fail(Text::new("own-app-judge-sign-in-none"), Vec::new());
    };
    let seen = match answer_of::<AppRegistrationOf>(Some(reading)) {
        // Nobody signs in with an app that was never seen here.
        Err(fault) => {
            let unread = asked.unread(&fault, false);
            return Check {
                verdict: Verdict::Fail,
                ..unread
            };
        }
        Ok(None) => return asked.fail(Text::new("own-app-judge-registration-none"), Vec::new()),
        Ok(Some(seen)) => seen,
    };
    let missing = lacking(&subject, &seen);
    if let Road::ByHand { .. } = subject.road {
        return made_by_hand(&subject, asked, account, &seen);
    }
    if seen.audience != subject.terms.audience {
        let found = Text::new("own-app-check-audience-other").with("audience", audience_of(&seen));
        return asked.fail(found, Vec::new());
    }
    if !missing.is_empty() {
        let found = Text::new("own-app-check-permissions-missing");
        return asked.fail(found.with("permissions", missing.join(", ")), Vec::new());
    }
    asked.pass(
        Text::new("own-app-judge-sign-in-found")
            .with("account", account.to_string())
            .with("name", &seen.name),
    )
}

/// All that a registration which a person has made is not as it has to be. What only lacks permissions works: it may ask for
/// others than those of its list.
fn made_by_hand(
    subject: &Subject<'_>,
    asked: Asked,
    account: &Upn,
    seen: &RegistrationSeen,
) -> Check {
    const FITS: &str = "fits";
    let fits_or = |lacking: Vec<&str>| match lacking.as_slice() {
        [] => FITS.to_owned(),
        lacking => lacking.join(", "),
    };
    let permissions = lacking(subject, seen);
    let redirects = unanswered(subject, seen);
    let has_audience = seen.audience == subject.terms.audience;
    let is_usable = has_audience && redirects.is_empty();
    let untold = untold(subject, seen);
    if is_usable && permissions.is_empty() && !untold.is_empty() {
        let found = Text::new("own-app-check-permissions-untold");
        return asked.cannot_see(found.with("permissions", untold.join(", ")), vec![accept()]);
    }
    if is_usable && permissions.is_empty() {
        return asked.pass(
            Text::new("own-app-judge-sign-in-found")
                .with("account", account.to_string())
                .with("name", &seen.name),
        );
    }
    let found = Text::new("own-app-judge-differs").with("name", &seen.name);
    let found = match has_audience {
        true => found.with("audience", FITS),
        false => found.with("audience", audience_of(seen)),
    };
    let found = found.with("redirects", fits_or(redirects)).with(
        "permissions",
        fits_or(permissions.iter().map(String::as_str).collect()),
    );
    let mend = by_hand(
        "mend-registration",
        Text::new("own-app-judge-mend"),
        Text::new("own-app-judge-mend-detail")
            .with("account-types", &subject.terms.portal.account_types),
        "entra",
        &[REGISTRATIONS, &seen.name],
    );
    if is_usable {
        asked.warn(found, vec![mend])
    } else {
        asked.fail(found, vec![mend])
    }
}
