//! An authentication strength of the tenant's own, found by its name, with the setup's id in its description.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Asked, Doing, Patience, adopted, asked, json, key_of, nothing, scopes, typed, value};
use crate::graph::Graphs;
use crate::graph::authentication_strength::AuthenticationStrength;
use crate::http::HttpError;

const KIND: &str = desired::AuthenticationStrength::KIND;
const READ: &[&str] = &["Policy.Read.AuthenticationMethod"];
const WRITE: &[&str] = &[
    "Policy.Read.AuthenticationMethod",
    "Policy.ReadWrite.ConditionalAccess",
];
const NEEDS: &[&str] = &[
    "Policy.ReadWrite.ConditionalAccess",
    "Conditional Access Administrator",
];

/// Authentication strengths of a tenant.
pub struct AuthenticationStrengths {
    graphs: Graphs,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct State {
    name: String,
    /// Each with its proofs in order; how they were written does not matter.
    combinations: BTreeSet<String>,
}

impl State {
    fn of(strength: &AuthenticationStrength) -> Self {
        Self {
            name: strength.display_name.clone().unwrap_or_default(),
            combinations: sorted(&strength.allowed_combinations),
        }
    }

    fn wanted(desired: &desired::AuthenticationStrength) -> Self {
        Self {
            name: desired.name.clone(),
            combinations: sorted(&desired.combinations),
        }
    }
}

/// A combination is a text of flags: blanks and their order say nothing.
fn sorted(combinations: &[String]) -> BTreeSet<String> {
    let one = |text: &String| {
        let mut words: Vec<&str> = text.split(',').map(str::trim).collect();
        words.sort_unstable();
        words.join(",")
    };
    combinations.iter().map(one).collect()
}

impl AuthenticationStrengths {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    /// The strength of that name: ours, else one with the same combinations, else any.
    async fn find(
        &self,
        cx: &Context<'_>,
        desired: &desired::AuthenticationStrength,
    ) -> Result<Option<AuthenticationStrength>, HttpError> {
        let mut all = self.graphs.at(cx).authentication_strengths().await?;
        all.retain(|strength| strength.display_name.as_deref() == Some(desired.name.as_str()));
        let wanted = State::wanted(desired);
        all.sort_by_key(|strength| (!is_ours(cx, strength), State::of(strength) != wanted));
        Ok(all.into_iter().next())
    }

    async fn create(
        &self,
        cx: &Context<'_>,
        desired: &desired::AuthenticationStrength,
    ) -> Result<Applied, Fault> {
        let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
        let applied = |strength: &AuthenticationStrength, origin, note: Option<&str>| Applied {
            origin,
            key: key_of(&strength.id),
            state: json(&State::of(strength)),
            note: note.map(Text::new),
        };
        // Names are not unique: a second try, or somebody in the meantime, may have made it.
        if let Some(strength) = self.find(cx, desired).await.map_err(fault)? {
            if State::of(&strength) != State::wanted(desired) {
                return Err(Fault::new(
                    FaultKind::Conflict,
                    Doing::Writing.text(KIND),
                    "a strength of this name is there and has other combinations",
                ));
            }
            return Ok(if is_ours(cx, &strength) {
                applied(&strength, Origin::Created, Some("note-looked-up"))
            } else {
                applied(&strength, Origin::Adopted, None)
            });
        }
        // Data in the tenant, for its administrators: English whatever the app speaks, since the marker is looked for in it.
        let description = format!("Made by Grantway, setup {}.", cx.setup);
        let made = self
            .graphs
            .at(cx)
            .create_authentication_strength(&desired.name, &description, &desired.combinations)
            .await
            .map_err(fault)?;
        Ok(applied(&made, Origin::Created, None))
    }

    /// The strength by its id; none when it is gone.
    async fn by_id(
        &self,
        cx: &Context<'_>,
        key: &ObjectKey,
        doing: Doing,
    ) -> Result<Option<AuthenticationStrength>, Fault> {
        let Some(id) = key.get("id") else {
            return Ok(None);
        };
        match self.graphs.at(cx).authentication_strength(id).await {
            Err(error) if error.is_not_found() => Ok(None),
            other => other
                .map(Some)
                .map_err(|error| error.into_fault(doing.text(KIND), READ)),
        }
    }
}

/// Whether the service refuses for a reason that may pass: it does not say in one way that a policy asks for the strength.
fn may_be_in_use(error: &HttpError) -> bool {
    let status = error.status().map(|status| status.as_u16());
    matches!(status, Some(400 | 409))
}

fn is_ours(cx: &Context<'_>, strength: &AuthenticationStrength) -> bool {
    strength
        .description
        .as_deref()
        .is_some_and(|text| text.contains(cx.setup.as_str()))
}

#[async_trait]
impl Change for AuthenticationStrengths {
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
        key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let desired: desired::AuthenticationStrength = typed(desired)?;
        let found = match key {
            Some(key) => self.by_id(cx, key, Doing::Reading).await?,
            None => self
                .find(cx, &desired)
                .await
                .map_err(|error| error.into_fault(Doing::Reading.text(KIND), READ))?,
        };
        Ok(
            found.map_or(Observed::Absent, |strength| Observed::Present {
                key: key_of(&strength.id),
                state: json(&State::of(&strength)),
                ours: is_ours(cx, &strength),
            }),
        )
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let (Ok(desired), Observed::Present { state, .. }) =
            (typed::<desired::AuthenticationStrength>(desired), observed)
        else {
            return Diff::Create;
        };
        match serde_json::from_value::<State>(state.clone()) {
            Ok(state) if state.combinations == State::wanted(&desired).combinations => {
                Diff::AlreadyRight
            }
            _ => Diff::Conflict {
                because: Text::new("conflict-strength-differs").with("name", desired.name),
            },
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let (Ok(desired), Observed::Absent) =
            (typed::<desired::AuthenticationStrength>(desired), observed)
        else {
            return vec![];
        };
        let field = |name: &str, after: &str| FieldChange {
            field: Text::new(name),
            before: nothing(),
            after: value(after),
        };
        vec![
            field("field-display-name", &desired.name),
            field("field-combinations", &desired.combinations.join("; ")),
        ]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::AuthenticationStrength = typed(desired)?;
        match (self.diff(desired, observed), observed) {
            (Diff::AlreadyRight, Observed::Present { key, state, .. }) => Ok(adopted(key, state)),
            _ => self.create(cx, &wanted).await,
        }
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let desired: desired::AuthenticationStrength = typed(desired)?;
        let mut patience = Patience::short(cx.clock);
        let found = loop {
            let found = self.by_id(cx, key, Doing::Proving).await?;
            if found.is_some() || !patience.next_look().await {
                break found;
            }
        };
        let state = found.as_ref().map(State::of);
        let wanted = State::wanted(&desired).combinations;
        let right = state
            .as_ref()
            .is_some_and(|state| state.combinations == wanted);
        Ok(Proof {
            claim: Text::new("proof-claim-strength").with("name", desired.name.as_str()),
            read_from: Text::new("proof-from-strength"),
            standing: Standing::read_as(right),
            found: Text::new(match (&state, right) {
                (None, _) => "proof-found-nothing",
                (Some(_), true) => "proof-found-strength",
                (Some(_), false) => "proof-found-different",
            }),
            evidence: json!({ "id": key.get("id"), "strength": state }),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        if record.applied.origin != Origin::Created {
            return Ok(Undone::Kept);
        }
        let doing = Doing::TakingBack;
        let wanted: desired::AuthenticationStrength = typed(&record.desired)?;
        let Some(strength) = self.by_id(cx, &record.applied.key, doing).await? else {
            return Ok(Undone::WasGone);
        };
        if State::of(&strength).combinations != State::wanted(&wanted).combinations {
            return Ok(Undone::Drifted {
                because: Text::new("drift-strength-edited"),
            });
        }
        let graph = self.graphs.at(cx);
        // A policy that asked for it and was just taken back may still count as using it.
        let mut patience = Patience::short(cx.clock);
        loop {
            match asked(graph.delete_authentication_strength(&strength.id).await) {
                Ok(Asked::NotThere | Asked::Sent) => break,
                Err(error) if !may_be_in_use(&error) => {
                    return Err(error.into_fault(doing.text(KIND), NEEDS));
                }
                Err(error) => {
                    if !patience.next_look().await {
                        return Ok(Undone::Drifted {
                            because: Text::new("drift-strength-used")
                                .with("detail", error.to_string()),
                        });
                    }
                }
            }
        }
        while self.by_id(cx, &record.applied.key, doing).await?.is_some() {
            if !patience.next_look().await {
                return Err(Fault::new(
                    FaultKind::ServiceFailed,
                    doing.text(KIND),
                    "the strength is removed but can still be read",
                ));
            }
        }
        Ok(Undone::Reverted)
    }
}
