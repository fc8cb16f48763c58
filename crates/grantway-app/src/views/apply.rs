//! Apply.

use grantway_core::Text;
use grantway_core::journal::Standing;
use grantway_core::plan::{Action, Row, StepBody, WaitStep};

use super::{times, words};
use crate::app::{App, Subject};
use crate::contract::{ApplyPage, PlaceRows, StepRow, WaitCard};
use crate::problem::Problem;
use crate::world::lock;

/// How many of the newest entries stand beside the steps.
const JOURNAL_ROWS: usize = 12;

impl App {
    pub(crate) async fn apply_page(&self, subject: &Subject) -> Result<ApplyPage, Problem> {
        let (done, total) = subject.progress();
        let cards = self.cards(subject);
        let finished = subject.state.all_done();
        let running = lock(&subject.world.running).contains_key(&subject.id);
        let waits: Vec<WaitCard> = subject
            .state
            .plan
            .iter()
            .flat_map(|plan| &plan.rows)
            .filter_map(|row| self.wait_card(subject, row))
            .collect();
        let sentence = if subject.state.paused {
            Text::new("apply-paused")
        } else if !cards.is_empty() {
            Text::new("apply-needs-you").with("count", cards.len())
        } else if finished {
            Text::new("apply-finished")
        } else if !waits.is_empty() {
            Text::new("apply-waits")
        } else {
            Text::new("apply-runs")
        };
        let blocked = if finished {
            None
        } else if cards.is_empty() {
            Some(self.catalogue.say("apply-blocked-running"))
        } else {
            Some(self.text(&Text::new("apply-blocked-cards").with("count", cards.len())))
        };
        Ok(ApplyPage {
            sentence: self.text(&sentence),
            done,
            total,
            progress_text: self.text(
                &Text::new("apply-progress")
                    .with("done", done)
                    .with("total", total),
            ),
            places: self.places(subject),
            cards,
            waits,
            journal: self.activity_rows(Some(&subject.id), JOURNAL_ROWS).await?,
            running,
            paused: subject.state.paused,
            finished,
            blocked,
            take_back: self.take_back_view(subject),
        })
    }

    fn places(&self, subject: &Subject) -> Vec<PlaceRows> {
        let Some(plan) = &subject.state.plan else {
            return Vec::new();
        };
        let mut places: Vec<PlaceRows> = Vec::new();
        let mut seen: Vec<&grantway_core::Place> = Vec::new();
        for row in &plan.rows {
            if !seen.contains(&&row.step.place) {
                seen.push(&row.step.place);
            }
        }
        for place in seen {
            let rows: Vec<&Row> = plan
                .rows
                .iter()
                .filter(|row| &row.step.place == place)
                .collect();
            let done = rows
                .iter()
                .filter(|row| subject.state.satisfied(row))
                .count();
            places.push(PlaceRows {
                place: words::place(place),
                summary: self.text(
                    &Text::new("apply-place-summary")
                        .with("done", done)
                        .with("total", rows.len()),
                ),
                rows: rows
                    .into_iter()
                    .map(|row| self.step_row(subject, row))
                    .collect(),
            });
        }
        places
    }

    fn step_row(&self, subject: &Subject, row: &Row) -> StepRow {
        let step = subject.state.steps.get(&row.step.id);
        let standing = subject.state.standing(&row.step.id);
        let (sign, sign_word) = self.standing(
            subject,
            standing,
            row.outlook.action == Action::AlreadyRight,
        );
        let zone = &self.order.zone;
        let note = match standing {
            Standing::Waiting { next_look, .. } => {
                let time = times::near(*next_look, subject.world.clock.now(), zone);
                Some(self.text(&Text::new("home-next-look").with("time", time)))
            }
            Standing::NotStarted if row.outlook.action != Action::AlreadyRight => {
                self.waits_for_steps(subject, row)
            }
            _ => step
                .and_then(|step| step.at)
                .map(|at| times::clock_with_seconds(at, zone)),
        };
        StepRow {
            step: row.step.id.to_string(),
            sign,
            sign_word,
            title: self.text(&row.step.title),
            note,
        }
    }

    /// The first step that has to be done before this one.
    fn waits_for_steps(&self, subject: &Subject, row: &Row) -> Option<String> {
        let plan = subject.state.plan.as_ref()?;
        let open = row
            .step
            .after
            .iter()
            .filter_map(|id| plan.row(id))
            .find(|dep| !subject.state.satisfied(dep))?;
        Some(self.text(&Text::new("apply-after").with("step", open.step.title.clone())))
    }

    fn wait_card(&self, subject: &Subject, row: &Row) -> Option<WaitCard> {
        let Standing::Waiting { since, next_look } = subject.state.standing(&row.step.id) else {
            return None;
        };
        let now = subject.world.clock.now();
        let (cause, usually) = match &row.step.body {
            StepBody::Wait(wait) => (self.text(&wait.cause), usually(wait)),
            StepBody::HandOff(hand_off) => {
                (self.text(&hand_off.wait.cause), usually(&hand_off.wait))
            }
            _ => (
                self.catalogue.say("apply-quiet"),
                times::seconds(*since, *next_look).max(1),
            ),
        };
        let passed = times::seconds(*since, now);
        let text = if usually >= 120 {
            Text::new("apply-wait-minutes")
                .with("passed", passed / 60)
                .with("usually", usually / 60)
        } else {
            Text::new("apply-wait-seconds")
                .with("passed", passed)
                .with("usually", usually)
        };
        let time = times::near(*next_look, now, &self.order.zone);
        Some(WaitCard {
            step: row.step.id.to_string(),
            title: self.text(&row.step.title),
            cause,
            progress: (passed as f64 / usually as f64).min(1.0),
            progress_text: self.text(&text),
            next: self.text(&Text::new("apply-wait-next").with("time", time)),
        })
    }
}

fn usually(wait: &WaitStep) -> i64 {
    i64::from(wait.usually.max(1))
}
