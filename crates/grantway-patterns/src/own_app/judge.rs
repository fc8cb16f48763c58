//! What the sign-in to the new app has shown.

use grantway_core::Text;
use grantway_core::check::Check;
use grantway_core::journal::Attendance;
use grantway_core::plan::Row;
use grantway_core::question::{AppRegistrationOf, Reading, answer_of};

use super::checks::{audience_of, lacking};
use super::draft::SIGN_IN;
use super::subject::Subject;
use crate::asked::Asked;
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
        Err(fault) => return asked.unread(&fault, false),
        Ok(None) => return asked.fail(Text::new("own-app-judge-registration-none"), Vec::new()),
        Ok(Some(seen)) => seen,
    };
    let missing = lacking(&subject, &seen);
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
