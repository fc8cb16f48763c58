//! How far one GDAP relationship has come.

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::Timestamp;
use crate::desired::Known;

/// The state of one relationship, asked of the provider's tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationshipStatus {
    /// The relationship, often made by an earlier step.
    pub relationship: Known<String>,
}

/// The state of a relationship.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationshipStatusIs {
    /// Microsoft's word: `created`, `approvalPending`, `approved`, `activating`, `active`, `terminated` …
    pub status: String,
    /// When it ends.
    pub ends: Option<Timestamp>,
}

impl Ask for RelationshipStatus {
    const KIND: &'static str = "relationship-status";
    type Answer = RelationshipStatusIs;
}
