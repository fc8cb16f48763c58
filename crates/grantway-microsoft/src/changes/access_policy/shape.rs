//! What an access policy says, written for Graph and read back from it. Pure.
// facts: api-gdap-hardening §2.9.

use grantway_core::TenantId;
use grantway_core::desired::{self, PolicyControl, PolicyUsers};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::changes::policy_exclusion::{Who, add, excludes};
use crate::graph::conditional_access::AccessPolicy;

/// What a policy says, without what says nothing: nulls, empty lists, annotations.
#[derive(Debug, Serialize, Deserialize, PartialEq)]
pub(super) struct State {
    pub(super) name: String,
    /// `enabled`, `disabled`, `enabledForReportingButNotEnforced`.
    pub(super) state: String,
    conditions: Value,
    grant: Value,
    session: Value,
}

/// How a policy stands to what is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// It says just that.
    Same,
    /// It leaves out more people than is wanted.
    LeavesOutMore,
    /// It says something else.
    Other,
}

impl State {
    pub(super) fn of(policy: &AccessPolicy) -> Self {
        let mut grant = policy.grant_controls.clone();
        // The answer shows the whole strength; a policy only names it.
        if let Some(id) = grant["authenticationStrength"]["id"].as_str() {
            grant["authenticationStrength"] = json!({ "id": id });
        }
        Self {
            name: policy.display_name.clone().unwrap_or_default(),
            state: policy.state.clone().unwrap_or_default(),
            conditions: lean(&policy.conditions),
            grant: lean(&grant),
            session: lean(&policy.session_controls),
        }
    }

    pub(super) fn is_on(&self) -> bool {
        self.state == "enabled"
    }

    /// Compares all but the switch.
    pub(super) fn fit(&self, wanted: &desired::AccessPolicy) -> Fit {
        let (Some(conditions), Some(grant)) = (conditions(wanted), grant(&wanted.control)) else {
            return Fit::Other;
        };
        let without_exclusions = |conditions: &Value| {
            let mut conditions = lean(conditions);
            if let Some(users) = conditions["users"].as_object_mut() {
                users.retain(|name, _| !name.starts_with("exclude"));
            }
            conditions
        };
        let same = without_exclusions(&self.conditions) == without_exclusions(&conditions)
            && self.grant == lean(&grant)
            && self.session.is_null();
        let users = &self.conditions["users"];
        let leaves_out = |who| excludes(users, who);
        let provider_is_out = wanted
            .exclude_service_provider
            .is_none_or(|tenant| leaves_out(Who::Provider(tenant)));
        let account_is_out = match &wanted.users {
            PolicyUsers::Account { user, .. } => user
                .now()
                .is_none_or(|user| leaves_out(Who::Account(*user))),
            PolicyUsers::All => false,
        };
        if !same || !provider_is_out || account_is_out {
            return Fit::Other;
        }
        if self.conditions == lean(&conditions) {
            Fit::Same
        } else {
            Fit::LeavesOutMore
        }
    }
}

/// The whole policy as it is sent; none while an id is missing.
pub(super) fn body(wanted: &desired::AccessPolicy) -> Option<Value> {
    Some(json!({
        "displayName": wanted.name,
        "state": word(wanted.enabled),
        "conditions": conditions(wanted)?,
        "grantControls": grant(&wanted.control)?,
    }))
}

/// Microsoft's word for on and off.
pub(super) fn word(enabled: bool) -> &'static str {
    if enabled { "enabled" } else { "disabled" }
}

fn conditions(wanted: &desired::AccessPolicy) -> Option<Value> {
    let users = match &wanted.users {
        PolicyUsers::All => json!({ "includeUsers": ["All"] }),
        PolicyUsers::Account { user, .. } => json!({ "includeUsers": [user.now()?] }),
    };
    Some(json!({
        "clientAppTypes": ["all"],
        "applications": { "includeApplications": ["All"] },
        "users": leaving_out(users, wanted.exclude_service_provider),
    }))
}

fn leaving_out(users: Value, provider: Option<TenantId>) -> Value {
    // Nobody from outside is excluded yet, so there is no list that could be unclear.
    provider
        .and_then(|tenant| add(&users, Who::Provider(tenant)).ok())
        .unwrap_or(users)
}

fn grant(control: &PolicyControl) -> Option<Value> {
    Some(match control {
        PolicyControl::Mfa => json!({ "operator": "OR", "builtInControls": ["mfa"] }),
        // A strength and the plain second factor cannot be asked for together.
        PolicyControl::Strength { id, .. } => json!({
            "operator": "OR",
            "builtInControls": [],
            "authenticationStrength": { "id": id.now()? },
        }),
    })
}

fn lean(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept: Map<String, Value> = map
                .iter()
                .filter(|(name, _)| !name.contains('@'))
                .map(|(name, value)| (name.clone(), lean(value)))
                .filter(|(_, value)| !value.is_null())
                .collect();
            if kept.is_empty() {
                Value::Null
            } else {
                Value::Object(kept)
            }
        }
        Value::Array(all) if all.is_empty() => Value::Null,
        Value::Array(all) => all.iter().map(lean).collect(),
        plain => plain.clone(),
    }
}
