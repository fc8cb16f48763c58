//! The table of pairs: where each tenant stands, what is proposed for it, and what keeps the whole from being confirmed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use grantway_core::ids::SetupId;
use grantway_core::journal::Pairs;
use grantway_core::plan::Pairing;
use grantway_core::{Place, TenantId, Text, Timestamp};

use super::name::same;
use super::propose::{Candidate, Listed, Proposal, propose};

/// A pair that was confirmed in another setup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The tenant's name.
    pub tenant: String,
    /// The name that it is paired with.
    pub name: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// In which setup.
    pub setup: SetupId,
}

/// What is known beside the pairing itself.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Domains by tenant.
    pub domains: HashMap<TenantId, String>,
    /// Pairs of other setups with the same portal.
    pub elsewhere: BTreeMap<TenantId, Elsewhere>,
}

/// Where a tenant stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// Its pair was confirmed.
    Confirmed {
        /// By whom.
        by: String,
        /// When.
        at: Timestamp,
        /// In which other setup, where it was in one.
        setup: Option<SetupId>,
    },
    /// It has a name, and nobody has confirmed it yet.
    Paired,
    /// Another tenant has the same name.
    Double,
    /// A name is proposed.
    Proposed(Proposal),
    /// It has no name.
    Open,
    /// It has no name and needs none.
    Free,
}

/// A tenant with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairRow {
    /// The tenant.
    pub place: Place,
    /// Its domain, where it is known.
    pub domain: Option<String>,
    /// It is the provider's own.
    pub is_own: bool,
    /// The name that it is paired with.
    pub name: Option<String>,
    /// Where it stands.
    pub stands: Stands,
    /// The other tenants with the same name.
    pub shared_with: Vec<String>,
    /// The names that the list has beside it, where there are several.
    pub listed_as: Vec<String>,
    /// A list was given, and the name is not in it.
    pub is_unlisted: bool,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The tenants, the provider's own last.
    pub rows: Vec<PairRow>,
    /// Listed names that no tenant has, in the order of the list.
    pub free: Vec<String>,
    /// How many names the list has.
    pub listed: usize,
}

impl Table {
    /// The table of a pairing as it is now.
    pub fn of(pairing: &Pairing, pairs: &Pairs, known: &Known) -> Self {
        let named = Named::of(pairing, pairs, known);
        let candidates: Vec<Candidate> = pairing
            .places()
            .map(|place| candidate(pairing, place, known))
            .collect();
        let open: Vec<Candidate> = candidates
            .iter()
            .filter(|candidate| !named.names.contains_key(&candidate.tenant))
            .cloned()
            .collect();
        let taken: BTreeSet<String> = named.tenants.keys().cloned().collect();
        let mut proposals = propose(&open, &pairs.listed, &taken);
        let mut twice = Listed::of(&candidates, &pairs.listed).names;
        twice.retain(|_, names| names.len() > 1);
        let list: BTreeSet<String> = pairs.listed.iter().map(|l| same(&l.name)).collect();
        let rows = pairing
            .places()
            .zip(candidates)
            .map(|(place, candidate)| {
                let name = named.names.get(&place.tenant).cloned();
                let is_own = pairing.is_own(place.tenant);
                let shared_with = named.others(place.tenant);
                let stands = if !shared_with.is_empty() {
                    Stands::Double
                } else if name.is_some() {
                    said(pairs, known, place.tenant)
                } else if let Some(proposal) = proposals.remove(&place.tenant) {
                    Stands::Proposed(proposal)
                } else if is_own {
                    Stands::Free
                } else {
                    Stands::Open
                };
                let is_unlisted = name
                    .as_ref()
                    .is_some_and(|name| !list.contains(&same(name)));
                PairRow {
                    place: place.clone(),
                    domain: candidate.domain,
                    is_own,
                    stands,
                    shared_with,
                    listed_as: twice.remove(&place.tenant).unwrap_or_default(),
                    is_unlisted: is_unlisted && !list.is_empty(),
                    name,
                }
            })
            .collect();
        let free = pairs.listed.iter().map(|listed| &listed.name);
        let free = free.filter(|name| !taken.contains(&same(name)));
        Self {
            rows,
            free: free.cloned().collect(),
            listed: pairs.listed.len(),
        }
    }

    /// The pairs as they stand, those that are confirmed too.
    pub fn pairs(&self) -> BTreeMap<TenantId, String> {
        let named = self.rows.iter();
        named
            .filter_map(|row| Some((row.place.tenant, row.name.clone()?)))
            .collect()
    }

    /// How many pairs nobody has confirmed yet.
    pub fn unconfirmed(&self) -> usize {
        let is_new = |row: &&PairRow| matches!(row.stands, Stands::Paired | Stands::Double);
        self.rows.iter().filter(is_new).count()
    }

    /// What keeps the pairs from being confirmed.
    pub fn blocked(&self) -> Option<Text> {
        let count = |stands: fn(&PairRow) -> bool| self.rows.iter().filter(|r| stands(r)).count();
        let doubles = count(|row| row.stands == Stands::Double);
        let open = count(|row| row.name.is_none() && !row.is_own);
        match (doubles, open) {
            (0, 0) => None,
            (0, open) => Some(Text::new("pairs-blocked-open").with("count", open)),
            (doubles, _) => Some(Text::new("pairs-blocked-doubles").with("count", doubles)),
        }
    }
}

fn candidate(pairing: &Pairing, place: &Place, known: &Known) -> Candidate {
    let own = pairing.own.as_ref();
    let own = own.filter(|own| own.place.tenant == place.tenant);
    Candidate {
        tenant: place.tenant,
        name: place.name.clone(),
        domain: known.domains.get(&place.tenant).cloned(),
        mark: own.and_then(|own| own.mark.clone()),
    }
}

/// What a pair that is no double has behind it.
fn said(pairs: &Pairs, known: &Known, tenant: TenantId) -> Stands {
    if let Some(pair) = pairs.confirmed.get(&tenant) {
        return Stands::Confirmed {
            by: pair.by.clone(),
            at: pair.at,
            setup: None,
        };
    }
    let earlier = known.elsewhere.get(&tenant);
    match earlier.filter(|_| !pairs.chosen.contains_key(&tenant)) {
        Some(earlier) => Stands::Confirmed {
            by: earlier.by.clone(),
            at: earlier.at,
            setup: Some(earlier.setup.clone()),
        },
        None => Stands::Paired,
    }
}

/// Who has which name, here and in other setups.
struct Named {
    /// The names of the pairing's tenants.
    names: BTreeMap<TenantId, String>,
    /// The tenants of each name, as it is compared.
    tenants: BTreeMap<String, Vec<(TenantId, String)>>,
}

impl Named {
    fn of(pairing: &Pairing, pairs: &Pairs, known: &Known) -> Self {
        let mut names = BTreeMap::new();
        let mut tenants: BTreeMap<String, Vec<(TenantId, String)>> = BTreeMap::new();
        for place in pairing.places() {
            let elsewhere = known.elsewhere.get(&place.tenant).map(|pair| &pair.name);
            if let Some(name) = pairs.chosen.get(&place.tenant).or(elsewhere) {
                names.insert(place.tenant, name.clone());
                let known = tenants.entry(same(name)).or_default();
                known.push((place.tenant, place.name.clone()));
            }
        }
        let here: BTreeSet<TenantId> = pairing.places().map(|place| place.tenant).collect();
        for (tenant, pair) in &known.elsewhere {
            if !here.contains(tenant) {
                let known = tenants.entry(same(&pair.name)).or_default();
                known.push((*tenant, pair.tenant.clone()));
            }
        }
        Self { names, tenants }
    }

    /// The names of the other tenants that share a tenant's name.
    fn others(&self, tenant: TenantId) -> Vec<String> {
        let Some(name) = self.names.get(&tenant) else {
            return Vec::new();
        };
        let sharing = self.tenants.get(&same(name)).into_iter().flatten();
        let others = sharing.filter(|(other, _)| *other != tenant);
        others.map(|(_, name)| name.clone()).collect()
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
