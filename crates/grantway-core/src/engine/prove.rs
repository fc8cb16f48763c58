//! Reading back what was done.

use futures_util::{StreamExt, stream};

use super::{Engine, Judge, Run};
use crate::check::{Check, Verdict};
use crate::desired::{Outputs, resolve};
use crate::fault::{Fault, FaultKind};
use crate::ids::SetupId;
use crate::journal::{Confirmed, Entry, JournalError, StepProof};
use crate::plan::{Action, Row, StepBody};
use crate::proof::{Proof, Standing};
use crate::text::Text;

impl Engine {
    /// Reads back every effect of the plan and records what was found. Can be called on any day after apply.
    pub async fn prove(
        &self,
        setup: &SetupId,
        judge: &dyn Judge,
    ) -> Result<Vec<StepProof>, JournalError> {
        let run = self.run(setup, judge).await?;
        let Some(plan) = run.state().plan.clone() else {
            return Ok(Vec::new());
        };
        let reversed: Vec<_> = plan
            .rows
            .iter()
            .filter(|row| !ends_nothing(row))
            .filter_map(|row| match &row.step.body {
                StepBody::Change { reverses, .. } => reverses.clone(),
                _ => None,
            })
            .collect();
        // What a later step ends is meant to be gone: that step's own proof says so.
        let rows: Vec<&Row> = plan
            .rows
            .iter()
            .filter(|row| !reversed.contains(&row.step.id) && !ends_nothing(row))
            .collect();
        let run = &run;
        let rows = &rows;
        // By index: a closure over borrowed rows would make the future unfit for a spawned task.
        let mut proofs: Vec<(usize, StepProof)> = stream::iter(0..rows.len())
            .map(|index| async move {
                let row = rows[index];
                let proof = run.proof(row).await?;
                Some((
                    index,
                    StepProof {
                        step: row.step.id.clone(),
                        place: row.step.place.clone(),
                        proof,
                    },
                ))
            })
            .buffer_unordered(self.caps.per_tenant)
            .filter_map(|proof| async { proof })
            .collect()
            .await;
        proofs.sort_by_key(|(index, _)| *index);
        let proofs: Vec<StepProof> = proofs.into_iter().map(|(_, proof)| proof).collect();
        run.record(Entry::Proved {
            proofs: proofs.clone(),
        })
        .await?;
        Ok(proofs)
    }
}

/// Whether the row was meant to end what turned out to be somebody else's, and so does nothing.
fn ends_nothing(row: &Row) -> bool {
    matches!(
        &row.step.body,
        StepBody::Change {
            reverses: Some(_),
            ..
        }
    ) && row.outlook.action == Action::AlreadyRight
}

impl Run<'_> {
    /// The proof of one row; none where the row leaves nothing to prove.
    async fn proof(&self, row: &Row) -> Option<Proof> {
        match &row.step.body {
            StepBody::Change { .. } => Some(self.object_proof(row).await),
            StepBody::Task(task) => {
                if task.effect.is_some() {
                    return Some(self.object_proof(row).await);
                }
                let verify = task.verify.as_ref()?;
                Some(
                    self.judged(row, verify)
                        .await
                        .map_or_else(|fault| could_not_ask(row, fault), of_check),
                )
            }
            StepBody::Check(check) => Some(
                self.judged(row, check)
                    .await
                    .map_or_else(|fault| could_not_ask(row, fault), of_check),
            ),
            StepBody::HandOff(_) => {
                let confirm = row.step.confirm()?;
                let state = self.state();
                Some(Confirmed::proof(confirm, state.steps.get(&row.step.id)))
            }
            StepBody::Wait(_) => None,
        }
    }

    async fn object_proof(&self, row: &Row) -> Proof {
        let done = self.state().satisfied(row)
            || self
                .state()
                .steps
                .get(&row.step.id)
                .is_some_and(|s| s.applied.is_some());
        if !done {
            return Proof {
                claim: row.step.title.clone(),
                read_from: Text::new("proof-from-journal"),
                standing: Standing::NotProved,
                found: Text::new("proof-not-done"),
                evidence: serde_json::Value::Null,
                expiry: None,
                look_again: None,
            };
        }
        match self.ask_for_proof(row).await {
            Ok(proof) => proof,
            Err(fault) => could_not_ask(row, fault),
        }
    }

    async fn ask_for_proof(&self, row: &Row) -> Result<Proof, Fault> {
        let desired = row.step.desired().ok_or_else(|| {
            Fault::new(
                FaultKind::Local,
                Text::new("doing-step").with("step", row.step.title.clone()),
                "the step makes no object",
            )
        })?;
        let change = self.engine.registry.change(&desired.kind)?;
        let state = resolve(&desired.state, &*self.state())
            .map_err(|error| super::unresolved(row, &error))?;
        let cx = self.context(&row.step.id, row.step.place.tenant);
        let mut key = std::collections::BTreeMap::new();
        for name in ["id", "relationship", "app_id"] {
            if let Some(value) = self.state().output(&row.step.id, name) {
                key.insert(name.to_owned(), value);
            }
        }
        if let Some(applied) = self
            .state()
            .steps
            .get(&row.step.id)
            .and_then(|s| s.applied.as_ref())
        {
            key.clone_from(&applied.key);
        } else if let (
            Action::AlreadyRight,
            Some(crate::change::Observed::Present { key: seen, .. }),
        ) = (&row.outlook.action, &row.outlook.before)
        {
            key.clone_from(seen);
        }
        change.prove(&cx, &state, &key).await
    }
}

fn of_check(check: Check) -> Proof {
    let standing = match check.verdict {
        Verdict::Pass => Standing::Proved,
        Verdict::Warn | Verdict::Fail => Standing::NotProved,
        // It can be seen, later.
        Verdict::CannotSee if check.look_again.is_some() => Standing::NotProved,
        Verdict::CannotSee => Standing::CannotSee,
    };
    Proof {
        claim: check.title,
        read_from: Text::new("proof-from-check"),
        standing,
        found: check.found,
        evidence: serde_json::json!({ "check": check.id, "needed": check.needed }),
        expiry: None,
        look_again: check.look_again,
    }
}

fn could_not_ask(row: &Row, fault: Fault) -> Proof {
    // Only "may not" is blindness. "Did not answer" is a proof that is still missing.
    let standing = match fault.kind {
        FaultKind::Refused { .. } => Standing::CannotSee,
        _ => Standing::NotProved,
    };
    let found = match standing {
        Standing::CannotSee => Text::new("proof-refused").with("detail", fault.detail.clone()),
        _ => Text::new("proof-no-answer").with("detail", fault.detail.clone()),
    };
    Proof {
        claim: row.step.title.clone(),
        read_from: Text::new("proof-from-nowhere"),
        standing,
        found,
        evidence: serde_json::json!({ "fault": fault.name(), "request_id": fault.request_id }),
        expiry: None,
        look_again: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TenantId;
    use crate::party::{Party, Place};

    #[test]
    fn what_cannot_be_seen_yet_is_not_proved_and_never_more() {
        let check = |verdict, look_again| Check {
            id: "first".into(),
            place: Place {
                party: Party::Provider,
                tenant: TenantId::from_uuid(uuid::Uuid::nil()),
                name: String::new(),
            },
            title: Text::verbatim(""),
            verdict,
            found: Text::verbatim(""),
            needed: Text::verbatim(""),
            why: Text::verbatim(""),
            right_used: Vec::new(),
            remedies: Vec::new(),
            columns: Vec::new(),
            look_again,
        };
        let later = Some("2026-11-21T10:00:00Z".parse().unwrap());
        for (verdict, look_again, standing) in [
            (Verdict::Pass, None, Standing::Proved),
            (Verdict::CannotSee, None, Standing::CannotSee),
            (Verdict::CannotSee, later, Standing::NotProved),
            (Verdict::Warn, None, Standing::NotProved),
            (Verdict::Fail, None, Standing::NotProved),
        ] {
            let proof = of_check(check(verdict, look_again));
            assert_eq!((proof.standing, proof.look_again), (standing, look_again));
        }
    }
}
