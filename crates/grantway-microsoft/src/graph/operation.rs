//! Long operations on a GDAP relationship.

use serde::Deserialize;

use super::Graph;
use crate::http::call::encode;
use crate::http::{Call, HttpError};

/// `delegatedAdminRelationshipOperation`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RelationshipOperation {
    /// Its id.
    pub id: String,
    /// `notStarted`, `running`, `succeeded`, `failed`.
    #[serde(default)]
    pub status: Option<String>,
    /// What the service has to say about it.
    #[serde(default)]
    pub data: Option<String>,
}

impl Graph {
    /// How far an operation is. Scope: `DelegatedAdminRelationship.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn relationship_operation(
        &self,
        relationship: &str,
        id: &str,
    ) -> Result<RelationshipOperation, HttpError> {
        let path = format!(
            "/v1.0/tenantRelationships/delegatedAdminRelationships/{}/operations/{}",
            encode(relationship),
            encode(id)
        );
        self.service.send(&Call::get(path)).await?.json()
    }
}
