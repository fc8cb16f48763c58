//! Making, changing and deleting a relationship. Its first stages only; the customer's approval happens elsewhere.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::answer::{Answer, Outcome, Refusal};
use super::body::Body;
use super::context::Context;
use super::kind::RELATIONSHIP;
use super::path::Key;
use super::relationship::{
    PATH, bad_request, etag, own, own_mut, require_match, require_partner, roles_of, shown,
};
use crate::clock::later;
use crate::state::{
    Operation, Relationship, RelationshipStage, World, duration_days, role_by_name,
};

/// How long a long-running change takes, seconds.
const CHANGE: i64 = 15;
/// The longest relationship, days.
const LONGEST: i64 = 730;

pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    require_partner(context)?;
    let body = Body::of(context.call, &RELATIONSHIP, "DelegatedAdminRelationship")?;
    let name = body.required_text("displayName")?;
    let duration = body.required_text("duration")?;
    if duration_days(duration).is_none_or(|days| !(1..=LONGEST).contains(&days)) {
        return Err(bad_request("The duration must be between P1D and P2Y."));
    }
    let roles = roles_of(body.value("accessDetails"))?;
    let auto_extend = auto_extend(body.text("autoExtendDuration")?.unwrap_or("PT0S"), &roles)?;
    let (customer_tenant, customer_name) = customer(&body)?;
    let id = format!("{}-{}", context.cloud.ids.guid(), context.cloud.ids.guid());
    let made = context.cloud.write(|world| {
        name_is_free(world, context.caller.token.tenant, name, None)?;
        let relationship = Relationship {
            id: id.clone(),
            display_name: name.to_owned(),
            provider_tenant: context.caller.token.tenant,
            customer_tenant,
            customer_name,
            duration: duration.to_owned(),
            auto_extend,
            roles,
            stage: RelationshipStage::Created,
            stage_since: context.now,
            created: context.now,
            activated: None,
            usable_from: None,
            ends: None,
            modified: context.now,
            version: 1,
            assignments: BTreeMap::new(),
            requests: BTreeMap::new(),
            operations: BTreeMap::new(),
        };
        let item = shown(context, &relationship);
        world.relationships.insert(relationship);
        Ok(item)
    })?;
    context.made(&RELATIONSHIP, PATH, made)
}

pub(super) fn update(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let body = Body::of(context.call, &RELATIONSHIP, "DelegatedAdminRelationship")?;
    let status = context.cloud.read(|world| {
        let relationship = own(world, context, keys)?;
        require_match(context, &etag(&relationship.id, relationship.version))?;
        Ok(relationship.status(context.now))
    })?;
    match status {
        "created" => edit(context, keys, &body),
        "active" => change_active(context, keys, &body),
        _ => Err(bad_request(format!(
            "A relationship in status '{status}' cannot be updated."
        ))),
    }
}

pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    context.cloud.write(|world| {
        let relationship = own(world, context, keys)?;
        require_match(context, &etag(&relationship.id, relationship.version))?;
        if relationship.status(context.now) != "created" {
            return Err(bad_request(
                "Only a relationship in status 'created' can be deleted; terminate it instead.",
            ));
        }
        let id = relationship.id.clone();
        world.relationships.remove(&id);
        Ok(Answer::no_content())
    })
}

fn edit(context: &Context<'_>, keys: &[Key], body: &Body<'_>) -> Outcome {
    let roles = body
        .has("accessDetails")
        .then(|| roles_of(body.value("accessDetails")))
        .transpose()?;
    let customer = body.has("customer").then(|| customer(body)).transpose()?;
    let name = body.text("displayName")?;
    let duration = body.text("duration")?;
    if duration.is_some_and(|duration| {
        duration_days(duration).is_none_or(|days| !(1..=LONGEST).contains(&days))
    }) {
        return Err(bad_request("The duration must be between P1D and P2Y."));
    }
    let extend = body.text("autoExtendDuration")?;
    let item = context.cloud.write(|world| {
        if let Some(name) = name {
            name_is_free(
                world,
                context.caller.token.tenant,
                name,
                Some(keys[0].value()),
            )?;
        }
        let relationship = own_mut(world, context, keys)?;
        let roles = roles.unwrap_or_else(|| relationship.roles.clone());
        if let Some(extend) = extend {
            relationship.auto_extend = auto_extend(extend, &roles)?;
        }
        relationship.roles = roles;
        if let Some(duration) = duration {
            relationship.duration = duration.to_owned();
        }
        relationship.touch(context.now);
        let id = relationship.id.clone();
        if let Some((tenant, name)) = customer {
            world.relationships.set_customer(&id, tenant, name);
        }
        if let Some(name) = name {
            world.relationships.rename(&id, name);
        }
        Ok(shown(context, own(world, context, keys)?))
    })?;
    context.entity(&RELATIONSHIP, PATH, item)
}

// Of an active relationship only two things change: how it extends itself, and Global Administrator can go.
fn change_active(context: &Context<'_>, keys: &[Key], body: &Body<'_>) -> Outcome {
    if let Some(name) = body.names().find(|name| {
        !matches!(*name, "autoExtendDuration" | "accessDetails") && !name.contains('@')
    }) {
        return Err(bad_request(format!(
            "'{name}' of an active relationship cannot be updated."
        )));
    }
    let roles = body
        .has("accessDetails")
        .then(|| roles_of(body.value("accessDetails")))
        .transpose()?;
    let extend = body.text("autoExtendDuration")?;
    let operation = context.cloud.ids.guid();
    context.cloud.write(|world| {
        let relationship = own_mut(world, context, keys)?;
        let wanted = roles.unwrap_or_else(|| relationship.roles.clone());
        let global = role_by_name("Global Administrator").map(|role| role.template);
        let allowed = relationship.roles.iter().all(|role| wanted.contains(role) || Some(*role) == global) && wanted.iter().all(|role| relationship.roles.contains(role));
        if !allowed {
            return Err(bad_request("The roles of an active relationship cannot be changed, except that Global Administrator can be removed."));
        }
        if let Some(extend) = extend {
            relationship.auto_extend = auto_extend(extend, &wanted)?;
        }
        relationship.roles = wanted;
        let started = Operation { id: operation, kind: "delegatedAdminRelationshipUpdate".to_owned(), created: context.now, done_at: later(context.now, CHANGE) };
        relationship.operations.insert(operation, started);
        relationship.touch(context.now);
        Ok(())
    })?;
    let location = format!(
        "{}/{PATH}/{}/operations/{operation}",
        context.base(),
        keys[0].value()
    );
    Ok(Answer::accepted()
        .header("location", location)
        .header("retry-after", "10"))
}

fn customer(body: &Body<'_>) -> Result<(Option<Uuid>, Option<String>), Refusal> {
    let Some(customer) = body.part("customer")? else {
        return Ok((None, None));
    };
    Ok((
        Some(customer.required_id("tenantId")?),
        customer.text("displayName")?.map(str::to_owned),
    ))
}

fn name_is_free(
    world: &World,
    provider: Uuid,
    name: &str,
    except: Option<&str>,
) -> Result<(), Refusal> {
    if name.is_empty() || name.chars().count() > 50 {
        return Err(bad_request("The displayName must have 1 to 50 characters."));
    }
    let taken = world.relationships.by_name(provider, name);
    if taken.is_some_and(|other| except != Some(other.id.as_str())) {
        Err(bad_request(
            "The displayName is used by another relationship of this partner.",
        ))
    } else {
        Ok(())
    }
}

fn auto_extend(text: &str, roles: &[Uuid]) -> Result<String, Refusal> {
    match text {
        "PT0S" | "P0D" => Ok("PT0S".to_owned()),
        "P180D"
            if role_by_name("Global Administrator")
                .is_some_and(|role| roles.contains(&role.template)) =>
        {
            Err(bad_request(
                "A relationship with Global Administrator cannot extend itself.",
            ))
        }
        "P180D" => Ok("P180D".to_owned()),
        _ => Err(bad_request("autoExtendDuration must be PT0S or P180D.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn roles_with_global_administrator_do_not_extend() {
        let global = role_by_name("Global Administrator")
            .expect("built in")
            .template;
        assert!(auto_extend("P180D", &[global]).is_err());
        assert!(auto_extend("P180D", &[]).is_ok());
        assert!(auto_extend("P90D", &[]).is_err());
        assert!(roles_of(Some(&Value::Null)).is_err());
    }
}
