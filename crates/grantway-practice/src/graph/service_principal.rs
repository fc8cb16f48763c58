//! `/servicePrincipals`: applications' stand-ins in a tenant.
// facts: api-gdap-hardening §2.16, §2.17

use std::collections::BTreeMap;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Answer, Outcome, Refusal, fields, moment};
use super::body::{Body, object_id};
use super::context::Context;
use super::kind::SERVICE_PRINCIPAL;
use super::path::Key;
use crate::clock::later;
use crate::state::{Deleted, DeletedObject, ServicePrincipal, Tenant, resource_offer};

const PATH: &str = "servicePrincipals";
pub(super) const MANAGERS: &[&str] = &[
    "Application Administrator",
    "Cloud Application Administrator",
];

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    let lag = context.propagation().list;
    let items = context.tenant(|tenant| {
        let seen = tenant
            .service_principals
            .values()
            .filter(|principal| later(principal.created, lag) <= context.now);
        Ok(seen.map(shown).collect())
    })?;
    context.list(&SERVICE_PRINCIPAL, PATH, items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let item = context.tenant(|tenant| {
        let found =
            find(tenant, &keys[0])?.filter(|principal| principal.visible_from <= context.now);
        found
            .map(shown)
            .ok_or_else(|| Refusal::not_found(keys[0].value()))
    })?;
    context.entity(&SERVICE_PRINCIPAL, PATH, item)
}

/// Makes the stand-in of an app: one of Microsoft's own, or one that is registered somewhere for other tenants as well.
pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(MANAGERS)?;
    let body = Body::of(context.call, &SERVICE_PRINCIPAL, "ServicePrincipal")?;
    if let Some(name) = body.names().find(|name| {
        !matches!(
            *name,
            "appId" | "accountEnabled" | "appRoleAssignmentRequired"
        ) && !name.contains('@')
    }) {
        return Err(Refusal::bad_request(format!(
            "The practice cloud does not keep '{name}' of a service principal."
        )));
    }
    let app_id = body.required_id("appId")?;
    let enabled = body.flag("accountEnabled")?.unwrap_or(true);
    let required = body.flag("appRoleAssignmentRequired")?.unwrap_or(false);
    let id = context.cloud.ids.guid();
    let own = context.caller.token.tenant;
    let item = context.cloud.write(|world| {
        let lag = world.propagation.new_object;
        let visible = later(context.now, lag);
        let app = world.applications.get(&app_id).filter(|app| {
            (app.owner_tenant == own || app.multi_tenant)
                && !app.preauthorized
                && later(app.created, lag) <= context.now
        });
        let mut principal = match (app, resource_offer(&app_id)) {
            (Some(app), _) => ServicePrincipal::of(id, app, context.now, visible),
            (None, Some(offer)) => {
                ServicePrincipal::of_resource(id, offer, context.now, visible)
            }
            // A registration that is only a moment old is not known everywhere.
            (None, None) => {
                return Err(Refusal::bad_request(format!(
                    "The appId '{app_id}' of the service principal does not reference a valid application object."
                )));
            }
        };
        principal.enabled = enabled;
        principal.assignment_required = required;
        let tenant = world
            .tenant_mut(&own)
            .ok_or_else(|| Refusal::not_found(own))?;
        if tenant.service_principal_by_app(&app_id).is_some() {
            return Err(Refusal::new(
                StatusCode::CONFLICT,
                "Request_MultipleObjectsWithSameKeyValue",
                format!(
                    "The service principal cannot be created, updated, or restored because the service principal name {app_id} is already in use."
                ),
            ));
        }
        let item = shown(&principal);
        tenant.service_principals.insert(id, principal);
        Ok(item)
    })?;
    context.made(&SERVICE_PRINCIPAL, PATH, item)
}

pub(super) fn update(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(MANAGERS)?;
    let body = Body::of(context.call, &SERVICE_PRINCIPAL, "ServicePrincipal")?;
    if let Some(name) = body.names().find(|name| {
        !matches!(*name, "accountEnabled" | "appRoleAssignmentRequired") && !name.contains('@')
    }) {
        return Err(Refusal::bad_request(format!(
            "The practice cloud changes 'accountEnabled' and 'appRoleAssignmentRequired' of a service principal only, not '{name}'."
        )));
    }
    let enabled = body.flag("accountEnabled")?;
    let required = body.flag("appRoleAssignmentRequired")?;
    context.change(|tenant| {
        let id = find(tenant, &keys[0])?
            .map(|principal| principal.id)
            .ok_or_else(|| Refusal::not_found(keys[0].value()))?;
        if let Some(principal) = tenant.service_principals.get_mut(&id) {
            principal.enabled = enabled.unwrap_or(principal.enabled);
            principal.assignment_required = required.unwrap_or(principal.assignment_required);
        }
        Ok(Answer::no_content())
    })
}

pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(MANAGERS)?;
    context.change(|tenant| {
        let id = find(tenant, &keys[0])?
            .map(|principal| principal.id)
            .ok_or_else(|| Refusal::not_found(keys[0].value()))?;
        discard(tenant, &id, context.now);
        Ok(Answer::no_content())
    })
}

/// Puts a service principal into the recycle bin, with everything that it was granted and that was granted on it.
pub(super) fn discard(tenant: &mut Tenant, id: &Uuid, now: Timestamp) {
    let Some(principal) = tenant.service_principals.remove(id) else {
        return;
    };
    let (grants, kept): (BTreeMap<_, _>, _) = std::mem::take(&mut tenant.delegated_grants)
        .into_iter()
        .partition(|(_, grant)| grant.client == *id || grant.resource == *id);
    tenant.delegated_grants = kept;
    let (roles, kept): (BTreeMap<_, _>, _) = std::mem::take(&mut tenant.app_role_assignments)
        .into_iter()
        .partition(|(_, role)| role.principal == *id || role.resource == *id);
    tenant.app_role_assignments = kept;
    let object = DeletedObject::ServicePrincipal {
        principal: Box::new(principal),
        grants: grants.into_values().collect(),
        app_roles: roles.into_values().collect(),
    };
    tenant.recycle_bin.insert(*id, Deleted { at: now, object });
    super::group::forget(tenant, id);
}

/// The service principal of a path, by object id or client id.
pub(super) fn find<'t>(
    tenant: &'t Tenant,
    key: &Key,
) -> Result<Option<&'t ServicePrincipal>, Refusal> {
    match key {
        Key::Id(id) => Ok(tenant.service_principals.get(&object_id(id)?)),
        Key::Named(name, value) if name.eq_ignore_ascii_case("appId") => {
            Ok(tenant.service_principal_by_app(&object_id(value)?))
        }
        Key::Named(name, _) => Err(Refusal::bad_query(format!(
            "'{name}' is no key of microsoft.graph.servicePrincipal."
        ))),
    }
}

pub(super) fn shown(principal: &ServicePrincipal) -> Map<String, Value> {
    let publisher = match &principal.verified_publisher {
        Some((name, id)) => {
            json!({ "displayName": name, "verifiedPublisherId": id, "addedDateTime": moment(principal.created) })
        }
        None => json!({ "displayName": null, "verifiedPublisherId": null, "addedDateTime": null }),
    };
    let scopes: Vec<Value> = principal
        .scopes()
        .iter()
        .map(|scope| {
            json!({
                "adminConsentDescription": scope.title,
                "adminConsentDisplayName": scope.title,
                "id": scope.id,
                "isEnabled": true,
                "type": if scope.admin_only { "Admin" } else { "User" },
                "userConsentDescription": scope.title,
                "userConsentDisplayName": scope.title,
                "value": scope.value,
            })
        })
        .collect();
    let roles: Vec<Value> = principal
        .app_roles()
        .iter()
        .map(|role| {
            json!({ "allowedMemberTypes": ["Application"], "description": role.title, "displayName": role.title, "id": role.id, "isEnabled": true, "origin": "Application", "value": role.value })
        })
        .collect();
    fields(json!({
        "id": principal.id,
        "deletedDateTime": null,
        "accountEnabled": principal.enabled,
        "alternativeNames": [],
        "appDisplayName": principal.display_name,
        "appDescription": null,
        "appId": principal.app_id,
        "appOwnerOrganizationId": principal.owner_tenant,
        "appRoleAssignmentRequired": principal.assignment_required,
        "appRoles": roles,
        "description": null,
        "displayName": principal.display_name,
        "homepage": null,
        "loginUrl": null,
        "logoutUrl": null,
        "notes": null,
        "notificationEmailAddresses": [],
        "oauth2PermissionScopes": scopes,
        "preferredSingleSignOnMode": null,
        "replyUrls": [],
        "servicePrincipalNames": [principal.app_id],
        "servicePrincipalType": "Application",
        "signInAudience": "AzureADMultipleOrgs",
        "tags": ["WindowsAzureActiveDirectoryIntegratedApp"],
        "verifiedPublisher": publisher,
    }))
}
