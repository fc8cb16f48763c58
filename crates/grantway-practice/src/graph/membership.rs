//! `/users/{id}/memberOf` and `/transitiveMemberOf`: the groups and directory roles of a user.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::answer::{Outcome, fields};
use super::context::Context;
use super::kind::DIRECTORY_OBJECT;
use super::member;
use super::path::Key;
use super::user::find_visible;
use crate::state::{Tenant, role_by_template};

pub(super) fn direct(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let id = context.tenant(|tenant| Ok(find_visible(context, tenant, keys[0].value())?.id))?;
    of(context, id, false)
}

pub(super) fn transitive(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let id = context.tenant(|tenant| Ok(find_visible(context, tenant, keys[0].value())?.id))?;
    of(context, id, true)
}

/// The groups and roles of an object. What the token has no permission for is shown as a bare id.
pub(super) fn of(context: &Context<'_>, id: Uuid, transitive: bool) -> Outcome {
    let items = context.tenant(|tenant| {
        let mut groups: Vec<Uuid> = match transitive {
            true => tenant.groups_of(&id),
            false => tenant
                .groups
                .values()
                .filter(|group| group.members.contains(&id))
                .map(|group| group.id)
                .collect(),
        };
        groups.sort();
        let mut items: Vec<Map<String, Value>> = groups
            .iter()
            .filter_map(|group| member::object(tenant, group))
            .collect();
        if !context.caller.has_scope(&[
            "Group.ReadBasic.All",
            "Group.Read.All",
            "Group.ReadWrite.All",
            "GroupMember.Read.All",
            "GroupMember.ReadWrite.All",
            "Directory.Read.All",
            "Directory.ReadWrite.All",
        ]) {
            items.iter_mut().for_each(bare);
        }
        items.extend(roles(context, tenant, &id));
        Ok(items)
    })?;
    context.list(&DIRECTORY_OBJECT, "directoryObjects", items)
}

fn roles(context: &Context<'_>, tenant: &Tenant, id: &Uuid) -> Vec<Map<String, Value>> {
    let named = context.caller.has_scope(&[
        "RoleManagement.Read.Directory",
        "RoleManagement.ReadWrite.Directory",
        "RoleManagement.Read.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ]);
    tenant
        .roles_of(id, context.now)
        .iter()
        .filter_map(role_by_template)
        .map(|role| {
            let mut item = fields(json!({
                "@odata.type": "#microsoft.graph.directoryRole",
                "id": role_object(tenant.id, role.template),
                "deletedDateTime": null,
                "description": role.name,
                "displayName": role.name,
                "roleTemplateId": role.template,
            }));
            if !named {
                bare(&mut item);
            }
            item
        })
        .collect()
}

fn bare(item: &mut Map<String, Value>) {
    for (name, value) in item.iter_mut() {
        if !name.contains('@') && name != "id" {
            *value = if value.is_array() {
                json!([])
            } else {
                Value::Null
            };
        }
    }
}

// A role has an object id of its own in each tenant.
fn role_object(tenant: Uuid, template: Uuid) -> Uuid {
    let hash = Sha256::new()
        .chain_update(tenant.as_bytes())
        .chain_update(template.as_bytes())
        .finalize();
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
