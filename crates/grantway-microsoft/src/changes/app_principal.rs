//! An application's service principal in a tenant.
// facts: own-app-and-tokens §1.3.

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Trace, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{AppId, Fault, FaultKind, Text};
use serde_json::{Value, json};

use super::{Doing, Patience, key_id, known, nothing, principal, scopes, typed, value};
use crate::graph::service_principal::ServicePrincipal;
use crate::graph::{Graph, Graphs};
use crate::http::{HttpError, Refusal};

const KIND: &str = desired::AppPrincipal::KIND;
const READ: &[&str] = &["Application.Read.All"];
const NEEDS: &[&str] = &[
    "Application.ReadWrite.All",
    "Cloud Application Administrator",
];

/// Service principals of a tenant.
pub struct AppPrincipals {
    graphs: Graphs,
}

fn key_of(principal: &ServicePrincipal, app: AppId) -> ObjectKey {
    ObjectKey::from([
        ("id".to_owned(), principal.id.clone()),
        ("app_id".to_owned(), app.to_string()),
    ])
}

fn state_of(principal: &ServicePrincipal) -> Value {
    json!({ "name": principal.display_name, "enabled": principal.account_enabled.unwrap_or(true) })
}

async fn find(graph: &Graph, app: AppId) -> Result<Option<ServicePrincipal>, HttpError> {
    match graph.service_principal_of(app).await {
        Err(error) if error.is_not_found() => Ok(None),
        other => other.map(Some),
    }
}

impl AppPrincipals {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }
}

#[async_trait]
impl Change for AppPrincipals {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            Act::Read => READ,
            Act::Write | Act::Undo => &["Application.ReadWrite.All"],
        })
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let wanted: desired::AppPrincipal = typed(desired)?;
        let app = known(&wanted.app, KIND)?;
        let found = find(&self.graphs.at(cx), app).await;
        let found = found.map_err(|error| error.into_fault(Doing::Reading.text(KIND), READ))?;
        Ok(
            found.map_or(Observed::Absent, |principal| Observed::Present {
                key: key_of(&principal, app),
                state: state_of(&principal),
                // v1.0 does not say when it came: what cannot be told apart was there before.
                ours: false,
            }),
        )
    }

    fn diff(&self, _desired: &Value, observed: &Observed) -> Diff {
        match observed {
            Observed::Absent => Diff::Create,
            Observed::Present { state, .. } if state["enabled"] == json!(false) => Diff::Conflict {
                because: Text::new("conflict-principal-disabled")
                    .with("name", state["name"].as_str().unwrap_or_default()),
            },
            Observed::Present { .. } => Diff::AlreadyRight,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        match (typed::<desired::AppPrincipal>(desired), observed) {
            (Ok(wanted), Observed::Absent) => vec![FieldChange {
                field: Text::new("field-enterprise-app"),
                before: nothing(),
                after: value(&wanted.name),
            }],
            _ => vec![],
        }
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::AppPrincipal = typed(desired)?;
        let app = known(&wanted.app, KIND)?;
        if let Observed::Present { key, state, .. } = observed {
            return match self.diff(desired, observed) {
                Diff::Conflict { because } => Err(Fault::new(
                    FaultKind::Conflict,
                    Doing::Writing.text(KIND),
                    format!("{because:?}"),
                )),
                _ => Ok(super::adopted(key, state)),
            };
        }
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
        let created = |principal: &ServicePrincipal, note: Option<&str>| Applied {
            origin: match note {
                // Nothing says that a try of ours made it: then it is somebody else's, and stays.
                Some(_) if !cx.cut_off => Origin::Adopted,
                _ => Origin::Created,
            },
            key: key_of(principal, app),
            state: state_of(principal),
            note: note.map(Text::new),
        };
        let mut patience = Patience::long(cx.clock);
        loop {
            let error = match graph.create_service_principal(app).await {
                Ok(principal) => return Ok(created(&principal, None)),
                Err(error) => error,
            };
            let refusal = error.refusal();
            // It was not there when the plan was made: a try of ours whose answer was lost, or somebody else's since.
            if refusal.is_some_and(Refusal::is_already_there)
                && let Some(principal) = find(&graph, app).await.map_err(fault)?
            {
                return Ok(created(&principal, Some("note-looked-up")));
            }
            let is_early =
                refusal.is_some_and(|why| why.is_propagation() || why.is_already_there());
            if !is_early {
                return Err(fault(error));
            }
            if !patience.next_look().await {
                let mut fault = fault(error);
                fault.kind = FaultKind::NotYetVisible;
                return Err(fault);
            }
        }
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::AppPrincipal = typed(desired)?;
        let app = known(&wanted.app, KIND)?;
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::Proving.text(KIND), READ);
        let mut patience = Patience::short(cx.clock);
        let principal = loop {
            match find(&graph, app).await.map_err(fault)? {
                Some(principal) => break Some(principal),
                None if !patience.next_look().await => break None,
                None => {}
            }
        };
        let enabled = principal
            .as_ref()
            .map(|p| p.account_enabled.unwrap_or(true));
        let found = match enabled {
            None => Text::new("proof-found-nothing"),
            Some(false) => Text::new("proof-found-app-disabled"),
            Some(true) => Text::new("proof-found-principal").with("name", wanted.name.as_str()),
        };
        Ok(Proof {
            claim: Text::new("proof-claim-principal").with("name", wanted.name),
            read_from: Text::new("proof-from-enterprise-app"),
            standing: Standing::read_as(enabled == Some(true)),
            found,
            evidence: json!({ "key": key, "enabled": enabled }),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        if record.applied.origin != Origin::Created {
            return Ok(Undone::Kept);
        }
        let id = key_id(&record.applied.key, KIND)?;
        principal::remove(cx, &self.graphs.at(cx), id, (KIND, NEEDS)).await
    }

    fn traces(&self, record: &ChangeRecord) -> Vec<Trace> {
        if record.applied.origin != Origin::Created {
            return vec![];
        }
        let name = record.applied.state["name"].as_str().unwrap_or_default();
        vec![Trace {
            what: Text::new("trace-app-in-bin").with("name", name),
            by_hand: Text::new("trace-app-by-hand"),
        }]
    }
}
