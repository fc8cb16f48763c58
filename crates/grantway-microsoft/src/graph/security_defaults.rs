//! Security Defaults.

use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `identitySecurityDefaultsEnforcementPolicy`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityDefaultsPolicy {
    /// Whether they are on.
    pub is_enabled: bool,
}

impl Graph {
    /// Whether Security Defaults are on. Scope: `Policy.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn security_defaults(&self) -> Result<SecurityDefaultsPolicy, HttpError> {
        let call = Call::get("/v1.0/policies/identitySecurityDefaultsEnforcementPolicy")
            .query("$select", "id,isEnabled");
        self.service.send(&call).await?.json()
    }
}
