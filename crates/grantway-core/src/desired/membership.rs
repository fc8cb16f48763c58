//! One member of one group.

use serde::{Deserialize, Serialize};

use super::{Desired, Known};
use crate::ids::ObjectId;

/// A user (or other directory object) is a direct member of a group. Outputs: none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The group.
    pub group: Known<ObjectId>,
    /// The group's name, for people.
    pub group_name: String,
    /// The member.
    pub member: Known<ObjectId>,
    /// The member's name, for people.
    pub member_name: String,
}

impl Desired for Membership {
    const KIND: &'static str = "membership";
}
