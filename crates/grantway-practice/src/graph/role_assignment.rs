//! `/roleManagement/directory/roleAssignments`: directory roles held in the whole tenant.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Answer, Outcome, Refusal, fields};
use super::body::Body;
use super::context::Context;
use super::group::exists;
use super::kind::ROLE_ASSIGNMENT;
use super::path::Key;
use crate::clock::later;
use crate::state::{RoleAssignment, role_by_template};

const PATH: &str = "roleManagement/directory/roleAssignments";
const READERS: &[&str] = &[
    "Directory Readers",
    "Global Reader",
    "Privileged Role Administrator",
    "User Administrator",
    "Security Reader",
    "Security Administrator",
];
const WRITERS: &[&str] = &["Privileged Role Administrator"];

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let items = context.tenant(|tenant| {
        Ok(tenant
            .role_assignments
            .values()
            .filter(|assignment| {
                assignment.visible_from <= context.now && assignment.is_there(context.now)
            })
            .map(shown)
            .collect())
    })?;
    context.list(&ROLE_ASSIGNMENT, PATH, items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let id = keys[0].value();
    let item = context.tenant(|tenant| {
        let found = tenant.role_assignments.get(id).filter(|assignment| {
            assignment.visible_from <= context.now && assignment.is_there(context.now)
        });
        found.map(shown).ok_or_else(|| Refusal::not_found(id))
    })?;
    context.entity(&ROLE_ASSIGNMENT, PATH, item)
}

pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let body = Body::of(context.call, &ROLE_ASSIGNMENT, "RoleAssignment")?;
    let role: Uuid = body.required_id("roleDefinitionId")?;
    let principal: Uuid = body.required_id("principalId")?;
    if body.required_text("directoryScopeId")? != "/" {
        return Err(Refusal::bad_request(
            "The practice cloud assigns roles in the whole tenant only: directoryScopeId '/'.",
        ));
    }
    if role_by_template(&role).is_none() {
        return Err(Refusal::bad_request(format!(
            "The specified role definition '{role}' does not exist."
        )));
    }
    let (id, lags) = (context.cloud.ids.secret(), context.propagation());
    let item = context.change(|tenant| {
        if !exists(tenant, &principal, context.now) {
            return Err(Refusal::not_found(principal));
        }
        if tenant.groups.get(&principal).is_some_and(|group| !group.assignable_to_role) {
            return Err(Refusal::bad_request("Roles can be assigned only to groups that were made for it (isAssignableToRole)."));
        }
        if tenant.role_assignments.values().any(|other| other.role == role && other.principal == principal && other.is_there(context.now)) {
            return Err(Refusal::bad_request("A conflicting object with one or more of the specified property values is present in the directory."));
        }
        let assignment = RoleAssignment {
            id: id.clone(),
            role,
            principal,
            effective_from: later(context.now, lags.role),
            visible_from: later(context.now, lags.list),
            ends: None,
        };
        let item = shown(&assignment);
        tenant.role_assignments.insert(id.clone(), assignment);
        Ok(item)
    })?;
    context.made(&ROLE_ASSIGNMENT, PATH, item)
}

pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let id = keys[0].value();
    context.change(|tenant| match tenant.role_assignments.remove(id) {
        Some(_) => Ok(Answer::no_content()),
        None => Err(Refusal::not_found(id)),
    })
}

fn shown(assignment: &RoleAssignment) -> Map<String, Value> {
    fields(json!({
        "id": assignment.id,
        "principalId": assignment.principal,
        "directoryScopeId": "/",
        "roleDefinitionId": assignment.role,
    }))
}
