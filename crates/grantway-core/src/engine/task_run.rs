//! What a person did: count the prompts, read the effect, judge it.

use std::sync::Arc;

use serde_json::Value;

use super::wait_run::nothing;
use super::{LOOKS, Run};
use crate::change::{Applied, Observed, Origin};
use crate::check::Verdict;
use crate::desired::{DesiredState, resolve};
use crate::fault::Fault;
use crate::journal::{ActKind, Attendance, Ending, Entry, JournalError, Problem, Standing};
use crate::plan::{Row, Task};
use crate::question::Reading;

impl Run<'_> {
    pub(super) async fn task(&self, row: &Row, task: &Task) -> Result<(), JournalError> {
        let step = row.step.id.clone();
        let attendance = match self.state().steps.get(&step) {
            // In doubt: killed while the effect was looked at. Waiting: asked for quiet meanwhile.
            Some(state)
                if matches!(
                    state.standing,
                    Standing::Attended | Standing::InDoubt | Standing::Waiting { .. }
                ) =>
            {
                state.attendance.clone()
            }
            _ => None,
        };
        let Some(attendance) = attendance else {
            return match self.count_before(row, task).await? {
                Ok(()) => self.record(Entry::Needed { step }).await,
                Err(fault) => self.failed(row, ActKind::Apply, fault).await,
            };
        };
        if task.asks.is_some() && attendance.given.is_none() {
            // The window was closed; the value can still be given.
            return self.record(Entry::Needed { step }).await;
        }
        if row.step.seat_taken().is_some() && attendance.signed_in.is_none() {
            // Nobody has signed in, so nobody can look.
            let problem = Problem::NotFinished;
            return self.record(Entry::Troubled { step, problem }).await;
        }
        self.note_effect(row, task).await?;
        let effect = match self.effect(row, task).await {
            Ok(effect) => effect,
            Err(fault) => return self.failed(row, ActKind::Apply, fault).await,
        };
        if task.effect.is_some() && effect.is_none() {
            let problem = if attendance.ending == Ending::Finished {
                Problem::NoEffect
            } else {
                Problem::NotFinished
            };
            return self.record(Entry::Troubled { step, problem }).await;
        }
        // What the person brought back shows that they were there.
        if task.asks.is_none()
            && let Some(problem) = too_few_prompts(task, &attendance)
        {
            return self.record(Entry::Troubled { step, problem }).await;
        }
        let applied = effect.unwrap_or_else(nothing);
        let Some(verify) = &task.verify else {
            return self.done(&step, applied).await;
        };
        let mut reading = Err(None);
        for wait in LOOKS {
            self.pause_before_look(wait).await;
            match self.reading_with(row, verify, &applied).await {
                // Nothing there yet is worth another look; an answer is an answer.
                Ok(Reading::Seen {
                    value: Value::Null, ..
                }) => {}
                Ok(other) => {
                    reading = Ok(other);
                    break;
                }
                Err(fault) => {
                    reading = Err(Some(fault));
                    break;
                }
            }
        }
        let reading = match reading {
            Ok(reading) => reading,
            Err(Some(fault)) => return self.failed(row, ActKind::Apply, fault).await,
            Err(None) => Reading::Seen {
                value: Value::Null,
                right_used: Vec::new(),
            },
        };
        let check = self.judge.judge(row, &reading, Some(&attendance));
        self.record(Entry::Judged {
            step: step.clone(),
            check: check.clone(),
        })
        .await?;
        let accepted =
            check.verdict == Verdict::CannotSee && self.state().accepted.contains_key(&check.id);
        if accepted || matches!(check.verdict, Verdict::Pass | Verdict::Warn) {
            // Last of all, so that a step that is done is one whose effect was judged.
            return self.done(&step, applied).await;
        }
        let problem = match attendance.ending {
            Ending::Finished => Problem::CheckFailed { check },
            Ending::Stopped | Ending::TimedOut if task.effect.is_some() => {
                Problem::CheckFailed { check }
            }
            Ending::Stopped | Ending::TimedOut => Problem::NotFinished,
        };
        self.record(Entry::Troubled { step, problem }).await
    }

    /// Records what is there of the effect's kind before a person is asked to act: only then can what was there be told
    /// from what came, where the object itself does not tell.
    async fn count_before(
        &self,
        row: &Row,
        task: &Task,
    ) -> Result<Result<(), Fault>, JournalError> {
        let step = &row.step.id;
        let is_counted = || {
            let state = self.state();
            state
                .steps
                .get(step)
                .is_some_and(|s| s.there_before.is_some())
        };
        let Some(effect) = task.effect.as_ref().filter(|_| !is_counted()) else {
            return Ok(Ok(()));
        };
        let change = match self.engine.registry.change(&effect.kind) {
            Ok(change) => Arc::clone(change),
            Err(fault) => return Ok(Err(fault)),
        };
        let cx = self.context(step, row.step.place.tenant);
        let ids = match change.census(&cx).await {
            Ok(Some(ids)) => ids,
            Ok(None) => return Ok(Ok(())),
            Err(fault) => return Ok(Err(fault)),
        };
        let step = step.clone();
        self.record(Entry::Counted { step, ids }).await.map(Ok)
    }

    /// Records what the act should have left, as soon as that can be said: whatever goes wrong next, take back looks for it.
    pub(super) async fn note_effect(&self, row: &Row, task: &Task) -> Result<(), JournalError> {
        let Some(effect) = &task.effect else {
            return Ok(());
        };
        let resolved = resolve(&effect.state, &*self.state());
        let Ok(desired) = resolved else {
            return Ok(());
        };
        let noted = self
            .state()
            .steps
            .get(&row.step.id)
            .and_then(|s| s.desired.clone());
        if noted.as_ref() == Some(&desired) {
            return Ok(());
        }
        self.record(Entry::Intent {
            step: row.step.id.clone(),
            act: ActKind::Apply,
            desired,
            before: Observed::Absent,
        })
        .await
    }

    /// Reads the object that the act leaves behind, with patience for its first appearance.
    pub(super) async fn effect(&self, row: &Row, task: &Task) -> Result<Option<Applied>, Fault> {
        let Some(DesiredState { kind, .. }) = &task.effect else {
            return Ok(None);
        };
        let noted = self
            .state()
            .steps
            .get(&row.step.id)
            .and_then(|s| s.desired.clone());
        let Some(desired) = noted else {
            // The session never came to the page that tells which application it is about.
            return Ok(None);
        };
        let change = Arc::clone(self.engine.registry.change(kind)?);
        let cx = self.context(&row.step.id, row.step.place.tenant);
        for wait in LOOKS {
            self.pause_before_look(wait).await;
            if let Observed::Present { key, state, ours } = change.read(&cx, &desired, None).await?
            {
                let was_there = self.state().steps.get(&row.step.id).is_some_and(|state| {
                    let ids = state.there_before.as_ref();
                    ids.is_some_and(|ids| key.get("id").is_some_and(|id| ids.contains(id)))
                });
                let origin = if ours && !was_there {
                    Origin::Created
                } else {
                    Origin::Adopted
                };
                return Ok(Some(Applied {
                    origin,
                    key,
                    state,
                    note: None,
                }));
            }
        }
        Ok(None)
    }
}

fn too_few_prompts(task: &Task, attendance: &Attendance) -> Option<Problem> {
    let seen = attendance.prompts_seen.or(attendance.prompts_said)?;
    (seen < task.expected_prompts).then_some(Problem::TooFewPrompts {
        seen,
        expected: task.expected_prompts,
    })
}
