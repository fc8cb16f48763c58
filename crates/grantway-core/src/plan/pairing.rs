//! Pairings: tenants that a person pairs, one to one, with things that only another portal knows, by their names there.

use serde::{Deserialize, Serialize};

use crate::ids::TenantId;
use crate::party::Place;

/// What is to be paired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pairing {
    /// The tenants that each need a name.
    pub tenants: Vec<Place>,
    /// The provider's own tenant, which may have one too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnTenant>,
}

/// A provider's own tenant beside those of its customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnTenant {
    /// The tenant.
    pub place: Place,
    /// The words by which the other portal marks what belongs to it, where it does so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

impl Pairing {
    /// All tenants, the provider's own last.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        let own = self.own.iter().map(|own| &own.place);
        self.tenants.iter().chain(own)
    }

    /// Whether it is the provider's own.
    pub fn is_own(&self, tenant: TenantId) -> bool {
        self.own
            .as_ref()
            .is_some_and(|own| own.place.tenant == tenant)
    }
}
