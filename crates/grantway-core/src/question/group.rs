//! Groups by display name.

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::ids::ObjectId;

/// Every group with exactly this display name. Display names are not unique.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupsNamed {
    /// The name.
    pub display_name: String,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSeen {
    /// Its id.
    pub id: ObjectId,
    /// Its name.
    pub display_name: String,
    /// Whether it can carry access.
    pub is_security_group: bool,
}

impl Ask for GroupsNamed {
    const KIND: &'static str = "groups-named";
    type Answer = Vec<GroupSeen>;
}
