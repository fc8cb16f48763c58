//! Subscriptions of a tenant.

use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `subscribedSku`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscribedSku {
    /// Such as `SPB`.
    pub sku_part_number: Option<String>,
    /// `Enabled`, `Warning`, `Suspended`, `Deleted`, `LockedOut`.
    #[serde(default)]
    pub capability_status: Option<String>,
    /// How many are assigned.
    #[serde(default)]
    pub consumed_units: Option<i64>,
    /// How many were bought, by state.
    #[serde(default)]
    pub prepaid_units: Option<PrepaidUnits>,
    /// What is inside.
    #[serde(default)]
    pub service_plans: Vec<ServicePlan>,
}

/// `licenseUnitsDetail`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrepaidUnits {
    /// In force.
    #[serde(default)]
    pub enabled: Option<i64>,
    /// In their grace period.
    #[serde(default)]
    pub warning: Option<i64>,
}

/// `servicePlanInfo`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePlan {
    /// The same in every tenant.
    pub service_plan_id: String,
    /// Such as `AAD_PREMIUM`.
    #[serde(default)]
    pub service_plan_name: Option<String>,
    /// `Success`, `Disabled`, `PendingInput` and others.
    #[serde(default)]
    pub provisioning_status: Option<String>,
}

impl Graph {
    /// All subscriptions. Scope: `LicenseAssignment.Read.All`. The service knows no `$filter` here.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn subscribed_skus(&self) -> Result<Vec<SubscribedSku>, HttpError> {
        let select = "skuPartNumber,capabilityStatus,consumedUnits,prepaidUnits,servicePlans";
        self.service
            .list(&Call::get("/v1.0/subscribedSkus").query("$select", select))
            .await
    }
}
