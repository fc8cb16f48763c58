//! Activity: the journal in sentences.

use std::collections::HashSet;

use grantway_core::Text;
use grantway_core::change::{Origin, Undone};
use grantway_core::ids::{SetupId, StepId, TenantId};
use grantway_core::journal::{ActKind, Entry, Recorded, SetupState};

use super::times;
use crate::app::App;
use crate::contract::{ActivityRow, ActivityView, Sign};
use crate::problem::Problem;
use crate::use_cases::NOBODY;

/// The longest list that a screen gets; older entries are in the journal.
const MOST_ROWS: usize = 400;

impl App {
    pub(crate) async fn activity_view(
        &self,
        setup: Option<String>,
    ) -> Result<ActivityView, Problem> {
        let filter = setup.as_deref().and_then(|id| SetupId::parse(id).ok());
        let world = self.world().await;
        let mut setups = Vec::new();
        for (id, state) in world.setups().await?.into_iter().rev() {
            setups.push((id.to_string(), self.setup_title(&state)));
        }
        Ok(ActivityView {
            rows: self.activity_rows(filter.as_ref(), MOST_ROWS).await?,
            setups,
            filter: filter.map(|id| id.to_string()),
        })
    }

    /// The newest entries, newest first.
    pub(crate) async fn activity_rows(
        &self,
        setup: Option<&SetupId>,
        most: usize,
    ) -> Result<Vec<ActivityRow>, Problem> {
        let world = self.world().await;
        let mut rows = Vec::new();
        let ids = match setup {
            Some(id) => vec![id.clone()],
            None => world.journal.setups().await?,
        };
        for id in ids {
            let state = world.engine.state(&id).await?;
            if state.cloud != world.cloud.id().as_str() {
                continue;
            }
            let entries = world.journal.entries(&id).await?;
            let title = self.setup_title(&state);
            let mut later = Later::default();
            let mut told = 0;
            // From the newest back: what came later is known by then, and nothing older than the list is put into words.
            for recorded in entries.iter().rev() {
                if told == most {
                    break;
                }
                let begun = begins(&recorded.entry);
                let is_over = begun.is_some_and(|begun| later.has_ended(&begun));
                later.note(&recorded.entry);
                // What was about to be done is told while nobody knows what came of it; then its outcome tells.
                if is_over && begun.is_some_and(|begun| begun.is_intent) {
                    continue;
                }
                let Some(mut row) = self.activity_row(recorded, &state, &title) else {
                    continue;
                };
                if is_over {
                    row.sign = Sign::LeftOut;
                    row.sign_word = self.sign_word(row.sign);
                }
                told += 1;
                rows.push(row);
            }
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.seq));
        rows.truncate(most);
        Ok(rows)
    }

    fn setup_title(&self, state: &SetupState) -> String {
        let library = self.library();
        let profile = library
            .profile(&state.profile)
            .map_or(state.profile.as_str(), |profile| profile.name.as_str());
        let (_, places) = crate::answers::read(state);
        match places
            .iter()
            .find(|place| place.party == grantway_core::Party::Customer)
        {
            Some(customer) => format!("{profile}, {}", customer.name),
            None => profile.to_owned(),
        }
    }

    fn activity_row(
        &self,
        recorded: &Recorded,
        state: &SetupState,
        title: &str,
    ) -> Option<ActivityRow> {
        let (sign, sentence) = sentence(&recorded.entry, state)?;
        let zone = &self.order.zone;
        Some(ActivityRow {
            seq: recorded.seq,
            sign,
            sign_word: self.sign_word(sign),
            sentence: self.text(&sentence),
            time: times::clock_with_seconds(recorded.at, zone),
            day: times::day(recorded.at, zone),
            setup: recorded.setup.to_string(),
            setup_title: title.to_owned(),
        })
    }
}

/// What an entry begins, that a later one ends.
#[derive(Clone, Copy)]
struct Begun<'a> {
    about: About<'a>,
    /// The outcome says all that the entry says.
    is_intent: bool,
}

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum About<'a> {
    Step(&'a StepId),
    Consent(TenantId),
    /// Take back, or the run as a whole.
    Setup,
}

fn begins(entry: &Entry) -> Option<Begun<'_>> {
    let (about, is_intent) = match entry {
        Entry::Intent { step, .. } => (About::Step(step), true),
        Entry::ConsentEnding { place, .. } => (About::Consent(place.tenant), true),
        Entry::Retried { step } => (About::Step(step), false),
        Entry::UndoBegan { .. } | Entry::Resumed => (About::Setup, false),
        _ => return None,
    };
    Some(Begun { about, is_intent })
}

/// What an entry tells the end of, and whether it only begins it anew.
fn ends(entry: &Entry) -> Option<(About<'_>, bool)> {
    let about = match entry {
        Entry::Done { step, .. }
        | Entry::Failed { step, .. }
        | Entry::Needed { step }
        | Entry::Troubled { step, .. }
        | Entry::Waiting { step, .. }
        | Entry::Undone { step, .. } => About::Step(step),
        Entry::Intent { step, .. } => return Some((About::Step(step), true)),
        Entry::ConsentEnded { place, .. } | Entry::ConsentStays { place, .. } => {
            About::Consent(place.tenant)
        }
        Entry::UndoEnded { .. } | Entry::Paused | Entry::Proved { .. } => About::Setup,
        _ => return None,
    };
    Some((about, false))
}

/// What later entries have brought to an end.
#[derive(Default)]
struct Later<'a> {
    ended: HashSet<About<'a>>,
    /// Written again: that ends another try, and does not tell what came of the first write.
    written_again: HashSet<About<'a>>,
}

impl<'a> Later<'a> {
    fn note(&mut self, entry: &'a Entry) {
        match ends(entry) {
            Some((about, true)) => self.written_again.insert(about),
            Some((about, false)) => self.ended.insert(about),
            None => false,
        };
    }

    fn has_ended(&self, begun: &Begun<'a>) -> bool {
        self.ended.contains(&begun.about)
            || (!begun.is_intent && self.written_again.contains(&begun.about))
    }
}

/// An entry in words; none for entries that only the engine cares about.
fn sentence(entry: &Entry, state: &SetupState) -> Option<(Sign, Text)> {
    let named = |step: &grantway_core::StepId| {
        state
            .plan
            .as_ref()
            .and_then(|plan| plan.row(step))
            .map_or_else(
                || Text::verbatim(step.as_str()),
                |row| row.step.title.clone(),
            )
    };
    let of_step =
        |key: &str, step: &grantway_core::StepId| Text::new(key).with("step", named(step));
    Some(match entry {
        Entry::Opened { .. } => (Sign::NotStarted, Text::new("journal-opened")),
        Entry::Answered { .. } => (Sign::Pass, Text::new("journal-answered")),
        Entry::SignedIn { sign_in } => (
            Sign::Pass,
            Text::new("journal-signed-in")
                .with("account", sign_in.account.to_string())
                .with("place", sign_in.place.name.clone()),
        ),
        Entry::SignedOut { place } => (
            Sign::LeftOut,
            Text::new("journal-signed-out").with("place", place.name.clone()),
        ),
        Entry::Checked { checks, .. } => {
            let failed = grantway_core::check::blocking(checks).len();
            let sign = if failed > 0 { Sign::Fail } else { Sign::Pass };
            (
                sign,
                Text::new("journal-checked")
                    .with("count", checks.len())
                    .with("failed", failed),
            )
        }
        Entry::Accepted { by, .. } => (
            Sign::Warn,
            Text::new("journal-accepted").with("by", by.clone()),
        ),
        Entry::Planned { plan } => (
            Sign::NotStarted,
            Text::new("journal-planned")
                .with("number", i64::from(plan.number))
                .with("count", plan.changes()),
        ),
        Entry::Approved { plan, by, .. } => (
            Sign::Pass,
            Text::new(match by.as_str() {
                NOBODY => "journal-approved-here",
                _ => "journal-approved",
            })
            .with("number", i64::from(*plan))
            .with("by", by.clone()),
        ),
        Entry::Stale { plan, .. } => (
            Sign::Warn,
            Text::new("journal-stale").with("number", i64::from(*plan)),
        ),
        Entry::Intent {
            step,
            act: ActKind::Apply,
            ..
        } => (Sign::Running, of_step("journal-intent", step)),
        Entry::Intent {
            step,
            act: ActKind::Undo,
            ..
        } => (Sign::Running, of_step("journal-undo-intent", step)),
        Entry::Done { step, applied } => {
            let key = match applied.origin {
                Origin::Created => "journal-created",
                Origin::Updated => "journal-updated",
                Origin::Removed => "journal-removed",
                Origin::Adopted => "journal-done",
            };
            (Sign::Pass, of_step(key, step))
        }
        Entry::Failed { step, fault, .. } => (
            Sign::Fail,
            of_step("journal-failed", step).with("id", fault.quote()),
        ),
        Entry::Needed { step } => (Sign::NeedsYou, of_step("journal-needed", step)),
        Entry::Attended { step, .. } => (Sign::ByHand, of_step("journal-attended", step)),
        Entry::Troubled { step, .. } => (Sign::Fail, of_step("journal-troubled", step)),
        Entry::Retried { step } => (Sign::Running, of_step("journal-retried", step)),
        Entry::Waiting { step, .. } => (Sign::Wait, of_step("journal-waiting", step)),
        Entry::Listed { step, names, by } => (
            Sign::ByHand,
            of_step("journal-listed", step)
                .with("by", by)
                .with("count", names.len()),
        ),
        Entry::Paired { step, pairs, by } => (
            Sign::ByHand,
            of_step("journal-paired", step)
                .with("by", by)
                .with("count", pairs.len()),
        ),
        Entry::Confirmed {
            step, by, pairs, ..
        } if !pairs.is_empty() => (
            Sign::ByHand,
            of_step("journal-pairs-confirmed", step)
                .with("by", by)
                .with("count", pairs.len()),
        ),
        Entry::Confirmed { step, seen, by, .. } if *seen => (
            Sign::ByHand,
            of_step("journal-confirmed", step).with("by", by),
        ),
        Entry::Confirmed { step, by, .. } => {
            (Sign::Wait, of_step("journal-not-seen", step).with("by", by))
        }
        Entry::Counted { .. } | Entry::Found { .. } | Entry::Judged { .. } => return None,
        Entry::Paused => (Sign::LeftOut, Text::new("journal-paused")),
        Entry::Resumed => (Sign::Running, Text::new("journal-resumed")),
        Entry::Proved { proofs } => {
            let proved = proofs
                .iter()
                .filter(|p| p.proof.standing == grantway_core::proof::Standing::Proved)
                .count();
            let sign = if proved == proofs.len() {
                Sign::Pass
            } else {
                Sign::CannotSee
            };
            (
                sign,
                Text::new("journal-proved")
                    .with("proved", proved)
                    .with("all", proofs.len()),
            )
        }
        Entry::UndoBegan { by } => (
            Sign::Running,
            Text::new("journal-undo-began").with("by", by.clone()),
        ),
        Entry::Undone { step, .. } => (Sign::LeftOut, of_step("journal-undone", step)),
        Entry::UndoEnded { left } => (
            Sign::LeftOut,
            Text::new("journal-undo-ended").with("left", left.len()),
        ),
        Entry::ConsentEnding { place, scopes } => (
            Sign::Running,
            Text::new("journal-consent-ending")
                .with("place", place.name.clone())
                .with("count", scopes.len()),
        ),
        Entry::ConsentEnded { place, undone } => {
            let key = match undone {
                Undone::Kept => "journal-consent-kept",
                Undone::Drifted { because } if because.key.starts_with("lent-") => {
                    "journal-lent-consent"
                }
                Undone::Drifted { .. } => "journal-consent-for-everyone",
                _ => "journal-consent-ended",
            };
            (
                Sign::LeftOut,
                Text::new(key).with("place", place.name.clone()),
            )
        }
        Entry::ConsentStays { place, fault } => (
            Sign::Fail,
            Text::new("journal-consent-stays")
                .with("place", place.name.clone())
                .with("id", fault.quote()),
        ),
        Entry::ConsentLeft { consent } => (
            Sign::Warn,
            Text::new("journal-consent-left").with("place", consent.place.name.clone()),
        ),
        Entry::Closed => (Sign::LeftOut, Text::new("journal-closed")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use grantway_core::change::{Applied, Observed};

    fn step(name: &str) -> StepId {
        StepId::new(name)
    }

    fn intent(name: &str) -> Entry {
        Entry::Intent {
            step: step(name),
            act: ActKind::Apply,
            desired: serde_json::Value::Null,
            before: Observed::Absent,
        }
    }

    fn done(name: &str) -> Entry {
        Entry::Done {
            step: step(name),
            applied: Applied {
                origin: Origin::Created,
                key: Default::default(),
                state: serde_json::Value::Null,
                note: None,
            },
        }
    }

    /// Whether what the first entry begins is over by the second.
    fn is_over(entry: &Entry, next: &Entry) -> bool {
        let begun = begins(entry).expect("it begins something");
        let mut later = Later::default();
        later.note(next);
        later.has_ended(&begun)
    }

    #[test]
    fn an_intent_is_over_with_the_outcome_of_its_own_step() {
        let entry = intent("group");
        assert!(
            begins(&entry)
                .expect("an intent begins something")
                .is_intent
        );
        assert!(is_over(&entry, &done("group")));
        assert!(!is_over(&entry, &done("account")));
        // A second try of the same write does not tell what came of the first.
        assert!(!is_over(&entry, &intent("group")));
    }

    #[test]
    fn another_try_is_under_way_until_the_next_write_or_outcome() {
        let entry = Entry::Retried {
            step: step("group"),
        };
        assert!(!begins(&entry).expect("a try begins something").is_intent);
        assert!(is_over(&entry, &intent("group")));
        assert!(!is_over(&entry, &Entry::Paused));
    }

    #[test]
    fn take_back_is_under_way_until_its_end() {
        let entry = Entry::UndoBegan { by: "dana".into() };
        assert!(is_over(&entry, &Entry::UndoEnded { left: Vec::new() }));
        assert!(!is_over(&entry, &done("group")));
        assert!(begins(&done("group")).is_none());
    }
}
