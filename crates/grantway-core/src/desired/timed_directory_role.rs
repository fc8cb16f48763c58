//! A directory role that ends by itself.

use serde::{Deserialize, Serialize};

use super::{Desired, Known};
use crate::ids::{ObjectId, RoleId};

/// A principal holds, or does not hold, a directory role for the whole tenant, given through Privileged Identity Management for some
/// hours. Outputs: `id` while it is held.
///
/// Needs Entra ID P2. A role that is held without an end counts as held; it was there before and is not taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimedDirectoryRole {
    /// Who holds it.
    pub principal: Known<ObjectId>,
    /// The holder's name, for people.
    pub principal_name: String,
    /// The role's template id.
    pub role: RoleId,
    /// The role's name, for people.
    pub role_name: String,
    /// For how many hours, from the moment of giving.
    pub hours: u32,
    /// Whether it is to be held; `false` is a removal before the time is over.
    pub held: bool,
    /// Why, as the audit log keeps it.
    pub justification: String,
}

impl Desired for TimedDirectoryRole {
    const KIND: &'static str = "timed-directory-role";
}
