//! With what an account signs in.
// facts: api-gdap-hardening §2.14: the live call, and the report that lags by hours.

use grantway_core::{ObjectId, Timestamp};
use serde::Deserialize;

use super::Graph;
use crate::http::call::odata_quote;
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

/// `userRegistrationDetails`, the parts that tell what is registered.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationDetails {
    /// A second factor is registered.
    pub is_mfa_registered: bool,
    /// `microsoftAuthenticatorPush` and so on.
    pub methods_registered: Vec<String>,
    /// When the record was brought up to date.
    #[serde(default)]
    pub last_updated_date_time: Option<Timestamp>,
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

    /// What the report of registrations says of an account; none while it has no record of it. Scope: `AuditLog.Read.All`,
    /// and the tenant needs Microsoft Entra ID P1.
    ///
    /// # Errors
    /// See [`HttpError`].
    // By the name, which the report is documented to filter by: what it answers for an id without a record is not.
    pub async fn registration_details(
        &self,
        upn: &str,
    ) -> Result<Option<RegistrationDetails>, HttpError> {
        let call = Call::get("/v1.0/reports/authenticationMethods/userRegistrationDetails").query(
            "$filter",
            format!("userPrincipalName eq {}", odata_quote(upn)),
        );
        let records: Vec<RegistrationDetails> = self.service.list(&call).await?;
        Ok(records.into_iter().next())
    }
}
