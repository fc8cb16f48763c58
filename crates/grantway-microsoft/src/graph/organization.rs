//! The tenant about itself.

use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `organization`. With `User.Read` alone these three properties can be read.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// The tenant's id.
    pub id: String,
    /// Its name.
    pub display_name: Option<String>,
    /// Its verified domains.
    #[serde(default)]
    pub verified_domains: Vec<VerifiedDomain>,
}

/// `verifiedDomain`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifiedDomain {
    /// The domain.
    pub name: Option<String>,
    /// New accounts get it unless told otherwise.
    #[serde(default)]
    pub is_default: Option<bool>,
    /// `Managed` or `Federated`.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
}

impl Graph {
    /// The tenant that the token is for. Scope: `User.Read`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn organizations(&self) -> Result<Vec<Organization>, HttpError> {
        self.service
            .list(
                &Call::get("/v1.0/organization").query("$select", "id,displayName,verifiedDomains"),
            )
            .await
    }
}
