//! Carrying out an approved plan.

use std::collections::HashMap;

use super::{Brake, Engine, Judge, Run, later, schedule};
use crate::Timestamp;
use crate::fault::{Fault, FaultKind};
use crate::ids::{SetupId, StepId};
use crate::journal::{ActKind, Entry, JournalError, Standing};
use crate::plan::{Row, StepBody};

/// How far a run came before nothing more could be done without a person, time or a decision.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunEnd {
    /// Every row has reached its state.
    pub finished: bool,
    /// Steps that wait for a person.
    pub needs_person: Vec<StepId>,
    /// Steps that need a decision: failed or troubled.
    pub stopped: Vec<StepId>,
    /// When the next wait ends; call again then.
    pub next_look: Option<Timestamp>,
    /// All that is waited for is that somebody else acts: time alone brings nothing.
    pub is_with_others: bool,
    /// The brake was pulled, or the plan is not approved.
    pub held: bool,
}

/// Seconds within which what was made is seen everywhere; longer is a failure that a person should know of.
const SEEN_WITHIN: i64 = 600;

/// Seconds until a step is tried again whose neighbour was not seen.
const SEEN_AGAIN: i64 = 5;

impl Engine {
    /// Carries the approved plan on as far as it goes now. Safe to call again at any time, after a crash too.
    pub async fn apply(
        &self,
        setup: &SetupId,
        judge: &dyn Judge,
        brake: &Brake,
    ) -> Result<RunEnd, JournalError> {
        let run = self.run(setup, judge).await?;
        let (plan, held) = {
            let state = run.state();
            let held = state.approved.is_none() || state.undo_began.is_some() || state.paused;
            (state.plan.clone(), held)
        };
        let Some(plan) = plan.filter(|_| !held) else {
            return Ok(RunEnd {
                held: true,
                ..RunEnd::default()
            });
        };
        let rows: HashMap<&StepId, &Row> = plan.rows.iter().map(|r| (&r.step.id, r)).collect();
        schedule::drive(
            self.caps,
            |running| {
                if brake.is_pulled() {
                    return Vec::new();
                }
                let now = run.now();
                let state = run.state();
                plan.rows
                    .iter()
                    .filter(|row| !running.contains_key(&row.step.id))
                    .filter(|row| {
                        !state.satisfied(row) && may_begin(row, state.standing(&row.step.id), now)
                    })
                    .filter(|row| {
                        row.step
                            .after
                            .iter()
                            .all(|id| rows.get(id).is_some_and(|dep| state.satisfied(dep)))
                    })
                    .map(|row| schedule::Ready {
                        step: row.step.id.clone(),
                        tenant: row.step.place.tenant,
                    })
                    .collect()
            },
            |step| {
                let row = *rows
                    .get(&step)
                    .expect("the schedule names rows of this plan");
                let run = &run;
                async move {
                    let outcome = run.step(row).await;
                    (step, outcome)
                }
            },
        )
        .await?;
        Ok(run.end(&plan.rows, brake))
    }
}

fn may_begin(row: &Row, standing: &Standing, now: Timestamp) -> bool {
    match standing {
        Standing::NotStarted | Standing::InDoubt | Standing::Attended => true,
        // Somebody else acts elsewhere, and nobody comes back to say so: it is looked for.
        Standing::NeedsPerson => matches!(row.step.body, StepBody::HandOff(_)),
        // There is nothing to look at: a person says so.
        Standing::Waiting { .. } if row.step.confirm().is_some() => false,
        Standing::Waiting { next_look, .. } => *next_look <= now,
        _ => false,
    }
}

impl Run<'_> {
    async fn step(&self, row: &Row) -> Result<(), JournalError> {
        match &row.step.body {
            StepBody::Change { desired, .. } => self.change(row, desired).await,
            StepBody::Check(check) => self.check(row, check).await,
            StepBody::Task(task) => self.task(row, task).await,
            StepBody::Wait(wait) => self.wait(row, wait).await,
            StepBody::HandOff(hand_off) => self.wait(row, &hand_off.wait).await,
        }
    }

    /// Records that a step did not reach its state. A request for quiet is a wait, not a failure, and so is a
    /// neighbour that the service does not see everywhere yet, for a while.
    pub(super) async fn failed(
        &self,
        row: &Row,
        act: ActKind,
        fault: Fault,
    ) -> Result<(), JournalError> {
        let step = row.step.id.clone();
        let now = self.now();
        let since = self
            .state()
            .steps
            .get(&step)
            .and_then(|s| s.waiting_since)
            .unwrap_or(now);
        let next_look = match (&fault.kind, act) {
            (FaultKind::Throttled { until }, ActKind::Apply) => Some((*until).max(later(now, 1))),
            (FaultKind::NotYetVisible, ActKind::Apply) if now < later(since, SEEN_WITHIN) => {
                Some(later(now, SEEN_AGAIN))
            }
            _ => None,
        };
        match next_look {
            Some(next_look) => {
                self.record(Entry::Waiting {
                    step,
                    since,
                    next_look,
                })
                .await
            }
            None => self.record(Entry::Failed { step, act, fault }).await,
        }
    }

    fn end(&self, rows: &[Row], brake: &Brake) -> RunEnd {
        let state = self.state();
        let mut end = RunEnd {
            finished: state.all_done(),
            held: brake.is_pulled(),
            ..RunEnd::default()
        };
        let (mut waits, mut hand_offs) = (0, 0);
        for row in rows {
            let step = &row.step.id;
            match state.standing(step) {
                Standing::NeedsPerson => end.needs_person.push(step.clone()),
                Standing::Failed(_) | Standing::Troubled(_) => end.stopped.push(step.clone()),
                Standing::Waiting { .. } if row.step.confirm().is_some() => {}
                Standing::Waiting { next_look, .. } => {
                    waits += 1;
                    hand_offs += usize::from(matches!(row.step.body, StepBody::HandOff(_)));
                    end.next_look = Some(
                        end.next_look
                            .map_or(*next_look, |earliest| earliest.min(*next_look)),
                    );
                }
                _ => {}
            }
        }
        end.is_with_others = waits > 0 && waits == hand_offs;
        end
    }
}
