//! A policy in the place of Security Defaults: two switches in one go, since nothing asks for a second factor between them.
// facts: api-gdap-hardening §2.9, §2.12: policy off, Security Defaults off, policy on is the order that is accepted.

#[cfg(test)]
mod tests;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::access_policy::fresh;
use super::access_policy::switch::{OFF, ON, state_word, switch};
use super::{Doing, Patience, adopted, json, key_of, known, scopes, typed};
use crate::graph::{Graph, Graphs};

const KIND: &str = desired::DefaultsReplaced::KIND;
const READ: &[&str] = &["Policy.Read.All"];
const WRITE: &[&str] = &[
    "Policy.Read.All",
    "Policy.ReadWrite.SecurityDefaults",
    "Policy.ReadWrite.ConditionalAccess",
    "Application.Read.All",
];
const NEEDS: &[&str] = &[
    "Policy.ReadWrite.SecurityDefaults",
    "Security Administrator",
];

/// Policies in the place of Security Defaults.
pub struct DefaultsReplacements {
    graphs: Graphs,
}

/// The two switches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    /// Whether Security Defaults are on.
    defaults: bool,
    /// Microsoft's word for the policy's state.
    policy: String,
    /// Whether this step switched Security Defaults off: it then switches them on again.
    #[serde(default = "yes")]
    were_on: bool,
}

// A step of which nothing but its effect is known was planned because they were on.
fn yes() -> bool {
    true
}

impl State {
    fn is_right(&self) -> bool {
        !self.defaults && self.policy == ON
    }

    fn done(were_on: bool) -> Self {
        Self {
            defaults: false,
            policy: ON.to_owned(),
            were_on,
        }
    }

    fn in_observed(observed: &Observed) -> Option<Self> {
        match observed {
            Observed::Present { state, .. } => serde_json::from_value(state.clone()).ok(),
            Observed::Absent => None,
        }
    }
}

fn defaults_word(on: bool) -> Text {
    Text::new(if on { "value-on" } else { "value-off" })
}

/// Both switches as they are; none when the policy is gone.
async fn now(graph: &Graph, id: &str, doing: Doing) -> Result<Option<State>, Fault> {
    let Some(policy) = fresh(graph, id, doing).await? else {
        return Ok(None);
    };
    Ok(Some(State {
        defaults: defaults_are_on(graph, doing).await?,
        policy: policy.state.unwrap_or_default(),
        were_on: true,
    }))
}

async fn defaults_are_on(graph: &Graph, doing: Doing) -> Result<bool, Fault> {
    match graph.security_defaults().await {
        Ok(defaults) => Ok(defaults.is_enabled),
        Err(error) => Err(error.into_fault(doing.text(KIND), READ)),
    }
}

/// Switches Security Defaults and reads until they are so. That a policy is on is said for a moment after it was switched off.
async fn switch_defaults(
    cx: &Context<'_>,
    graph: &Graph,
    on: bool,
    doing: Doing,
) -> Result<(), Fault> {
    let mut patience = Patience::short(cx.clock);
    loop {
        let error = match graph.switch_security_defaults(on).await {
            Ok(()) => break,
            Err(error) => error,
        };
        let may_come = on && error.status().is_some_and(|status| status.as_u16() == 400);
        if !(may_come && patience.next_look().await) {
            return Err(error.into_fault(doing.text(KIND), NEEDS));
        }
    }
    while defaults_are_on(graph, doing).await? != on {
        if !patience.next_look().await {
            let detail = "Security Defaults are switched but still read as before";
            return Err(Fault::new(
                FaultKind::ServiceFailed,
                doing.text(KIND),
                detail,
            ));
        }
    }
    Ok(())
}

/// After the second switch has failed: the first one is put back, and what is told is why the second failed. Where that fails as
/// well, it is told too: nothing asks for a second factor then.
fn both(second: Fault, put_back: Result<(), Fault>) -> Fault {
    let detail = match &put_back {
        Ok(()) => return second,
        Err(first) => format!(
            "{}; and nothing asks for a second factor now, since putting back what did failed as well: {}",
            second.detail, first.detail
        ),
    };
    Fault { detail, ..second }
}

impl DefaultsReplacements {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }
}

#[async_trait]
impl Change for DefaultsReplacements {
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
        let wanted: desired::DefaultsReplaced = typed(desired)?;
        let id = known(&wanted.policy, KIND)?;
        let seen = now(&self.graphs.at(cx), &id, Doing::Reading).await?;
        Ok(seen.map_or(Observed::Absent, |state| Observed::Present {
            key: key_of(&id),
            state: json(&state),
            ours: false,
        }))
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let Ok(wanted) = typed::<desired::DefaultsReplaced>(desired) else {
            return Diff::Update;
        };
        match State::in_observed(observed) {
            Some(state) if state.is_right() => Diff::AlreadyRight,
            Some(_) => Diff::Update,
            // An earlier step makes it.
            None if wanted.policy.now().is_none() => Diff::Update,
            None => Diff::Conflict {
                because: Text::new("conflict-policy-gone").with("policy", wanted.policy_name),
            },
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::DefaultsReplaced>(desired) else {
            return vec![];
        };
        let now = State::in_observed(observed).unwrap_or(State {
            defaults: true,
            policy: OFF.to_owned(),
            were_on: true,
        });
        let mut fields = Vec::new();
        if now.defaults {
            fields.push(FieldChange {
                field: Text::new("field-security-defaults"),
                before: defaults_word(true),
                after: defaults_word(false),
            });
        }
        if now.policy != ON {
            fields.push(FieldChange {
                field: Text::new("field-policy-switch").with("policy", wanted.policy_name),
                before: state_word(&now.policy),
                after: state_word(ON),
            });
        }
        fields
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::DefaultsReplaced = typed(desired)?;
        let id = known(&wanted.policy, KIND)?;
        if let (Diff::AlreadyRight, Observed::Present { key, state, .. }) =
            (self.diff(desired, observed), observed)
        {
            return Ok(adopted(key, state));
        }
        let doing = Doing::Writing;
        let graph = self.graphs.at(cx);
        let are_on = defaults_are_on(&graph, doing).await?;
        // Where an earlier try was cut off they may be off by our own doing: the plan was made because they were on.
        let were_on = are_on || cx.cut_off;
        if are_on {
            switch_defaults(cx, &graph, false, doing).await?;
        }
        if let Err(fault) = switch(cx, &graph, &id, ON, doing).await {
            let back = match were_on {
                // Whether the policy is on is not known: looked at before anything else is switched.
                _ if fault.kind == FaultKind::AnswerLost => return Err(fault),
                true => switch_defaults(cx, &graph, true, doing).await,
                false => Ok(()),
            };
            return Err(both(fault, back));
        }
        Ok(Applied {
            origin: Origin::Updated,
            key: key_of(&id),
            state: json(&State::done(were_on)),
            note: None,
        })
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::DefaultsReplaced = typed(desired)?;
        let id = known(&wanted.policy, KIND)?;
        let graph = self.graphs.at(cx);
        let mut patience = Patience::short(cx.clock);
        let seen = loop {
            let seen = now(&graph, &id, Doing::Proving).await?;
            let is_final = seen.as_ref().is_none_or(State::is_right);
            if is_final || !patience.next_look().await {
                break seen;
            }
        };
        let right = seen.as_ref().is_some_and(State::is_right);
        Ok(Proof {
            claim: Text::new("proof-claim-defaults-replaced").with("policy", wanted.policy_name),
            read_from: Text::new("proof-from-defaults-replaced"),
            standing: Standing::read_as(right),
            found: match &seen {
                None => Text::new("proof-found-nothing"),
                Some(state) => Text::new("proof-found-defaults-replaced")
                    .with("defaults", defaults_word(state.defaults))
                    .with("policy", state_word(&state.policy)),
            },
            evidence: json(&seen),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        if record.applied.origin == Origin::Adopted {
            return Ok(Undone::Kept);
        }
        let wanted: desired::DefaultsReplaced = typed(&record.desired)?;
        let id = known(&wanted.policy, KIND)?;
        let doing = Doing::TakingBack;
        let graph = self.graphs.at(cx);
        let applied: Option<State> = serde_json::from_value(record.applied.state.clone()).ok();
        let were_on = applied.is_none_or(|state| state.were_on);
        let Some(seen) = now(&graph, &id, doing).await? else {
            // Somebody removed the policy: Security Defaults are all that could protect.
            if were_on && !defaults_are_on(&graph, doing).await? {
                switch_defaults(cx, &graph, true, doing).await?;
                return Ok(Undone::Reverted);
            }
            return Ok(Undone::WasGone);
        };
        if seen.policy == ON {
            switch(cx, &graph, &id, OFF, doing).await?;
        }
        if were_on
            && !seen.defaults
            && let Err(fault) = switch_defaults(cx, &graph, true, doing).await
        {
            let back = if fault.kind == FaultKind::AnswerLost || seen.policy != ON && !cx.cut_off {
                Ok(())
            } else {
                switch(cx, &graph, &id, ON, doing).await
            };
            return Err(both(fault, back));
        }
        Ok(Undone::Reverted)
    }
}
