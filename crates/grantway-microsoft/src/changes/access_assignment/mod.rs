//! The roles that a group of the provider holds in a customer, through a GDAP relationship.
// facts: api-gdap-hardening §2.5.

mod writing;

use std::collections::BTreeSet;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, ObjectId, RoleId, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Doing, json, known, nothing, scopes, typed};
use crate::graph::access_assignment::Assignment;
use crate::graph::{Graph, Graphs};
use crate::http::HttpError;
use writing::Changed;

const KIND: &str = desired::AccessAssignment::KIND;
const READ: &str = "DelegatedAdminRelationship.Read.All";
const NEEDS: &[&str] = &[
    "DelegatedAdminRelationship.ReadWrite.All",
    "Admin agent (member of AdminAgents)",
];

/// Access assignments of a provider's relationships.
pub struct AccessAssignments {
    graphs: Graphs,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct State {
    roles: BTreeSet<RoleId>,
    failed: bool,
}

impl State {
    fn of(assignment: &Assignment) -> Self {
        Self {
            roles: assignment.roles(),
            failed: assignment.status.as_deref() == Some("error"),
        }
    }
}

fn key_of(relationship: &str, assignment: &Assignment) -> ObjectKey {
    ObjectKey::from([
        ("id".to_owned(), assignment.id.clone()),
        ("relationship".to_owned(), relationship.to_owned()),
    ])
}

/// An assignment without its group, as it was recorded.
fn address(key: &ObjectKey, doing: Doing) -> Result<(&str, &str), Fault> {
    match (key.get("relationship"), key.get("id")) {
        (Some(relationship), Some(id)) => Ok((relationship, id)),
        _ => Err(Fault::new(
            FaultKind::Local,
            doing.text(KIND),
            "the journal has no id for this assignment",
        )),
    }
}

impl AccessAssignments {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    /// The group's assignment in the relationship, gone ones aside: there is at most one.
    async fn find(
        &self,
        graph: &Graph,
        relationship: &str,
        group: ObjectId,
    ) -> Result<Option<Assignment>, HttpError> {
        let assignments = graph.access_assignments(relationship).await?;
        Ok(assignments
            .into_iter()
            .find(|assignment| assignment.is_of(group) && !assignment.is_gone()))
    }

    /// One assignment by its id; none when it is gone or going.
    async fn at(
        &self,
        graph: &Graph,
        relationship: &str,
        id: &str,
    ) -> Result<Option<Assignment>, HttpError> {
        match graph.access_assignment(relationship, id).await {
            Ok(assignment) if assignment.is_gone() => Ok(None),
            Ok(assignment) => Ok(Some(assignment)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[async_trait]
impl Change for AccessAssignments {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            Act::Read => &[READ],
            Act::Write | Act::Undo => &["DelegatedAdminRelationship.ReadWrite.All"],
        })
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let wanted: desired::AccessAssignment = typed(desired)?;
        let relationship = known(&wanted.relationship, KIND)?;
        let graph = self.graphs.at(cx);
        let found = match key {
            Some(key) => {
                let (relationship, id) = address(key, Doing::Reading)?;
                self.at(&graph, relationship, id).await
            }
            None => {
                self.find(&graph, &relationship, known(&wanted.group, KIND)?)
                    .await
            }
        };
        let found = found.map_err(|error| error.into_fault(Doing::Reading.text(KIND), &[READ]))?;
        Ok(
            found.map_or(Observed::Absent, |assignment| Observed::Present {
                key: key_of(&relationship, &assignment),
                state: json(&State::of(&assignment)),
                ours: cx.is_own(assignment.created_date_time),
            }),
        )
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let (Ok(wanted), Observed::Present { state, .. }) =
            (typed::<desired::AccessAssignment>(desired), observed)
        else {
            return Diff::Create;
        };
        match serde_json::from_value::<State>(state.clone()) {
            Ok(state) if state.failed => Diff::Conflict {
                because: Text::new("conflict-assignment-in-error"),
            },
            Ok(state) if state.roles == wanted.roles => Diff::AlreadyRight,
            _ => Diff::Update,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::AccessAssignment>(desired) else {
            return vec![];
        };
        let before: BTreeSet<RoleId> = match observed {
            Observed::Present { state, .. } => serde_json::from_value::<State>(state.clone())
                .map(|s| s.roles)
                .unwrap_or_default(),
            Observed::Absent => BTreeSet::new(),
        };
        if before == wanted.roles {
            return vec![];
        }
        let roles = |roles: &BTreeSet<RoleId>| {
            if roles.is_empty() {
                nothing()
            } else {
                Text::new("value-roles").with("count", roles.len())
            }
        };
        vec![FieldChange {
            field: Text::new("field-roles"),
            before: roles(&before),
            after: roles(&wanted.roles),
        }]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::AccessAssignment = typed(desired)?;
        let graph = self.graphs.at(cx);
        let Observed::Present { key, state, .. } = observed else {
            return self.create(cx, &graph, &wanted).await;
        };
        let before: State = serde_json::from_value(state.clone()).map_err(|error| {
            Fault::new(
                FaultKind::Local,
                Doing::Writing.text(KIND),
                error.to_string(),
            )
        })?;
        let after = State {
            roles: wanted.roles.clone(),
            failed: false,
        };
        if before.failed {
            return Err(Fault::new(
                FaultKind::Conflict,
                Doing::Writing.text(KIND),
                "the assignment that is there is in error",
            ));
        }
        if before.roles == wanted.roles {
            return Ok(Applied {
                origin: Origin::Adopted,
                key: key.clone(),
                state: json(&after),
                note: None,
            });
        }
        match self
            .set_roles(
                cx,
                &graph,
                key,
                (&before.roles, &wanted.roles),
                Doing::Writing,
            )
            .await?
        {
            Changed::Done => Ok(Applied {
                origin: Origin::Updated,
                key: key.clone(),
                state: json(&after),
                note: None,
            }),
            Changed::Gone | Changed::Drifted => {
                let detail = "somebody changed the assignment after the plan was made";
                Err(Fault::new(
                    FaultKind::Stale,
                    Doing::Writing.text(KIND),
                    detail,
                ))
            }
        }
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::AccessAssignment = typed(desired)?;
        let (relationship, id) = address(key, Doing::Proving)?;
        let found = self.graphs.at(cx).access_assignment(relationship, id).await;
        let found = match found {
            Err(error) if error.is_not_found() => None,
            other => {
                Some(other.map_err(|error| error.into_fault(Doing::Proving.text(KIND), &[READ]))?)
            }
        };
        let status = found
            .as_ref()
            .and_then(|assignment| assignment.status.clone())
            .unwrap_or_default();
        let roles = found.as_ref().map(Assignment::roles).unwrap_or_default();
        let (standing, words) = match &found {
            Some(_) if status == "active" && roles == wanted.roles => (
                Standing::Proved,
                Text::new("proof-found-roles-active").with("count", roles.len()),
            ),
            Some(_) if status == "pending" => {
                (Standing::NotProved, Text::new("proof-found-pending"))
            }
            Some(_) if status == "active" => {
                let missing = wanted.roles.difference(&roles).count();
                let more = roles.difference(&wanted.roles).count();
                (
                    Standing::NotProved,
                    Text::new("proof-found-other-roles")
                        .with("missing", missing)
                        .with("more", more),
                )
            }
            Some(_) => (
                Standing::NotProved,
                Text::new("proof-found-status").with("status", status.as_str()),
            ),
            None => (Standing::NotProved, Text::new("proof-found-nothing")),
        };
        let customer = if wanted.customer_name.is_empty() {
            wanted.customer.to_string()
        } else {
            wanted.customer_name.clone()
        };
        // Usually active within 30 seconds.
        let look_again = (status == "pending")
            .then(|| crate::http::gate::later(cx.clock.now(), std::time::Duration::from_secs(15)));
        Ok(Proof {
            claim: Text::new("proof-claim-access-assignment")
                .with("count", wanted.roles.len())
                .with("customer", customer),
            read_from: Text::new("proof-from-relationship"),
            standing,
            found: words,
            evidence: json!({ "relationship": relationship, "id": id, "status": status, "roles": roles }),
            expiry: None,
            look_again,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        let graph = self.graphs.at(cx);
        let applied: State = match serde_json::from_value(record.applied.state.clone()) {
            Ok(state) => state,
            Err(_) => return Ok(Undone::Kept),
        };
        match (record.applied.origin, &record.before) {
            (Origin::Created, _) => {
                let (relationship, id) = address(&record.applied.key, Doing::TakingBack)?;
                let now = self.at(&graph, relationship, id).await;
                let now =
                    now.map_err(|error| error.into_fault(Doing::TakingBack.text(KIND), NEEDS))?;
                if now.as_ref().is_some_and(|now| now.roles() != applied.roles) {
                    return Ok(Undone::Drifted {
                        because: Text::new("drift-assignment-edited"),
                    });
                }
                self.remove(cx, &graph, &record.applied.key).await
            }
            (Origin::Updated, Observed::Present { state, .. }) => {
                let before: State = serde_json::from_value(state.clone()).map_err(|error| {
                    Fault::new(
                        FaultKind::Local,
                        Doing::TakingBack.text(KIND),
                        error.to_string(),
                    )
                })?;
                let key = &record.applied.key;
                Ok(
                    match self
                        .set_roles(
                            cx,
                            &graph,
                            key,
                            (&applied.roles, &before.roles),
                            Doing::TakingBack,
                        )
                        .await?
                    {
                        Changed::Done => Undone::Reverted,
                        Changed::Gone => Undone::WasGone,
                        Changed::Drifted => Undone::Drifted {
                            because: Text::new("drift-assignment-edited"),
                        },
                    },
                )
            }
            _ => Ok(Undone::Kept),
        }
    }
}
