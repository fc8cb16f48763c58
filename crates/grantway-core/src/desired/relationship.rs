//! A GDAP relationship that the provider asks a customer for.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Desired;
use crate::ids::{RoleId, TenantId};

/// A delegated admin relationship, made and locked so that the customer can approve it. Lives in the provider's tenant.
/// Outputs: `id`.
///
/// Its name is unique among the provider's relationships and carries the setup's id, so it is found again after a lost
/// answer. The customer's approval is another step: nobody else can give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationship {
    /// The customer.
    pub customer: TenantId,
    /// Its name, as the relationship shows it.
    pub customer_name: String,
    /// At most 50 characters.
    pub name: String,
    /// The roles, fixed once it is locked: an active relationship takes no more.
    pub roles: BTreeSet<RoleId>,
    /// How long it lasts from the approval on, in days: 1 to 730.
    pub days: u32,
    /// Whether it is extended by half a year when it ends. Refused where Global Administrator is among the roles.
    pub extends_itself: bool,
}

impl Desired for Relationship {
    const KIND: &'static str = "relationship";
}
