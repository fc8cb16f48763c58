//! What an application was granted: delegated scopes and app roles, and their names.
// facts: api-gdap-hardening §2.16.

use grantway_core::{ObjectId, Timestamp};
use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `oAuth2PermissionGrant`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DelegatedGrant {
    /// Its id.
    pub id: String,
    /// `AllPrincipals` or `Principal`.
    #[serde(default)]
    pub consent_type: Option<String>,
    /// The person it is for; none when it is for everyone.
    #[serde(default)]
    pub principal_id: Option<String>,
    /// The API's service principal.
    #[serde(default)]
    pub resource_id: Option<String>,
    /// Scopes, with blanks between them.
    #[serde(default)]
    pub scope: Option<String>,
}

/// `appRoleAssignment`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppRoleGrant {
    /// The role's id inside the API.
    #[serde(default)]
    pub app_role_id: Option<String>,
    /// The API's service principal.
    #[serde(default)]
    pub resource_id: Option<String>,
    /// The API's name.
    #[serde(default)]
    pub resource_display_name: Option<String>,
    /// When it was granted.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
}

/// An API with the names of what it grants.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiNames {
    /// The API's name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Its app roles.
    #[serde(default)]
    pub app_roles: Vec<AppRole>,
}

/// `appRole`
#[derive(Debug, Clone, Deserialize)]
pub struct AppRole {
    /// Its id.
    pub id: String,
    /// Such as `AuditLog.Read.All`.
    #[serde(default)]
    pub value: Option<String>,
}

impl Graph {
    /// Delegated grants of an application. Scope: `Directory.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn delegated_grants(
        &self,
        service_principal: ObjectId,
    ) -> Result<Vec<DelegatedGrant>, HttpError> {
        self.service
            .list(&Call::get(format!(
                "/v1.0/servicePrincipals/{service_principal}/oauth2PermissionGrants"
            )))
            .await
    }

    /// App roles of an application. Scope: `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn app_role_grants(
        &self,
        service_principal: ObjectId,
    ) -> Result<Vec<AppRoleGrant>, HttpError> {
        self.service
            .list(&Call::get(format!(
                "/v1.0/servicePrincipals/{service_principal}/appRoleAssignments"
            )))
            .await
    }

    /// Takes a delegated grant away. Scope: `DelegatedPermissionGrant.ReadWrite.All`.
    ///
    /// # Errors
    /// See [`HttpError`]; 404 when it is gone.
    pub async fn delete_delegated_grant(&self, id: &str) -> Result<(), HttpError> {
        self.service
            .send(&Call::delete(format!("/v1.0/oauth2PermissionGrants/{id}")))
            .await
            .map(|_| ())
    }

    /// Names of an API and of its app roles. Scope: `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn api_names(&self, service_principal: ObjectId) -> Result<ApiNames, HttpError> {
        let call = Call::get(format!("/v1.0/servicePrincipals/{service_principal}"))
            .query("$select", "id,displayName,appRoles");
        self.service.send(&call).await?.json()
    }
}
