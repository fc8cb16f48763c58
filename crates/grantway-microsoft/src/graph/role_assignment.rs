//! Directory roles that principals hold.
// facts: api-gdap-hardening §2.8.

use grantway_core::{ObjectId, RoleId};
use serde::Deserialize;
use serde_json::json;

use super::Graph;
use crate::http::call::{encode, odata_quote};
use crate::http::{Call, HttpError};

/// `unifiedRoleAssignment`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleAssignment {
    /// Its id: no GUID.
    pub id: String,
    /// The holder.
    #[serde(default)]
    pub principal_id: Option<String>,
    /// The role; for built-in roles the template id.
    #[serde(default)]
    pub role_definition_id: Option<String>,
    /// `/` for the whole tenant.
    #[serde(default)]
    pub directory_scope_id: Option<String>,
}

impl RoleAssignment {
    /// Whether it is for the whole tenant.
    pub fn is_tenant_wide(&self) -> bool {
        self.directory_scope_id
            .as_deref()
            .is_none_or(|scope| scope == "/")
    }
}

const ROOT: &str = "/v1.0/roleManagement/directory/roleAssignments";

impl Graph {
    /// The roles that a principal holds directly. Scope: `RoleManagement.Read.Directory`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn role_assignments_of(
        &self,
        principal: ObjectId,
    ) -> Result<Vec<RoleAssignment>, HttpError> {
        let filter = format!("principalId eq {}", odata_quote(&principal.to_string()));
        self.service
            .list(&Call::get(ROOT).query("$filter", filter))
            .await
    }

    /// The assignments of one role to one principal.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn role_assignments(
        &self,
        principal: ObjectId,
        role: RoleId,
    ) -> Result<Vec<RoleAssignment>, HttpError> {
        let filter = format!(
            "principalId eq {} and roleDefinitionId eq {}",
            odata_quote(&principal.to_string()),
            odata_quote(&role.to_string())
        );
        self.service
            .list(&Call::get(ROOT).query("$filter", filter))
            .await
    }

    /// One assignment by its id.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn role_assignment(&self, id: &str) -> Result<RoleAssignment, HttpError> {
        self.service
            .send(&Call::get(format!("{ROOT}/{}", encode(id))))
            .await?
            .json()
    }

    /// Gives a principal a role for the whole tenant. Scope: `RoleManagement.ReadWrite.Directory`. Not repeated when its answer is lost.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn assign_role(
        &self,
        principal: ObjectId,
        role: RoleId,
    ) -> Result<RoleAssignment, HttpError> {
        let body = json!({
            "@odata.type": "#microsoft.graph.unifiedRoleAssignment",
            "roleDefinitionId": role.to_string(),
            "principalId": principal.to_string(),
            "directoryScopeId": "/",
        });
        self.service.send(&Call::post(ROOT, body)).await?.json()
    }

    /// Takes a role away.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn remove_role_assignment(&self, id: &str) -> Result<(), HttpError> {
        self.service
            .send(&Call::delete(format!("{ROOT}/{}", encode(id))))
            .await
            .map(drop)
    }
}
