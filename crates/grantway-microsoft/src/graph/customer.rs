//! Customers of a provider that have a GDAP relationship.

use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `delegatedAdminCustomer`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DelegatedAdminCustomer {
    /// The customer's tenant.
    pub tenant_id: String,
    /// Its name.
    #[serde(default)]
    pub display_name: Option<String>,
}

impl Graph {
    /// All customers. Scope: `DelegatedAdminRelationship.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn delegated_admin_customers(
        &self,
    ) -> Result<Vec<DelegatedAdminCustomer>, HttpError> {
        self.service
            .list(
                &Call::get("/v1.0/tenantRelationships/delegatedAdminCustomers")
                    .query("$top", "300"),
            )
            .await
    }
}
