//! `/subscribedSkus`: bought licences.

use serde_json::{Map, Value, json};

use super::answer::{Outcome, Refusal, fields};
use super::context::Context;
use super::kind::SKU;
use super::path::Key;
use crate::state::{Sku, Tenant};

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    if context.call.options.filter.is_some() {
        // facts: api-gdap-hardening §2.13
        return Err(Refusal::unsupported_query(
            "Filter is not supported for this resource.",
        ));
    }
    let items =
        context.tenant(|tenant| Ok(tenant.skus.iter().map(|sku| shown(tenant, sku)).collect()))?;
    context.list(&SKU, "subscribedSkus", items)
}

fn shown(tenant: &Tenant, sku: &Sku) -> Map<String, Value> {
    let plans: Vec<Value> = sku
        .plans
        .iter()
        .map(|plan| json!({ "appliesTo": "User", "provisioningStatus": plan.status, "servicePlanId": plan.id, "servicePlanName": plan.name }))
        .collect();
    let warning = if sku.status == "Warning" {
        sku.counts.enabled
    } else {
        0
    };
    let suspended = if sku.status == "Suspended" {
        sku.counts.enabled
    } else {
        0
    };
    let enabled = if sku.status == "Enabled" {
        sku.counts.enabled
    } else {
        0
    };
    fields(json!({
        "id": format!("{}_{}", tenant.id, sku.id),
        "accountId": tenant.id,
        "accountName": tenant.initial_domain().split('.').next(),
        "appliesTo": "User",
        "capabilityStatus": sku.status,
        "consumedUnits": sku.counts.consumed,
        "prepaidUnits": { "enabled": enabled, "lockedOut": 0, "suspended": suspended, "warning": warning },
        "servicePlans": plans,
        "skuId": sku.id,
        "skuPartNumber": sku.part_number,
        "subscriptionIds": [],
    }))
}
