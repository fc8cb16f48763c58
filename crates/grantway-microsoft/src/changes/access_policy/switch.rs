//! Switching a policy, and putting it back.

use grantway_core::change::{Context, Undone};
use grantway_core::{Fault, FaultKind, Text};

use super::{KIND, defaults_are_off, fault, fresh};
use crate::changes::{Doing, Patience};
use crate::graph::Graph;

pub(in crate::changes) const ON: &str = "enabled";
pub(in crate::changes) const OFF: &str = "disabled";

/// A state, for people.
pub(in crate::changes) fn state_word(state: &str) -> Text {
    match state {
        ON => Text::new("value-on"),
        OFF => Text::new("value-off"),
        "enabledForReportingButNotEnforced" => Text::new("value-report-only"),
        other => Text::verbatim(other),
    }
}

/// Switches a policy. Security Defaults that were switched off a moment ago are waited for.
pub(in crate::changes) async fn switch(
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
            return Err(fault(error, doing));
        }
    }
}

/// Puts a policy from the state that we gave it back to the one before, unless somebody has switched it since.
pub(in crate::changes) async fn put_back(
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
        let state = policy.state.clone().unwrap_or_default();
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
