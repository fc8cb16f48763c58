//! The registration of an application, found again by its unique name.
// facts: own-app-and-tokens §1.2, §1.3.

mod shape;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Trace, Undone,
};
use grantway_core::desired::{self, ApiScopes, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, Text};
use serde_json::{Value, json};

use super::{Doing, Patience, asked, json, key_id, nothing, scopes, typed, value};
use crate::graph::application::{Application, NewApplication, RequiredAccess};
use crate::graph::{Graph, Graphs};
use crate::http::HttpError;
pub(crate) use shape::State;
use shape::{Added, by_id, lacking};

const KIND: &str = desired::AppRegistration::KIND;
const READ: &[&str] = &["Application.Read.All"];
const NEEDS: &[&str] = &["Application.ReadWrite.All", "Application Administrator"];
/// Where a record keeps what was added to a registration that was there.
const ADDED: &str = "added";

/// Registrations of a tenant.
pub struct AppRegistrations {
    graphs: Graphs,
}

fn key_of(application: &Application) -> ObjectKey {
    ObjectKey::from([
        ("id".to_owned(), application.id.clone()),
        (
            "app_id".to_owned(),
            application.app_id.clone().unwrap_or_default(),
        ),
    ])
}

impl AppRegistrations {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    /// The one under our unique name, or else the only one of that name: an earlier setup's, or somebody's own.
    async fn find(
        graph: &Graph,
        wanted: &desired::AppRegistration,
    ) -> Result<Option<Application>, HttpError> {
        let mut named = graph.applications_named(&wanted.display_name).await?;
        let is_ours =
            |app: &Application| app.unique_name.as_deref() == Some(wanted.unique_name.as_str());
        if let Some(ours) = named.iter().position(is_ours) {
            return Ok(Some(named.swap_remove(ours)));
        }
        Ok(if named.len() == 1 { named.pop() } else { None })
    }

    async fn observed(
        graph: &Graph,
        wanted: &desired::AppRegistration,
        application: &Application,
    ) -> Result<Observed, HttpError> {
        Ok(Observed::Present {
            key: key_of(application),
            state: json(&State::read(graph, application).await?),
            ours: application.unique_name.as_deref() == Some(wanted.unique_name.as_str()),
        })
    }

    /// The wanted permissions by id. An API that was made known a moment ago may not be seen yet.
    async fn access(
        cx: &Context<'_>,
        graph: &Graph,
        wanted: &desired::AppRegistration,
    ) -> Result<Vec<RequiredAccess>, Fault> {
        let doing = || Doing::Writing.text(KIND);
        let mut patience = Patience::short(cx.clock);
        loop {
            let found = by_id(graph, &wanted.permissions).await;
            let unknown = match found.map_err(|error| error.into_fault(doing(), READ))? {
                Ok(access) => return Ok(access),
                Err(unknown) => unknown,
            };
            if !patience.next_look().await {
                let detail = format!("this tenant does not offer {}", unknown.join(", "));
                return Err(Fault::new(FaultKind::Invalid, doing(), detail));
            }
        }
    }

    async fn create(
        graph: &Graph,
        wanted: &desired::AppRegistration,
        access: &[RequiredAccess],
    ) -> Result<Applied, Fault> {
        let new = NewApplication {
            display_name: &wanted.display_name,
            audience: &wanted.audience,
            redirects: &wanted.redirects,
            access,
        };
        let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
        let upserted = graph.upsert_application(&wanted.unique_name, &new).await;
        let key = match upserted.map_err(fault)? {
            Some(application) => (key_of(&application), None),
            // It was not there for the plan, and only we know that name: a try of ours whose answer was lost has made it.
            None => {
                let found = Self::find(graph, wanted).await.map_err(fault)?;
                let application = found.ok_or_else(|| {
                    Fault::new(
                        FaultKind::NotYetVisible,
                        Doing::Writing.text(KIND),
                        "the registration is there but cannot be read yet",
                    )
                })?;
                (key_of(&application), Some(Text::new("note-looked-up")))
            }
        };
        let state = State {
            display_name: wanted.display_name.clone(),
            ..State::default()
        };
        Ok(Applied {
            origin: Origin::Created,
            key: key.0,
            state: json(&state.with(wanted, access)),
            note: key.1,
        })
    }
}

/// Permissions as a person reads them.
fn listed(permissions: &[ApiScopes]) -> Text {
    let of_api = permissions.iter().map(|of| {
        let scopes: Vec<&str> = of.scopes.iter().map(String::as_str).collect();
        format!("{}: {}", of.name, scopes.join(", "))
    });
    let all: Vec<String> = of_api.collect();
    if all.is_empty() {
        nothing()
    } else {
        value(&all.join("; "))
    }
}

fn audience(word: &str) -> Text {
    Text::new("value-audience").with("audience", word)
}

fn state_of(observed: &Observed) -> Option<State> {
    match observed {
        Observed::Present { state, .. } => serde_json::from_value(state.clone()).ok(),
        Observed::Absent => None,
    }
}

/// What the registration lacks, in words; nothing when all is there.
fn difference(state: &State, wanted: &desired::AppRegistration) -> Option<Text> {
    let missing: Vec<&str> = wanted
        .redirects
        .difference(&state.redirects)
        .map(String::as_str)
        .collect();
    let permissions = lacking(&state.permissions, &wanted.permissions);
    if state.audience != wanted.audience {
        return Some(
            Text::new("proof-found-registration-audience")
                .with("audience", audience(&state.audience))
                .with("wanted", audience(&wanted.audience)),
        );
    }
    if !missing.is_empty() {
        return Some(
            Text::new("proof-found-registration-redirects").with("redirects", missing.join(", ")),
        );
    }
    (!permissions.is_empty()).then(|| {
        Text::new("proof-found-permissions-missing").with("permissions", permissions.join(", "))
    })
}

#[async_trait]
impl Change for AppRegistrations {
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
        key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let wanted: desired::AppRegistration = typed(desired)?;
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::Reading.text(KIND), READ);
        let found = match key {
            Some(key) => match graph.application(key_id(key, KIND)?).await {
                Err(error) if error.is_not_found() => Ok(None),
                other => other.map(Some),
            },
            None => Self::find(&graph, &wanted).await,
        };
        match found.map_err(fault)? {
            Some(application) => Self::observed(&graph, &wanted, &application)
                .await
                .map_err(fault),
            None => Ok(Observed::Absent),
        }
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let (Ok(wanted), Some(state)) = (
            typed::<desired::AppRegistration>(desired),
            state_of(observed),
        ) else {
            return Diff::Create;
        };
        let is_ours = matches!(observed, Observed::Present { ours: true, .. });
        // Something else of that name would get people's sign-ins that are not meant for it.
        if !is_ours && state.redirects.is_disjoint(&wanted.redirects) {
            return Diff::Conflict {
                because: Text::new("conflict-registration-other").with("name", state.display_name),
            };
        }
        if state.holds(&wanted) {
            Diff::AlreadyRight
        } else {
            Diff::Update
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::AppRegistration>(desired) else {
            return vec![];
        };
        let before = state_of(observed);
        let after = before
            .clone()
            .unwrap_or_else(|| State {
                display_name: wanted.display_name.clone(),
                ..State::default()
            })
            .with(&wanted, &[]);
        let row = |name: &str, show: &dyn Fn(&State) -> Text| FieldChange {
            field: Text::new(format!("field-{name}")),
            before: before.as_ref().map_or_else(nothing, show),
            after: show(&after),
        };
        let mut fields = vec![
            row("display-name", &|state| value(&state.display_name)),
            row("audience", &|state| audience(&state.audience)),
            row("redirects", &|state| {
                let all: Vec<&str> = state.redirects.iter().map(String::as_str).collect();
                value(&all.join(", "))
            }),
            row("permissions", &|state| listed(&state.permissions)),
        ];
        fields.retain(|field| field.before != field.after);
        fields
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::AppRegistration = typed(desired)?;
        let graph = self.graphs.at(cx);
        let (Observed::Present { key, state, .. }, Some(before)) = (observed, state_of(observed))
        else {
            let access = Self::access(cx, &graph, &wanted).await?;
            return Self::create(&graph, &wanted, &access).await;
        };
        match self.diff(desired, observed) {
            Diff::AlreadyRight => Ok(super::adopted(key, state)),
            Diff::Conflict { because } => Err(Fault::new(
                FaultKind::Conflict,
                Doing::Writing.text(KIND),
                format!("{because:?}"),
            )),
            _ => {
                let access = Self::access(cx, &graph, &wanted).await?;
                let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
                // The plan may be days old, and what was added since is written with the rest.
                let now = graph.application(key_id(key, KIND)?).await.map_err(fault)?;
                let now = State::read(&graph, &now).await.map_err(fault)?;
                let after = now.with(&wanted, &access);
                write(&graph, key, &after, Doing::Writing).await?;
                let mut state = json(&after);
                // A try of ours whose answer was lost has added some of it already.
                state[ADDED] =
                    json(&Added::between(&before, &after).but_of_others(&access, &wanted));
                Ok(Applied {
                    origin: Origin::Updated,
                    key: key.clone(),
                    state,
                    note: None,
                })
            }
        }
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::AppRegistration = typed(desired)?;
        let id = key_id(key, KIND)?;
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::Proving.text(KIND), READ);
        let mut patience = Patience::short(cx.clock);
        let application = loop {
            match graph.application(id).await {
                Ok(application) => break Some(application),
                Err(error) if error.is_not_found() => {
                    if !patience.next_look().await {
                        break None;
                    }
                }
                Err(error) => return Err(fault(error)),
            }
        };
        let state = match &application {
            Some(application) => Some(State::read(&graph, application).await.map_err(fault)?),
            None => None,
        };
        let (standing, found) = match &state {
            None => (Standing::NotProved, Text::new("proof-found-nothing")),
            Some(state) => match difference(state, &wanted) {
                Some(difference) => (Standing::NotProved, difference),
                None => (
                    Standing::Proved,
                    Text::new("proof-found-registration").with("id", key["app_id"].as_str()),
                ),
            },
        };
        Ok(Proof {
            claim: Text::new("proof-claim-registration").with("name", wanted.display_name),
            read_from: Text::new("proof-from-registration"),
            standing,
            found,
            evidence: json!({ "key": key, "seen": state }),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        let graph = self.graphs.at(cx);
        let id = key_id(&record.applied.key, KIND)?;
        let fault = |error: HttpError| error.into_fault(Doing::TakingBack.text(KIND), NEEDS);
        match record.applied.origin {
            Origin::Adopted | Origin::Removed => Ok(Undone::Kept),
            Origin::Updated => {
                let now = match graph.application(id).await {
                    Err(error) if error.is_not_found() => return Ok(Undone::WasGone),
                    other => State::read(&graph, &other.map_err(fault)?).await,
                };
                let now = now.map_err(fault)?;
                let written = serde_json::from_value::<State>(record.applied.state.clone());
                let written = written
                    .ok()
                    .filter(|written| written.audience == now.audience);
                let Some(written) = written else {
                    return Ok(Undone::Drifted {
                        because: Text::new("drift-registration"),
                    });
                };
                if let Some(before) = state_of(&record.before) {
                    let told = serde_json::from_value(record.applied.state[ADDED].clone());
                    let added = match told {
                        Ok(added) => added,
                        // Where the answer was lost, what was found afterwards may be others' too.
                        Err(_) => {
                            let wanted: desired::AppRegistration = typed(&record.desired)?;
                            let access = by_id(&graph, &wanted.permissions).await;
                            let access = access.map_err(fault)?.unwrap_or_default();
                            Added::between(&before, &written).but_of_others(&access, &wanted)
                        }
                    };
                    let left = State {
                        audience: before.audience,
                        ..now.without(&added)
                    };
                    write(&graph, &record.applied.key, &left, Doing::TakingBack).await?;
                }
                Ok(Undone::Reverted)
            }
            Origin::Created => {
                match graph.application(id).await {
                    Err(error) if error.is_not_found() => return Ok(Undone::WasGone),
                    other => other.map_err(fault)?,
                };
                // It was there a moment ago: not there now is the same as taken.
                asked(graph.delete_application(id).await).map_err(fault)?;
                let mut patience = Patience::long(cx.clock);
                loop {
                    match graph.application(id).await {
                        Err(error) if error.is_not_found() => return Ok(Undone::Reverted),
                        Err(error) => return Err(fault(error)),
                        Ok(_) => {
                            if !patience.next_look().await {
                                return Err(Fault::new(
                                    FaultKind::ServiceFailed,
                                    Doing::TakingBack.text(KIND),
                                    "the registration is removed but can still be read",
                                ));
                            }
                        }
                    }
                }
            }
        }
    }

    fn traces(&self, record: &ChangeRecord) -> Vec<Trace> {
        if record.applied.origin != Origin::Created {
            return vec![];
        }
        let name = record.applied.state["display_name"]
            .as_str()
            .unwrap_or_default();
        vec![Trace {
            what: Text::new("trace-registration-in-bin").with("name", name),
            by_hand: Text::new("trace-registration-by-hand"),
        }]
    }
}

async fn write(graph: &Graph, key: &ObjectKey, state: &State, doing: Doing) -> Result<(), Fault> {
    let values = NewApplication {
        display_name: &state.display_name,
        audience: &state.audience,
        redirects: &state.redirects,
        access: &state.access,
    };
    let written = graph.change_application(key_id(key, KIND)?, &values).await;
    written.map_err(|error| error.into_fault(doing.text(KIND), NEEDS))
}
