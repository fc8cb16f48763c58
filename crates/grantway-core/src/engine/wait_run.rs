//! Waits and checks inside a plan.

use serde_json::Value;

use super::{Run, later, unresolved};
use crate::change::{Applied, Origin};
use crate::check::{Check, Verdict};
use crate::desired::{Outputs, resolve};
use crate::fault::{Fault, FaultKind};
use crate::ids::StepId;
use crate::journal::{ActKind, Entry, JournalError, Problem, SetupState, Standing};
use crate::plan::{CheckStep, Row, StepBody, WaitStep};
use crate::question::{Question, Reading};

/// What a step leaves that makes no object.
pub(super) fn nothing() -> Applied {
    Applied {
        origin: Origin::Adopted,
        key: Default::default(),
        state: Value::Null,
        note: None,
    }
}

/// The outputs of a setup, with those of a step that is about to be done.
struct WithOwn<'a> {
    state: &'a SetupState,
    step: &'a StepId,
    own: &'a Applied,
}

impl Outputs for WithOwn<'_> {
    fn output(&self, step: &StepId, name: &str) -> Option<String> {
        let own = (step == self.step)
            .then(|| self.own.key.get(name))
            .flatten();
        own.cloned().or_else(|| self.state.output(step, name))
    }
}

/// Whether the same question may be answered a little later without anybody doing anything.
fn is_passing(kind: &FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::Offline
            | FaultKind::AnswerLost
            | FaultKind::NotYetVisible
            | FaultKind::ServiceFailed
    )
}

impl Run<'_> {
    pub(super) async fn wait(&self, row: &Row, wait: &WaitStep) -> Result<(), JournalError> {
        let step = row.step.id.clone();
        let (since, is_due) = match self.state().standing(&step) {
            Standing::Waiting { since, .. } => (*since, true),
            _ => (self.now(), false),
        };
        if !is_due {
            let told = matches!(self.state().standing(&step), Standing::NeedsPerson);
            if matches!(row.step.body, StepBody::HandOff(_)) && !told {
                self.record(Entry::Needed { step: step.clone() }).await?;
            }
            let next_look = later(since, i64::from(wait.first_look));
            return self
                .record(Entry::Waiting {
                    step,
                    since,
                    next_look,
                })
                .await;
        }
        let Some(until) = &wait.until else {
            return self.done(&step, nothing()).await;
        };
        let overdue = self.now() >= later(since, i64::from(wait.at_most));
        match self.judged(row, until).await {
            Ok(check) => {
                let passed = matches!(check.verdict, Verdict::Pass | Verdict::Warn);
                // What has a remedy is not mended by time.
                let is_hopeless = check.verdict == Verdict::Fail && !check.remedies.is_empty();
                self.record(Entry::Judged {
                    step: step.clone(),
                    check: check.clone(),
                })
                .await?;
                if passed {
                    return self.done(&step, nothing()).await;
                }
                if is_hopeless {
                    let problem = Problem::CheckFailed { check };
                    return self.record(Entry::Troubled { step, problem }).await;
                }
                if overdue {
                    let problem = Problem::Overdue;
                    return self.record(Entry::Troubled { step, problem }).await;
                }
            }
            // A look that did not come through is followed by the next one: that is what waiting is for.
            Err(fault) if is_passing(&fault.kind) && !overdue => {}
            Err(fault) => return self.failed(row, ActKind::Apply, fault).await,
        }
        let now = self.now();
        self.record(Entry::Waiting {
            step,
            since,
            next_look: later(now, i64::from(wait.every.max(1))),
        })
        .await
    }

    pub(super) async fn check(&self, row: &Row, check: &CheckStep) -> Result<(), JournalError> {
        let step = row.step.id.clone();
        let judged = match self.judged(row, check).await {
            Ok(judged) => judged,
            Err(fault) => return self.failed(row, ActKind::Apply, fault).await,
        };
        let accepted = self.state().accepted.contains_key(&judged.id);
        let passed = matches!(judged.verdict, Verdict::Pass | Verdict::Warn)
            || (accepted && judged.verdict == Verdict::CannotSee);
        self.record(Entry::Judged {
            step: step.clone(),
            check: judged.clone(),
        })
        .await?;
        if passed {
            self.done(&step, nothing()).await
        } else {
            self.record(Entry::Troubled {
                step,
                problem: Problem::CheckFailed { check: judged },
            })
            .await
        }
    }

    pub(super) async fn judged(&self, row: &Row, check: &CheckStep) -> Result<Check, Fault> {
        let reading = self.reading(row, check).await?;
        let attendance = self
            .state()
            .steps
            .get(&row.step.id)
            .and_then(|s| s.attendance.clone());
        Ok(self.judge.judge(row, &reading, attendance.as_ref()))
    }

    pub(super) async fn reading(&self, row: &Row, check: &CheckStep) -> Result<Reading, Fault> {
        self.reading_with(row, check, &nothing()).await
    }

    /// The same where the question may name what the step itself has left, not recorded as done yet.
    pub(super) async fn reading_with(
        &self,
        row: &Row,
        check: &CheckStep,
        own: &Applied,
    ) -> Result<Reading, Fault> {
        let resolved = resolve(
            &check.question.about,
            &WithOwn {
                state: &self.state(),
                step: &row.step.id,
                own,
            },
        );
        let about = resolved.map_err(|error| unresolved(row, &error))?;
        let question = Question {
            about,
            ..check.question.clone()
        };
        let actor = self.state().actor(question.tenant);
        self.engine.ask_one(&question, actor.as_ref()).await
    }
}
