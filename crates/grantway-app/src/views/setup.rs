//! A setup: header, rail and the page of a phase.

use grantway_core::journal::{Phase, SetupState};
use grantway_core::{Party, Text};

use super::{times, words};
use crate::app::{App, Subject};
use crate::contract::{Page, PartyName, PhaseName, RailState, RailStep, SetupView};
use crate::problem::Problem;

const PHASES: [PhaseName; 7] = [
    PhaseName::Answer,
    PhaseName::SignIn,
    PhaseName::Check,
    PhaseName::Review,
    PhaseName::Apply,
    PhaseName::Prove,
    PhaseName::Done,
];

pub fn phase_of(state: &SetupState) -> PhaseName {
    match state.phase() {
        Phase::Answer => PhaseName::Answer,
        Phase::SignIn => PhaseName::SignIn,
        Phase::Check => PhaseName::Check,
        Phase::Review => PhaseName::Review,
        Phase::Apply => PhaseName::Apply,
        Phase::Prove => PhaseName::Prove,
        Phase::Done => PhaseName::Done,
    }
}

impl App {
    pub(crate) async fn setup_view(
        &self,
        id: &str,
        phase: Option<PhaseName>,
    ) -> Result<SetupView, Problem> {
        let mut subject = self.subject(id).await?;
        // Before anything is taken back it is said what will not be.
        if subject.state.has_written() && subject.state.undo_began.is_none() {
            subject.in_use = subject.in_use_elsewhere().await?;
        }
        let subject = subject;
        let current = phase_of(&subject.state);
        let shown = phase.filter(|phase| *phase <= current).unwrap_or(current);
        let page = match shown {
            PhaseName::Answer => Page::Answer(self.answer_page(&subject)),
            PhaseName::SignIn => Page::SignIn(self.sign_in_page(&subject)),
            PhaseName::Check => Page::Check(self.check_page(&subject)),
            PhaseName::Review => Page::Review(Box::new(self.review_page(&subject))),
            PhaseName::Apply => Page::Apply(Box::new(self.apply_page(&subject).await?)),
            PhaseName::Prove | PhaseName::Done => Page::Done(Box::new(self.done_page(&subject))),
        };
        let saved = subject.state.touched.map_or_else(String::new, |at| {
            self.text(
                &Text::new("setup-saved")
                    .with("time", times::clock_with_seconds(at, &self.order.zone)),
            )
        });
        // What is answered and signed in can be changed until the plan is approved.
        let open = subject.state.approved.is_none() && subject.state.undo_began.is_none();
        let read_only = shown < current && !(open && shown != PhaseName::Review);
        let put_away = self.put_away_view(&subject).await?;
        Ok(SetupView {
            id: subject.id.to_string(),
            profile: subject.profile.name.clone(),
            pattern: self.text(&subject.pattern.name()),
            monogram: subject.profile.monogram.clone(),
            receiver: subject.place(Party::Provider).map(words::place),
            giver: self.giver(&subject),
            rail: self.rail(&subject, current),
            current,
            shown,
            read_only,
            saved,
            told: match shown {
                // There it stands among what is left.
                PhaseName::Prove | PhaseName::Done => Vec::new(),
                _ => self.consents_turned_from(&subject),
            },
            put_away,
            page,
        })
    }

    fn giver(&self, subject: &Subject) -> Option<PartyName> {
        let customers: Vec<_> = subject
            .places
            .iter()
            .filter(|place| place.party == Party::Customer)
            .collect();
        match customers.as_slice() {
            [] => None,
            [one] => Some(words::place(one)),
            several => {
                let name = self.text(&Text::new("home-customers").with("count", several.len()));
                Some(PartyName {
                    party: words::party(Party::Customer),
                    initials: several.len().to_string(),
                    name,
                    tenant: None,
                })
            }
        }
    }

    fn rail(&self, subject: &Subject, current: PhaseName) -> Vec<RailStep> {
        PHASES
            .into_iter()
            .map(|phase| RailStep {
                phase,
                title: self.catalogue.say(match phase {
                    PhaseName::Answer => "phase-answer",
                    PhaseName::SignIn => "phase-sign-in",
                    PhaseName::Check => "phase-check",
                    PhaseName::Review => "phase-review",
                    PhaseName::Apply => "phase-apply",
                    PhaseName::Prove => "phase-prove",
                    PhaseName::Done => "phase-done",
                }),
                note: self.rail_note(subject, phase, current),
                state: match phase.cmp(&current) {
                    // Nobody has signed in: that is a step of the plan.
                    std::cmp::Ordering::Less
                        if phase == PhaseName::SignIn && subject.signs_in_later() =>
                    {
                        RailState::Later
                    }
                    std::cmp::Ordering::Less => RailState::Done,
                    std::cmp::Ordering::Equal => RailState::Current,
                    std::cmp::Ordering::Greater => RailState::Later,
                },
            })
            .collect()
    }

    fn rail_note(&self, subject: &Subject, phase: PhaseName, current: PhaseName) -> Option<String> {
        let state = &subject.state;
        let zone = &self.order.zone;
        if phase > current {
            return None;
        }
        match phase {
            PhaseName::Answer => self.giver(subject).map(|giver| giver.name),
            PhaseName::SignIn if subject.signs_in_later() => {
                Some(self.catalogue.say("rail-sign-in-later"))
            }
            PhaseName::SignIn => state
                .sign_ins
                .values()
                .next()
                .map(|sign_in| sign_in.name.clone()),
            PhaseName::Check if state.checks.is_empty() => None,
            PhaseName::Check => {
                let failed = grantway_core::check::blocking(&state.checks).len();
                let passed = state
                    .checks
                    .iter()
                    .filter(|check| check.verdict == grantway_core::check::Verdict::Pass)
                    .count();
                Some(if failed > 0 {
                    self.text(&Text::new("rail-to-fix").with("count", failed))
                } else {
                    self.text(
                        &Text::new("rail-passed")
                            .with("passed", passed)
                            .with("all", state.checks.len()),
                    )
                })
            }
            PhaseName::Review => match &state.approved {
                Some((_, at)) => Some(
                    self.text(&Text::new("rail-approved").with("time", times::clock(*at, zone))),
                ),
                None => state.plan.as_ref().map(|plan| {
                    self.text(&Text::new("rail-changes").with("count", plan.changes()))
                }),
            },
            // What take back has undone is not told as made.
            PhaseName::Apply | PhaseName::Prove if state.undo_began.is_some() => None,
            PhaseName::Apply => {
                let (done, total) = subject.progress();
                (total > 0).then(|| {
                    self.text(
                        &Text::new("rail-applied")
                            .with("done", done)
                            .with("total", total),
                    )
                })
            }
            PhaseName::Prove => state.proved.map(|_| {
                let proved = state
                    .proofs
                    .iter()
                    .filter(|p| p.proof.standing == grantway_core::proof::Standing::Proved)
                    .count();
                self.text(
                    &Text::new("rail-proved")
                        .with("proved", proved)
                        .with("all", state.proofs.len()),
                )
            }),
            PhaseName::Done => state.undo_ended.map(|at| {
                let key = if subject.has_begun() {
                    "rail-taken-back"
                } else {
                    "rail-put-away"
                };
                self.text(&Text::new(key).with("time", times::clock(at, zone)))
            }),
        }
    }
}

impl Subject {
    /// Changes that are made, and changes in all.
    pub(crate) fn progress(&self) -> (usize, usize) {
        let Some(plan) = &self.state.plan else {
            return (0, 0);
        };
        let done = plan
            .rows
            .iter()
            .filter(|row| row.outlook.action.is_change() && self.state.satisfied(row))
            .count();
        (done, plan.changes())
    }
}
