//! Whether a person of another tenant is a guest as well.

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::ids::{ObjectId, Upn};

/// The guest account of that person in the tenant that is asked, if there is one. It displaces the roles that the person has there
/// through a relationship.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestTwin {
    /// The person's account in their home tenant.
    pub account: Upn,
}

/// A guest account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestSeen {
    /// Its id in the tenant that was asked.
    pub id: ObjectId,
    /// What people see there.
    pub name: String,
}

impl Ask for GuestTwin {
    const KIND: &'static str = "guest-twin";
    type Answer = Option<GuestSeen>;
}
