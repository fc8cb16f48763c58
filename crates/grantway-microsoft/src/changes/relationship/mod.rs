//! GDAP relationships that a provider asks for: made, locked for approval, ended.
// facts: api-gdap-hardening §2.4.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Trace, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::{Expiry, Proof, Standing};
use grantway_core::{Fault, FaultKind, RoleId, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Doing, Patience, json, key_of, nothing, scopes, typed, value};
use crate::graph::relationship::{NewRelationship, Relationship, RequestedAction};
use crate::graph::{Graph, Graphs};
use crate::http::HttpError;

const KIND: &str = desired::Relationship::KIND;
const READ: &str = "DelegatedAdminRelationship.Read.All";
const NEEDS: &[&str] = &[
    "DelegatedAdminRelationship.ReadWrite.All",
    "Admin agent (member of AdminAgents)",
];

/// Relationships of a provider.
pub struct Relationships {
    graphs: Graphs,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct State {
    roles: BTreeSet<RoleId>,
    /// It was offered to the customer; what happens to it then is the customer's.
    locked: bool,
}

impl State {
    fn of(relationship: &Relationship) -> Self {
        Self {
            roles: relationship.roles(),
            locked: relationship.status() != "created",
        }
    }
}

/// Its end was asked for and has not begun.
const ENDING: &str = "terminationRequested";

/// Whether a relationship gives nothing any more, or is being ended. Where its end was only asked for, it still gives all.
fn is_over(relationship: &Relationship) -> bool {
    matches!(
        relationship.status(),
        "terminating" | "terminated" | "expired"
    )
}

impl Relationships {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    /// The customer's relationship of that name that is not over: there is at most one.
    async fn find(
        &self,
        graph: &Graph,
        wanted: &desired::Relationship,
    ) -> Result<Option<Relationship>, HttpError> {
        let found = graph.relationships_with(wanted.customer).await?;
        Ok(found.into_iter().find(|relationship| {
            relationship.display_name.as_deref() == Some(wanted.name.as_str())
                && !is_over(relationship)
        }))
    }

    /// One relationship by its id; none when it is over.
    async fn at(&self, graph: &Graph, id: &str) -> Result<Option<Relationship>, HttpError> {
        match graph.relationship(id).await {
            Ok(relationship) if is_over(&relationship) => Ok(None),
            Ok(relationship) => Ok(Some(relationship)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Offers it to the customer, and waits until it stands so. Locking twice is refused by the service, so what is there
    /// is looked at, and a refusal that leaves it locked is none.
    async fn lock(&self, cx: &Context<'_>, graph: &Graph, id: &str) -> Result<(), Fault> {
        let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
        let mut patience = Patience::long(cx.clock);
        let mut sent = false;
        loop {
            match self.at(graph, id).await.map_err(fault)? {
                Some(now) if now.status() != "created" => return Ok(()),
                Some(_) if !sent => {
                    let answer = graph
                        .request_of_relationship(id, RequestedAction::LockForApproval)
                        .await;
                    match answer {
                        // The service may still be making it.
                        Err(error) if error.is_not_found() => {}
                        Err(error) if error.is_outcome_unknown() => sent = true,
                        Err(error) => {
                            let now = self.at(graph, id).await.map_err(fault)?;
                            if now.is_some_and(|now| now.status() != "created") {
                                return Ok(());
                            }
                            return Err(fault(error));
                        }
                        Ok(_) => sent = true,
                    }
                }
                _ => {}
            }
            if !patience.next_look().await {
                return Err(Fault::new(
                    FaultKind::NotYetVisible,
                    Doing::Writing.text(KIND),
                    "the relationship is not offered to the customer yet",
                ));
            }
        }
    }
}

#[async_trait]
impl Change for Relationships {
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
        let wanted: desired::Relationship = typed(desired)?;
        let graph = self.graphs.at(cx);
        let found = match key.and_then(|key| key.get("id")) {
            Some(id) => self.at(&graph, id).await,
            None => self.find(&graph, &wanted).await,
        };
        let found = found.map_err(|error| error.into_fault(Doing::Reading.text(KIND), &[READ]))?;
        Ok(
            found.map_or(Observed::Absent, |relationship| Observed::Present {
                key: key_of(&relationship.id),
                state: json(&State::of(&relationship)),
                // Nobody else gives a relationship a name with this setup's id in it.
                ours: relationship
                    .display_name
                    .as_deref()
                    .is_some_and(|name| name.contains(cx.setup.as_str())),
            }),
        )
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let (Ok(wanted), Observed::Present { state, .. }) =
            (typed::<desired::Relationship>(desired), observed)
        else {
            return Diff::Create;
        };
        match serde_json::from_value::<State>(state.clone()) {
            Ok(state) if state.roles != wanted.roles => Diff::Conflict {
                because: Text::new("conflict-relationship-other-roles"),
            },
            Ok(state) if state.locked => Diff::AlreadyRight,
            _ => Diff::Update,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let (Ok(wanted), Observed::Absent) = (typed::<desired::Relationship>(desired), observed)
        else {
            return vec![];
        };
        let field = |name: &str, after: Text| FieldChange {
            field: Text::new(name),
            before: nothing(),
            after,
        };
        vec![
            field("field-name", value(&wanted.name)),
            field(
                "field-roles",
                Text::new("value-roles").with("count", wanted.roles.len()),
            ),
            field(
                "field-lasts",
                Text::new(if wanted.extends_itself {
                    "value-days-extended"
                } else {
                    "value-days"
                })
                .with("count", i64::from(wanted.days)),
            ),
        ]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::Relationship = typed(desired)?;
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
        // An earlier try may have made it and not come to lock it: it is looked for by its name, never made twice.
        let (id, note) = match self.find(&graph, &wanted).await.map_err(fault)? {
            Some(found) if found.roles() != wanted.roles => {
                return Err(Fault::new(
                    FaultKind::Conflict,
                    Doing::Writing.text(KIND),
                    "a relationship of this name holds other roles",
                ));
            }
            Some(found) => (found.id, Some(Text::new("note-looked-up"))),
            None => {
                let new = NewRelationship {
                    name: &wanted.name,
                    customer: wanted.customer,
                    customer_name: &wanted.customer_name,
                    roles: &wanted.roles,
                    days: wanted.days,
                    extends_itself: wanted.extends_itself,
                };
                let made = graph.create_relationship(&new).await.map_err(fault)?;
                (made.id, None)
            }
        };
        self.lock(cx, &graph, &id).await?;
        Ok(Applied {
            origin: Origin::Created,
            key: key_of(&id),
            state: json(&State {
                roles: wanted.roles,
                locked: true,
            }),
            note,
        })
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::Relationship = typed(desired)?;
        let id = key.get("id").cloned().unwrap_or_default();
        let graph = self.graphs.at(cx);
        let found = match graph.relationship(&id).await {
            Err(error) if error.is_not_found() => None,
            other => {
                Some(other.map_err(|error| error.into_fault(Doing::Proving.text(KIND), &[READ]))?)
            }
        };
        let status = found.as_ref().map(Relationship::status).unwrap_or_default();
        let has_roles = found.as_ref().is_some_and(|r| r.roles() == wanted.roles);
        let (standing, words) = match &found {
            Some(_) if status == "active" && has_roles => (
                Standing::Proved,
                Text::new("proof-found-roles-active").with("count", wanted.roles.len()),
            ),
            Some(_) => (
                Standing::NotProved,
                Text::new("proof-found-status").with("status", status),
            ),
            None => (Standing::NotProved, Text::new("proof-found-nothing")),
        };
        Ok(Proof {
            claim: Text::new("proof-claim-relationship")
                .with("count", wanted.roles.len())
                .with("customer", wanted.customer_name.as_str()),
            read_from: Text::new("proof-from-relationship"),
            standing,
            found: words,
            evidence: json!({
                "relationship": id,
                "status": status,
                "roles": found.as_ref().map(Relationship::roles),
                "ends": found.as_ref().and_then(|r| r.end_date_time),
            }),
            expiry: found
                .as_ref()
                .and_then(|r| r.end_date_time)
                .map(|at| Expiry {
                    at,
                    what: Text::new("ends-relationship"),
                }),
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        if record.applied.origin != Origin::Created {
            return Ok(Undone::Kept);
        }
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::TakingBack.text(KIND), NEEDS);
        let id = record.applied.key.get("id").cloned().unwrap_or_default();
        let mut patience = Patience::long(cx.clock);
        let mut asked_for = false;
        loop {
            let Some(now) = self.at(&graph, &id).await.map_err(fault)? else {
                return Ok(if asked_for {
                    Undone::Reverted
                } else {
                    Undone::WasGone
                });
            };
            // Its end may be on its way: an earlier try of ours was heard, or the customer ends it. Asking twice is refused.
            if !asked_for && now.status() != ENDING {
                // What was never offered is deleted; everything else can only be ended.
                let answer = match (now.status(), now.etag.as_deref()) {
                    ("created", Some(etag)) => graph.delete_relationship(&id, etag).await,
                    _ => graph
                        .request_of_relationship(&id, RequestedAction::Terminate)
                        .await
                        .map(|_| ()),
                };
                match answer {
                    Err(error) if error.is_not_found() => {}
                    // A lost answer goes up: whoever takes back looks once more.
                    other => other.map_err(fault)?,
                }
                asked_for = true;
            }
            if !patience.next_look().await {
                return Err(Fault::new(
                    FaultKind::NotYetVisible,
                    Doing::TakingBack.text(KIND),
                    "the relationship is still there",
                ));
            }
        }
    }

    fn traces(&self, record: &ChangeRecord) -> Vec<Trace> {
        let Ok(wanted) = typed::<desired::Relationship>(&record.desired) else {
            return Vec::new();
        };
        vec![Trace {
            what: Text::new("trace-relationship-ended").with("name", wanted.name),
            by_hand: Text::new("trace-relationship-ended-by-hand"),
        }]
    }
}
