//! `/policies/identitySecurityDefaultsEnforcementPolicy`.

use serde_json::json;

use super::answer::{Answer, Outcome, Refusal, fields};
use super::body::Body;
use super::context::Context;
use super::kind::SECURITY_DEFAULTS;
use super::path::Key;

const READERS: &[&str] = &[
    "Security Administrator",
    "Conditional Access Administrator",
    "Security Reader",
    "Global Reader",
    "Security Operator",
];
const WRITERS: &[&str] = &["Security Administrator", "Conditional Access Administrator"];

pub(super) fn get(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let enabled = context.tenant(|tenant| Ok(tenant.security_defaults))?;
    let item = fields(json!({
        "id": "00000000-0000-0000-0000-000000000005",
        "deletedDateTime": null,
        "displayName": "Security Defaults",
        "description": "Security defaults is a set of basic identity security mechanisms recommended by Microsoft.",
        "isEnabled": enabled,
    }));
    context.entity(
        &SECURITY_DEFAULTS,
        "policies/identitySecurityDefaultsEnforcementPolicy",
        item,
    )
}

pub(super) fn update(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let body = Body::of(
        context.call,
        &SECURITY_DEFAULTS,
        "IdentitySecurityDefaultsEnforcementPolicy",
    )?;
    if let Some(enabled) = body.flag("isEnabled")? {
        context.change(|tenant| {
            // The portal refuses this; that the API does too is a guess.
            let policy = tenant
                .conditional_access
                .values()
                .find(|policy| policy.state == "enabled");
            if let Some(policy) = policy.filter(|_| enabled && !tenant.security_defaults) {
                return Err(Refusal::bad_query(format!(
                    "Security Defaults cannot be enabled while the Conditional Access policy '{}' is enabled.",
                    policy.display_name
                )));
            }
            tenant.security_defaults = enabled;
            Ok(())
        })?;
    }
    Ok(Answer::no_content())
}
