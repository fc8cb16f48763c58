//! What a tenant is licensed for.
// facts: api-gdap-hardening §2.13.

use async_trait::async_trait;
use grantway_core::question::{LicenceSeen, Licences, PlanSeen};
use uuid::Uuid;

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::licence::SubscribedSku;

pub(super) struct Subscriptions;

#[async_trait]
impl Answerer for Subscriptions {
    type Question = Licences;
    const SCOPES: &'static [&'static str] = &["LicenseAssignment.Read.All"];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(graph: &Graph, _: &Licences) -> Result<Vec<LicenceSeen>, ReadError> {
        Ok(graph
            .subscribed_skus()
            .await?
            .into_iter()
            .map(licence)
            .collect())
    }
}

fn licence(sku: SubscribedSku) -> LicenceSeen {
    let units = sku.prepaid_units.unwrap_or_default();
    let plans = sku.service_plans.into_iter().filter_map(|plan| {
        Some(PlanSeen {
            id: Uuid::parse_str(&plan.service_plan_id).ok()?,
            name: plan.service_plan_name.unwrap_or_default(),
            disabled: plan.provisioning_status.as_deref() == Some("Disabled"),
        })
    });
    LicenceSeen {
        part_number: sku.sku_part_number.unwrap_or_default(),
        status: sku.capability_status.unwrap_or_default(),
        usable: units
            .enabled
            .unwrap_or(0)
            .saturating_add(units.warning.unwrap_or(0)),
        assigned: sku.consumed_units.unwrap_or(0),
        plans: plans.collect(),
    }
}
