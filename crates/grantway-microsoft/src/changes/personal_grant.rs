//! A delegated permission grant for one person on one API.
// facts: own-app-and-tokens §1.3: nobody reviews it, and it takes effect at once.

use std::collections::BTreeSet;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, ObjectId, Text};
use serde_json::{Value, json};

use super::{Asked, Doing, Patience, asked, known, nothing, object_id, scopes, typed, value};
use crate::graph::permission::{DelegatedGrant, NewPersonalGrant};
use crate::graph::{Graph, Graphs};
use crate::http::{HttpError, Refusal};

const KIND: &str = desired::PersonalGrant::KIND;
const READ: &[&str] = &["Application.Read.All", "Directory.Read.All"];
const WRITE: &[&str] = &[
    "Application.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
];
const NEEDS: &[&str] = &[
    "DelegatedPermissionGrant.ReadWrite.All",
    "Cloud Application Administrator",
];

/// Grants of a tenant's people.
pub struct PersonalGrants {
    graphs: Graphs,
}

/// Permissions of a grant, as a set.
pub(super) fn scopes_in(grant: &DelegatedGrant) -> BTreeSet<String> {
    let words = grant.scope.as_deref().unwrap_or_default();
    words.split_whitespace().map(str::to_owned).collect()
}

/// Whether a grant is one person's own.
pub(super) fn is_of(grant: &DelegatedGrant, person: ObjectId) -> bool {
    let of = grant.principal_id.as_deref();
    of.is_some_and(|of| ObjectId::parse(of) == Ok(person))
}

fn key_of(grant: &DelegatedGrant) -> ObjectKey {
    ObjectKey::from([("id".to_owned(), grant.id.clone())])
}

fn held(state: &Value) -> BTreeSet<String> {
    serde_json::from_value(state["scopes"].clone()).unwrap_or_default()
}

fn list(scopes: &BTreeSet<String>) -> String {
    let names: Vec<&str> = scopes.iter().map(String::as_str).collect();
    names.join(", ")
}

impl PersonalGrants {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    /// The API's service principal; none where the tenant does not have it yet.
    async fn api(
        graph: &Graph,
        wanted: &desired::PersonalGrant,
    ) -> Result<Option<String>, HttpError> {
        match graph.service_principal_of(wanted.permissions.api).await {
            Err(error) if error.is_not_found() => Ok(None),
            other => other.map(|principal| Some(principal.id)),
        }
    }

    async fn find(
        graph: &Graph,
        wanted: &desired::PersonalGrant,
        client: ObjectId,
    ) -> Result<Option<DelegatedGrant>, HttpError> {
        let Some(api) = Self::api(graph, wanted).await? else {
            return Ok(None);
        };
        let grants = match graph.delegated_grants(client).await {
            Err(error) if error.is_not_found() => return Ok(None),
            other => other?,
        };
        Ok(grants.into_iter().find(|grant| {
            is_of(grant, wanted.person) && grant.resource_id.as_deref() == Some(api.as_str())
        }))
    }

    async fn create(
        &self,
        cx: &Context<'_>,
        wanted: &desired::PersonalGrant,
    ) -> Result<Applied, Fault> {
        let graph = self.graphs.at(cx);
        let client = known(&wanted.client, KIND)?;
        let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
        let applied = |grant: &DelegatedGrant, note: Option<&str>| Applied {
            origin: match note {
                // Nothing says that a try of ours gave it: then it is somebody else's, and stays.
                Some(_) if !cx.cut_off => Origin::Adopted,
                _ => Origin::Created,
            },
            key: key_of(grant),
            state: json!({ "scopes": wanted.permissions.scopes }),
            note: note.map(Text::new),
        };
        let mut patience = Patience::long(cx.clock);
        loop {
            let error = match Self::api(&graph, wanted).await.map_err(fault)? {
                None => None,
                Some(api) => {
                    let new = NewPersonalGrant {
                        client,
                        resource: object_id(&api, KIND)?,
                        person: wanted.person,
                        scopes: &wanted.permissions.scopes,
                    };
                    match graph.grant_to_person(&new).await {
                        Ok(grant) => return Ok(applied(&grant, None)),
                        Err(error) => Some(error),
                    }
                }
            };
            let refusal = error.as_ref().and_then(HttpError::refusal);
            // It was not there when the plan was made: a try of ours whose answer was lost, or somebody else's since.
            if refusal.is_some_and(Refusal::is_already_there)
                && let Some(grant) = Self::find(&graph, wanted, client).await.map_err(fault)?
            {
                return Ok(applied(&grant, Some("note-looked-up")));
            }
            let is_early = match refusal {
                Some(why) => why.is_propagation() || why.is_already_there(),
                None => error.is_none(),
            };
            if let Some(error) = error
                && !is_early
            {
                return Err(fault(error));
            }
            if !patience.next_look().await {
                let detail = "the app or the API cannot be referred to yet";
                let doing = Doing::Writing.text(KIND);
                return Err(Fault::new(FaultKind::NotYetVisible, doing, detail));
            }
        }
    }
}

#[async_trait]
impl Change for PersonalGrants {
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
        let wanted: desired::PersonalGrant = typed(desired)?;
        let client = known(&wanted.client, KIND)?;
        let found = Self::find(&self.graphs.at(cx), &wanted, client).await;
        let found = found.map_err(|error| error.into_fault(Doing::Reading.text(KIND), READ))?;
        Ok(found.map_or(Observed::Absent, |grant| Observed::Present {
            key: key_of(&grant),
            state: json!({ "scopes": scopes_in(&grant) }),
            ours: false,
        }))
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        match (typed::<desired::PersonalGrant>(desired), observed) {
            (Ok(wanted), Observed::Present { state, .. })
                if held(state).is_superset(&wanted.permissions.scopes) =>
            {
                Diff::AlreadyRight
            }
            (_, Observed::Present { .. }) => Diff::Update,
            (_, Observed::Absent) => Diff::Create,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::PersonalGrant>(desired) else {
            return vec![];
        };
        let before = match observed {
            Observed::Present { state, .. } => held(state),
            Observed::Absent => BTreeSet::new(),
        };
        let after: BTreeSet<String> = before.union(&wanted.permissions.scopes).cloned().collect();
        if before == after {
            return vec![];
        }
        vec![FieldChange {
            field: Text::new("field-permissions"),
            before: if before.is_empty() {
                nothing()
            } else {
                value(&list(&before))
            },
            after: value(&list(&after)),
        }]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::PersonalGrant = typed(desired)?;
        let Observed::Present { key, state, .. } = observed else {
            return self.create(cx, &wanted).await;
        };
        if self.diff(desired, observed) == Diff::AlreadyRight {
            return Ok(super::adopted(key, state));
        }
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
        // The plan may be days old, and what was granted since is written with the rest.
        let client = known(&wanted.client, KIND)?;
        let now = Self::find(&graph, &wanted, client).await.map_err(fault)?;
        let held = now.as_ref().map_or_else(|| held(state), scopes_in);
        let after: BTreeSet<String> = held.union(&wanted.permissions.scopes).cloned().collect();
        // It may have been taken away and given anew, under another id.
        let id = now.as_ref().map(|now| now.id.clone());
        let id = id.or_else(|| key.get("id").cloned()).unwrap_or_default();
        let written = graph.change_delegated_grant(&id, &after).await;
        written.map_err(fault)?;
        Ok(Applied {
            origin: Origin::Updated,
            key: ObjectKey::from([("id".to_owned(), id)]),
            state: json!({ "scopes": after }),
            note: None,
        })
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::PersonalGrant = typed(desired)?;
        let client = known(&wanted.client, KIND)?;
        let graph = self.graphs.at(cx);
        let mut patience = Patience::short(cx.clock);
        let seen = loop {
            let found = Self::find(&graph, &wanted, client).await;
            let found = found.map_err(|error| error.into_fault(Doing::Proving.text(KIND), READ))?;
            let seen = found.as_ref().map(scopes_in).unwrap_or_default();
            if seen.is_superset(&wanted.permissions.scopes) || !patience.next_look().await {
                break seen;
            }
        };
        let is_so = seen.is_superset(&wanted.permissions.scopes);
        Ok(Proof {
            claim: Text::new("proof-claim-personal-grant")
                .with("account", wanted.account)
                .with("client", wanted.client_name)
                .with("api", wanted.permissions.name),
            read_from: Text::new("proof-from-grants"),
            standing: Standing::read_as(is_so),
            found: if seen.is_empty() {
                Text::new("proof-found-nothing")
            } else {
                Text::new("proof-found-grant").with("scopes", list(&seen))
            },
            evidence: json!({ "key": key, "scopes": seen }),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        let wanted: desired::PersonalGrant = typed(&record.desired)?;
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::TakingBack.text(KIND), NEEDS);
        let id = record.applied.key.get("id").cloned().unwrap_or_default();
        match record.applied.origin {
            Origin::Adopted | Origin::Removed => return Ok(Undone::Kept),
            Origin::Updated => {
                let before = match &record.before {
                    Observed::Present { state, .. } => held(state),
                    Observed::Absent => BTreeSet::new(),
                };
                let client = known(&wanted.client, KIND)?;
                let Some(now) = Self::find(&graph, &wanted, client).await.map_err(fault)? else {
                    return Ok(Undone::WasGone);
                };
                // What this setup has added goes; what others have added since stays.
                let added: BTreeSet<String> = wanted
                    .permissions
                    .scopes
                    .difference(&before)
                    .cloned()
                    .collect();
                let left: BTreeSet<String> = scopes_in(&now).difference(&added).cloned().collect();
                // A grant of nothing is no grant.
                let written = if left.is_empty() {
                    graph.delete_delegated_grant(&now.id).await
                } else {
                    graph.change_delegated_grant(&now.id, &left).await
                };
                return match written {
                    Err(error) if error.is_not_found() => Ok(Undone::WasGone),
                    other => other.map(|()| Undone::Reverted).map_err(fault),
                };
            }
            Origin::Created => {}
        }
        let removed = asked(graph.delete_delegated_grant(&id).await).map_err(fault)?;
        let client = known(&wanted.client, KIND)?;
        let mut patience = Patience::long(cx.clock);
        loop {
            let left = match graph.delegated_grants(client).await {
                Err(error) if error.is_not_found() => false,
                other => other.map_err(fault)?.iter().any(|grant| grant.id == id),
            };
            if !left {
                break;
            }
            if !patience.next_look().await {
                let detail = "the grant is removed but still listed";
                let doing = Doing::TakingBack.text(KIND);
                return Err(Fault::new(FaultKind::ServiceFailed, doing, detail));
            }
        }
        Ok(if removed == Asked::NotThere {
            Undone::WasGone
        } else {
            Undone::Reverted
        })
    }
}
