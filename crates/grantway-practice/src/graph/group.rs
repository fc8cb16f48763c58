//! `/groups`: security groups.
// facts: api-gdap-hardening §2.7

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Answer, Outcome, Refusal, fields, moment};
use super::body::{Body, object_id, reference_id};
use super::context::Context;
use super::kind::GROUP;
use super::path::Key;
use crate::clock::later;
use crate::state::{Deleted, DeletedObject, Group, Tenant};

pub(super) const MANAGERS: &[&str] = &["Groups Administrator", "User Administrator"];

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    let lag = context.propagation().list;
    let items = context.tenant(|tenant| {
        Ok(tenant
            .groups
            .values()
            .filter(|group| later(group.created, lag) <= context.now)
            .map(shown)
            .collect())
    })?;
    context.list(&GROUP, "groups", items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let lag = context.propagation().new_object;
    let item = context.tenant(|tenant| {
        if let Some(group) =
            find(tenant, &keys[0])?.filter(|group| group.visible_from <= context.now)
        {
            return Ok(shown(group));
        }
        // A deleted group can still be read for a moment.
        let ghost = keys[0]
            .value()
            .parse()
            .ok()
            .and_then(|id: Uuid| tenant.recycle_bin.get(&id));
        match ghost {
            Some(Deleted {
                at,
                object: DeletedObject::Group(group),
            }) if later(*at, lag) > context.now => Ok(shown(group)),
            _ => Err(Refusal::not_found(keys[0].value())),
        }
    })?;
    context.entity(&GROUP, "groups", item)
}

pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(MANAGERS)?;
    let body = Body::of(context.call, &GROUP, "Group")?;
    let item = make(context, &body, None)?;
    context.made(&GROUP, "groups", item)
}

pub(super) fn update(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(MANAGERS)?;
    let body = Body::of(context.call, &GROUP, "Group")?;
    if body.has("isAssignableToRole") {
        return Err(Refusal::bad_request(
            "Property 'isAssignableToRole' is read-only and cannot be set.",
        ));
    }
    let found = context
        .cloud
        .read(|world| match world.tenant(&context.caller.token.tenant) {
            Some(tenant) => Ok(find(tenant, &keys[0])?.map(|group| group.id)),
            None => Ok(None),
        })?;
    match (found, &keys[0]) {
        (Some(id), _) => {
            context.change(|tenant| match tenant.groups.get_mut(&id) {
                Some(group) => apply(group, &body),
                None => Err(Refusal::not_found(id)),
            })?;
            Ok(Answer::no_content())
        }
        (None, Key::Named(_, name)) if context.call.prefers("create-if-missing") => {
            let item = make(context, &body, Some(name))?;
            context.made(&GROUP, "groups", item)
        }
        (None, key) => Err(Refusal::not_found(key.value())),
    }
}

pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(MANAGERS)?;
    context.change(|tenant| {
        let id = find(tenant, &keys[0])?
            .map(|group| group.id)
            .ok_or_else(|| Refusal::not_found(keys[0].value()))?;
        if let Some(group) = tenant.groups.remove(&id) {
            tenant.recycle_bin.insert(
                id,
                Deleted {
                    at: context.now,
                    object: DeletedObject::Group(Box::new(group)),
                },
            );
            forget(tenant, &id);
        }
        Ok(Answer::no_content())
    })
}

/// Takes an object out of all groups and roles.
pub(super) fn forget(tenant: &mut Tenant, id: &Uuid) {
    for group in tenant.groups.values_mut() {
        group.members.remove(id);
        group.owners.remove(id);
    }
    tenant
        .role_assignments
        .retain(|_, assignment| assignment.principal != *id);
}

/// The group of a path, by id or unique name.
pub(super) fn find<'t>(tenant: &'t Tenant, key: &Key) -> Result<Option<&'t Group>, Refusal> {
    match key {
        Key::Id(id) => Ok(tenant.groups.get(&object_id(id)?)),
        Key::Named(name, value) if name.eq_ignore_ascii_case("uniqueName") => {
            Ok(tenant.groups.values().find(|group| {
                group
                    .unique_name
                    .as_deref()
                    .is_some_and(|known| known.eq_ignore_ascii_case(value))
            }))
        }
        Key::Named(name, _) => Err(Refusal::bad_query(format!(
            "'{name}' is no key of microsoft.graph.group."
        ))),
    }
}

fn make(
    context: &Context<'_>,
    body: &Body<'_>,
    unique_name: Option<&str>,
) -> Result<Map<String, Value>, Refusal> {
    let display_name = body.required_text("displayName")?;
    let mail_nickname = body.required_text("mailNickname")?;
    let (mail_enabled, security_enabled) = (
        body.required_flag("mailEnabled")?,
        body.required_flag("securityEnabled")?,
    );
    nickname(body, mail_nickname)?;
    if mail_enabled
        || !security_enabled
        || body
            .value("groupTypes")
            .and_then(Value::as_array)
            .is_some_and(|types| !types.is_empty())
    {
        return Err(Refusal::bad_request(
            "The practice cloud makes security groups without mail only: mailEnabled false, securityEnabled true, no groupTypes.",
        ));
    }
    let assignable = body.flag("isAssignableToRole")?.unwrap_or(false);
    if assignable {
        context
            .caller
            .require_role(&["Privileged Role Administrator"])?;
        if !context
            .caller
            .has_scope(&["RoleManagement.ReadWrite.Directory"])
        {
            return Err(Refusal::denied());
        }
    }
    let sent_name = body.text("uniqueName")?;
    if sent_name.is_some_and(|sent| unique_name.is_some_and(|key| key != sent)) {
        return Err(Refusal::bad_request(
            "The uniqueName in the body is not the one in the address.",
        ));
    }
    let unique_name = unique_name.or(sent_name);
    let members = bound(body, "members@odata.bind")?;
    let owners = bound(body, "owners@odata.bind")?;
    let (id, lag) = (context.cloud.ids.guid(), context.propagation().new_object);
    context.change(|tenant| {
        if let Some(unique_name) = unique_name
            && tenant.groups.values().any(|group| {
                group
                    .unique_name
                    .as_deref()
                    .is_some_and(|known| known.eq_ignore_ascii_case(unique_name))
            })
        {
            return Err(Refusal::bad_request(
                "Another object with the same value for property uniqueName already exists.",
            ));
        }
        if let Some(unknown) = members
            .iter()
            .chain(&owners)
            .find(|id| !exists(tenant, id, context.now))
        {
            return Err(Refusal::not_found(unknown));
        }
        let group = Group {
            id,
            display_name: display_name.to_owned(),
            description: body.text("description")?.map(str::to_owned),
            mail_nickname: mail_nickname.to_owned(),
            unique_name: unique_name.map(str::to_owned),
            security_enabled,
            mail_enabled,
            assignable_to_role: assignable,
            members: members.clone(),
            owners: owners.clone(),
            created: context.now,
            visible_from: later(context.now, lag),
        };
        let item = shown(&group);
        tenant.groups.insert(id, group);
        Ok(item)
    })
}

fn apply(group: &mut Group, body: &Body<'_>) -> Result<(), Refusal> {
    if body.has("displayName") {
        group.display_name = body.required_text("displayName")?.to_owned();
    }
    if body.has("description") {
        group.description = body.text("description")?.map(str::to_owned);
    }
    if let Some(text) = body.text("mailNickname")? {
        nickname(body, text)?;
        group.mail_nickname = text.to_owned();
    }
    Ok(())
}

fn nickname(body: &Body<'_>, text: &str) -> Result<(), Refusal> {
    let fits = text.len() <= 64
        && text
            .chars()
            .all(|letter| letter.is_ascii_graphic() && !"@()\\[]\";:.<>,".contains(letter));
    if fits {
        Ok(())
    } else {
        Err(body.invalid("mailNickname"))
    }
}

fn bound(body: &Body<'_>, name: &str) -> Result<BTreeSet<Uuid>, Refusal> {
    let Some(list) = body.value(name) else {
        return Ok(BTreeSet::new());
    };
    let list = list
        .as_array()
        .filter(|list| list.len() <= 20)
        .ok_or_else(|| body.invalid(name))?;
    list.iter()
        .map(|link| {
            link.as_str()
                .and_then(reference_id)
                .ok_or_else(|| body.invalid(name))
        })
        .collect()
}

/// Whether a tenant has an object that others may refer to by now.
pub(super) fn exists(tenant: &Tenant, id: &Uuid, now: Timestamp) -> bool {
    tenant
        .users
        .get(id)
        .is_some_and(|user| user.visible_from <= now)
        || tenant
            .groups
            .get(id)
            .is_some_and(|group| group.visible_from <= now)
        || tenant
            .service_principals
            .get(id)
            .is_some_and(|principal| principal.visible_from <= now)
}

pub(super) fn shown(group: &Group) -> Map<String, Value> {
    fields(json!({
        "id": group.id,
        "deletedDateTime": null,
        "classification": null,
        "createdDateTime": moment(group.created),
        "description": group.description,
        "displayName": group.display_name,
        "expirationDateTime": null,
        "groupTypes": [],
        "isAssignableToRole": group.assignable_to_role.then_some(true),
        "mail": null,
        "mailEnabled": group.mail_enabled,
        "mailNickname": group.mail_nickname,
        "membershipRule": null,
        "membershipRuleProcessingState": null,
        "onPremisesLastSyncDateTime": null,
        "onPremisesSecurityIdentifier": null,
        "onPremisesSyncEnabled": null,
        "preferredDataLocation": null,
        "preferredLanguage": null,
        "proxyAddresses": [],
        "renewedDateTime": moment(group.created),
        "resourceBehaviorOptions": [],
        "resourceProvisioningOptions": [],
        "securityEnabled": group.security_enabled,
        "theme": null,
        "uniqueName": group.unique_name,
        "visibility": null,
    }))
}
