//! `/tenantRelationships/delegatedAdminCustomers`: customers with whom the partner has a relationship.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Outcome, Refusal, fields};
use super::context::Context;
use super::kind::CUSTOMER;
use super::path::Key;
use super::relationship::require_partner;

const PATH: &str = "tenantRelationships/delegatedAdminCustomers";

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    require_partner(context)?;
    context.list(
        &CUSTOMER,
        PATH,
        customers(context)
            .into_iter()
            .map(|(id, name)| shown(id, &name))
            .collect(),
    )
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let wanted = keys[0].value();
    let found = customers(context)
        .into_iter()
        .find(|(id, _)| id.to_string().eq_ignore_ascii_case(wanted));
    let (id, name) = found.ok_or_else(|| Refusal::not_found(wanted))?;
    context.entity(&CUSTOMER, PATH, shown(id, &name))
}

fn customers(context: &Context<'_>) -> BTreeMap<Uuid, String> {
    context.read(|world| {
        let own = world
            .relationships
            .values()
            .filter(|relationship| relationship.provider_tenant == context.caller.token.tenant);
        let counted = own.filter(|relationship| {
            matches!(
                relationship.status(context.now),
                "active" | "expiring" | "activating" | "approved" | "approvalPending"
            )
        });
        counted
            .filter_map(|relationship| {
                Some((
                    relationship.customer_tenant?,
                    relationship.customer_name.clone()?,
                ))
            })
            .collect()
    })
}

fn shown(id: Uuid, name: &str) -> Map<String, Value> {
    fields(json!({ "id": id, "tenantId": id, "displayName": name }))
}
