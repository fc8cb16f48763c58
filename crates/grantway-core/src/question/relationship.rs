//! GDAP relationships between the provider and a customer.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::Timestamp;
use crate::ids::{RoleId, TenantId};

/// The delegated admin relationships with a customer, in every state, asked of the provider's tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationships {
    /// The customer.
    pub customer: TenantId,
}

/// A relationship.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationshipSeen {
    /// Its id.
    pub id: String,
    /// Its name, unique among the provider's relationships.
    pub name: String,
    /// Microsoft's word: `active`, `approvalPending`, `terminated` …
    pub status: String,
    /// The customer's name as Partner Center knows it.
    pub customer_name: String,
    /// Template ids of the roles that it holds.
    pub roles: BTreeSet<RoleId>,
    /// When it ends.
    pub ends: Option<Timestamp>,
    /// Whether it is extended by itself.
    pub extends_itself: bool,
}

impl Ask for Relationships {
    const KIND: &'static str = "relationships";
    type Answer = Vec<RelationshipSeen>;
}
