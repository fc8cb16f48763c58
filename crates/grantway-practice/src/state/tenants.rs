//! All tenants of a world, found by id and by domain. A copy of the world shares the tenants that have not changed since, so that
//! keeping an earlier state, or writing the present one to a file, stays cheap with a thousand customers.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::Tenant;

/// All tenants of a world.
#[derive(Debug, Clone, Default)]
pub struct Tenants {
    by_id: BTreeMap<Uuid, Arc<Tenant>>,
    by_domain: BTreeMap<String, Uuid>,
}

impl Tenants {
    /// Adds a tenant, and answers whether its id was free. A domain belongs to the tenant that brought it first.
    pub fn insert(&mut self, tenant: Tenant) -> bool {
        if self.by_id.contains_key(&tenant.id) {
            return false;
        }
        for domain in &tenant.domains {
            self.by_domain
                .entry(domain.name.to_ascii_lowercase())
                .or_insert(tenant.id);
        }
        self.by_id.insert(tenant.id, Arc::new(tenant));
        true
    }

    /// A tenant by id.
    pub fn get(&self, id: &Uuid) -> Option<&Tenant> {
        self.by_id.get(id).map(Arc::as_ref)
    }

    /// A tenant by id, to change it.
    pub fn get_mut(&mut self, id: &Uuid) -> Option<&mut Tenant> {
        self.by_id.get_mut(id).map(Arc::make_mut)
    }

    /// The tenant that owns a domain, compared without regard to case.
    pub fn by_domain(&self, domain: &str) -> Option<&Tenant> {
        self.get(self.by_domain.get(&domain.to_ascii_lowercase())?)
    }

    /// All tenants, in the order of their ids.
    pub fn values(&self) -> impl Iterator<Item = &Tenant> {
        self.by_id.values().map(Arc::as_ref)
    }

    /// All tenants as they are held: one that has not changed since is the same pointer.
    pub(crate) fn held(&self) -> impl Iterator<Item = (String, &Arc<Tenant>)> {
        self.by_id
            .iter()
            .map(|(id, tenant)| (id.to_string(), tenant))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

impl FromIterator<Tenant> for Tenants {
    fn from_iter<I: IntoIterator<Item = Tenant>>(tenants: I) -> Self {
        let mut all = Self::default();
        for tenant in tenants {
            all.insert(tenant);
        }
        all
    }
}

impl Serialize for Tenants {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.values().map(|tenant| (tenant.id, tenant)))
    }
}

impl<'de> Deserialize<'de> for Tenants {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let by_id = BTreeMap::<Uuid, Tenant>::deserialize(deserializer)?;
        Ok(by_id.into_values().collect())
    }
}
