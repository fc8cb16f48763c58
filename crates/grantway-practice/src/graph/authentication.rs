//! `/users/{id}/authentication/…`: registered sign-in methods.
// facts: api-gdap-hardening §2.14

use serde_json::{Map, Value, json};

use super::answer::{Outcome, fields, moment};
use super::context::Context;
use super::kind::{AUTHENTICATOR, METHOD};
use super::path::Key;
use super::user::find_visible;
use crate::state::{Authenticator, User};

const READERS: &[&str] = &["Privileged Authentication Administrator", "Global Reader"];

pub(super) fn methods(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let (path, items) = read(context, keys, "methods", |user| {
        let password = fields(json!({
            "@odata.type": "#microsoft.graph.passwordAuthenticationMethod",
            "id": "28c10230-6103-485e-b985-444c60001490",
            "password": null,
            "createdDateTime": moment(user.last_password_change),
        }));
        let phones = user.authenticators.iter().map(|phone| {
            let mut item = fields(json!({ "@odata.type": "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod" }));
            item.extend(shown(phone));
            item
        });
        std::iter::once(password).chain(phones).collect()
    })?;
    context.list(&METHOD, &path, items)
}

pub(super) fn authenticators(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let (path, items) = read(context, keys, "microsoftAuthenticatorMethods", |user| {
        user.authenticators.iter().map(shown).collect()
    })?;
    context.list(&AUTHENTICATOR, &path, items)
}

fn read(
    context: &Context<'_>,
    keys: &[Key],
    last: &str,
    items: impl FnOnce(&User) -> Vec<Map<String, Value>>,
) -> Result<(String, Vec<Map<String, Value>>), super::answer::Refusal> {
    context.tenant(|tenant| {
        let user = find_visible(context, tenant, keys[0].value())?;
        if context.caller.is_foreign() || user.id != context.caller.object() {
            context.caller.require_role(READERS)?;
        }
        Ok((
            format!("users('{}')/authentication/{last}", user.id),
            items(user),
        ))
    })
}

fn shown(phone: &Authenticator) -> Map<String, Value> {
    fields(json!({
        "id": phone.id,
        "createdDateTime": moment(phone.created),
        "displayName": phone.device_name,
        "deviceTag": "SoftwareTokenActivated",
        "phoneAppVersion": phone.app_version,
    }))
}
