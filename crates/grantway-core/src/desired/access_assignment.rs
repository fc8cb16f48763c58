//! The roles that a group of the provider holds in a customer, through a GDAP relationship.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Desired, Known};
use crate::ids::{ObjectId, RoleId, TenantId};

/// An access assignment of a delegated admin relationship. Lives in the provider's tenant. Outputs: `id`.
///
/// A relationship has at most one assignment per group that is not deleted, so relationship and group are
/// the natural key after a lost answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessAssignment {
    /// The relationship's id: two GUIDs joined by a dash, so not a GUID itself.
    pub relationship: Known<String>,
    /// The customer of the relationship.
    pub customer: TenantId,
    /// The customer's name. Plans of the first version have none.
    #[serde(default)]
    pub customer_name: String,
    /// The security group in the provider's tenant.
    pub group: Known<ObjectId>,
    /// The roles, all of which the relationship must hold.
    pub roles: BTreeSet<RoleId>,
}

impl Desired for AccessAssignment {
    const KIND: &'static str = "access-assignment";
}
