//! `/tenantRelationships/delegatedAdminCustomers`: customers with whom the partner has a relationship.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Outcome, Refusal, fields};
use super::context::Context;
use super::kind::CUSTOMER;
use super::path::Key;
use super::relationship::require_partner;
use crate::state::World;

const PATH: &str = "tenantRelationships/delegatedAdminCustomers";

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    require_partner(context)?;
    context.read(|world| {
        let customers = world
            .relationships
            .customers()
            .filter_map(|id| Some((id, name_of(world, context, *id)?)));
        context.page(&CUSTOMER, PATH, customers, |(id, name)| shown(**id, name))
    })
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let wanted = keys[0].value();
    let id: Option<Uuid> = wanted.parse().ok();
    let item = context.read(|world| {
        let id = id?;
        Some(shown(id, name_of(world, context, id)?))
    });
    context.entity(
        &CUSTOMER,
        PATH,
        item.ok_or_else(|| Refusal::not_found(wanted))?,
    )
}

/// The name of a customer, when the caller's tenant has a relationship with it that counts.
fn name_of<'w>(world: &'w World, context: &Context<'_>, customer: Uuid) -> Option<&'w str> {
    world
        .relationships_between(context.caller.token.tenant, customer)
        .find(|relationship| {
            matches!(
                relationship.status(context.now),
                "active" | "expiring" | "activating" | "approved" | "approvalPending"
            )
        })?
        .customer_name
        .as_deref()
}

fn shown(id: Uuid, name: &str) -> Map<String, Value> {
    fields(json!({ "id": id, "tenantId": id, "displayName": name }))
}
