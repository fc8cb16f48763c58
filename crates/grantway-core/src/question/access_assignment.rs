//! Which groups hold roles through a relationship, and how far one of them has come.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::desired::Known;
use crate::ids::{ObjectId, RoleId};

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

/// The access assignments of a relationship that are there, asked of the provider's tenant. Those that are going are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessAssignments {
    /// The relationship's id.
    pub relationship: String,
}

/// An access assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessAssignmentSeen {
    /// The group of the provider that holds the roles.
    pub group: ObjectId,
    /// Template ids of the roles.
    pub roles: BTreeSet<RoleId>,
    /// Microsoft's word: `pending`, `active`, `error`.
    pub status: String,
}

impl Ask for AccessAssignments {
    const KIND: &'static str = "access-assignments";
    type Answer = Vec<AccessAssignmentSeen>;
}
