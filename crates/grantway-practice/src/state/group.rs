//! A group and its direct members.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A cloud security group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Object id.
    pub id: Uuid,
    /// Name shown to people; not unique.
    pub display_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Mail alias.
    pub mail_nickname: String,
    /// A unique name chosen by its maker, the alternate key.
    pub unique_name: Option<String>,
    /// Whether it can hold rights.
    pub security_enabled: bool,
    /// Whether it has a mailbox.
    pub mail_enabled: bool,
    /// Whether directory roles may be assigned to it; cannot be changed later.
    pub assignable_to_role: bool,
    /// Direct members: users, groups or service principals.
    pub members: BTreeSet<Uuid>,
    /// Direct owners.
    pub owners: BTreeSet<Uuid>,
    /// When it was made.
    pub created: Timestamp,
    /// From when on other calls than the one that made it can read it.
    pub visible_from: Timestamp,
}
