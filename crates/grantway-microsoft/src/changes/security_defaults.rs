//! The switch of Security Defaults.

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

use super::{Doing, Patience, json, key_of, scopes, typed};
use crate::graph::Graphs;

const KIND: &str = desired::SecurityDefaultsState::KIND;
const READ: &[&str] = &["Policy.Read.All"];
const WRITE: &[&str] = &["Policy.Read.All", "Policy.ReadWrite.SecurityDefaults"];
const NEEDS: &[&str] = &[
    "Policy.ReadWrite.SecurityDefaults",
    "Security Administrator",
];
/// There is one in a tenant, with the same id everywhere.
const ID: &str = "00000000-0000-0000-0000-000000000005";

/// Security Defaults of a tenant.
pub struct SecurityDefaultsStates {
    graphs: Graphs,
}

#[derive(Serialize, Deserialize)]
struct State {
    enabled: bool,
}

impl State {
    fn in_observed(observed: &Observed) -> Option<bool> {
        match observed {
            Observed::Present { state, .. } => serde_json::from_value::<Self>(state.clone())
                .ok()
                .map(|state| state.enabled),
            Observed::Absent => None,
        }
    }
}

impl SecurityDefaultsStates {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    async fn is_on(&self, cx: &Context<'_>, doing: Doing) -> Result<bool, Fault> {
        match self.graphs.at(cx).security_defaults().await {
            Ok(policy) => Ok(policy.is_enabled),
            Err(error) => Err(error.into_fault(doing.text(KIND), READ)),
        }
    }

    async fn switch(&self, cx: &Context<'_>, on: bool, doing: Doing) -> Result<(), Fault> {
        let switched = self.graphs.at(cx).switch_security_defaults(on).await;
        switched.map_err(|error| error.into_fault(doing.text(KIND), NEEDS))
    }

    /// Reads until they are as wanted, for half a minute; how they are then.
    async fn settled(&self, cx: &Context<'_>, on: bool, doing: Doing) -> Result<bool, Fault> {
        let mut patience = Patience::short(cx.clock);
        loop {
            let now = self.is_on(cx, doing).await?;
            if now == on || !patience.next_look().await {
                return Ok(now);
            }
        }
    }
}

fn word(on: bool) -> Text {
    Text::new(if on { "value-on" } else { "value-off" })
}

#[async_trait]
impl Change for SecurityDefaultsStates {
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
        _desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let enabled = self.is_on(cx, Doing::Reading).await?;
        Ok(Observed::Present {
            key: key_of(ID),
            state: json(&State { enabled }),
            ours: false,
        })
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let wanted = typed::<desired::SecurityDefaultsState>(desired).map(|state| state.enabled);
        match (wanted, State::in_observed(observed)) {
            (Ok(wanted), Some(now)) if wanted == now => Diff::AlreadyRight,
            _ => Diff::Update,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::SecurityDefaultsState>(desired) else {
            return vec![];
        };
        let now = State::in_observed(observed).unwrap_or(!wanted.enabled);
        if now == wanted.enabled {
            return vec![];
        }
        vec![FieldChange {
            field: Text::new("field-security-defaults"),
            before: word(now),
            after: word(wanted.enabled),
        }]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::SecurityDefaultsState = typed(desired)?;
        let right = self.diff(desired, observed) == Diff::AlreadyRight;
        if !right {
            self.switch(cx, wanted.enabled, Doing::Writing).await?;
        }
        Ok(Applied {
            origin: if right {
                Origin::Adopted
            } else {
                Origin::Updated
            },
            key: key_of(ID),
            state: json(&State {
                enabled: wanted.enabled,
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
        let wanted: desired::SecurityDefaultsState = typed(desired)?;
        let now = self.settled(cx, wanted.enabled, Doing::Proving).await?;
        Ok(Proof {
            claim: Text::new("proof-claim-security-defaults").with("state", word(wanted.enabled)),
            read_from: Text::new("proof-from-security-defaults"),
            standing: if now == wanted.enabled {
                Standing::Proved
            } else {
                Standing::NotProved
            },
            found: Text::new("proof-found-security-defaults").with("state", word(now)),
            evidence: json!({ "enabled": now }),
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        let (Origin::Updated, Some(before)) =
            (record.applied.origin, State::in_observed(&record.before))
        else {
            return Ok(Undone::Kept);
        };
        let doing = Doing::TakingBack;
        if self.is_on(cx, doing).await? == before {
            return Ok(Undone::Reverted);
        }
        self.switch(cx, before, doing).await?;
        if self.settled(cx, before, doing).await? == before {
            return Ok(Undone::Reverted);
        }
        Err(Fault::new(
            FaultKind::ServiceFailed,
            doing.text(KIND),
            "Security Defaults are put back but still read as before",
        ))
    }
}
