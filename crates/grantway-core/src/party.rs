//! The parties of a grant, and the place where a step happens.

use serde::{Deserialize, Serialize};

use crate::ids::TenantId;

/// Who is who in a grant. On screen each has its mark: square, circle, diamond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The managed service provider whose people do the work.
    Provider,
    /// The organisation that gives access away.
    Customer,
    /// The company whose product receives access through the provider.
    Vendor,
}

/// A tenant with the part it plays: where a step happens, and what a sign-in is expected to be for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The part that the tenant plays.
    pub party: Party,
    /// The tenant.
    pub tenant: TenantId,
    /// Its name, as Microsoft gave it or as a person typed it.
    pub name: String,
}
