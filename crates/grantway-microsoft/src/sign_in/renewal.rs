//! Tokens without a person: the refresh token for another API, another tenant, or simply a fresh hour.

use std::collections::BTreeSet;

use grantway_core::AppId;
use secrecy::SecretString;

use super::challenge;
use super::error::SignInError;
use super::id_token::Fit;
use super::request::Expected;
use super::token_endpoint::{Grant, SignedIn, TokenEndpoint};
use crate::clouds::{Authority, Cloud};
use crate::http::Transport;

/// A silent token request.
///
/// Refresh tokens belong to a person and a client, not to a tenant or an API: the same one serves every customer
/// (facts: own-app-and-tokens §2.1).
#[derive(Clone, Debug)]
pub struct Renewal<'a> {
    /// The cloud.
    pub cloud: &'a Cloud,
    /// The client that the refresh token was given to.
    pub client: AppId,
    /// The tenant that the new token is for.
    pub authority: Authority,
    /// The scopes that the new token is for; those of one API only. Sign-in scopes are added.
    pub scopes: BTreeSet<String>,
    /// The claims that a service challenged for.
    pub claims: Option<String>,
    /// Who it must be.
    pub expected: Expected,
}

impl Renewal<'_> {
    /// Redeems a refresh token.
    ///
    /// # Errors
    /// [`SignInError::Answer`] when a person has to sign in, with the reason; see [`SignInError`].
    pub async fn run(
        &self,
        transport: &Transport,
        refresh: &SecretString,
    ) -> Result<SignedIn, SignInError> {
        let endpoint = TokenEndpoint {
            transport,
            cloud: self.cloud,
            client: self.client,
            authority: &self.authority,
        };
        let mut scopes = self.scopes.clone();
        scopes.extend(["openid", "profile", "offline_access"].map(str::to_owned));
        let fit = Fit {
            cloud: self.cloud,
            client: self.client,
            nonce: None,
            expected: &self.expected,
            now: transport.clock().now(),
        };
        let claims = challenge::with_capability(self.claims.as_deref());
        endpoint
            .ask(
                Grant::Refresh {
                    token: refresh,
                    scopes,
                },
                &claims,
                &fit,
            )
            .await
    }
}
