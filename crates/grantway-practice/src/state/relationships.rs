//! All delegated admin relationships of a world, found by id, by customer and by name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::Relationship;

/// All delegated admin relationships of a world.
#[derive(Debug, Clone, Default)]
pub struct Relationships {
    by_id: BTreeMap<String, Arc<Relationship>>,
    by_customer: BTreeMap<Uuid, BTreeSet<String>>,
    by_name: BTreeMap<(Uuid, String), String>,
}

impl Relationships {
    /// Adds a relationship, and answers whether its id was free.
    pub fn insert(&mut self, relationship: Relationship) -> bool {
        if self.by_id.contains_key(&relationship.id) {
            return false;
        }
        self.note(&relationship);
        self.by_id
            .insert(relationship.id.clone(), Arc::new(relationship));
        true
    }

    /// Takes a relationship out.
    pub fn remove(&mut self, id: &str) -> Option<Relationship> {
        let found = self.by_id.remove(id)?;
        self.forget(&found);
        Some(Arc::unwrap_or_clone(found))
    }

    /// A relationship by id.
    pub fn get(&self, id: &str) -> Option<&Relationship> {
        self.by_id.get(id).map(Arc::as_ref)
    }

    /// A relationship by id, to change it. Its customer and its name are changed with [`Relationships::set_customer`] and
    /// [`Relationships::rename`], which keep it findable.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Relationship> {
        self.by_id.get_mut(id).map(Arc::make_mut)
    }

    /// Names the customer of a relationship.
    pub fn set_customer(&mut self, id: &str, tenant: Option<Uuid>, name: Option<String>) {
        self.again(id, |relationship| {
            relationship.customer_tenant = tenant;
            relationship.customer_name = name;
        });
    }

    /// Gives a relationship another name.
    pub fn rename(&mut self, id: &str, name: &str) {
        self.again(id, |relationship| {
            name.clone_into(&mut relationship.display_name)
        });
    }

    /// All relationships, in the order of their ids.
    pub fn values(&self) -> impl Iterator<Item = &Relationship> {
        self.by_id.values().map(Arc::as_ref)
    }

    /// All relationships as they are held: one that has not changed since is the same pointer.
    pub(crate) fn held(&self) -> impl Iterator<Item = (String, &Arc<Relationship>)> {
        self.by_id.iter().map(|(id, held)| (id.clone(), held))
    }

    /// The relationships of a customer with any provider.
    pub fn of_customer(&self, customer: Uuid) -> impl Iterator<Item = &Relationship> {
        self.by_customer
            .get(&customer)
            .into_iter()
            .flatten()
            .filter_map(|id| self.get(id))
    }

    /// Customers that have a relationship, in the order of their ids.
    pub fn customers(&self) -> impl Iterator<Item = &Uuid> {
        self.by_customer.keys()
    }

    /// The relationship of a provider that has a name, compared without regard to case.
    pub fn by_name(&self, provider: Uuid, name: &str) -> Option<&Relationship> {
        self.get(self.by_name.get(&(provider, name.to_lowercase()))?)
    }

    fn again(&mut self, id: &str, change: impl FnOnce(&mut Relationship)) {
        let Some(mut found) = self.by_id.remove(id) else {
            return;
        };
        self.forget(&found);
        change(Arc::make_mut(&mut found));
        self.note(&found);
        self.by_id.insert(id.to_owned(), found);
    }

    fn note(&mut self, relationship: &Relationship) {
        if let Some(customer) = relationship.customer_tenant {
            self.by_customer
                .entry(customer)
                .or_default()
                .insert(relationship.id.clone());
        }
        self.by_name
            .insert(name_key(relationship), relationship.id.clone());
    }

    fn forget(&mut self, relationship: &Relationship) {
        if let Some(customer) = relationship.customer_tenant
            && let Some(ids) = self.by_customer.get_mut(&customer)
        {
            ids.remove(&relationship.id);
            if ids.is_empty() {
                self.by_customer.remove(&customer);
            }
        }
        self.by_name.remove(&name_key(relationship));
    }
}

fn name_key(relationship: &Relationship) -> (Uuid, String) {
    (
        relationship.provider_tenant,
        relationship.display_name.to_lowercase(),
    )
}

impl FromIterator<Relationship> for Relationships {
    fn from_iter<I: IntoIterator<Item = Relationship>>(relationships: I) -> Self {
        let mut all = Self::default();
        for relationship in relationships {
            all.insert(relationship);
        }
        all
    }
}

impl Serialize for Relationships {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.values()
                .map(|relationship| (&relationship.id, relationship)),
        )
    }
}

impl<'de> Deserialize<'de> for Relationships {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let by_id = BTreeMap::<String, Relationship>::deserialize(deserializer)?;
        Ok(by_id.into_values().collect())
    }
}
