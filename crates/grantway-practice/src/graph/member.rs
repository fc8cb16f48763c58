//! `/groups/{id}/members`: who is in a group.
// facts: api-gdap-hardening §2.7 (the error texts)

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::answer::{Answer, Outcome, Refusal};
use super::body::{object_id, reference};
use super::context::Context;
use super::group::{MANAGERS, exists, find};
use super::kind::DIRECTORY_OBJECT;
use super::path::Key;
use super::{group, service_principal, user};
use crate::state::{Group, Tenant};

pub(super) fn list(context: &Context<'_>, keys: &[Key]) -> Outcome {
    answer(context, keys, |_, group| group.members.clone())
}

pub(super) fn list_all(context: &Context<'_>, keys: &[Key]) -> Outcome {
    answer(context, keys, |tenant, group| {
        let mut found = BTreeSet::new();
        let mut open: Vec<Uuid> = group.members.iter().copied().collect();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(
                    tenant
                        .groups
                        .get(&id)
                        .into_iter()
                        .flat_map(|inner| inner.members.iter().copied()),
                );
            }
        }
        found
    })
}

pub(super) fn add(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let member = reference(context.call)?;
    context.change(|tenant| {
        let group = find(tenant, &keys[0])?.ok_or_else(|| Refusal::not_found(keys[0].value()))?;
        may_manage(context, group)?;
        if group.visible_from > context.now {
            return Err(Refusal::bad_request("The source resource object or one of the objects being referenced do not exist."));
        }
        if group.members.contains(&member) {
            return Err(Refusal::bad_request("One or more added object references already exist for the following modified properties: 'members'."));
        }
        let (id, known) = (group.id, exists(tenant, &member, context.now));
        if !known {
            return Err(Refusal::not_found(member));
        }
        if let Some(group) = tenant.groups.get_mut(&id) {
            group.members.insert(member);
        }
        Ok(Answer::no_content())
    })
}

pub(super) fn remove(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let member = object_id(keys[1].value())?;
    context.change(|tenant| {
        let group = find(tenant, &keys[0])?.ok_or_else(|| Refusal::not_found(keys[0].value()))?;
        may_manage(context, group)?;
        let id = group.id;
        if !tenant
            .groups
            .get_mut(&id)
            .is_some_and(|group| group.members.remove(&member))
        {
            return Err(Refusal::not_found(member));
        }
        Ok(Answer::no_content())
    })
}

fn may_manage(context: &Context<'_>, group: &Group) -> Result<(), Refusal> {
    if group.assignable_to_role {
        context
            .caller
            .require_role(&["Privileged Role Administrator"])?;
        return if context
            .caller
            .has_scope(&["RoleManagement.ReadWrite.Directory"])
        {
            Ok(())
        } else {
            Err(Refusal::denied())
        };
    }
    if group.owners.contains(&context.caller.object()) && !context.caller.is_foreign() {
        return Ok(());
    }
    context.caller.require_role(MANAGERS)
}

fn answer(
    context: &Context<'_>,
    keys: &[Key],
    members: impl FnOnce(&Tenant, &Group) -> BTreeSet<Uuid>,
) -> Outcome {
    let items = context.tenant(|tenant| {
        let group = find(tenant, &keys[0])?
            .filter(|group| group.visible_from <= context.now)
            .ok_or_else(|| Refusal::not_found(keys[0].value()))?;
        Ok(members(tenant, group)
            .iter()
            .filter_map(|id| object(tenant, id))
            .collect())
    })?;
    context.list(&DIRECTORY_OBJECT, "directoryObjects", items)
}

/// An object of the directory with its type.
pub(super) fn object(tenant: &Tenant, id: &Uuid) -> Option<Map<String, Value>> {
    let (kind, item) = if let Some(found) = tenant.users.get(id) {
        ("user", user::summary(found))
    } else if let Some(found) = tenant.groups.get(id) {
        ("group", group::shown(found))
    } else {
        (
            "servicePrincipal",
            service_principal::shown(tenant.service_principals.get(id)?),
        )
    };
    let mut typed = Map::new();
    typed.insert(
        "@odata.type".into(),
        format!("#microsoft.graph.{kind}").into(),
    );
    typed.extend(item.into_iter().filter(|(name, _)| name != "uniqueName"));
    Some(typed)
}
