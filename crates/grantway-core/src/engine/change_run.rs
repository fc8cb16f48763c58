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
        let in_doubt = matches!(self.state().standing(step), Standing::InDoubt);
        if in_doubt {
            match self.look(&cx, &*change, &desired_state, LOOKS.len()).await {
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
        match change.apply(&cx, &desired_state, &before).await {
            Ok(applied) => self.done(step, applied).await,
            Err(fault) if fault.kind == FaultKind::AnswerLost => {
                match self.look(&cx, &*change, &desired_state, LOOKS.len()).await {
                    Ok(Some(applied)) => self.done(step, applied).await,
                    // Not there after half a minute of looking: it did not happen, and what was asked for is keyed, so once more is safe.
                    Ok(None) => match change.apply(&cx, &desired_state, &before).await {
                        Ok(applied) => self.done(step, applied).await,
                        Err(fault) => self.failed(row, ActKind::Apply, fault).await,
                    },
                    Err(fault) => self.failed(row, ActKind::Apply, fault).await,
                }
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

    /// Looks whether a write whose outcome nobody knows has taken effect.
    pub(super) async fn look(
        &self,
        cx: &Context<'_>,
        change: &dyn Change,
        desired: &Value,
        looks: usize,
    ) -> Result<Option<Applied>, Fault> {
        let before = self
            .state()
            .steps
            .get(cx.step)
            .and_then(|s| s.before.clone());
        for wait in LOOKS.iter().take(looks) {
            self.pause_before_look(*wait).await;
            let observed = change.read(cx, desired, None).await?;
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
        Ok(None)
    }
}
