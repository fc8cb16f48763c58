//! Which ways to prove oneself a tenant allows.
// facts: api-gdap-hardening §2.9.

use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `authenticationMethodsPolicy`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MethodsPolicy {
    /// One for each method.
    #[serde(default)]
    pub authentication_method_configurations: Vec<MethodConfiguration>,
}

/// `authenticationMethodConfiguration`, with what is used of the types derived from it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MethodConfiguration {
    /// The derived type.
    #[serde(rename = "@odata.type", default)]
    pub kind: Option<String>,
    /// `MicrosoftAuthenticator` and the like; a GUID for an external method.
    pub id: String,
    /// The name of an external method.
    #[serde(default)]
    pub display_name: Option<String>,
    /// `enabled` or `disabled`.
    #[serde(default)]
    pub state: Option<String>,
    /// Whom it is for.
    #[serde(default)]
    pub include_targets: Vec<Target>,
    /// Whom it is not for.
    #[serde(default)]
    pub exclude_targets: Vec<Target>,
}

/// `authenticationMethodTarget` or `excludeTarget`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// `group` or `user`.
    #[serde(default)]
    pub target_type: Option<String>,
    /// An object's id, or `all_users`.
    pub id: String,
    /// How Authenticator may be used.
    #[serde(default)]
    pub authentication_mode: Option<String>,
}

impl Graph {
    /// The policy with all its methods. Scope: `Policy.Read.AuthenticationMethod`.
    ///
    /// # Errors
    /// See [`HttpError`].
    // The configurations come with the policy; selecting would leave out what the derived types add.
    pub async fn authentication_methods_policy(&self) -> Result<MethodsPolicy, HttpError> {
        self.service
            .send(&Call::get("/v1.0/policies/authenticationMethodsPolicy"))
            .await?
            .json()
    }
}
