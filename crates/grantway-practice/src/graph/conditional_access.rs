//! `/identity/conditionalAccess/policies`. One call a second for a whole tenant.
// facts: api-gdap-hardening §2.9 to §2.11

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Outcome, Refusal, fields, moment};
use super::authentication_strength;
use super::body::{Body, object_id};
use super::conditional_access_rules as rules;
use super::context::Context;
use super::kind::POLICY;
use super::path::Key;
use crate::clock::later;
use crate::state::{ConditionalAccessPolicy, Tenant, conditions, grant_controls, session_controls};

const PATH: &str = "identity/conditionalAccess/policies";
const READERS: &[&str] = &[
    "Conditional Access Administrator",
    "Security Administrator",
    "Security Reader",
    "Global Reader",
];
const WRITERS: &[&str] = &["Conditional Access Administrator", "Security Administrator"];

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let lag = context.propagation().list;
    let items = context.tenant(|tenant| {
        Ok(tenant
            .conditional_access
            .values()
            .filter(|policy| later(policy.created, lag) <= context.now)
            .map(|policy| shown(tenant, policy))
            .collect())
    })?;
    context.list(&POLICY, PATH, items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let id = object_id(keys[0].value())?;
    let item = context.tenant(|tenant| {
        tenant
            .conditional_access
            .get(&id)
            .map(|policy| shown(tenant, policy))
            .ok_or_else(|| Refusal::not_found(id))
    })?;
    context.entity(&POLICY, PATH, item)
}

pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let body = Body::of(context.call, &POLICY, "ConditionalAccessPolicy")?;
    let sent = |name| body.value(name).cloned().unwrap_or_default();
    let display_name = body.text("displayName")?.ok_or_else(rules::malformed)?;
    let state = rules::state(body.text("state")?)?;
    rules::no_other_members(&sent("conditions"), &sent("grantControls"))?;
    let policy = ConditionalAccessPolicy {
        id: context.cloud.ids.guid(),
        display_name: display_name.to_owned(),
        state: state.to_owned(),
        conditions: conditions(&sent("conditions")),
        grant_controls: grant_controls(&sent("grantControls")),
        session_controls: session_controls(&sent("sessionControls")),
        created: context.now,
        modified: None,
    };
    let item = context.change(|tenant| {
        licensed(tenant)?;
        rules::check(tenant, &policy, context.now)?;
        may_be_enabled(tenant, &policy.state)?;
        let item = shown(tenant, &policy);
        tenant.conditional_access.insert(policy.id, policy);
        Ok(item)
    })?;
    context.made(&POLICY, PATH, item)
}

/// Changes a policy. A member of `conditions` that is sent takes the place of the present one as a whole, and so do grant and session
/// controls; what is not sent stays.
// facts: api-gdap-hardening §2.10: how parts of `users` merge is not documented, so this cloud does not merge them.
pub(super) fn update(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let id = object_id(keys[0].value())?;
    let body = Body::of(context.call, &POLICY, "ConditionalAccessPolicy")?;
    if let Some(name) = body.names().find(|name| {
        matches!(
            *name,
            "id" | "createdDateTime" | "modifiedDateTime" | "templateId" | "deletedDateTime"
        )
    }) {
        return Err(Refusal::bad_request(format!(
            "Property '{name}' is read-only and cannot be set."
        )));
    }
    let sent = |name| body.value(name).cloned().unwrap_or_default();
    rules::no_other_members(&sent("conditions"), &sent("grantControls"))?;
    context.change(|tenant| {
        licensed(tenant)?;
        let mut policy = tenant
            .conditional_access
            .get(&id)
            .cloned()
            .ok_or_else(|| Refusal::not_found(id))?;
        if body.has("displayName") {
            policy.display_name = body
                .text("displayName")?
                .ok_or_else(rules::malformed)?
                .to_owned();
        }
        if body.has("state") {
            policy.state = rules::state(body.text("state")?)?.to_owned();
        }
        if let Some(Value::Object(members)) = body.value("conditions") {
            for (name, value) in members {
                policy.conditions[name.as_str()] = value.clone();
            }
            policy.conditions = conditions(&policy.conditions);
        }
        if body.has("grantControls") {
            policy.grant_controls = grant_controls(&sent("grantControls"));
        }
        if body.has("sessionControls") {
            policy.session_controls = session_controls(&sent("sessionControls"));
        }
        policy.modified = Some(context.now);
        rules::check(tenant, &policy, context.now)?;
        may_be_enabled(tenant, &policy.state)?;
        tenant.conditional_access.insert(id, policy);
        Ok(Answer::no_content())
    })
}

pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let id = object_id(keys[0].value())?;
    context.change(|tenant| match tenant.conditional_access.remove(&id) {
        Some(_) => Ok(Answer::no_content()),
        None => Err(Refusal::not_found(id)),
    })
}

fn licensed(tenant: &Tenant) -> Result<(), Refusal> {
    if tenant.has_p1() {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::FORBIDDEN,
        "AccessDenied",
        "Your tenant is not licensed for this feature.",
    ))
}

fn may_be_enabled(tenant: &Tenant, state: &str) -> Result<(), Refusal> {
    if state == "enabled" && tenant.security_defaults {
        return Err(Refusal::bad_query(
            "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional Access policy.",
        ));
    }
    Ok(())
}

fn shown(tenant: &Tenant, policy: &ConditionalAccessPolicy) -> Map<String, Value> {
    let mut controls = policy.grant_controls.clone();
    if let Some(id) = controls["authenticationStrength"]["id"].as_str()
        && let Some(strength) = authentication_strength::of(tenant, id)
    {
        controls["authenticationStrength"] = Value::Object(strength);
    }
    fields(json!({
        "id": policy.id,
        "templateId": null,
        "displayName": policy.display_name,
        "createdDateTime": moment(policy.created),
        "modifiedDateTime": policy.modified.map(moment),
        "state": policy.state,
        "conditions": policy.conditions,
        "grantControls": controls,
        "sessionControls": policy.session_controls,
    }))
}
