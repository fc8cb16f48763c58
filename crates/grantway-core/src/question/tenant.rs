//! Who a tenant is.

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::ids::{DomainName, TenantId};

/// Name, id and domains of the tenant that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantProfile {}

/// A tenant as it describes itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantSeen {
    /// Its id.
    pub tenant: TenantId,
    /// Its display name.
    pub name: String,
    /// Its verified domains.
    pub domains: Vec<DomainSeen>,
}

/// A verified domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainSeen {
    /// The domain.
    pub name: DomainName,
    /// New accounts get it unless told otherwise.
    pub is_default: bool,
    /// Passwords are kept in Entra; `false` means that another system signs its people in.
    pub is_managed: bool,
}

impl Ask for TenantProfile {
    const KIND: &'static str = "tenant-profile";
    type Answer = TenantSeen;
}
