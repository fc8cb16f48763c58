//! What applications were granted: delegated permission grants and app role assignments.

use serde_json::{Map, Value, json};

use super::answer::{Answer, Outcome, Refusal, fields, moment};
use super::context::Context;
use super::kind::{APP_ROLE_ASSIGNMENT, GRANT};
use super::path::Key;
use super::service_principal::{MANAGERS, find};
use crate::state::{AppRoleAssignment, DelegatedGrant, GrantReach, Tenant};

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
        tenant
            .service_principals
            .get(id)
            .map(|principal| principal.display_name.clone())
    };
    fields(json!({
        "id": role.id,
        "deletedDateTime": null,
        "appRoleId": role.role,
        "createdDateTime": moment(role.created),
        "principalDisplayName": name(&role.principal),
        "principalId": role.principal,
        "principalType": "ServicePrincipal",
        "resourceDisplayName": name(&role.resource),
        "resourceId": role.resource,
    }))
}
