//! How far an access assignment has come.

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::desired::Known;

/// The state of one access assignment, asked of the provider's tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentStatus {
    /// The relationship, sometimes made by an earlier step.
    pub relationship: Known<String>,
    /// The assignment, often made by an earlier step.
    pub assignment: Known<String>,
}

/// The state of an assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentStatusIs {
    /// Microsoft's word: `pending`, `active`, `deleting`, `deleted`, `error`.
    pub status: String,
}

impl Ask for AssignmentStatus {
    const KIND: &'static str = "assignment-status";
    type Answer = AssignmentStatusIs;
}
