//! Which tenant is likely to be which name of another portal.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use grantway_core::TenantId;
use grantway_core::journal::ListedName;

use super::name::{bare, may_be_one, of_domain, same};

/// Names less alike than this are none for one another, as a share of their pairs of letters.
const NEAR: f64 = 0.72;

/// By so much the best name must be ahead of the next one.
const AHEAD: f64 = 0.08;

/// A tenant for which a name is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The tenant.
    pub tenant: TenantId,
    /// Its name.
    pub name: String,
    /// Its domain, where it is known.
    pub domain: Option<String>,
    /// How the other portal marks it, where it does.
    pub mark: Option<String>,
}

/// By what a pair was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The list itself has the tenant beside the name.
    Listed,
    /// The other portal marks it as the provider's own.
    Marked,
    /// The same name.
    Same,
    /// The same name but for legal form, punctuation and accents.
    Bare,
    /// The same name with another legal form, which may be another company.
    Form,
    /// The tenant's domain is the name.
    Domain,
    /// Much the same; alike to so many per cent.
    Near(u8),
}

impl Because {
    /// Whether it is taken without a look at each.
    pub fn is_sure(self) -> bool {
        matches!(self, Self::Listed | Self::Marked | Self::Same | Self::Bare)
    }
}

/// A proposed pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The name.
    pub name: String,
    /// By what it was found.
    pub because: Because,
}

/// What is known of the names that a list has beside tenants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The names by tenant: more than one is a tenant that the other portal has twice.
    pub names: BTreeMap<TenantId, Vec<String>>,
}

impl Listed {
    /// Reads what the list says of these tenants.
    pub fn of(tenants: &[Candidate], list: &[ListedName]) -> Self {
        let mut names: BTreeMap<TenantId, Vec<String>> = BTreeMap::new();
        for listed in list {
            let Some(beside) = listed.tenant.as_deref() else {
                continue;
            };
            let is_meant = |tenant: &&Candidate| {
                TenantId::parse(beside) == Ok(tenant.tenant)
                    || tenant
                        .domain
                        .as_deref()
                        .is_some_and(|d| d.eq_ignore_ascii_case(beside))
            };
            if let Some(tenant) = tenants.iter().find(is_meant) {
                names
                    .entry(tenant.tenant)
                    .or_default()
                    .push(listed.name.clone());
            }
        }
        Self { names }
    }
}

/// Proposes pairs, one to one, for tenants that have no name from names that no tenant has.
pub fn propose(
    tenants: &[Candidate],
    list: &[ListedName],
    taken: &BTreeSet<String>,
) -> BTreeMap<TenantId, Proposal> {
    let mut found = Found {
        tenants: tenants.iter().collect(),
        // One that the list has beside another tenant is not free.
        names: list
            .iter()
            .filter(|listed| !taken.contains(&same(&listed.name)))
            .collect(),
        pairs: BTreeMap::new(),
    };
    found.listed(&Listed::of(tenants, list));
    found.names.retain(|listed| listed.tenant.is_none());
    found.by(
        Because::Marked,
        |tenant| tenant.mark.as_deref().map(same),
        |name| {
            let marks = tenants.iter().filter_map(|tenant| tenant.mark.as_deref());
            let mut marks = marks.map(same);
            marks.find(|mark| same(name).contains(mark.as_str()))
        },
    );
    found.by(
        Because::Same,
        |tenant| some(same(&tenant.name)),
        |name| some(same(name)),
    );
    found.by(
        Because::Bare,
        |tenant| some(bare(&tenant.name).join(" ")),
        |name| some(bare(name).join(" ")),
    );
    found.by(
        Because::Domain,
        |tenant| some(of_domain(tenant.domain.as_deref()?)),
        |name| some(as_domain(name)),
    );
    found.near();
    found.pairs
}

fn some(key: String) -> Option<String> {
    (!key.is_empty()).then_some(key)
}

/// A name as the first label of a domain; a name that is a domain counts by its own first label.
fn as_domain(name: &str) -> String {
    match grantway_core::DomainName::parse(name) {
        Ok(domain) => of_domain(domain.as_str()),
        Err(_) => bare(name).concat(),
    }
}

/// What is still to be paired, and what is.
struct Found<'a> {
    tenants: Vec<&'a Candidate>,
    names: Vec<&'a ListedName>,
    pairs: BTreeMap<TenantId, Proposal>,
}

impl<'a> Found<'a> {
    fn listed(&mut self, listed: &Listed) {
        for (tenant, names) in &listed.names {
            let free = |name: &&ListedName| names.contains(&name.name);
            if let ([_], Some(name)) = (names.as_slice(), self.names.iter().copied().find(free)) {
                self.pair(*tenant, &name.name, Because::Listed);
            }
        }
        // One that it has twice is for a person to decide.
        self.tenants
            .retain(|tenant| !listed.names.contains_key(&tenant.tenant));
    }

    /// Pairs what has the same key, where one tenant and one name alone have it.
    fn by(
        &mut self,
        because: Because,
        of_tenant: impl Fn(&Candidate) -> Option<String>,
        of_name: impl Fn(&str) -> Option<String>,
    ) {
        let mut keys: HashMap<String, (Vec<TenantId>, Vec<&'a ListedName>)> = HashMap::new();
        for tenant in &self.tenants {
            if let Some(key) = of_tenant(tenant) {
                keys.entry(key).or_default().0.push(tenant.tenant);
            }
        }
        for name in &self.names {
            if let Some(known) = of_name(&name.name).and_then(|key| keys.get_mut(&key)) {
                known.1.push(name);
            }
        }
        for (tenants, names) in keys.into_values() {
            if let ([tenant], [name]) = (tenants.as_slice(), names.as_slice()) {
                self.pair(*tenant, &name.name, because);
            }
        }
        if because == Because::Bare {
            self.tell_forms();
        }
        self.drop_paired();
    }

    /// Names that differ in their legal form are worth a look.
    fn tell_forms(&mut self) {
        for tenant in &self.tenants {
            if let Some(pair) = self.pairs.get_mut(&tenant.tenant)
                && !may_be_one(&tenant.name, &pair.name)
            {
                pair.because = Because::Form;
            }
        }
    }

    /// Pairs what is much alike, where each is the other's best and the next one is far behind.
    fn near(&mut self) {
        let tenants: Vec<Vec<String>> = self.tenants.iter().map(|t| bare(&t.name)).collect();
        let names: Vec<Vec<String>> = self.names.iter().map(|n| bare(&n.name)).collect();
        let mut by_part: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, words) in names.iter().enumerate() {
            for part in parts(words) {
                by_part.entry(part).or_default().push(index);
            }
        }
        let mut of_tenants = vec![Best::default(); tenants.len()];
        let mut of_names = vec![Best::default(); names.len()];
        for (tenant, words) in tenants.iter().enumerate() {
            let shared = parts(words).filter_map(|part| by_part.get(part));
            let others: BTreeSet<usize> = shared.flatten().copied().collect();
            for name in others {
                let alike = strsim::sorensen_dice(&words.join(" "), &names[name].join(" "));
                of_tenants[tenant].see(name, alike);
                of_names[name].see(tenant, alike);
            }
        }
        for (tenant, best) in of_tenants.iter().enumerate() {
            let Some((name, alike)) = best.clear() else {
                continue;
            };
            if of_names[name]
                .clear()
                .is_some_and(|(other, _)| other == tenant)
            {
                // A share of one, cut to whole per cent.
                let percent = (alike * 100.0) as u8;
                let (tenant, name) = (self.tenants[tenant].tenant, &self.names[name].name);
                self.pair(tenant, name, Because::Near(percent));
            }
        }
        self.drop_paired();
    }

    fn pair(&mut self, tenant: TenantId, name: &str, because: Because) {
        let name = name.to_owned();
        self.pairs.insert(tenant, Proposal { name, because });
    }

    fn drop_paired(&mut self) {
        let pairs = &self.pairs;
        self.tenants
            .retain(|tenant| !pairs.contains_key(&tenant.tenant));
        let named: BTreeSet<&str> = pairs.values().map(|pair| pair.name.as_str()).collect();
        self.names
            .retain(|name| !named.contains(name.name.as_str()));
    }
}

/// Parts by one of which names that are alike find each other: their words, and how each begins.
fn parts(words: &[String]) -> impl Iterator<Item = &str> {
    words.iter().flat_map(|word| {
        let begin = word.char_indices().nth(3).map(|(end, _)| &word[..end]);
        std::iter::once(word.as_str()).chain(begin)
    })
}

/// The best and the next best that were seen.
#[derive(Debug, Clone, Default)]
struct Best {
    first: Option<(usize, f64)>,
    second: f64,
}

impl Best {
    fn see(&mut self, index: usize, alike: f64) {
        match self.first {
            Some((_, best)) if alike <= best => self.second = self.second.max(alike),
            first => {
                self.second = first.map_or(0.0, |(_, best)| best);
                self.first = Some((index, alike));
            }
        }
    }

    /// The best, where it is near and well ahead.
    fn clear(&self) -> Option<(usize, f64)> {
        let is_clear = |(_, alike): &(usize, f64)| *alike >= NEAR && alike - self.second >= AHEAD;
        self.first.filter(is_clear)
    }
}

#[cfg(test)]
#[path = "propose_tests.rs"]
mod tests;
