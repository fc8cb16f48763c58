//! A directory role, held or not held.

use serde::{Deserialize, Serialize};

use super::{Desired, Known};
use crate::ids::{ObjectId, RoleId};

/// A principal holds, or does not hold, a directory role for the whole tenant (`directoryScopeId` `/`). Outputs: `id` while it is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryRole {
    /// Who holds it.
    pub principal: Known<ObjectId>,
    /// The holder's name, for people.
    pub principal_name: String,
    /// The role's template id.
    pub role: RoleId,
    /// The role's name, for people.
    pub role_name: String,
    /// Whether it is to be held; `false` is a removal.
    pub held: bool,
}

impl Desired for DirectoryRole {
    const KIND: &'static str = "directory-role";
}
