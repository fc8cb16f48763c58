//! Home: what waits, and for whom.

use std::sync::Arc;

use grantway_core::Text;
use grantway_core::journal::{Phase, SetupState, Standing};
use grantway_core::plan::{Row, StepBody, WaitStep};

use super::{times, words};
use crate::app::{App, Subject};
use crate::contract::{HomeView, SetupLine, Sign, WaitGroup};
use crate::problem::Problem;
use crate::uses::Uses;

/// Whom a setup waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    You,
    Microsoft,
    Nobody,
}

impl App {
    pub(crate) async fn home_view(&self) -> Result<HomeView, Problem> {
        let world = self.world().await;
        let (mut you, mut microsoft, mut finished) = (Vec::new(), Vec::new(), Vec::new());
        let setups = world.setups().await?;
        let uses = Uses::of(&setups);
        for (id, state) in setups.into_iter().rev() {
            // A setup whose profile this version does not know is left to the version that made it.
            let Ok(subject) = self.subject_of(Arc::clone(&world), id, state, &uses) else {
                continue;
            };
            let (whom, line) = self.line(&subject);
            match whom {
                For::You => you.push(line),
                For::Microsoft => microsoft.push(line),
                For::Nobody => finished.push(line),
            }
        }
        if let Some(first) = you.first_mut() {
            first.primary = true;
        }
        let waiting = you.len() + microsoft.len();
        let groups = [
            ("home-waiting-for-you", you),
            ("home-waiting-for-microsoft", microsoft),
        ]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(title, rows)| WaitGroup {
            title: self.catalogue.say(title),
            rows,
        })
        .collect();
        Ok(HomeView {
            groups,
            finished,
            waiting,
            problems: self.profile_problems(),
        })
    }

    fn line(&self, subject: &Subject) -> (For, SetupLine) {
        let now = subject.world.clock.now();
        let zone = &self.order.zone;
        let state = &subject.state;
        let since = state
            .touched
            .map(|at| self.text(&Text::new("home-since").with("time", times::near(at, now, zone))));
        let (whom, sign, sentence, when, progress, act) = match waits_for(state) {
            Waits::Wait {
                title,
                wait,
                since,
                next_look,
            } => {
                let usually = i64::from(wait.usually.max(1));
                let progress = (times::seconds(since, now) as f64 / usually as f64).min(1.0);
                let when = self.text(
                    &Text::new("home-next-look").with("time", times::near(next_look, now, zone)),
                );
                (
                    For::Microsoft,
                    Sign::Wait,
                    self.text(&title),
                    Some(when),
                    Some(progress),
                    None,
                )
            }
            Waits::Look { title, next_look } => {
                let time = times::near(next_look, now, zone);
                if next_look <= now {
                    let sentence = self.text(&title);
                    let act = Some("home-act-continue");
                    (For::You, Sign::NeedsYou, sentence, since, None, act)
                } else {
                    let sentence = Text::new("home-look-later").with("step", title);
                    let when = self.text(&Text::new("home-next-look").with("time", time));
                    (
                        For::Nobody,
                        Sign::CannotSee,
                        self.text(&sentence),
                        Some(when),
                        None,
                        Some("home-act-open"),
                    )
                }
            }
            Waits::Person(title) => (
                For::You,
                Sign::NeedsYou,
                self.text(&title),
                since,
                None,
                Some("home-act-continue"),
            ),
            Waits::Decision(title) => (
                For::You,
                Sign::Fail,
                self.text(&title),
                since,
                None,
                Some("home-act-see"),
            ),
            Waits::Phase(key, act) => {
                let running = crate::world::lock(&subject.world.running).contains_key(&subject.id);
                let (whom, sign) = if running {
                    (For::Microsoft, Sign::Running)
                } else {
                    (For::You, Sign::NeedsYou)
                };
                (whom, sign, self.catalogue.say(key), since, None, Some(act))
            }
            Waits::Nothing(key, sign) => (
                For::Nobody,
                sign,
                self.catalogue.say(key),
                since,
                None,
                Some("home-act-open"),
            ),
        };
        let parties: Vec<_> = subject.places.iter().map(words::place).collect();
        let customers: Vec<&str> = subject
            .places
            .iter()
            .filter(|place| place.party == grantway_core::Party::Customer)
            .map(|place| place.name.as_str())
            .collect();
        let title = match customers.as_slice() {
            [] => self.catalogue.say("home-new-setup"),
            [one] => (*one).to_owned(),
            several => self.text(&Text::new("home-customers").with("count", several.len())),
        };
        let line = SetupLine {
            id: subject.id.to_string(),
            sign,
            sign_word: self.sign_word(sign),
            title,
            profile: subject.profile.name.clone(),
            sentence,
            when,
            progress,
            act: act.map(|key| self.catalogue.say(key)),
            primary: false,
            parties,
        };
        (whom, line)
    }
}

enum Waits<'a> {
    Wait {
        title: Text,
        wait: &'a WaitStep,
        since: grantway_core::Timestamp,
        next_look: grantway_core::Timestamp,
    },
    /// A person is reminded to look for something, from then on.
    Look {
        title: Text,
        next_look: grantway_core::Timestamp,
    },
    Person(Text),
    Decision(Text),
    Phase(&'static str, &'static str),
    Nothing(&'static str, Sign),
}

/// What a person is reminded to look for.
fn reminder<'a>(state: &SetupState, row: &'a Row) -> Option<Waits<'a>> {
    row.step.confirm()?;
    match state.standing(&row.step.id) {
        Standing::Waiting { next_look, .. } => Some(Waits::Look {
            title: row.step.title.clone(),
            next_look: *next_look,
        }),
        _ => None,
    }
}

fn waits_for(state: &SetupState) -> Waits<'_> {
    if state.undo_ended.is_some() {
        let steps = state.steps.values().map(|step| &step.standing);
        let consents = state.own_consents.values().map(|(_, standing)| standing);
        let failed = steps
            .chain(consents)
            .any(|standing| matches!(standing, Standing::UndoFailed(_)));
        return if failed {
            Waits::Phase("home-left-over", "home-act-see")
        } else {
            Waits::Nothing("home-taken-back", Sign::LeftOut)
        };
    }
    if state.undo_began.is_some() {
        return Waits::Phase("home-taking-back", "home-act-open");
    }
    let rows = || state.plan.iter().flat_map(|plan| &plan.rows);
    if state.approved.is_some() {
        for row in rows() {
            match state.standing(&row.step.id) {
                Standing::Failed(_) | Standing::Troubled(_) => {
                    return Waits::Decision(
                        Text::new("home-stopped").with("step", row.step.title.clone()),
                    );
                }
                Standing::NeedsPerson => {
                    return Waits::Person(
                        Text::new("home-needs-you").with("step", row.step.title.clone()),
                    );
                }
                _ => {}
            }
        }
        for row in rows() {
            if let (StepBody::Wait(wait), Standing::Waiting { since, next_look }) =
                (&row.step.body, state.standing(&row.step.id))
            {
                return Waits::Wait {
                    title: wait.cause.clone(),
                    wait,
                    since: *since,
                    next_look: *next_look,
                };
            }
        }
    }
    match state.phase() {
        Phase::Answer => Waits::Phase("home-answer", "home-act-continue"),
        Phase::SignIn => Waits::Phase("home-sign-in", "home-act-continue"),
        Phase::Check if !grantway_core::check::blocking(&state.checks).is_empty() => {
            Waits::Phase("home-check-failed", "home-act-see")
        }
        Phase::Check => Waits::Phase("home-check", "home-act-continue"),
        Phase::Review => Waits::Phase("home-review", "home-act-review"),
        Phase::Apply if state.paused => Waits::Phase("home-paused", "home-act-continue"),
        Phase::Apply => Waits::Phase("home-applying", "home-act-open"),
        Phase::Prove => Waits::Phase("home-prove", "home-act-open"),
        Phase::Done => {
            if let Some(waits) = rows().find_map(|row| reminder(state, row)) {
                return waits;
            }
            let proved = state
                .proofs
                .iter()
                .all(|proof| proof.proof.standing == grantway_core::proof::Standing::Proved);
            if proved {
                Waits::Nothing("home-proved", Sign::Pass)
            } else {
                Waits::Nothing("home-done-not-all-proved", Sign::CannotSee)
            }
        }
    }
}
