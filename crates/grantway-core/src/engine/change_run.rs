//! One change: look if in doubt, say what is meant, write, say what came of it.

use std::sync::Arc;

use serde_json::Value;

use super::{LOOKS, Run, unresolved};
use crate::change::{Applied, Change, Context, Diff, Observed, Origin};
use crate::desired::{DesiredState, resolve};
use crate::fault::{Fault, FaultKind};
use crate::ids::StepId;
use crate::journal::{ActKind, Entry, JournalError, Standing};
use crate::plan::{Row, StepBody};
use crate::text::Text;

impl Run<'_> {
    pub(super) async fn change(
        &self,
        row: &Row,
        desired: &DesiredState,
    ) -> Result<(), JournalError> {
        let step = &row.step.id;
        let resolved = resolve(&desired.state, &*self.state());
        let desired_state = match resolved {
            Ok(state) => state,
            Err(error) => {
                return self
                    .failed(row, ActKind::Apply, unresolved(row, &error))
                    .await;
            }
        };
        let change = match self.engine.registry.change(&desired.kind) {
            Ok(change) => Arc::clone(change),
            Err(fault) => return self.failed(row, ActKind::Apply, fault).await,
        };
        let cx = self.context(step, row.step.place.tenant);
        let in_doubt = self.state().steps.get(step).is_some_and(|s| s.in_doubt);
        if in_doubt {
            match self.look_in_doubt(&cx, &*change, &desired_state).await? {
                Ok(Some(applied)) => return self.done(step, applied).await,
                Ok(None) => {}
                Err(fault) => return self.failed(row, ActKind::Apply, fault).await,
            }
        }
        let before = match self.before(row, &cx, &*change, &desired_state).await {
            Ok(before) => before,
            Err(fault) => return self.failed(row, ActKind::Apply, fault).await,
        };
        self.record(Entry::Intent {
            step: step.clone(),
            act: ActKind::Apply,
            desired: desired_state.clone(),
            before: before.clone(),
        })
        .await?;
        // From the intent on, what comes to be is the step's own.
        let mut cx = self.context(step, row.step.place.tenant);
        cx.cut_off = in_doubt;
        let lost = match change.apply(&cx, &desired_state, &before).await {
            Ok(applied) => return self.done(step, applied).await,
            Err(fault) if fault.kind == FaultKind::AnswerLost => fault,
            Err(fault) => return self.failed(row, ActKind::Apply, fault).await,
        };
        match self.look_in_doubt(&cx, &*change, &desired_state).await? {
            Ok(Some(applied)) => return self.done(step, applied).await,
            // Not there after half a minute of looking: it did not happen, and what was asked for is keyed, so once more is safe.
            Ok(None) => {}
            Err(fault) => return self.failed(row, ActKind::Apply, fault).await,
        }
        self.record(Entry::Intent {
            step: step.clone(),
            act: ActKind::Apply,
            desired: desired_state.clone(),
            before: before.clone(),
        })
        .await?;
        cx.cut_off = true;
        match change.apply(&cx, &desired_state, &before).await {
            Ok(applied) => self.done(step, applied).await,
            // Lost twice: the next try looks first, and what is told is that no answer came.
            Err(fault) if fault.kind == FaultKind::AnswerLost => {
                self.failed(row, ActKind::Apply, lost).await
            }
            Err(fault) => self.failed(row, ActKind::Apply, fault).await,
        }
    }

    pub(super) async fn done(&self, step: &StepId, applied: Applied) -> Result<(), JournalError> {
        self.record(Entry::Done {
            step: step.clone(),
            applied,
        })
        .await
    }

    /// What is there before the write. The plan has read it, unless it could not be addressed then.
    async fn before(
        &self,
        row: &Row,
        cx: &Context<'_>,
        change: &dyn Change,
        desired: &Value,
    ) -> Result<Observed, Fault> {
        if let Some(before) = self
            .state()
            .steps
            .get(&row.step.id)
            .and_then(|s| s.before.clone())
        {
            return Ok(before);
        }
        let reverses = match &row.step.body {
            StepBody::Change { reverses, .. } => reverses.as_ref(),
            _ => None,
        };
        let Some(reversed) = reverses else {
            return Ok(row.outlook.before.clone().unwrap_or(Observed::Absent));
        };
        // The step that this one ends has told where its object is.
        let applied = self
            .state()
            .steps
            .get(reversed)
            .and_then(|s| s.applied.clone());
        match applied {
            Some(applied) => Ok(Observed::Present {
                key: applied.key,
                state: applied.state,
                ours: true,
            }),
            None => change.read(cx, desired, None).await,
        }
    }

    /// Looks, and says so first: a fault that meets the look must not be taken for the write's, which would end the doubt.
    async fn look_in_doubt(
        &self,
        cx: &Context<'_>,
        change: &dyn Change,
        desired: &Value,
    ) -> Result<Result<Option<Applied>, Fault>, JournalError> {
        let looking = self
            .state()
            .steps
            .get(cx.step)
            .is_some_and(|s| s.looking && s.standing == Standing::InDoubt);
        if !looking {
            self.record(Entry::Retried {
                step: cx.step.clone(),
            })
            .await?;
        }
        Ok(self.look(cx, change, desired).await)
    }

    /// Looks whether a write whose outcome nobody knows has taken effect.
    pub(super) async fn look(
        &self,
        cx: &Context<'_>,
        change: &dyn Change,
        desired: &Value,
    ) -> Result<Option<Applied>, Fault> {
        let before = self
            .state()
            .steps
            .get(cx.step)
            .and_then(|s| s.before.clone());
        let mut hidden = None;
        for wait in LOOKS {
            self.pause_before_look(wait).await;
            hidden = None;
            let observed = match change.read(cx, desired, None).await {
                Ok(observed) => observed,
                Err(fault) if fault.kind == FaultKind::NotYetVisible => {
                    hidden = Some(fault);
                    continue;
                }
                Err(fault) => return Err(fault),
            };
            if change.diff(desired, &observed) != Diff::AlreadyRight {
                continue;
            }
            let note = Some(Text::new("note-looked-up"));
            return Ok(Some(match (&before, observed) {
                (_, Observed::Absent) => Applied {
                    origin: Origin::Removed,
                    key: Default::default(),
                    state: Value::Null,
                    note,
                },
                (Some(Observed::Present { .. }), Observed::Present { key, state, .. }) => Applied {
                    origin: Origin::Updated,
                    key,
                    state,
                    note,
                },
                (_, Observed::Present { key, state, .. }) => Applied {
                    origin: Origin::Created,
                    key,
                    state,
                    note,
                },
            }));
        }
        hidden.map_or(Ok(None), Err)
    }
}
