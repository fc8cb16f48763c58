//! `/contracts`: the customers that a partner sells to, with a relationship or without.
// facts: api-gdap-hardening §2.2

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::answer::{Outcome, Refusal, fields};
use super::context::Context;
use super::kind::CONTRACT;
use super::path::Key;
use crate::state::{Tenant, World};

const PATH: &str = "contracts";

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.read(|world| {
        let own = customers(world, context).filter_map(|id| world.tenant(&id));
        context.page(&CONTRACT, PATH, own, |customer| shown(context, customer))
    })
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let wanted = keys[0].value();
    let item = context.read(|world| {
        let id: Uuid = wanted.parse().ok()?;
        let found =
            customers(world, context).find(|customer| contract_id(context, *customer) == id)?;
        Some(shown(context, world.tenant(&found)?))
    });
    context.entity(
        &CONTRACT,
        PATH,
        item.ok_or_else(|| Refusal::not_found(wanted))?,
    )
}

fn customers<'w>(world: &'w World, context: &Context<'_>) -> impl Iterator<Item = Uuid> + use<'w> {
    world
        .tenant(&context.caller.token.tenant)
        .and_then(|tenant| tenant.partner.as_ref())
        .into_iter()
        .flat_map(|partner| partner.customers.iter().copied())
}

// A contract is an object of the partner's directory, so its id is not the customer's.
fn contract_id(context: &Context<'_>, customer: Uuid) -> Uuid {
    let hash = Sha256::new()
        .chain_update(context.caller.token.tenant.as_bytes())
        .chain_update(customer.as_bytes())
        .finalize();
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

fn shown(context: &Context<'_>, customer: &Tenant) -> Map<String, Value> {
    fields(json!({
        "id": contract_id(context, customer.id),
        "deletedDateTime": null,
        "contractType": "ResellerPartnerContract",
        "customerId": customer.id,
        "defaultDomainName": customer.default_domain(),
        "displayName": customer.display_name,
    }))
}
