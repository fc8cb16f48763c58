//! Bought licences.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A licence that a tenant bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sku {
    /// Product id.
    pub id: Uuid,
    /// Product code, `SPB`.
    pub part_number: String,
    /// `Enabled`, `Warning`, `Suspended`, `Deleted` or `LockedOut`.
    pub status: String,
    /// How many there are.
    pub counts: SkuCounts,
    /// What is in it.
    pub plans: Vec<ServicePlan>,
}

/// How many units of a licence there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuCounts {
    /// Bought and usable.
    pub enabled: i32,
    /// Given to users.
    pub consumed: i32,
}

/// A service inside a licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePlan {
    /// Plan id.
    pub id: Uuid,
    /// Plan code, `AAD_PREMIUM`.
    pub name: String,
    /// `Success`, `Disabled` and the like.
    pub status: String,
}
