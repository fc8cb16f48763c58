//! Prove, Done, take back.

use grantway_core::change::Undone;
use grantway_core::engine::Fate;
use grantway_core::ids::SetupId;
use grantway_core::journal::{Standing, StepProof};
use grantway_core::{FaultKind, Party, Text, proof};

use super::pairing::paired;
use super::{times, words};
use crate::app::{App, Subject};
use crate::contract::{DonePage, LeftRow, ProofRow, Sign, TakeBackRow, TakeBackView};
use crate::world::lock;

/// Says that another setup works with everything that this one has made.
fn made_for(user: &SetupId) -> Text {
    Text::new("take-back-all-in-use").with("setup", user.to_string())
}

impl App {
    pub(crate) fn done_page(&self, subject: &Subject) -> DonePage {
        let state = &subject.state;
        let count = |standing| {
            state
                .proofs
                .iter()
                .filter(|p| p.proof.standing == standing && state.undo_began.is_none())
                .count()
        };
        let (proved, not_proved, cannot_see, confirmed) = (
            count(proof::Standing::Proved),
            count(proof::Standing::NotProved),
            count(proof::Standing::CannotSee),
            count(proof::Standing::ByPerson),
        );
        // What was proved before take back began is not so any more.
        let mut proofs: Vec<_> = state
            .proofs
            .iter()
            .filter(|_| state.undo_began.is_none())
            .collect();
        proofs.sort_by_key(|p| match p.proof.standing {
            proof::Standing::NotProved => 0,
            proof::Standing::CannotSee => 1,
            proof::Standing::ByPerson => 2,
            proof::Standing::Proved => 3,
        });
        let at = state
            .proved
            .map(|at| times::clock(at, &self.order.zone))
            .unwrap_or_default();
        let rows = proofs.into_iter().map(|p| {
            let sign = words::of_proof(p.proof.standing);
            let word = match p.proof.standing {
                proof::Standing::Proved => "sign-proved",
                proof::Standing::NotProved => "sign-not-proved",
                proof::Standing::CannotSee => "sign-cannot-see",
                proof::Standing::ByPerson => "sign-by-person",
            };
            ProofRow {
                step: p.step.to_string(),
                sign,
                sign_word: self.catalogue.say(word),
                claim: self.text(&p.proof.claim),
                place: words::place(&p.place),
                read_from: self.text(&p.proof.read_from),
                found: self.text(&p.proof.found),
                at: self.said_at(subject, p).unwrap_or_else(|| at.clone()),
            }
        });
        let taking_back = state.undo_began.is_some();
        let busy = lock(&subject.world.busy).get(&subject.id) == Some(&"prove");
        let running = busy || lock(&subject.world.running).contains_key(&subject.id);
        let failed = subject.leftovers();
        // Grantway's own consent goes last, unless a removal is still owed; until then it is not over.
        let taken_back =
            state.undo_ended.is_some() && (subject.has_failed() || !subject.ends_consent());
        let customers: Vec<&str> = subject
            .places
            .iter()
            .filter(|p| p.party == Party::Customer)
            .map(|p| p.name.as_str())
            .collect();
        let who = match customers.as_slice() {
            [one] => Text::verbatim(*one),
            // It is about the provider's own tenant alone.
            [] => Text::verbatim(
                subject
                    .place(Party::Provider)
                    .map_or("", |place| place.name.as_str()),
            ),
            several => Text::new("home-customers").with("count", several.len()),
        };
        let putting_away = subject.is_being_put_away();
        let (title, sentence) = if putting_away && state.closed {
            let sentence = if self.consents_left(subject).is_empty() {
                "done-put-away"
            } else {
                "done-put-away-left"
            };
            (Text::new("done-title-put-away"), Text::new(sentence))
        } else if putting_away && failed == 0 {
            (
                Text::new("done-title-putting-away"),
                Text::new("done-putting-away"),
            )
        } else if taken_back && failed == 0 {
            (
                Text::new("done-title-taken-back"),
                Text::new("done-taken-back"),
            )
        } else if taken_back {
            (
                Text::new("done-title-left-over"),
                Text::new(if subject.leaves_to_others() {
                    "done-left-in-use"
                } else {
                    "done-left-over"
                })
                .with("count", failed),
            )
        } else if taking_back {
            (
                Text::new("done-title-taking-back"),
                Text::new("done-taking-back"),
            )
        } else if state.proofs.is_empty() {
            (Text::new("done-title-proving"), Text::new("done-proving"))
        } else if not_proved > 0 {
            (
                Text::new("done-title-not-proved").with("who", who),
                Text::new("done-not-proved").with("count", not_proved),
            )
        } else if cannot_see > 0 {
            (
                Text::new("done-title").with("who", who),
                Text::new("done-cannot-see").with("count", cannot_see),
            )
        } else if confirmed > 0 {
            (
                Text::new("done-title").with("who", who),
                Text::new("done-confirmed").with("count", confirmed),
            )
        } else {
            (
                Text::new("done-title").with("who", who),
                Text::new("done-proved"),
            )
        };
        DonePage {
            title: self.text(&title),
            sentence: self.text(&sentence),
            proofs: rows.collect(),
            proved,
            not_proved,
            cannot_see,
            confirmed,
            running,
            taking_back,
            taken_back,
            take_back: self.take_back_view(subject),
            undone: self.undone(subject),
            left: self.left(subject),
            cards: if taking_back {
                self.cards(subject).shown
            } else {
                self.reminders(subject)
            },
            paired: paired(subject),
            can_save: !state.proofs.is_empty(),
            can_put_away: (taken_back || putting_away)
                && !running
                && !state.closed
                && subject.left_to_others() == 0,
        }
    }

    /// When a person said so; what they said is not read back with the rest.
    fn said_at(&self, subject: &Subject, of: &StepProof) -> Option<String> {
        let said = subject.state.steps.get(&of.step)?.confirmed.as_ref()?;
        Some(times::clock(said.at, &self.order.zone))
    }

    /// The same between two plans: what the first has done can be taken back although the next was not approved.
    pub(crate) fn take_back_between(&self, subject: &Subject) -> Option<TakeBackView> {
        let between = subject.state.has_written() && subject.state.takes_checks();
        between.then(|| self.take_back_view(subject)).flatten()
    }

    /// What take back would do; none when there is nothing to take back.
    pub(crate) fn take_back_view(&self, subject: &Subject) -> Option<TakeBackView> {
        if subject.state.undo_began.is_some() {
            return None;
        }
        let outlook = subject.world.engine.undo_outlook(&subject.state);
        let known = subject.state.rows_by_id();
        let count = subject.undo_count();
        let all_in_use = subject.all_in_use();
        if count == 0 && all_in_use.is_none() {
            return None;
        }
        let consents = self.consents_to_end(subject);
        let own = consents
            .iter()
            .filter(|row| row.sign == Sign::NotStarted)
            .count();
        let stay = outlook.len() - count + consents.len() - own;
        let rows = outlook.iter().filter_map(|row| {
            let step = &known.get(&row.step)?.step;
            let sign = if subject.goes(row) {
                Sign::NotStarted
            } else {
                Sign::AlreadyRight
            };
            Some(TakeBackRow {
                step: row.step.to_string(),
                sign,
                sign_word: self.sign_word(sign),
                title: self.text(&step.title),
                place: words::place(&step.place),
                fate: self.catalogue.say(match row.fate {
                    Fate::Removed | Fate::PutBack | Fate::LookedFor if !subject.goes(row) => {
                        "fate-in-use"
                    }
                    Fate::Removed => "fate-removed",
                    Fate::PutBack => "fate-put-back",
                    Fate::LookedFor => "fate-looked-for",
                    Fate::Left => "fate-left",
                }),
            })
        });
        Some(TakeBackView {
            sentence: self.text(
                &Text::new("take-back-sentence")
                    .with("count", count)
                    .with("own", own)
                    .with("stay", stay),
            ),
            rows: rows.chain(consents).collect(),
            word: count.to_string(),
            label: self.text(&Text::new("take-back-type").with("count", count)),
            button: self.catalogue.say("take-back-button"),
            blocked: self
                .blocked_by_journal(&subject.world)
                .or_else(|| all_in_use.map(|user| self.text(&made_for(user)))),
        })
    }

    fn undone(&self, subject: &Subject) -> Vec<TakeBackRow> {
        if subject.state.undo_began.is_none() {
            return Vec::new();
        }
        let rows = subject
            .state
            .plan
            .iter()
            .flat_map(|plan| plan.rows.iter().rev());
        rows.filter(|row| row.step.desired().is_some())
            .filter_map(|row| {
                let step = subject.state.steps.get(&row.step.id)?;
                let fate = match &step.standing {
                    Standing::Undone(Undone::Reverted) => "undone-reverted",
                    Standing::Undone(Undone::WasGone) => "undone-was-gone",
                    Standing::Undone(Undone::Kept) => "undone-kept",
                    Standing::Undone(Undone::Drifted { .. }) => "undone-drifted",
                    Standing::UndoFailed(fault) if fault.kind == FaultKind::InUse => "fate-in-use",
                    Standing::UndoFailed(_) => "undone-failed",
                    _ => "undone-not-yet",
                };
                // A row that is still there is not told by the tick of its making.
                let shown = match &step.standing {
                    Standing::Done | Standing::Attended | Standing::Waiting { .. } => {
                        &Standing::NotStarted
                    }
                    other => other,
                };
                let (sign, sign_word) = self.standing(subject, shown, false);
                Some(TakeBackRow {
                    step: row.step.id.to_string(),
                    sign,
                    sign_word,
                    title: self.text(&row.step.title),
                    place: words::place(&row.step.place),
                    fate: self.catalogue.say(fate),
                })
            })
            .chain(self.consents_ended(subject))
            .collect()
    }

    fn left(&self, subject: &Subject) -> Vec<LeftRow> {
        let failed = |step: &grantway_core::StepId| {
            matches!(
                subject.state.standing(step),
                Standing::UndoFailed(_) | Standing::Undone(Undone::Drifted { .. })
            )
        };
        subject
            .state
            .left
            .iter()
            .map(|left| LeftRow {
                what: self.text(&left.what),
                because: self.text(&left.because),
                by_hand: self.text(&left.by_hand),
                place: words::place(&left.place),
                failed: failed(&left.step),
            })
            .chain(self.consents_left(subject))
            .chain(self.consents_turned_from(subject))
            .collect()
    }
}
