//! A directory role, held for the whole tenant or not held.

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, ObjectId, RoleId, Text};
use serde_json::{Value, json};

use super::{Asked, Doing, Patience, adopted, asked, key_of, known, scopes, typed};
use crate::graph::Graphs;
use crate::graph::role_assignment::RoleAssignment;
use crate::http::HttpError;

const KIND: &str = desired::DirectoryRole::KIND;
const NEEDS: &[&str] = &[
    "RoleManagement.ReadWrite.Directory",
    "Privileged Role Administrator",
];

/// Directory roles of a tenant.
pub struct DirectoryRoles {
    graphs: Graphs,
}

struct Holding {
    principal: ObjectId,
    role: RoleId,
}

impl Holding {
    fn of(desired: &desired::DirectoryRole) -> Result<Self, Fault> {
        Ok(Self {
            principal: known(&desired.principal, KIND)?,
            role: desired.role,
        })
    }

    fn state(&self) -> Value {
        json!({ "principal": self.principal, "role": self.role })
    }

    fn present(&self, assignment: &RoleAssignment) -> Observed {
        Observed::Present {
            key: key_of(&assignment.id),
            state: self.state(),
            ours: false,
        }
    }
}

impl DirectoryRoles {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    async fn assignment(
        &self,
        cx: &Context<'_>,
        holding: &Holding,
    ) -> Result<Option<RoleAssignment>, HttpError> {
        let assignments = self
            .graphs
            .at(cx)
            .role_assignments(holding.principal, holding.role)
            .await?;
        Ok(assignments.into_iter().find(RoleAssignment::is_tenant_wide))
    }

    async fn give(&self, cx: &Context<'_>, holding: &Holding) -> Result<Applied, Fault> {
        let graph = self.graphs.at(cx);
        let mut patience = Patience::long(cx.clock);
        loop {
            let error = match graph.assign_role(holding.principal, holding.role).await {
                Ok(assignment) => {
                    return Ok(Applied {
                        origin: Origin::Created,
                        key: key_of(&assignment.id),
                        state: holding.state(),
                        note: None,
                    });
                }
                Err(error) => error,
            };
            let refusal = error.refusal();
            if refusal.is_some_and(crate::http::Refusal::is_already_there) {
                // It was not held when the plan was made: a try of ours whose answer was lost.
                let found = self
                    .assignment(cx, holding)
                    .await
                    .map_err(|error| error.into_fault(Doing::Writing.text(KIND), NEEDS))?;
                if let Some(assignment) = found {
                    let note = Some(Text::new("note-looked-up"));
                    return Ok(Applied {
                        origin: Origin::Created,
                        key: key_of(&assignment.id),
                        state: holding.state(),
                        note,
                    });
                }
            }
            let unseen = error.is_not_found()
                || error
                    .refusal()
                    .is_some_and(|refusal| refusal.is_propagation() || refusal.is_already_there());
            if !unseen {
                return Err(error.into_fault(Doing::Writing.text(KIND), NEEDS));
            }
            if !patience.next_look().await {
                let mut fault = error.into_fault(Doing::Writing.text(KIND), NEEDS);
                fault.kind = FaultKind::NotYetVisible;
                return Err(fault);
            }
        }
    }

    /// Takes the role away and returns when it is seen to be gone. True when there was something to take.
    async fn take(
        &self,
        cx: &Context<'_>,
        holding: &Holding,
        key: Option<&ObjectKey>,
        doing: Doing,
    ) -> Result<bool, Fault> {
        let fault = |error: HttpError| error.into_fault(doing.text(KIND), NEEDS);
        let graph = self.graphs.at(cx);
        let id = match key.and_then(|key| key.get("id")) {
            Some(id) => Some(id.clone()),
            None => self
                .assignment(cx, holding)
                .await
                .map_err(fault)?
                .map(|assignment| assignment.id),
        };
        let mut taken = false;
        if let Some(id) = id {
            taken = asked(graph.remove_role_assignment(&id).await).map_err(fault)? == Asked::Sent;
        }
        let mut patience = Patience::long(cx.clock);
        while self.assignment(cx, holding).await.map_err(fault)?.is_some() {
            if !patience.next_look().await {
                return Err(Fault::new(
                    FaultKind::ServiceFailed,
                    doing.text(KIND),
                    "the role is taken away but still listed",
                ));
            }
        }
        Ok(taken)
    }
}

/// The proof that a principal holds a role or does not, by names and by what was wanted and seen.
pub(super) fn role_proof(
    (principal, role): (&str, &str),
    (wanted, held): (bool, bool),
    read_from: Text,
    evidence: Value,
) -> Proof {
    let claim = if wanted {
        "proof-claim-role-held"
    } else {
        "proof-claim-role-not-held"
    };
    let found = match (wanted == held, held) {
        (true, true) => "proof-found-role-held",
        (true, false) => "proof-found-role-not-held",
        (false, true) => "proof-found-still-there",
        (false, false) => "proof-found-nothing",
    };
    Proof {
        claim: Text::new(claim)
            .with("principal", principal)
            .with("role", role),
        read_from,
        standing: Standing::read_as(wanted == held),
        found: Text::new(found).with("role", role),
        evidence,
        expiry: None,
        look_again: None,
    }
}

#[async_trait]
impl Change for DirectoryRoles {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            Act::Read => &["RoleManagement.Read.Directory"],
            Act::Write | Act::Undo => &["RoleManagement.ReadWrite.Directory"],
        })
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        // Always by holder and role: an assignment that was made anew has another id and gives the same.
        let holding = Holding::of(&typed(desired)?)?;
        let found = self.assignment(cx, &holding).await;
        let found = found.map_err(|error| {
            error.into_fault(
                Doing::Reading.text(KIND),
                &["RoleManagement.Read.Directory"],
            )
        })?;
        Ok(found.map_or(Observed::Absent, |assignment| holding.present(&assignment)))
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let held = typed::<desired::DirectoryRole>(desired).map_or(true, |desired| desired.held);
        match (held, observed) {
            (true, Observed::Present { .. }) | (false, Observed::Absent) => Diff::AlreadyRight,
            (true, Observed::Absent) => Diff::Create,
            (false, Observed::Present { .. }) => Diff::Remove,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::DirectoryRole>(desired) else {
            return vec![];
        };
        let held = || {
            Text::new("value-holds-role")
                .with("principal", &wanted.principal_name)
                .with("role", &wanted.role_name)
        };
        let not_held = || Text::new("value-nothing");
        let is_held = matches!(observed, Observed::Present { .. }) || !wanted.held;
        if is_held == wanted.held {
            return vec![];
        }
        let (before, after) = if wanted.held {
            (not_held(), held())
        } else {
            (held(), not_held())
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
        let wanted: desired::DirectoryRole = typed(desired)?;
        let holding = Holding::of(&wanted)?;
        match (wanted.held, observed) {
            (true, Observed::Present { key, state, .. }) => Ok(adopted(key, state)),
            (true, Observed::Absent) => self.give(cx, &holding).await,
            (false, observed) => {
                let key = match observed {
                    Observed::Present { key, .. } => Some(key),
                    Observed::Absent => None,
                };
                self.take(cx, &holding, key, Doing::Writing).await?;
                Ok(Applied {
                    origin: Origin::Removed,
                    key: ObjectKey::new(),
                    state: Value::Null,
                    note: None,
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
        let wanted: desired::DirectoryRole = typed(desired)?;
        let holding = Holding::of(&wanted)?;
        let mut patience = Patience::short(cx.clock);
        let held = loop {
            let found = self.assignment(cx, &holding).await;
            let held = found
                .map_err(|error| {
                    error.into_fault(
                        Doing::Proving.text(KIND),
                        &["RoleManagement.Read.Directory"],
                    )
                })?
                .is_some();
            if held == wanted.held || !patience.next_look().await {
                break held;
            }
        };
        let evidence =
            json!({ "principal": holding.principal, "role": holding.role, "held": held });
        let read_from = Text::new("proof-from-role-assignments");
        let names = (wanted.principal_name.as_str(), wanted.role_name.as_str());
        Ok(role_proof(names, (wanted.held, held), read_from, evidence))
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        let wanted: desired::DirectoryRole = typed(&record.desired)?;
        let holding = Holding::of(&wanted)?;
        match record.applied.origin {
            Origin::Created => {
                let taken = self
                    .take(cx, &holding, Some(&record.applied.key), Doing::TakingBack)
                    .await?;
                Ok(if taken {
                    Undone::Reverted
                } else {
                    Undone::WasGone
                })
            }
            Origin::Removed if matches!(record.before, Observed::Present { .. }) => {
                self.give(cx, &holding).await.map(|_| Undone::Reverted)
            }
            _ => Ok(Undone::Kept),
        }
    }
}
