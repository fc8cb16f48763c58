//! A directory role that ends by itself, given through Privileged Identity Management.

#[cfg(test)]
mod tests;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::Proof;
use grantway_core::{Fault, FaultKind, ObjectId, RoleId, Text};
use serde_json::{Value, json};

use super::directory_role::role_proof;
use super::{Doing, P2, Patience, adopted, key_of, known, licensed_fault, nothing, scopes, typed};
use crate::graph::Graphs;
use crate::graph::role_schedule::RoleInstance;
use crate::http::{HttpError, Refusal};

const KIND: &str = desired::TimedDirectoryRole::KIND;
// A narrower permission would do for schedules alone. A plan reads roles without an end as well, and one permission opens both.
const READ: &[&str] = &["RoleManagement.Read.Directory"];
const WRITE: &[&str] = &["RoleAssignmentSchedule.ReadWrite.Directory"];
const NEEDS: &[&str] = &[
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "Privileged Role Administrator",
];

/// Directory roles of a tenant that are given for a time.
pub struct TimedDirectoryRoles {
    graphs: Graphs,
}

/// Who is to hold what.
struct Holding {
    principal: ObjectId,
    role: RoleId,
    hours: u32,
    justification: String,
}

impl Holding {
    fn of(desired: &desired::TimedDirectoryRole) -> Result<Self, Fault> {
        Ok(Self {
            principal: known(&desired.principal, KIND)?,
            role: desired.role,
            hours: desired.hours,
            justification: desired.justification.clone(),
        })
    }

    fn state(&self, ends: bool) -> Value {
        json!({ "principal": self.principal, "role": self.role, "ends": ends })
    }
}

fn fault(error: HttpError, doing: Doing, needs: &[&str]) -> Fault {
    licensed_fault(error, doing.text(KIND), needs, P2)
}

impl TimedDirectoryRoles {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    async fn instance(
        &self,
        cx: &Context<'_>,
        holding: &Holding,
        doing: Doing,
    ) -> Result<Option<RoleInstance>, Fault> {
        let graph = self.graphs.at(cx);
        let all = graph
            .role_instances(holding.principal, holding.role)
            .await
            .map_err(|error| fault(error, doing, READ))?;
        Ok(all.into_iter().find(RoleInstance::is_given))
    }

    async fn give(
        &self,
        cx: &Context<'_>,
        holding: &Holding,
        doing: Doing,
    ) -> Result<Applied, Fault> {
        let graph = self.graphs.at(cx);
        let mut patience = Patience::long(cx.clock);
        let note = loop {
            let given = graph
                .give_role_for(
                    holding.principal,
                    holding.role,
                    holding.hours,
                    &holding.justification,
                )
                .await;
            let Err(error) = given else { break None };
            let refusal = error.refusal();
            if refusal.is_some_and(|refusal| refusal.is_already_there() || refusal.is_role_held()) {
                // It was not held when the plan was made: a try of ours whose answer was lost.
                break Some(Text::new("note-looked-up"));
            }
            let unseen = error.is_not_found() || refusal.is_some_and(Refusal::is_propagation);
            if !unseen {
                return Err(fault(error, doing, NEEDS));
            }
            if !patience.next_look().await {
                let mut fault = fault(error, doing, NEEDS);
                fault.kind = FaultKind::NotYetVisible;
                return Err(fault);
            }
        };
        // The request has an id of its own; that of the role is seen where it is held.
        let id = loop {
            match self.instance(cx, holding, doing).await? {
                Some(instance) => break Some(instance.id),
                None if patience.next_look().await => {}
                None => break None,
            }
        };
        Ok(Applied {
            origin: Origin::Created,
            key: id.as_deref().map(key_of).unwrap_or_default(),
            state: holding.state(true),
            note,
        })
    }

    /// Ends the role and returns when it is seen to be gone. True when there was something to end.
    async fn end(&self, cx: &Context<'_>, holding: &Holding, doing: Doing) -> Result<bool, Fault> {
        if self.instance(cx, holding, doing).await?.is_none() {
            return Ok(false);
        }
        let graph = self.graphs.at(cx);
        let ended = graph
            .end_role(holding.principal, holding.role, &holding.justification)
            .await;
        let sent = match ended {
            Ok(()) => true,
            // What is left is read next.
            Err(error) if error.is_outcome_unknown() => true,
            Err(error) if error.refusal().is_some_and(Refusal::is_role_not_held) => false,
            Err(error) => return Err(fault(error, doing, NEEDS)),
        };
        let mut patience = Patience::long(cx.clock);
        while self.instance(cx, holding, doing).await?.is_some() {
            if !patience.next_look().await {
                return Err(Fault::new(
                    FaultKind::ServiceFailed,
                    doing.text(KIND),
                    "the role is ended but still listed",
                ));
            }
        }
        Ok(sent)
    }
}

#[async_trait]
impl Change for TimedDirectoryRoles {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            Act::Read => READ,
            Act::Write | Act::Undo => WRITE,
        })
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        // Always by holder and role: one that was given anew has another id and gives the same.
        let holding = Holding::of(&typed(desired)?)?;
        let found = self.instance(cx, &holding, Doing::Reading).await?;
        Ok(
            found.map_or(Observed::Absent, |instance| Observed::Present {
                key: key_of(&instance.id),
                state: holding.state(instance.end_date_time.is_some()),
                ours: cx.is_own(instance.start_date_time),
            }),
        )
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let held =
            typed::<desired::TimedDirectoryRole>(desired).map_or(true, |desired| desired.held);
        match (held, observed) {
            (true, Observed::Present { .. }) | (false, Observed::Absent) => Diff::AlreadyRight,
            (true, Observed::Absent) => Diff::Create,
            (false, Observed::Present { .. }) => Diff::Remove,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::TimedDirectoryRole>(desired) else {
            return vec![];
        };
        let holds = |key: &str| {
            Text::new(key)
                .with("principal", &wanted.principal_name)
                .with("role", &wanted.role_name)
                .with("hours", i64::from(wanted.hours))
        };
        let (before, after) = match (wanted.held, observed) {
            (true, Observed::Present { .. }) => return vec![],
            (true, Observed::Absent) => (nothing(), holds("value-holds-role-for")),
            (false, _) => (holds("value-holds-role"), nothing()),
        };
        vec![FieldChange {
            field: Text::new("field-directory-role"),
            before,
            after,
        }]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::TimedDirectoryRole = typed(desired)?;
        let holding = Holding::of(&wanted)?;
        match (wanted.held, observed) {
            (true, Observed::Present { key, state, .. }) => Ok(adopted(key, state)),
            (true, Observed::Absent) => self.give(cx, &holding, Doing::Writing).await,
            (false, _) => {
                let ended = self.end(cx, &holding, Doing::Writing).await?;
                Ok(Applied {
                    origin: Origin::Removed,
                    key: ObjectKey::new(),
                    state: Value::Null,
                    note: (!ended).then(|| Text::new("note-role-was-gone")),
                })
            }
        }
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::TimedDirectoryRole = typed(desired)?;
        let holding = Holding::of(&wanted)?;
        let mut patience = Patience::short(cx.clock);
        let seen = loop {
            let seen = self.instance(cx, &holding, Doing::Proving).await?;
            if seen.is_some() == wanted.held || !patience.next_look().await {
                break seen;
            }
        };
        let held = seen.is_some();
        let evidence = json!({
            "principal": holding.principal,
            "role": holding.role,
            "held": held,
            "ends": seen.and_then(|instance| instance.end_date_time),
        });
        let read_from = Text::new("proof-from-role-schedule");
        let names = (wanted.principal_name.as_str(), wanted.role_name.as_str());
        Ok(role_proof(names, (wanted.held, held), read_from, evidence))
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        let wanted: desired::TimedDirectoryRole = typed(&record.desired)?;
        let holding = Holding::of(&wanted)?;
        match record.applied.origin {
            Origin::Created => Ok(if self.end(cx, &holding, Doing::TakingBack).await? {
                Undone::Reverted
            } else {
                Undone::WasGone
            }),
            Origin::Removed if matches!(record.before, Observed::Present { .. }) => self
                .give(cx, &holding, Doing::TakingBack)
                .await
                .map(|_| Undone::Reverted),
            _ => Ok(Undone::Kept),
        }
    }
}
