//! Where access tokens come from. The app room answers this over its vault; this room only asks.

use std::collections::BTreeSet;

use async_trait::async_trait;
use grantway_core::{Actor, Fault, TenantId, Timestamp};
use secrecy::SecretString;

use super::service::Api;

/// An access token and the moment from which it is no longer worth sending.
#[derive(Clone, Debug)]
pub struct AccessToken {
    /// The token; never printed.
    pub secret: SecretString,
    /// End of its life, as the token endpoint gave it.
    pub expires: Timestamp,
    /// The permissions that it carries, as the token endpoint said: all that were ever consented to for the API.
    pub scopes: BTreeSet<String>,
}

/// What a call needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenWanted {
    /// The tenant that the call is for.
    pub tenant: TenantId,
    /// In whose name the call is; none where nobody has signed in.
    pub actor: Option<Actor>,
    /// The API that the call is for.
    pub api: Api,
    /// The service has refused the token that was handed out last: get another one.
    pub refused: bool,
    /// The claims that the service challenged for, as JSON. They go into the next token request.
    pub claims: Option<String>,
}

/// Hands out access tokens, silently. When a person has to sign in, it says so with
/// [`grantway_core::FaultKind::SignInNeeded`] and does nothing else.
#[async_trait]
pub trait Tokens: Send + Sync {
    /// A token that fits.
    ///
    /// # Errors
    /// What stands in the way; the call was not sent.
    async fn token(&self, wanted: &TokenWanted) -> Result<AccessToken, Fault>;
}
