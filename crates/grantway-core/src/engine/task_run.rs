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
            Some(state) if state.standing == Standing::Attended => state.attendance.clone(),
            _ => None,
        };
        let Some(attendance) = attendance else {
            return self.record(Entry::Needed { step }).await;
        };
        // The effect first: whatever else is wrong, take back must know of it.
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
        let applied = match effect {
            Some((desired, applied)) => {
                self.record(Entry::Intent {
                    step: step.clone(),
                    act: ActKind::Apply,
                    desired,
                    before: Observed::Absent,
                })
                .await?;
                applied
            }
            None => nothing(),
        };
        self.done(&step, applied).await?;
        if let Some(problem) = too_few_prompts(task, &attendance) {
            return self.record(Entry::Troubled { step, problem }).await;
        }
        let Some(verify) = &task.verify else {
            return Ok(());
        };
        let mut reading = Err(None);
        for wait in LOOKS {
            self.pause_before_look(wait).await;
            match self.reading(row, verify).await {
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
            return Ok(());
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

    /// Reads the object that the act leaves behind, with patience for its first appearance.
    pub(super) async fn effect(
        &self,
        row: &Row,
        task: &Task,
    ) -> Result<Option<(Value, Applied)>, Fault> {
        let Some(DesiredState { kind, state }) = &task.effect else {
            return Ok(None);
        };
        let Ok(desired) = resolve(state, &*self.state()) else {
            // The session never came to the page that tells which application it is about.
            return Ok(None);
        };
        let change = Arc::clone(self.engine.registry.change(kind)?);
        let cx = self.context(&row.step.id, row.step.place.tenant);
        for wait in LOOKS {
            self.pause_before_look(wait).await;
            if let Observed::Present { key, state, ours } = change.read(&cx, &desired, None).await?
            {
                let origin = if ours {
                    Origin::Created
                } else {
                    Origin::Adopted
                };
                return Ok(Some((
                    desired,
                    Applied {
                        origin,
                        key,
                        state,
                        note: None,
                    },
                )));
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
