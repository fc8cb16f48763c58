//! What a tenant is licensed for.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Ask;

/// The subscriptions of the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licences {}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceSeen {
    /// Its part number, such as `SPB`.
    pub part_number: String,
    /// Microsoft's word: `Enabled`, `Warning`, `Suspended`, `Deleted`, `LockedOut`.
    pub status: String,
    /// How many were bought and can be used, those in their grace period included.
    pub usable: i64,
    /// How many are assigned.
    pub assigned: i64,
    /// The service plans inside.
    pub plans: Vec<PlanSeen>,
}

/// A service plan inside a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSeen {
    /// Its id, the same everywhere.
    pub id: Uuid,
    /// Its name, such as `AAD_PREMIUM`.
    pub name: String,
    /// Whether it is switched off in this subscription.
    pub disabled: bool,
}

impl LicenceSeen {
    /// Whether this subscription gives the plan: usable, not suspended, and the plan not switched off.
    pub fn gives(&self, plan: Uuid) -> bool {
        matches!(self.status.as_str(), "Enabled" | "Warning")
            && self.usable > 0
            && self.plans.iter().any(|p| p.id == plan && !p.disabled)
    }
}

impl Ask for Licences {
    const KIND: &'static str = "licences";
    type Answer = Vec<LicenceSeen>;
}
