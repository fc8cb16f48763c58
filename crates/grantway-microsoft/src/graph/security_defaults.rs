//! Security Defaults.
// facts: api-gdap-hardening §2.12.

use serde::Deserialize;
use serde_json::json;

use super::Graph;
use crate::http::{Call, HttpError};

/// `identitySecurityDefaultsEnforcementPolicy`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityDefaultsPolicy {
    /// Whether they are on.
    pub is_enabled: bool,
}

const PATH: &str = "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy";

impl Graph {
    /// Whether Security Defaults are on. Scope: `Policy.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn security_defaults(&self) -> Result<SecurityDefaultsPolicy, HttpError> {
        let call = Call::get(PATH).query("$select", "id,isEnabled");
        self.service.send(&call).await?.json()
    }

    /// Switches Security Defaults. Scopes: `Policy.Read.All`, `Policy.ReadWrite.SecurityDefaults`.
    ///
    /// # Errors
    /// See [`HttpError`]; 400 where they are to be on while an access policy is.
    pub async fn switch_security_defaults(&self, on: bool) -> Result<(), HttpError> {
        let call = Call::patch(PATH, json!({ "isEnabled": on })).repeatable();
        self.service.send(&call).await.map(drop)
    }
}
