//! Groups by display name or id, and who is in them.

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

/// Every group with exactly this display name, with what decides whether it can carry roles, and its direct members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupsWithMembers {
    /// The name.
    pub display_name: String,
}

/// A group with its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupWithMembers {
    /// The group.
    pub group: GroupSeen,
    /// Why nobody can be put into it, or no roles be given to it, if so.
    pub unfit: Option<GroupUnfit>,
    /// What its direct members are called, in order.
    pub members: Vec<String>,
}

/// What makes a group unfit to carry GDAP roles for an account that is put into it.
// facts: api-gdap-hardening §2.5: a cloud security group in the partner's tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupUnfit {
    /// It is no security group, or one with a mailbox.
    NotSecurity,
    /// A rule says who is in it.
    Dynamic,
    /// It comes from a directory of one's own and is changed only there.
    Synced,
    /// Directory roles may be given to it, so only a Privileged Role Administrator may change who is in it.
    RoleAssignable,
}

impl Ask for GroupsWithMembers {
    const KIND: &'static str = "groups-with-members";
    type Answer = Vec<GroupWithMembers>;
}

/// A group, and whether somebody can be put into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFitness {
    /// The group.
    pub group: GroupSeen,
    /// Why nobody can be put into it, if so.
    pub unfit: Option<GroupUnfit>,
}

/// The group of that id, if there is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupOfId {
    /// The id.
    pub id: ObjectId,
}

impl Ask for GroupOfId {
    const KIND: &'static str = "group-of-id";
    type Answer = Option<GroupFitness>;
}
