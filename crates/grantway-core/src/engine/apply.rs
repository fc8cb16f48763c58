//! Carrying out an approved plan.

use std::collections::HashMap;

use super::schedule::{self, Agenda, Progress, Turn};
use super::{Brake, Engine, Judge, Run, later};
use crate::Timestamp;
use crate::fault::{Fault, FaultKind};
use crate::ids::{SetupId, StepId, TenantId};
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
        let applying = Applying {
            run: &run,
            rows: &plan.rows,
            places: places(&plan.rows),
            brake,
        };
        schedule::drive(self.caps, &applying, |place| {
            let (run, row) = (&run, &plan.rows[place]);
            async move { (place, run.step(row).await) }
        })
        .await?;
        Ok(run.end(&plan.rows, brake))
    }
}

/// The rows of a plan that is carried out.
struct Applying<'a, 'r> {
    run: &'a Run<'r>,
    rows: &'a [Row],
    places: HashMap<&'a StepId, usize>,
    brake: &'a Brake,
}

/// Where each step stands among the rows.
pub(super) fn places(rows: &[Row]) -> HashMap<&StepId, usize> {
    let ids = rows.iter().map(|row| &row.step.id);
    ids.enumerate().map(|(place, id)| (id, place)).collect()
}

impl Agenda for Applying<'_, '_> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn tenant(&self, place: usize) -> TenantId {
        self.rows[place].step.place.tenant
    }

    fn turn(&self, place: usize, _: &Progress) -> Turn {
        let row = &self.rows[place];
        let state = self.run.state();
        if state.satisfied(row) {
            return Turn::Never;
        }
        match own_turn(row, state.standing(&row.step.id)) {
            Turn::Now => {}
            Turn::At(moment) if moment <= self.now() => {}
            other => return other,
        }
        for needed in &row.step.after {
            match self.places.get(needed) {
                None => return Turn::Never,
                Some(other) if !state.satisfied(&self.rows[*other]) => return Turn::After(*other),
                Some(_) => {}
            }
        }
        Turn::Now
    }

    fn now(&self) -> Timestamp {
        self.run.now()
    }

    fn is_held(&self) -> bool {
        self.brake.is_pulled()
    }
}

/// When a row may begin as far as its own standing goes.
fn own_turn(row: &Row, standing: &Standing) -> Turn {
    match standing {
        Standing::NotStarted | Standing::InDoubt | Standing::Attended => Turn::Now,
        // Somebody else acts elsewhere, and nobody comes back to say so: it is looked for.
        Standing::NeedsPerson if matches!(row.step.body, StepBody::HandOff(_)) => Turn::Now,
        // There is nothing to look at: a person says so.
        Standing::Waiting { .. } if row.step.confirm().is_some() => Turn::Never,
        Standing::Waiting { next_look, .. } => Turn::At(*next_look),
        _ => Turn::Never,
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
