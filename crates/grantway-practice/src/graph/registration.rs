//! `/reports/authenticationMethods/userRegistrationDetails`: a report that lags behind what people register.
// facts: api-gdap-hardening §2.14

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::answer::{Outcome, Refusal, fields, moment};
use super::context::Context;
use super::kind::REGISTRATION;
use super::path::Key;
use crate::clock::later;
use crate::state::{Tenant, User};

const PATH: &str = "reports/authenticationMethods/userRegistrationDetails";
const READERS: &[&str] = &[
    "Reports Reader",
    "Security Reader",
    "Security Administrator",
    "Global Reader",
];

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    let lag = lag(context)?;
    let items = context.tenant(|tenant| {
        premium(tenant)?;
        Ok(tenant
            .users
            .values()
            .filter(|user| later(user.created, lag) <= context.now)
            .map(|user| shown(context, tenant, user, lag))
            .collect())
    })?;
    context.list(&REGISTRATION, PATH, items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let lag = lag(context)?;
    let wanted = keys[0].value();
    let item = context.tenant(|tenant| {
        premium(tenant)?;
        let user = super::user::find(tenant, wanted)?;
        if later(user.created, lag) > context.now {
            return Err(Refusal::not_found(wanted));
        }
        Ok(shown(context, tenant, user, lag))
    })?;
    context.entity(&REGISTRATION, PATH, item)
}

fn lag(context: &Context<'_>) -> Result<i64, Refusal> {
    context.caller.require_role(READERS)?;
    Ok(context.propagation().report)
}

fn premium(tenant: &Tenant) -> Result<(), Refusal> {
    let has = tenant.skus.iter().any(|sku| {
        sku.status == "Enabled"
            && sku
                .plans
                .iter()
                .any(|plan| plan.name.starts_with("AAD_PREMIUM"))
    });
    if has {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::FORBIDDEN,
        "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
        "Neither tenant is B2C or tenant doesn't have premium license",
    ))
}

fn shown(context: &Context<'_>, tenant: &Tenant, user: &User, lag: i64) -> Map<String, Value> {
    let registered = user
        .authenticators
        .iter()
        .any(|phone| later(phone.created, lag) <= context.now);
    let methods: &[&str] = if registered {
        &["microsoftAuthenticatorPush", "softwareOneTimePasscode"]
    } else {
        &[]
    };
    fields(json!({
        "id": user.id,
        "userPrincipalName": user.upn,
        "userDisplayName": user.display_name,
        "isAdmin": !tenant.roles_of(&user.id, context.now).is_empty(),
        "isMfaCapable": registered,
        "isMfaRegistered": registered,
        "isPasswordlessCapable": false,
        "isSsprCapable": false,
        "isSsprEnabled": false,
        "isSsprRegistered": false,
        "isSystemPreferredAuthenticationMethodEnabled": true,
        "lastUpdatedDateTime": moment(later(context.now, -lag)),
        "methodsRegistered": methods,
        "systemPreferredAuthenticationMethods": if registered { json!(["PhoneAppNotification"]) } else { json!([]) },
        "userPreferredMethodForSecondaryAuthentication": if registered { "push" } else { "none" },
        "userType": "member",
    }))
}
