//! Domains of a tenant.

use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `domain`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Domain {
    /// The domain's name.
    pub id: String,
    /// Proved to belong to the tenant.
    #[serde(default)]
    pub is_verified: Option<bool>,
    /// New accounts get it unless told otherwise.
    #[serde(default)]
    pub is_default: Option<bool>,
    /// `Managed` or `Federated`.
    #[serde(default)]
    pub authentication_type: Option<String>,
}

impl Graph {
    /// All domains, verified or not. Scope: `Domain.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn domains(&self) -> Result<Vec<Domain>, HttpError> {
        self.service
            .list(
                &Call::get("/v1.0/domains")
                    .query("$select", "id,isVerified,isDefault,authenticationType"),
            )
            .await
    }
}
