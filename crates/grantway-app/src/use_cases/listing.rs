//! What is done for several customers of the list at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::{StreamExt, stream};
use grantway_core::TenantId;
use grantway_core::journal::Phase;

use crate::answers;
use crate::app::App;
use crate::problem::Problem;

/// Setups that are read back side by side.
const SIDE_BY_SIDE: usize = 4;

impl App {
    /// Reads back every setup that is made and has one of these customers. One that cannot be read back does not stop the
    /// others; the first problem is told.
    pub(crate) async fn prove_for(&self, customers: &[String]) -> Result<(), Problem> {
        let world = self.world().await;
        let wanted: BTreeSet<TenantId> = customers
            .iter()
            .filter_map(|tenant| TenantId::parse(tenant).ok())
            .collect();
        let mut ids = Vec::new();
        for (id, state) in world.setups().await? {
            let is_made = state.undo_began.is_none()
                && state.approved.is_some()
                && matches!(state.phase(), Phase::Prove | Phase::Done);
            let is_wanted = || {
                let customers = answers::customers(&state);
                let mut tenants = customers.iter().map(|customer| customer.place.tenant);
                tenants.any(|tenant| wanted.contains(&tenant))
            };
            if is_made && is_wanted() {
                ids.push(id);
            }
        }
        if ids.is_empty() {
            return Err(Problem::new("problem-nothing-to-prove", "GW-PRV-0001"));
        }
        let world = &world;
        let outcomes: Vec<Result<(), Problem>> = stream::iter(0..ids.len())
            .map(|index| {
                let (world, id) = (Arc::clone(world), ids[index].clone());
                async move { self.prove_in(&world, id.as_str()).await }
            })
            .buffer_unordered(SIDE_BY_SIDE)
            .collect()
            .await;
        outcomes.into_iter().collect()
    }

    /// Writes customers where the person will find them, for a spreadsheet.
    pub(crate) async fn export_customers(&self, customers: &[String]) -> Result<String, Problem> {
        let table = self.customers_table(customers).await?;
        let name = self.dated("customers", "csv").await;
        Ok(self.host.save(&name, &table).await?.display().to_string())
    }
}
