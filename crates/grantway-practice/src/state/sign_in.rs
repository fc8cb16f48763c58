//! What the sign-in service remembers: browser sessions, authorization codes and refresh tokens, each by the fingerprint of its secret.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::shared_map::SharedMap;
use crate::ids::fingerprint;

/// What the sign-in service remembers. Keys are fingerprints; the secrets themselves are never kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SignIns {
    /// Browser sessions by the fingerprint of their cookie.
    pub sessions: BTreeMap<String, SignInSession>,
    /// Authorization codes by fingerprint.
    pub codes: BTreeMap<String, AuthorizationCode>,
    /// Refresh tokens by fingerprint.
    #[serde(with = "super::shared_map")]
    pub(crate) refresh_tokens: SharedMap<RefreshToken>,
    /// Tickets by which a federated page hands a person back, by fingerprint.
    pub handovers: BTreeMap<String, Handover>,
    /// Every sign-in and every failed try, in order.
    pub records: Vec<SignInRecord>,
}

/// A person whose password a federated page has checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// The sign-in that it belongs to.
    pub flow: String,
    /// Home tenant of the account.
    pub tenant: Uuid,
    /// Account.
    pub user: Uuid,
    /// When it lapses.
    pub expires: Timestamp,
}

/// A line of the sign-in log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInRecord {
    /// Id of the record.
    pub id: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// Home tenant of the account.
    pub tenant: Uuid,
    /// Account.
    pub user: Uuid,
    /// Client id; none for a page of the sign-in service itself.
    pub client: Option<Uuid>,
    /// Name of the app or page.
    pub app: String,
    /// Whether the person was asked for credentials; false for a silent sign-in.
    pub prompted: bool,
    /// Whether the phone was used.
    pub mfa: bool,
    /// 0 when it went well, else the AADSTS number.
    pub error: u32,
}

/// A browser that has signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInSession {
    /// Home tenant of the account.
    pub tenant: Uuid,
    /// Account.
    pub user: Uuid,
    /// When it signed in.
    pub signed_in: Timestamp,
    /// Whether the phone was used.
    pub mfa: bool,
}

/// An authorization code that waits to be redeemed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationCode {
    /// Tenant that the tokens are for.
    pub tenant: Uuid,
    /// Home tenant of the account.
    pub home_tenant: Uuid,
    /// Account.
    pub user: Uuid,
    /// Client id.
    pub client: Uuid,
    /// Redirect address, exactly as asked.
    pub redirect_uri: String,
    /// Scopes as asked, with `openid` and the like.
    pub scopes: Vec<String>,
    /// PKCE challenge (S256).
    pub challenge: Option<String>,
    /// Nonce for the id token.
    pub nonce: Option<String>,
    /// Whether the client understands claims challenges.
    pub cp1: bool,
    /// Whether the phone was used.
    pub mfa: bool,
    /// When the person signed in.
    pub signed_in: Timestamp,
    /// Whether the person was asked for credentials for this very code.
    pub prompted: bool,
    /// When it lapses.
    pub expires: Timestamp,
    /// Whether it was redeemed; a second try is refused.
    pub used: bool,
}

/// A refresh token. It is bound to user and client, neither to a tenant nor to a resource.
// facts: own-app-and-tokens §2.1
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshToken {
    /// Home tenant of the account.
    pub home_tenant: Uuid,
    /// Account.
    pub user: Uuid,
    /// Client id.
    pub client: Uuid,
    /// Whether the client understands claims challenges.
    pub cp1: bool,
    /// Whether the phone was used.
    pub mfa: bool,
    /// When the person signed in.
    pub signed_in: Timestamp,
    /// When it lapses.
    pub expires: Timestamp,
}

impl SignIns {
    /// The session of a cookie.
    pub fn session(&self, cookie: &str) -> Option<&SignInSession> {
        self.sessions.get(&fingerprint(cookie))
    }

    /// Remembers a refresh token.
    pub fn keep_refresh_token(&mut self, token: &str, stands_for: RefreshToken) {
        self.refresh_tokens
            .insert(fingerprint(token), Arc::new(stands_for));
    }

    /// A refresh token, when it is known.
    pub fn refresh_token(&self, token: &str) -> Option<&RefreshToken> {
        self.refresh_tokens
            .get(&fingerprint(token))
            .map(Arc::as_ref)
    }
}
