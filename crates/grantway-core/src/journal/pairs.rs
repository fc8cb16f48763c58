//! The pairs of a pairing, as a person gave and confirmed them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::ids::TenantId;
use crate::party::Place;
use crate::plan::Pairing;

/// A name that the other portal lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedName {
    /// The name.
    pub name: String,
    /// The tenant that the list has beside it, by its id or one of its domains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

/// A pair that a person has confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmedPair {
    /// The name in the other portal.
    pub name: String,
    /// Who says so.
    pub by: String,
    /// When they did.
    pub at: Timestamp,
}

/// How far a pairing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    /// What the other portal lists, as last given.
    pub listed: Vec<ListedName>,
    /// The names that tenants are paired with now.
    pub chosen: BTreeMap<TenantId, String>,
    /// The pairs that were confirmed and are still so.
    pub confirmed: BTreeMap<TenantId, ConfirmedPair>,
}

impl Pairs {
    /// Pairs tenants, or takes their names off them. Tells whether something that was confirmed is no longer so.
    pub(super) fn choose(&mut self, pairs: &BTreeMap<TenantId, Option<String>>) -> bool {
        let mut has_reopened = false;
        for (tenant, name) in pairs {
            match name {
                Some(name) => self.chosen.insert(*tenant, name.clone()),
                None => self.chosen.remove(tenant),
            };
            let confirmed = self.confirmed.get(tenant).map(|pair| &pair.name);
            if confirmed == name.as_ref() {
                continue;
            }
            // A tenant that needed none at first may have got a name since: that is to be confirmed too.
            has_reopened |= confirmed.is_some() || name.is_some();
            self.confirmed.remove(tenant);
        }
        has_reopened
    }

    pub(super) fn confirm(&mut self, pairs: &BTreeMap<TenantId, String>, by: &str, at: Timestamp) {
        for (tenant, name) in pairs {
            let (name, by) = (name.clone(), by.to_owned());
            self.chosen.insert(*tenant, name.clone());
            // Who confirmed the same before has said so, not who confirms the rest now.
            if self
                .confirmed
                .get(tenant)
                .is_some_and(|pair| pair.name == name)
            {
                continue;
            }
            self.confirmed
                .insert(*tenant, ConfirmedPair { name, by, at });
        }
    }

    /// The tenants that need a name and have none that was confirmed.
    pub fn unconfirmed<'a>(&'a self, pairing: &'a Pairing) -> impl Iterator<Item = &'a Place> {
        let is_open = |place: &&Place| !self.confirmed.contains_key(&place.tenant);
        pairing.tenants.iter().filter(is_open)
    }
}
