//! With what an account signs in.
// facts: api-gdap-hardening §2.14, the live call rather than the report that lags by hours.

use grantway_core::{ObjectId, Timestamp};
use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `authenticationMethod` of any kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationMethod {
    /// `#microsoft.graph.microsoftAuthenticatorAuthenticationMethod` and so on.
    #[serde(default, rename = "@odata.type")]
    pub kind: Option<String>,
    /// When it was registered, or a password set.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
}

impl AuthenticationMethod {
    /// The kind without its prefix.
    pub fn name(&self) -> &str {
        let kind = self.kind.as_deref().unwrap_or("");
        kind.rsplit('.').next().unwrap_or(kind)
    }
}

impl Graph {
    /// All methods of an account. Scope: `UserAuthenticationMethod.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn authentication_methods(
        &self,
        user: ObjectId,
    ) -> Result<Vec<AuthenticationMethod>, HttpError> {
        self.service
            .list(&Call::get(format!(
                "/v1.0/users/{user}/authentication/methods"
            )))
            .await
    }
}
