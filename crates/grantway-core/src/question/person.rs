//! Who is signed in, and what they may do.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::ids::{ObjectId, RoleId, Upn};

/// The person whose sign-in is used in the tenant that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedInPerson {}

/// The signed-in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonSeen {
    /// Their object id.
    pub id: ObjectId,
    /// Their account.
    pub upn: Upn,
    /// Their name.
    pub name: String,
    /// Template ids of the directory roles that they hold, through groups too.
    pub roles: BTreeSet<RoleId>,
    /// Display names of the groups that they are in, through groups too.
    pub groups: BTreeSet<String>,
}

impl Ask for SignedInPerson {
    const KIND: &'static str = "signed-in-person";
    type Answer = PersonSeen;
}
