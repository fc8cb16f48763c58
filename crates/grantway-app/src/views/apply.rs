//! Apply.

use std::collections::HashMap;

use grantway_core::journal::Standing;
use grantway_core::plan::{Action, Plan, Row, StepBody, WaitStep};
use grantway_core::{Place, StepId, Text};

use super::apply_matrix::WAITS;
use super::pairing::paired;
use super::{times, words};
use crate::app::{App, Subject};
use crate::contract::{ApplyPage, MoreView, PlaceRows, StepRow, WaitCard};
use crate::problem::Problem;
use crate::world::lock;

/// How many of the newest entries stand beside the steps.
const JOURNAL_ROWS: usize = 12;

/// Of so many customers the waits are told one by one.
const WAITS_OF_CUSTOMERS: usize = 3;

impl App {
    pub(crate) async fn apply_page(&self, subject: &Subject) -> Result<ApplyPage, Problem> {
        let (done, total) = subject.progress();
        let cards = self.cards(subject);
        let finished = subject.state.all_done();
        let running = lock(&subject.world.running).contains_key(&subject.id);
        let rows = subject.state.plan.as_ref().map(Plan::rows_by_id);
        let rows = rows.unwrap_or_default();
        let matrix = self.apply_matrix(subject, &rows);
        let (waits, more_waits) = self.waits(subject, matrix.is_some());
        let sentence = if subject.state.paused {
            Text::new("apply-paused")
        } else if cards.count > 0 {
            Text::new("apply-needs-you").with("count", cards.count)
        } else if finished {
            Text::new("apply-finished")
        } else if !waits.is_empty() {
            Text::new("apply-waits")
        } else {
            Text::new("apply-runs")
        };
        let blocked = if finished {
            None
        } else if cards.count == 0 {
            Some(self.catalogue.say("apply-blocked-running"))
        } else {
            Some(self.text(&Text::new("apply-blocked-cards").with("count", cards.count)))
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
            places: self.places(subject, &rows, matrix.is_some()),
            matrix,
            cards: cards.shown,
            paired: paired(subject),
            more_cards: cards.more,
            waits,
            more_waits,
            journal: self.activity_rows(Some(&subject.id), JOURNAL_ROWS).await?,
            running,
            paused: subject.state.paused,
            finished,
            blocked,
            take_back: self.take_back_view(subject),
        })
    }

    /// What is waited for. Of several customers the few that are looked at first, and how many more there are.
    fn waits(&self, subject: &Subject, several: bool) -> (Vec<WaitCard>, Option<MoreView>) {
        let rows = subject.state.plan.iter().flat_map(|plan| &plan.rows);
        // A person may pair whenever they like: that is told by the card alone.
        let rows = rows.filter(|row| row.step.pairing().is_none());
        let waiting = rows.filter_map(|row| match subject.state.standing(&row.step.id) {
            Standing::Waiting { next_look, .. } => Some((*next_look, row)),
            _ => None,
        });
        let (of_customers, mut shown): (Vec<_>, Vec<_>) =
            waiting.partition(|(_, row)| several && row.step.cell.is_some());
        let left = of_customers.len().saturating_sub(WAITS_OF_CUSTOMERS);
        let mut of_customers = of_customers;
        of_customers.sort_by_key(|(next_look, _)| *next_look);
        of_customers.truncate(WAITS_OF_CUSTOMERS);
        shown.extend(of_customers);
        let cards = shown.into_iter();
        let cards = cards.filter_map(|(_, row)| self.wait_card(subject, row));
        let more = (left > 0).then(|| MoreView {
            sentence: self.text(&Text::new("matrix-more-waits").with("count", left)),
            filter: WAITS.into(),
        });
        (cards.collect(), more)
    }

    /// The steps by place, but for those that stand in a matrix.
    fn places(
        &self,
        subject: &Subject,
        rows: &HashMap<&StepId, &Row>,
        several: bool,
    ) -> Vec<PlaceRows> {
        let plan = subject.state.plan.iter();
        let mut places: Vec<(&Place, Vec<&Row>)> = Vec::new();
        let mut seen: HashMap<&Place, usize> = HashMap::new();
        for row in plan.flat_map(|plan| &plan.rows) {
            if several && row.step.cell.is_some() {
                continue;
            }
            let at = *seen.entry(&row.step.place).or_insert_with(|| {
                places.push((&row.step.place, Vec::new()));
                places.len() - 1
            });
            places[at].1.push(row);
        }
        places
            .into_iter()
            .map(|(place, of_place)| {
                let done = of_place.iter().filter(|row| subject.state.satisfied(row));
                PlaceRows {
                    place: words::place(place),
                    summary: self.text(
                        &Text::new("apply-place-summary")
                            .with("done", done.count())
                            .with("total", of_place.len()),
                    ),
                    rows: of_place
                        .into_iter()
                        .map(|row| self.step_row(subject, row, rows))
                        .collect(),
                }
            })
            .collect()
    }

    /// Rows of the plan as they are listed.
    pub(super) fn step_rows<'a>(
        &self,
        subject: &Subject,
        which: impl Iterator<Item = &'a Row>,
    ) -> Vec<StepRow> {
        let rows = subject.state.plan.as_ref().map(Plan::rows_by_id);
        let rows = rows.unwrap_or_default();
        which
            .map(|row| self.step_row(subject, row, &rows))
            .collect()
    }

    fn step_row(&self, subject: &Subject, row: &Row, rows: &HashMap<&StepId, &Row>) -> StepRow {
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
                self.waits_for_steps(subject, row, rows)
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
    pub(super) fn waits_for_steps(
        &self,
        subject: &Subject,
        row: &Row,
        rows: &HashMap<&StepId, &Row>,
    ) -> Option<String> {
        let open = row
            .step
            .after
            .iter()
            .filter_map(|id| rows.get(id))
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
