//! Policies about registering applications. They are only read.
// facts: own-app-and-tokens §1.2.

use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `authorizationPolicy`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationPolicy {
    /// What people may do without a role.
    #[serde(default)]
    pub default_user_role_permissions: Option<DefaultPermissions>,
}

/// `defaultUserRolePermissions`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DefaultPermissions {
    /// They may register applications.
    #[serde(default)]
    pub allowed_to_create_apps: Option<bool>,
}

/// `tenantAppManagementPolicy`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppManagementPolicy {
    /// It is on.
    #[serde(default)]
    pub is_enabled: Option<bool>,
}

impl Graph {
    /// What people of the tenant may do by default. Scope: `Policy.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn authorization_policy(&self) -> Result<AuthorizationPolicy, HttpError> {
        let call = Call::get("/v1.0/policies/authorizationPolicy")
            .query("$select", "defaultUserRolePermissions");
        self.service.send(&call).await?.json()
    }

    /// The tenant's policy about applications. Scope: `Policy.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn default_app_management_policy(&self) -> Result<AppManagementPolicy, HttpError> {
        let call =
            Call::get("/v1.0/policies/defaultAppManagementPolicy").query("$select", "id,isEnabled");
        self.service.send(&call).await?.json()
    }
}
