//! The switch of an access policy.

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

use super::access_policy::{NEEDS, defaults_are_off, fresh};
use super::{Doing, P1, Patience, json, key_of, known, licensed_fault, scopes, typed};
use crate::graph::conditional_access::{AccessPolicy, READ};
use crate::graph::{Graph, Graphs};

const KIND: &str = desired::AccessPolicyState::KIND;
const ON: &str = "enabled";
const OFF: &str = "disabled";

/// Switches of access policies of a tenant.
pub struct AccessPolicyStates {
    graphs: Graphs,
}

/// Microsoft's word, not ours: report-only is put back as such.
#[derive(Serialize, Deserialize)]
struct State {
    state: String,
}

impl State {
    fn of(policy: &AccessPolicy) -> Self {
        Self {
            state: policy.state.clone().unwrap_or_default(),
        }
    }

    fn in_observed(observed: &Observed) -> Option<String> {
        match observed {
            Observed::Present { state, .. } => serde_json::from_value::<Self>(state.clone())
                .ok()
                .map(|state| state.state),
            Observed::Absent => None,
        }
    }
}

/// The word that is written.
fn word(enabled: bool) -> &'static str {
    if enabled { ON } else { OFF }
}

/// Report-only stops nobody, so it is as good as off.
fn is_right(state: &str, enabled: bool) -> bool {
    (state == ON) == enabled
}

/// A state, for people.
pub(super) fn state_word(state: &str) -> Text {
    match state {
        ON => Text::new("value-on"),
        OFF => Text::new("value-off"),
        "enabledForReportingButNotEnforced" => Text::new("value-report-only"),
        other => Text::verbatim(other),
    }
}

/// Switches a policy. Security Defaults that were switched off a moment ago are waited for.
pub(super) async fn switch(
    cx: &Context<'_>,
    graph: &Graph,
    id: &str,
    state: &str,
    doing: Doing,
) -> Result<(), Fault> {
    let mut patience = Patience::long(cx.clock);
    loop {
        let Err(error) = graph.switch_access_policy(id, state).await else {
            return Ok(());
        };
        if error.is_not_found() {
            let detail = "the policy is not there any more";
            return Err(Fault::new(FaultKind::Conflict, doing.text(KIND), detail));
        }
        let may_come = defaults_are_off(graph, &error, doing).await?;
        if !(may_come && patience.next_look().await) {
            return Err(licensed_fault(error, doing.text(KIND), NEEDS, P1));
        }
    }
}

/// Puts a policy from the state that we gave it back to the one before, unless somebody has switched it since.
pub(super) async fn put_back(
    cx: &Context<'_>,
    graph: &Graph,
    id: &str,
    (ours, before): (&str, &str),
) -> Result<Undone, Fault> {
    let doing = Doing::TakingBack;
    let mut patience = Patience::short(cx.clock);
    let mut written = false;
    loop {
        let Some(policy) = fresh(graph, id, doing).await? else {
            return Ok(Undone::WasGone);
        };
        let State { state } = State::of(&policy);
        if state == before {
            return Ok(Undone::Reverted);
        }
        if !written && state != ours {
            return Ok(Undone::Drifted {
                because: Text::new("drift-policy-switched").with("state", state_word(&state)),
            });
        }
        if !written {
            switch(cx, graph, id, before, doing).await?;
            written = true;
        } else if !patience.next_look().await {
            let detail = "the policy is put back but still read as before";
            return Err(Fault::new(
                FaultKind::ServiceFailed,
                doing.text(KIND),
                detail,
            ));
        }
    }
}

impl AccessPolicyStates {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }
}

#[async_trait]
impl Change for AccessPolicyStates {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            Act::Read => READ,
            Act::Write | Act::Undo => super::WRITE_POLICY,
        })
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let wanted: desired::AccessPolicyState = typed(desired)?;
        let id = known(&wanted.policy, KIND)?;
        let doing = Doing::Reading.text(KIND);
        let seen = self.graphs.at(cx).access_policy_seen(&id, doing).await?;
        Ok(seen.map_or(Observed::Absent, |policy| Observed::Present {
            key: key_of(&policy.id),
            state: json(&State::of(&policy)),
            ours: false,
        }))
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let Ok(wanted) = typed::<desired::AccessPolicyState>(desired) else {
            return Diff::Update;
        };
        match State::in_observed(observed) {
            Some(state) if is_right(&state, wanted.enabled) => Diff::AlreadyRight,
            Some(_) => Diff::Update,
            // An earlier step makes it.
            None if wanted.policy.now().is_none() => Diff::Update,
            None => Diff::Conflict {
                because: Text::new("conflict-policy-gone").with("policy", wanted.name),
            },
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::AccessPolicyState>(desired) else {
            return vec![];
        };
        let now = State::in_observed(observed).unwrap_or_else(|| word(!wanted.enabled).to_owned());
        if is_right(&now, wanted.enabled) {
            return vec![];
        }
        vec![FieldChange {
            field: Text::new("field-policy-switch").with("policy", wanted.name),
            before: state_word(&now),
            after: state_word(word(wanted.enabled)),
        }]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::AccessPolicyState = typed(desired)?;
        let id = known(&wanted.policy, KIND)?;
        if let (Diff::AlreadyRight, Observed::Present { key, state, .. }) =
            (self.diff(desired, observed), observed)
        {
            return Ok(Applied {
                origin: Origin::Adopted,
                key: key.clone(),
                state: state.clone(),
                note: None,
            });
        }
        let state = word(wanted.enabled);
        switch(cx, &self.graphs.at(cx), &id, state, Doing::Writing).await?;
        Ok(Applied {
            origin: Origin::Updated,
            key: key_of(&id),
            state: json(&State {
                state: state.to_owned(),
            }),
            note: None,
        })
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::AccessPolicyState = typed(desired)?;
        let id = known(&wanted.policy, KIND)?;
        let graph = self.graphs.at(cx);
        let mut patience = Patience::short(cx.clock);
        let (seen, right) = loop {
            let seen = fresh(&graph, &id, Doing::Proving).await?;
            let state = seen.as_ref().map(|policy| State::of(policy).state);
            let right = state
                .as_deref()
                .is_some_and(|state| is_right(state, wanted.enabled));
            if right || state.is_none() || !patience.next_look().await {
                break (state, right);
            }
        };
        Ok(Proof {
            claim: Text::new("proof-claim-policy-state")
                .with("policy", wanted.name)
                .with("state", state_word(word(wanted.enabled))),
            read_from: Text::new("proof-from-access-policy"),
            standing: if right {
                Standing::Proved
            } else {
                Standing::NotProved
            },
            found: match &seen {
                None => Text::new("proof-found-nothing"),
                Some(state) => {
                    Text::new("proof-found-policy-state").with("state", state_word(state))
                }
            },
            evidence: json!({ "id": id, "state": seen }),
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        if record.applied.origin == Origin::Adopted {
            return Ok(Undone::Kept);
        }
        let wanted: desired::AccessPolicyState = typed(&record.desired)?;
        let id = known(&wanted.policy, KIND)?;
        // Where the policy was made by the plan itself it was the other way round before.
        let before =
            State::in_observed(&record.before).unwrap_or_else(|| word(!wanted.enabled).to_owned());
        let ours = word(wanted.enabled);
        put_back(cx, &self.graphs.at(cx), &id, (ours, &before)).await
    }
}
