//! From a draft and the world to a plan. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::{StreamExt, stream};
use serde_json::Value;

use super::Engine;
use crate::change::{Act, Context, Diff, Observed};
use crate::desired::{Outputs, resolve};
use crate::fault::{Fault, FaultKind};
use crate::ids::{SetupId, StepId, TenantId};
use crate::journal::{JournalError, SetupState};
use crate::plan::{Action, Draft, Fingerprint, Outlook, Plan, Row, Step, StepBody, union};
use crate::question::Facts;

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// The world could not be read.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The journal did not take it.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Another tenant than the one that is worked from could not be read. It says nothing about the rest.
    #[error("{fault}")]
    Elsewhere {
        /// The tenant.
        tenant: TenantId,
        /// What stood in the way.
        fault: Fault,
    },
    /// The pattern's steps do not hang together: a defect of ours.
    #[error("step {step} {problem}")]
    Draft {
        /// The step.
        step: StepId,
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// Outputs of what was there already, while the plan is being made.
#[derive(Default)]
struct Found(BTreeMap<StepId, BTreeMap<String, String>>);

impl Outputs for Found {
    fn output(&self, step: &StepId, name: &str) -> Option<String> {
        self.0.get(step)?.get(name).cloned()
    }
}

impl Engine {
    /// Makes a plan: reads what each change would touch and says what would be done. The caller records it.
    pub async fn plan(
        &self,
        setup: &SetupId,
        state: &SetupState,
        draft: Draft,
        facts: &Facts,
    ) -> Result<Plan, PlanError> {
        check_order(&draft)?;
        let outlooks = self.outlooks(setup, state, &draft).await?;
        let rows: Vec<Row> = draft
            .steps
            .into_iter()
            .zip(outlooks)
            .map(|(step, outlook)| Row { step, outlook })
            .collect();
        let fingerprint = Fingerprint::of(&(&rows, &facts.readings, &draft.summary));
        let parent = state.plan.as_ref().map(|plan| plan.number);
        Ok(Plan {
            number: parent.unwrap_or(0) + 1,
            parent,
            made: self.clock.now(),
            summary: draft.summary,
            rows,
            map: draft.map,
            lasting_role: draft.lasting_role,
            preliminary: draft.preliminary,
            fingerprint,
        })
    }

    async fn outlooks(
        &self,
        setup: &SetupId,
        state: &SetupState,
        draft: &Draft,
    ) -> Result<Vec<Outlook>, PlanError> {
        let mut found = Found::default();
        let mut seen: BTreeMap<usize, Observed> = BTreeMap::new();
        let mut asked: BTreeSet<usize> = BTreeSet::new();
        // Reading one object may tell the id that another's address needs: go on until no read becomes possible.
        loop {
            let ready: Vec<(usize, Value)> = draft
                .steps
                .iter()
                .enumerate()
                .filter(|(index, _)| !asked.contains(index))
                .filter_map(|(index, step)| {
                    Some((index, resolve(&step.desired()?.state, &found).ok()?))
                })
                .collect();
            if ready.is_empty() {
                break;
            }
            let mut reads = stream::iter(ready)
                .map(|(index, desired)| async move {
                    let step = &draft.steps[index];
                    let kind = &step.desired().expect("filtered above").kind;
                    let cx = Context {
                        setup,
                        step: &step.id,
                        tenant: step.place.tenant,
                        actor: state.actor(step.place.tenant),
                        since: state.own_since(&step.id),
                        cut_off: false,
                        clock: &*self.clock,
                        secrets: &*self.secrets,
                    };
                    let change = self.registry.change(kind)?;
                    let read = change.read(&cx, &desired, None).await;
                    let tenant = change.reads_in(&desired, cx.tenant);
                    let is_home = cx.actor.is_none_or(|actor| actor.home == tenant);
                    match read {
                        Ok(observed) => Ok((index, observed)),
                        Err(fault) if is_home || fault.kind == FaultKind::Offline => {
                            Err(PlanError::Fault(fault))
                        }
                        Err(fault) => Err(PlanError::Elsewhere { tenant, fault }),
                    }
                })
                .buffer_unordered(self.caps.steps);
            while let Some(read) = reads.next().await {
                let (index, observed) = read?;
                asked.insert(index);
                if let Observed::Present { key, .. } = &observed {
                    found.0.insert(draft.steps[index].id.clone(), key.clone());
                }
                seen.insert(index, observed);
            }
        }
        let mut outlooks: Vec<Outlook> = Vec::with_capacity(draft.steps.len());
        for (index, step) in draft.steps.iter().enumerate() {
            let mut outlook = self.outlook(step, seen.get(&index), &found)?;
            if ends_what_was_there(step, draft, &outlooks) {
                outlook.action = Action::AlreadyRight;
                outlook.fields.clear();
            }
            outlooks.push(outlook);
        }
        Ok(outlooks)
    }

    fn outlook(
        &self,
        step: &Step,
        seen: Option<&Observed>,
        found: &Found,
    ) -> Result<Outlook, PlanError> {
        let mut permissions = Vec::new();
        for question in step.questions() {
            permissions.push(self.registry.reader(&question.kind)?.scopes());
        }
        let (action, before, fields) = match &step.body {
            StepBody::Change {
                desired, reverses, ..
            } => {
                let change = self.registry.change(&desired.kind)?;
                permissions.push(change.scopes(Act::Write));
                let state =
                    resolve(&desired.state, found).unwrap_or_else(|_| desired.state.clone());
                // What cannot be addressed yet does not exist yet.
                let before = seen.cloned().unwrap_or(Observed::Absent);
                let fields = change.fields(&state, &before);
                if reverses.is_some() {
                    (Action::Remove, None, fields)
                } else {
                    let action = match change.diff(&state, &before) {
                        Diff::AlreadyRight => Action::AlreadyRight,
                        Diff::Create => Action::Create,
                        Diff::Update => Action::Update,
                        Diff::Remove => Action::Remove,
                        Diff::Conflict { because } => Action::Conflict { because },
                    };
                    (action, Some(before), fields)
                }
            }
            StepBody::Task(task) => {
                if let Some(effect) = &task.effect {
                    permissions.push(self.registry.change(&effect.kind)?.scopes(Act::Write));
                }
                (Action::ByHand, seen.cloned(), Vec::new())
            }
            StepBody::Check(_) => (Action::Check, None, Vec::new()),
            StepBody::Wait(_) => (Action::Wait, None, Vec::new()),
            StepBody::HandOff(_) => (Action::HandOff, None, Vec::new()),
        };
        Ok(Outlook {
            action,
            before,
            fields,
            permissions: union(permissions),
        })
    }
}

/// Whether the step would end what an earlier step has found rather than made: that was there before, and stays.
fn ends_what_was_there(step: &Step, draft: &Draft, outlooks: &[Outlook]) -> bool {
    let StepBody::Change {
        reverses: Some(reversed),
        ..
    } = &step.body
    else {
        return false;
    };
    draft.steps.iter().zip(outlooks).any(|(earlier, outlook)| {
        &earlier.id == reversed
            && outlook.action == Action::AlreadyRight
            && matches!(&outlook.before, Some(Observed::Present { ours: false, .. }))
    })
}

fn check_order(draft: &Draft) -> Result<(), PlanError> {
    let mut known: BTreeSet<&StepId> = BTreeSet::new();
    for step in &draft.steps {
        let wrong = |problem| PlanError::Draft {
            step: step.id.clone(),
            problem,
        };
        if !step.after.iter().all(|id| known.contains(id)) {
            return Err(wrong("depends on a step that does not stand before it"));
        }
        if !known.insert(&step.id) {
            return Err(wrong("stands twice in the plan"));
        }
    }
    Ok(())
}
