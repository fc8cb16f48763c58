//! The state dump. What must be equal before a setup and after it was taken back stands under `live`; times, versions, sign-ins and
//! the recycle bin stand under `aside`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::state::{Deleted, DeletedObject, GrantReach, Tenant, World, role_by_template};

/// The whole state as JSON in which two dumps can be compared.
pub fn dump(world: &World, now: Timestamp) -> Value {
    let tenants: BTreeMap<String, Value> = world
        .tenants
        .values()
        .map(|tenant| (tenant.id.to_string(), live(tenant, now)))
        .collect();
    let relationships: BTreeMap<&String, Value> = world
        .relationships
        .values()
        .map(|relationship| {
            let assignments: BTreeMap<String, Value> = relationship
                .assignments
                .values()
                .filter(|assignment| assignment.deleted_at.is_none())
                .map(|assignment| {
                    let value = json!({ "group": assignment.group, "roles": role_names(assignment.roles_at(now)), "status": assignment.status(now) });
                    (assignment.id.to_string(), value)
                })
                .collect();
            let value = json!({
                "display_name": relationship.display_name,
                "provider": relationship.provider_tenant,
                "customer": relationship.customer_tenant,
                "roles": role_names(&relationship.roles),
                "status": relationship.status(now),
                "auto_extend": relationship.auto_extend,
                "access_assignments": assignments,
            });
            (&relationship.id, value)
        })
        .collect();
    let applications: BTreeMap<String, Value> = world
        .applications
        .values()
        .filter(|app| app.created != Timestamp::UNIX_EPOCH)
        .map(|app| {
            let value = json!({
                "name": app.name, "owner": app.owner_tenant, "unique_name": app.unique_name, "redirect_uris": app.redirect_uris,
            });
            (app.client_id.to_string(), value)
        })
        .collect();
    let aside: BTreeMap<String, Value> = world
        .tenants
        .values()
        .map(|tenant| (tenant.id.to_string(), aside(tenant)))
        .collect();
    let versions: BTreeMap<&String, Value> = world
        .relationships
        .values()
        .map(|relationship| {
            let deleted: Vec<Value> = relationship
                .assignments
                .values()
                .filter(|assignment| assignment.deleted_at.is_some())
                .map(|assignment| json!({ "id": assignment.id, "status": assignment.status(now) }))
                .collect();
            (&relationship.id, json!({ "version": relationship.version, "modified": relationship.modified, "deleted_assignments": deleted }))
        })
        .collect();
    json!({
        "scenario": world.scenario,
        "live": { "tenants": tenants, "relationships": relationships, "applications": applications },
        "aside": {
            "now": now,
            "tenants": aside,
            "relationships": versions,
            "vendor_integrations": world.vendor_portal.integrations,
            "sessions": world.sign_ins.sessions.len(),
        },
    })
}

fn live(tenant: &Tenant, now: Timestamp) -> Value {
    let users: BTreeMap<String, Value> = tenant
        .users
        .values()
        .map(|user| {
            let value = json!({
                "upn": user.upn, "display_name": user.display_name, "enabled": user.enabled, "must_change_password": user.must_change_password,
                "authenticators": user.authenticators.len(),
            });
            (user.id.to_string(), value)
        })
        .collect();
    let groups: BTreeMap<String, Value> = tenant
        .groups
        .values()
        .map(|group| {
            let value = json!({
                "display_name": group.display_name, "unique_name": group.unique_name, "description": group.description, "members": group.members,
            });
            (group.id.to_string(), value)
        })
        .collect();
    let principals: BTreeMap<String, Value> = tenant
        .service_principals
        .values()
        .map(|principal| (principal.id.to_string(), json!({ "app_id": principal.app_id, "display_name": principal.display_name, "enabled": principal.enabled })))
        .collect();
    let mut roles: Vec<String> = tenant
        .role_assignments
        .values()
        .filter(|assignment| assignment.is_there(now))
        .map(|assignment| {
            let name = role_by_template(&assignment.role).map_or("?", |role| role.name);
            format!("{name} -> {}", assignment.principal)
        })
        .collect();
    roles.sort();
    let mut grants: Vec<Value> = tenant
        .delegated_grants
        .values()
        .map(|grant| {
            let reach = match grant.reach {
                GrantReach::AllPrincipals => "AllPrincipals".to_owned(),
                GrantReach::Principal(user) => user.to_string(),
            };
            let mut scopes = grant.scopes.clone();
            scopes.sort();
            json!({ "client": grant.client, "resource": grant.resource, "for": reach, "scopes": scopes })
        })
        .collect();
    grants.sort_by_key(Value::to_string);
    let mut app_roles: Vec<Value> = tenant
        .app_role_assignments
        .values()
        .map(|assignment| json!({ "principal": assignment.principal, "resource": assignment.resource, "role": assignment.role }))
        .collect();
    app_roles.sort_by_key(Value::to_string);
    let policies: BTreeMap<String, Value> = tenant
        .conditional_access
        .values()
        .map(|policy| {
            let value = json!({ "display_name": policy.display_name, "state": policy.state, "conditions": policy.conditions, "grant_controls": policy.grant_controls, "session_controls": policy.session_controls });
            (policy.id.to_string(), value)
        })
        .collect();
    let strengths: BTreeMap<String, Value> = tenant
        .strengths
        .values()
        .map(|strength| (strength.id.to_string(), json!({ "display_name": strength.display_name, "combinations": strength.combinations })))
        .collect();
    json!({
        "display_name": tenant.display_name,
        "users": users,
        "groups": groups,
        "service_principals": principals,
        "role_assignments": roles,
        "delegated_grants": grants,
        "app_role_assignments": app_roles,
        "security_defaults": tenant.security_defaults,
        "conditional_access": policies,
        "authentication_strengths": strengths,
        "audit_log": tenant.audit_log.recording_since.is_some(),
    })
}

fn aside(tenant: &Tenant) -> Value {
    let bin: BTreeMap<String, Value> = tenant
        .recycle_bin
        .iter()
        .map(|(id, deleted)| (id.to_string(), deleted_object(deleted)))
        .collect();
    let changed: BTreeMap<&str, Timestamp> = tenant
        .users
        .values()
        .map(|user| (user.upn.as_str(), user.last_password_change))
        .collect();
    json!({ "recycle_bin": bin, "password_changes": changed })
}

fn deleted_object(deleted: &Deleted) -> Value {
    let (kind, name) = match &deleted.object {
        DeletedObject::User(user) => ("user", &user.upn),
        DeletedObject::Group(group) => ("group", &group.display_name),
        DeletedObject::Application(app) => ("application", &app.name),
        DeletedObject::ServicePrincipal { principal, .. } => {
            ("servicePrincipal", &principal.display_name)
        }
    };
    json!({ "kind": kind, "name": name, "at": deleted.at })
}

fn role_names(roles: &[uuid::Uuid]) -> Vec<String> {
    let mut names: Vec<String> = roles
        .iter()
        .map(|role| {
            role_by_template(role).map_or_else(|| role.to_string(), |role| role.name.to_owned())
        })
        .collect();
    names.sort();
    names
}
