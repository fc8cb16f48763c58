//! `/identity/conditionalAccess/policies`: reading. One call a second for a whole tenant.

use serde_json::{Map, Value, json};

use super::answer::{Outcome, Refusal, fields, moment};
use super::body::object_id;
use super::context::Context;
use super::kind::POLICY;
use super::path::Key;
use crate::state::ConditionalAccessPolicy;

const PATH: &str = "identity/conditionalAccess/policies";
const READERS: &[&str] = &[
    "Conditional Access Administrator",
    "Security Administrator",
    "Security Reader",
    "Global Reader",
];

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let items =
        context.tenant(|tenant| Ok(tenant.conditional_access.values().map(shown).collect()))?;
    context.list(&POLICY, PATH, items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let id = object_id(keys[0].value())?;
    let item = context.tenant(|tenant| {
        tenant
            .conditional_access
            .get(&id)
            .map(shown)
            .ok_or_else(|| Refusal::not_found(id))
    })?;
    context.entity(&POLICY, PATH, item)
}

fn shown(policy: &ConditionalAccessPolicy) -> Map<String, Value> {
    fields(json!({
        "id": policy.id,
        "templateId": null,
        "displayName": policy.display_name,
        "createdDateTime": moment(policy.created),
        "modifiedDateTime": policy.modified.map(moment),
        "state": policy.state,
        "conditions": policy.conditions,
        "grantControls": policy.grant_controls,
        "sessionControls": policy.session_controls,
    }))
}
