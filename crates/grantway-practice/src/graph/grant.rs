//! What applications were granted: delegated permission grants and app role assignments.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Answer, Outcome, Refusal, fields, moment};
use super::body::Body;
use super::context::Context;
use super::group::exists;
use super::kind::{APP_ROLE_ASSIGNMENT, GRANT};
use super::path::Key;
use super::service_principal::{MANAGERS, find};
use crate::clock::later;
use crate::state::{AppRoleAssignment, DelegatedGrant, GrantReach, ServicePrincipal, Tenant};

const GRANTERS: &[&str] = &[
    "Application Administrator",
    "Cloud Application Administrator",
    "Privileged Role Administrator",
];
const READERS: &[&str] = &[
    "Application Administrator",
    "Cloud Application Administrator",
    "Directory Readers",
    "Global Reader",
    "Privileged Role Administrator",
    "User Administrator",
    "Security Reader",
    "Security Administrator",
];

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let items = context.tenant(|tenant| {
        Ok(tenant
            .delegated_grants
            .values()
            .filter(|grant| grant.effective_from <= context.now)
            .map(shown)
            .collect())
    })?;
    context.list(&GRANT, "oauth2PermissionGrants", items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let id = keys[0].value();
    let item = context.tenant(|tenant| {
        tenant
            .delegated_grants
            .get(id)
            .map(shown)
            .ok_or_else(|| Refusal::not_found(id))
    })?;
    context.entity(&GRANT, "oauth2PermissionGrants", item)
}

/// Grants scopes to a client, for everybody or for one user. Nobody is asked, and it takes effect at once but for the usual delay.
// facts: own-app-and-tokens §1.3
pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(GRANTERS)?;
    let body = Body::of(context.call, &GRANT, "OAuth2PermissionGrant")?;
    let (client, resource) = (
        body.required_id("clientId")?,
        body.required_id("resourceId")?,
    );
    let reach = match (
        body.required_text("consentType")?,
        body.text("principalId")?,
    ) {
        ("AllPrincipals", None) => GrantReach::AllPrincipals,
        ("Principal", Some(_)) => GrantReach::Principal(body.required_id("principalId")?),
        ("AllPrincipals" | "Principal", _) => return Err(body.invalid("principalId")),
        _ => return Err(body.invalid("consentType")),
    };
    let words = body.text("scope")?.unwrap_or_default().to_owned();
    let (id, lags) = (context.cloud.ids.secret(), context.propagation());
    let item = context.change(|tenant| {
        let there = |id: &Uuid| {
            tenant
                .service_principals
                .get(id)
                .filter(|principal| principal.visible_from <= context.now)
        };
        // facts: api-gdap-hardening §4.3: right after the service principal was made.
        let (Some(_), Some(offer)) = (there(&client), there(&resource)) else {
            return Err(Refusal::bad_request("Not a valid reference update."));
        };
        if let GrantReach::Principal(user) = reach
            && !tenant.users.contains_key(&user)
        {
            return Err(Refusal::not_found(user));
        }
        let scopes = scopes(offer, &words)?;
        let taken = tenant.delegated_grants.values().any(|grant| {
            grant.client == client && grant.resource == resource && grant.reach == reach
        });
        if taken {
            return Err(Refusal::new(
                StatusCode::CONFLICT,
                "Request_MultipleObjectsWithSameKeyValue",
                "Permission entry already exists.",
            ));
        }
        let grant = DelegatedGrant {
            id: id.clone(),
            client,
            resource,
            reach,
            scopes,
            effective_from: later(context.now, lags.consent),
        };
        let item = shown(&grant);
        tenant.delegated_grants.insert(id.clone(), grant);
        Ok(item)
    })?;
    context.made(&GRANT, "oauth2PermissionGrants", item)
}

pub(super) fn update(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(GRANTERS)?;
    let body = Body::of(context.call, &GRANT, "OAuth2PermissionGrant")?;
    if let Some(name) = body
        .names()
        .find(|name| *name != "scope" && !name.contains('@'))
    {
        return Err(Refusal::bad_request(format!(
            "Property '{name}' is read-only and cannot be set."
        )));
    }
    let words = body.text("scope")?.unwrap_or_default();
    let id = keys[0].value();
    context.change(|tenant| {
        let resource = tenant
            .delegated_grants
            .get(id)
            .map(|grant| grant.resource)
            .ok_or_else(|| Refusal::not_found(id))?;
        let offer = tenant
            .service_principals
            .get(&resource)
            .ok_or_else(|| Refusal::not_found(resource))?;
        let wanted = scopes(offer, words)?;
        if let Some(grant) = tenant.delegated_grants.get_mut(id) {
            grant.scopes = wanted;
        }
        Ok(Answer::no_content())
    })
}

/// `GET /servicePrincipals/{id}/appRoleAssignedTo`
pub(super) fn assigned_to(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let items = context.tenant(|tenant| {
        let resource = find(tenant, &keys[0])?
            .filter(|resource| resource.visible_from <= context.now)
            .ok_or_else(|| Refusal::not_found(keys[0].value()))?
            .id;
        Ok(tenant
            .app_role_assignments
            .values()
            .filter(|role| role.resource == resource)
            .map(|role| shown_role(tenant, role))
            .collect())
    })?;
    context.list(&APP_ROLE_ASSIGNMENT, "appRoleAssignments", items)
}

/// `POST /servicePrincipals/{id}/appRoleAssignedTo` and `…/appRoleAssignments`: somebody or an app gets a role of an app. All zeros
/// stand for the plain right to use it.
pub(super) fn assign(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let body = Body::of(context.call, &APP_ROLE_ASSIGNMENT, "AppRoleAssignment")?;
    let (principal, resource) = (
        body.required_id("principalId")?,
        body.required_id("resourceId")?,
    );
    let role = body.required_id("appRoleId")?;
    context.caller.require_role(if role.is_nil() {
        MANAGERS
    } else {
        &["Privileged Role Administrator"]
    })?;
    let id = context.cloud.ids.secret();
    let item = context.change(|tenant| {
        let named = find(tenant, &keys[0])?
            .map(|found| found.id)
            .ok_or_else(|| Refusal::not_found(keys[0].value()))?;
        if named != principal && named != resource {
            return Err(body.invalid("resourceId"));
        }
        let offered = tenant
            .service_principals
            .get(&resource)
            .filter(|offer| offer.visible_from <= context.now)
            .map(|offer| role.is_nil() || offer.app_roles().iter().any(|known| known.id == role));
        if !exists(tenant, &principal, context.now) || offered.is_none() {
            return Err(Refusal::bad_request("Not a valid reference update."));
        }
        if offered == Some(false) {
            return Err(body.invalid("appRoleId"));
        }
        let taken = tenant.app_role_assignments.values().any(|other| {
            other.principal == principal && other.resource == resource && other.role == role
        });
        if taken {
            return Err(Refusal::bad_request(
                "Permission being assigned already exists on the object",
            ));
        }
        let assignment = AppRoleAssignment {
            id: id.clone(),
            role,
            principal,
            resource,
            created: context.now,
        };
        let item = shown_role(tenant, &assignment);
        tenant.app_role_assignments.insert(id.clone(), assignment);
        Ok(item)
    })?;
    context.made(&APP_ROLE_ASSIGNMENT, "appRoleAssignments", item)
}

/// The scopes of a text, each spelt as the resource spells it. Microsoft takes unknown ones; here they are a mistake.
fn scopes(offer: &ServicePrincipal, words: &str) -> Result<Vec<String>, Refusal> {
    words
        .split_ascii_whitespace()
        .map(|word| {
            offer
                .scopes()
                .iter()
                .find(|known| known.value.eq_ignore_ascii_case(word))
                .map(|known| known.value.clone())
                .ok_or_else(|| {
                    Refusal::bad_request(format!(
                        "'{}' offers no scope '{word}'.",
                        offer.display_name
                    ))
                })
        })
        .collect()
}

pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(MANAGERS)?;
    let id = keys[0].value();
    context.change(|tenant| match tenant.delegated_grants.remove(id) {
        Some(_) => Ok(Answer::no_content()),
        None => Err(Refusal::not_found(id)),
    })
}

pub(super) fn of_client(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let items = context.tenant(|tenant| {
        let client = find(tenant, &keys[0])?
            .filter(|client| client.visible_from <= context.now)
            .ok_or_else(|| Refusal::not_found(keys[0].value()))?
            .id;
        let own = tenant
            .delegated_grants
            .values()
            .filter(|grant| grant.client == client && grant.effective_from <= context.now);
        Ok(own.map(shown).collect())
    })?;
    context.list(&GRANT, "oauth2PermissionGrants", items)
}

pub(super) fn app_roles(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let items = context.tenant(|tenant| {
        let client = find(tenant, &keys[0])?
            .filter(|client| client.visible_from <= context.now)
            .ok_or_else(|| Refusal::not_found(keys[0].value()))?
            .id;
        Ok(tenant
            .app_role_assignments
            .values()
            .filter(|role| role.principal == client)
            .map(|role| shown_role(tenant, role))
            .collect())
    })?;
    context.list(&APP_ROLE_ASSIGNMENT, "appRoleAssignments", items)
}

pub(super) fn delete_app_role(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context
        .caller
        .require_role(&["Privileged Role Administrator"])?;
    let id = keys[1].value();
    context.change(|tenant| {
        let client = find(tenant, &keys[0])?
            .ok_or_else(|| Refusal::not_found(keys[0].value()))?
            .id;
        if tenant
            .app_role_assignments
            .get(id)
            .is_none_or(|role| role.principal != client)
        {
            return Err(Refusal::not_found(id));
        }
        tenant.app_role_assignments.remove(id);
        Ok(Answer::no_content())
    })
}

fn shown(grant: &DelegatedGrant) -> Map<String, Value> {
    let (consent, principal) = match grant.reach {
        GrantReach::AllPrincipals => ("AllPrincipals", None),
        GrantReach::Principal(user) => ("Principal", Some(user)),
    };
    fields(json!({
        "id": grant.id,
        "clientId": grant.client,
        "consentType": consent,
        "principalId": principal,
        "resourceId": grant.resource,
        "scope": grant.scopes.join(" "),
    }))
}

fn shown_role(tenant: &Tenant, role: &AppRoleAssignment) -> Map<String, Value> {
    let name = |id| {
        let app = tenant.service_principals.get(id);
        let user = tenant.users.get(id);
        let group = tenant.groups.get(id);
        app.map(|known| known.display_name.clone())
            .or(user.map(|known| known.display_name.clone()))
            .or(group.map(|known| known.display_name.clone()))
    };
    let kind = if tenant.users.contains_key(&role.principal) {
        "User"
    } else if tenant.groups.contains_key(&role.principal) {
        "Group"
    } else {
        "ServicePrincipal"
    };
    fields(json!({
        "id": role.id,
        "deletedDateTime": null,
        "appRoleId": role.role,
        "createdDateTime": moment(role.created),
        "principalDisplayName": name(&role.principal),
        "principalId": role.principal,
        "principalType": kind,
        "resourceDisplayName": name(&role.resource),
        "resourceId": role.resource,
    }))
}
