//! A security group, found again by its unique name or by the setup's id in its description.

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Trace, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Doing, Patience, asked, json, key_id, key_of, nothing, scopes, typed, value};
use crate::graph::group::{Group, NewGroup};
use crate::graph::{Graph, Graphs};
use crate::http::HttpError;

const KIND: &str = desired::Group::KIND;
const NEEDS: &[&str] = &["Group.ReadWrite.All", "Groups Administrator"];

/// Security groups of a tenant.
pub struct Groups {
    graphs: Graphs,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct State {
    display_name: String,
    description: String,
    security: bool,
}

impl State {
    fn of(group: &Group) -> Self {
        Self {
            display_name: group.display_name.clone().unwrap_or_default(),
            description: group.description.clone().unwrap_or_default(),
            security: group.security_enabled.unwrap_or(false)
                && !group.mail_enabled.unwrap_or(false),
        }
    }
}

impl Groups {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    fn observed(cx: &Context<'_>, group: &Group) -> Observed {
        let ours = group
            .description
            .as_deref()
            .is_some_and(|text| text.contains(cx.setup.as_str()));
        Observed::Present {
            key: key_of(&group.id),
            state: json(&State::of(group)),
            ours,
        }
    }

    /// The group under its unique name or with our marker. Groups that only share the name are somebody else's.
    async fn find(
        &self,
        cx: &Context<'_>,
        graph: &Graph,
        desired: &desired::Group,
    ) -> Result<Option<Group>, HttpError> {
        let groups = graph.groups_named(&desired.display_name).await?;
        let is_it = |group: &Group| {
            let marked = group
                .description
                .as_deref()
                .is_some_and(|text| text.contains(cx.setup.as_str()));
            group.unique_name.as_deref() == Some(desired.unique_name.as_str()) || marked
        };
        Ok(groups.into_iter().find(is_it))
    }

    async fn create(&self, cx: &Context<'_>, desired: &desired::Group) -> Result<Applied, Fault> {
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
        let new = NewGroup {
            display_name: &desired.display_name,
            mail_nickname: &desired.mail_nickname,
            description: &desired.description,
        };
        match graph.upsert_group(&desired.unique_name, &new).await {
            Ok(Some(group)) => Ok(created(&group)),
            // It was there: made by an earlier try of ours whose answer was lost, or before us.
            Ok(None) => self.adopt(cx, &graph, desired).await,
            Err(error) if knows_no_upsert(&error) => {
                match self.find(cx, &graph, desired).await.map_err(fault)? {
                    Some(group) => Ok(found(cx, &group)),
                    None => graph
                        .create_group(&new)
                        .await
                        .map(|group| created(&group))
                        .map_err(fault),
                }
            }
            Err(error) => Err(fault(error)),
        }
    }

    async fn adopt(
        &self,
        cx: &Context<'_>,
        graph: &Graph,
        desired: &desired::Group,
    ) -> Result<Applied, Fault> {
        let mut patience = Patience::short(cx.clock);
        loop {
            // By name it is visible sooner or later; by unique name it is the very one even if it was renamed.
            let found_group = match self.find(cx, graph, desired).await {
                Ok(Some(group)) => Ok(Some(group)),
                Ok(None) => graph
                    .groups_of_unique_name(&desired.unique_name)
                    .await
                    .map(|groups| groups.into_iter().next()),
                Err(error) => Err(error),
            };
            if let Some(group) =
                found_group.map_err(|error| error.into_fault(Doing::Writing.text(KIND), NEEDS))?
            {
                return Ok(found(cx, &group));
            }
            if !patience.next_look().await {
                return Err(Fault::new(
                    FaultKind::NotYetVisible,
                    Doing::Writing.text(KIND),
                    "the group is there but cannot be read yet",
                ));
            }
        }
    }
}

fn created(group: &Group) -> Applied {
    Applied {
        origin: Origin::Created,
        key: key_of(&group.id),
        state: json(&State::of(group)),
        note: None,
    }
}

fn found(cx: &Context<'_>, group: &Group) -> Applied {
    let ours = group
        .description
        .as_deref()
        .is_some_and(|text| text.contains(cx.setup.as_str()));
    let (origin, note) = if ours {
        (Origin::Created, "note-looked-up")
    } else {
        (Origin::Adopted, "note-was-there")
    };
    Applied {
        origin,
        note: Some(Text::new(note)),
        ..created(group)
    }
}

/// A refusal that is about the way of asking, not about the right to ask.
fn knows_no_upsert(error: &HttpError) -> bool {
    matches!(
        error.status().map(|status| status.as_u16()),
        Some(400 | 404 | 405 | 501)
    )
}

#[async_trait]
impl Change for Groups {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            Act::Read => &["Group.ReadBasic.All"],
            Act::Write | Act::Undo => &["Group.ReadWrite.All"],
        })
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let desired: desired::Group = typed(desired)?;
        let graph = self.graphs.at(cx);
        let group = match key {
            Some(key) => match graph.group(key_id(key, KIND)?).await {
                Err(error) if error.is_not_found() => Ok(None),
                other => other.map(Some),
            },
            None => self.find(cx, &graph, &desired).await,
        };
        let group = group.map_err(|error| {
            error.into_fault(Doing::Reading.text(KIND), &["Group.ReadBasic.All"])
        })?;
        Ok(group.map_or(Observed::Absent, |group| Self::observed(cx, &group)))
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let (Ok(desired), Observed::Present { state, .. }) =
            (typed::<desired::Group>(desired), observed)
        else {
            return Diff::Create;
        };
        match serde_json::from_value::<State>(state.clone()) {
            Ok(state) if !state.security => Diff::Conflict {
                because: Text::new("conflict-group-not-security").with("name", state.display_name),
            },
            Ok(state)
                if state.display_name == desired.display_name
                    && state.description == desired.description =>
            {
                Diff::AlreadyRight
            }
            _ => Diff::Update,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(desired) = typed::<desired::Group>(desired) else {
            return vec![];
        };
        let before = match observed {
            Observed::Present { state, .. } => serde_json::from_value::<State>(state.clone()).ok(),
            Observed::Absent => None,
        };
        let field = |name: &str, before: Option<&String>, after: &str| FieldChange {
            field: Text::new(format!("field-{name}")),
            before: before.map_or_else(nothing, |text| value(text)),
            after: value(after),
        };
        let mut fields = vec![
            field(
                "display-name",
                before.as_ref().map(|b| &b.display_name),
                &desired.display_name,
            ),
            field(
                "description",
                before.as_ref().map(|b| &b.description),
                &desired.description,
            ),
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
        let typed_state: desired::Group = typed(desired)?;
        let Observed::Present { key, .. } = observed else {
            return self.create(cx, &typed_state).await;
        };
        match self.diff(desired, observed) {
            Diff::AlreadyRight => Ok(Applied {
                origin: Origin::Adopted,
                key: key.clone(),
                state: json(&wanted(&typed_state)),
                note: None,
            }),
            Diff::Conflict { because } => Err(Fault::new(
                FaultKind::Conflict,
                Doing::Writing.text(KIND),
                format!("{because:?}"),
            )),
            _ => {
                let id = key_id(key, KIND)?;
                let graph = self.graphs.at(cx);
                let written = graph
                    .change_group(id, &typed_state.display_name, &typed_state.description)
                    .await;
                written.map_err(|error| error.into_fault(Doing::Writing.text(KIND), NEEDS))?;
                Ok(Applied {
                    origin: Origin::Updated,
                    key: key.clone(),
                    state: json(&wanted(&typed_state)),
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
        let desired: desired::Group = typed(desired)?;
        let id = key_id(key, KIND)?;
        let graph = self.graphs.at(cx);
        let mut patience = Patience::short(cx.clock);
        let group = loop {
            match graph.group(id).await {
                Ok(group) => break Some(group),
                Err(error) if error.is_not_found() => {
                    if !patience.next_look().await {
                        break None;
                    }
                }
                Err(error) => {
                    return Err(
                        error.into_fault(Doing::Proving.text(KIND), &["Group.ReadBasic.All"])
                    );
                }
            }
        };
        let claim = Text::new("proof-claim-group").with("name", desired.display_name.as_str());
        let read_from = Text::new("proof-from-group");
        let (standing, found, evidence) = match &group {
            None => (
                Standing::NotProved,
                Text::new("proof-found-nothing"),
                json!({ "id": id }),
            ),
            Some(group) => {
                let state = State::of(group);
                let right = state == wanted(&desired);
                let standing = Standing::read_as(right);
                let found = if right {
                    Text::new("proof-found-group")
                } else {
                    Text::new("proof-found-different")
                };
                (
                    standing,
                    found,
                    json!({ "id": id, "display_name": state.display_name, "description": state.description, "security": state.security }),
                )
            }
        };
        let look_again = group
            .is_none()
            .then(|| crate::http::gate::later(cx.clock.now(), std::time::Duration::from_secs(15)));
        Ok(Proof {
            claim,
            read_from,
            standing,
            found,
            evidence,
            expiry: None,
            look_again,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::TakingBack.text(KIND), NEEDS);
        let id = key_id(&record.applied.key, KIND)?;
        match record.applied.origin {
            Origin::Adopted | Origin::Removed => Ok(Undone::Kept),
            Origin::Updated => {
                let group = match graph.group(id).await {
                    Err(error) if error.is_not_found() => return Ok(Undone::WasGone),
                    other => other.map_err(fault)?,
                };
                let Observed::Present { state, .. } = &record.before else {
                    return Ok(Undone::Kept);
                };
                let now = json(&State::of(&group));
                if now == *state {
                    return Ok(Undone::Reverted);
                }
                if now != record.applied.state {
                    return Ok(Undone::Drifted {
                        because: Text::new("drift-group-edited"),
                    });
                }
                let before: State = serde_json::from_value(state.clone()).map_err(|error| {
                    Fault::new(
                        FaultKind::Local,
                        Doing::TakingBack.text(KIND),
                        error.to_string(),
                    )
                })?;
                graph
                    .change_group(id, &before.display_name, &before.description)
                    .await
                    .map_err(fault)?;
                Ok(Undone::Reverted)
            }
            Origin::Created => self.remove(cx, &graph, id).await,
        }
    }

    fn traces(&self, record: &ChangeRecord) -> Vec<Trace> {
        if record.applied.origin != Origin::Created {
            return vec![];
        }
        vec![Trace {
            what: Text::new("trace-group-in-bin"),
            by_hand: Text::new("trace-group-by-hand"),
        }]
    }
}

impl Groups {
    /// Removes what we made, unless somebody has put others in: they would lose what the group gives them.
    async fn remove(
        &self,
        cx: &Context<'_>,
        graph: &Graph,
        id: grantway_core::ObjectId,
    ) -> Result<Undone, Fault> {
        let fault = |error: HttpError| error.into_fault(Doing::TakingBack.text(KIND), NEEDS);
        let mut patience = Patience::short(cx.clock);
        // A membership that was just taken back may still be listed.
        let strangers = loop {
            match graph.members(id).await {
                Ok(members) if members.is_empty() => break 0,
                Ok(members) => {
                    if !patience.next_look().await {
                        break members.len();
                    }
                }
                Err(error) if error.is_not_found() => return Ok(Undone::WasGone),
                Err(error) => return Err(fault(error)),
            }
        };
        if strangers > 0 {
            return Ok(Undone::Drifted {
                because: Text::new("drift-group-has-members").with("count", strangers),
            });
        }
        // It was there a moment ago: not there now is the same as taken.
        asked(graph.delete_group(id).await).map_err(fault)?;
        let mut patience = Patience::long(cx.clock);
        loop {
            match graph.group(id).await {
                Err(error) if error.is_not_found() => return Ok(Undone::Reverted),
                Err(error) => return Err(fault(error)),
                Ok(_) => {
                    if !patience.next_look().await {
                        let detail = "the group is removed but can still be read";
                        return Err(Fault::new(
                            FaultKind::ServiceFailed,
                            Doing::TakingBack.text(KIND),
                            detail,
                        ));
                    }
                }
            }
        }
    }
}

fn wanted(desired: &desired::Group) -> State {
    State {
        display_name: desired.display_name.clone(),
        description: desired.description.clone(),
        security: true,
    }
}
