//! `/policies/authenticationMethodsPolicy`: which ways to prove oneself the tenant allows. Only the Authenticator app depends on the
//! scenario.

use serde_json::{Map, Value, json};

use super::answer::{Outcome, Refusal, fields};
use super::context::Context;
use super::kind::{METHOD_CONFIGURATION, METHODS_POLICY};
use super::path::Key;
use crate::state::Tenant;

const PATH: &str = "policies/authenticationMethodsPolicy";
const READERS: &[&str] = &[
    "Authentication Policy Administrator",
    "Conditional Access Administrator",
    "Privileged Authentication Administrator",
    "Security Administrator",
    "Security Reader",
    "Global Reader",
];
/// The other methods: id, type, and whether they are on.
const OTHERS: [(&str, &str, bool); 5] = [
    ("Fido2", "fido2AuthenticationMethodConfiguration", false),
    ("Sms", "smsAuthenticationMethodConfiguration", false),
    (
        "SoftwareOath",
        "softwareOathAuthenticationMethodConfiguration",
        false,
    ),
    (
        "TemporaryAccessPass",
        "temporaryAccessPassAuthenticationMethodConfiguration",
        false,
    ),
    ("Voice", "voiceAuthenticationMethodConfiguration", false),
];

pub(super) fn get(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let item = context.tenant(|tenant| {
        let configurations: Vec<Value> = all(tenant).into_iter().map(Value::Object).collect();
        Ok(fields(json!({
            "id": "authenticationMethodsPolicy",
            "displayName": "Authentication Methods Policy",
            "description": "The tenant-wide policy that controls which authentication methods are allowed.",
            "lastModifiedDateTime": super::answer::moment(tenant.created),
            "policyVersion": "1.5",
            "policyMigrationState": "migrationComplete",
            "reconfirmationInDays": null,
            "registrationEnforcement": { "authenticationMethodsRegistrationCampaign": { "snoozeDurationInDays": 1, "state": "default", "excludeTargets": [], "includeTargets": [] } },
            "authenticationMethodConfigurations": configurations,
        })))
    })?;
    context.entity(&METHODS_POLICY, PATH, item)
}

pub(super) fn configuration(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let wanted = keys[0].value();
    let item = context.tenant(|tenant| {
        all(tenant)
            .into_iter()
            .find(|item| {
                item["id"]
                    .as_str()
                    .is_some_and(|id| id.eq_ignore_ascii_case(wanted))
            })
            .ok_or_else(|| Refusal::not_found(wanted))
    })?;
    context.entity(
        &METHOD_CONFIGURATION,
        &format!("{PATH}/authenticationMethodConfigurations"),
        item,
    )
}

fn all(tenant: &Tenant) -> Vec<Map<String, Value>> {
    let state = |on: bool| if on { "enabled" } else { "disabled" };
    let authenticator = fields(json!({
        "@odata.type": "#microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration",
        "id": "MicrosoftAuthenticator",
        "state": state(tenant.authenticator_allowed),
        "excludeTargets": [],
        "isSoftwareOathEnabled": false,
        "includeTargets": [{ "targetType": "group", "id": "all_users", "isRegistrationRequired": false, "authenticationMode": "any" }],
    }));
    let others = OTHERS.iter().map(|(id, kind, on)| {
        fields(json!({ "@odata.type": format!("#microsoft.graph.{kind}"), "id": id, "state": state(*on), "excludeTargets": [] }))
    });
    std::iter::once(authenticator).chain(others).collect()
}
