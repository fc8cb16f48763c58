//! `/roleManagement/directory/roleDefinitions`: the built-in directory roles.

use serde_json::{Map, Value, json};

use super::answer::{Outcome, Refusal, fields};
use super::context::Context;
use super::kind::ROLE_DEFINITION;
use super::path::Key;
use crate::state::{ROLES, RoleDefinition, role_by_template};

const PATH: &str = "roleManagement/directory/roleDefinitions";

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.list(&ROLE_DEFINITION, PATH, ROLES.iter().map(shown).collect())
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let wanted = keys[0].value();
    let role = wanted
        .parse()
        .ok()
        .and_then(|template| role_by_template(&template))
        .ok_or_else(|| Refusal::not_found(wanted))?;
    context.entity(&ROLE_DEFINITION, PATH, shown(role))
}

fn shown(role: &RoleDefinition) -> Map<String, Value> {
    fields(json!({
        "id": role.template,
        "description": role.name,
        "displayName": role.name,
        "isBuiltIn": true,
        "isEnabled": true,
        "resourceScopes": ["/"],
        "templateId": role.template,
        "version": "1",
        "rolePermissions": [],
    }))
}
