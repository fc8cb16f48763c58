//! Access tokens: texts with hints in them whose meaning only this world knows.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::shared_map::SharedMap;
use crate::clock::later;
use crate::ids::{Ids, fingerprint};

/// How long an access token lives, seconds; with claims challenges understood, much longer.
// facts: own-app-and-tokens §5: 60 to 90 minutes, up to 28 hours with cp1.
const LIFETIME: i64 = 3_900;
const LIFETIME_CP1: i64 = 28 * 3_600;
/// So many tokens are kept before the first clearing.
const CLEAR_FIRST: usize = 64;

/// The access tokens of a world, by fingerprint.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Tokens {
    #[serde(with = "super::shared_map")]
    by_fingerprint: SharedMap<AccessToken>,
    /// How many there may be before those that have lapsed are cleared away.
    #[serde(default)]
    clear_at: usize,
}

/// What an access token stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessToken {
    /// Tenant that it is for.
    pub tenant: Uuid,
    /// Home tenant of the account; differs from `tenant` when a provider acts for a customer.
    pub home_tenant: Uuid,
    /// Account.
    pub user: Uuid,
    /// The guest account in `tenant`, when the account is a guest there.
    #[serde(default)]
    pub guest: Option<Uuid>,
    /// Client id.
    pub client: Uuid,
    /// App id of the resource.
    pub resource: Uuid,
    /// Every scope consented for that resource.
    pub scopes: Vec<String>,
    /// When it was issued.
    pub issued: Timestamp,
    /// When it lapses.
    pub expires: Timestamp,
    /// Whether the client understands claims challenges.
    pub cp1: bool,
    /// Whether the phone was used at sign-in.
    pub mfa: bool,
    /// Set when it answers a claims challenge: challenges are not repeated for it.
    pub after_challenge: bool,
}

/// What an access token is asked for.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// Tenant that it is for.
    pub tenant: Uuid,
    /// Home tenant of the account.
    pub home_tenant: Uuid,
    /// Account.
    pub user: Uuid,
    /// The guest account in `tenant`, when the account is a guest there.
    pub guest: Option<Uuid>,
    /// Sign-in name.
    pub upn: String,
    /// Template ids of the roles that count in `tenant`.
    pub roles: Vec<Uuid>,
    /// Client id.
    pub client: Uuid,
    /// App id of the resource.
    pub resource: Uuid,
    /// Every scope consented for that resource.
    pub scopes: Vec<String>,
    /// Whether the client understands claims challenges.
    pub cp1: bool,
    /// Whether the phone was used at sign-in.
    pub mfa: bool,
    /// Whether it answers a claims challenge.
    pub after_challenge: bool,
}

impl Tokens {
    /// Hands out a new access token and answers its text and lifetime in seconds.
    pub fn issue_access_token(
        &mut self,
        ids: &Ids,
        now: Timestamp,
        request: TokenRequest,
    ) -> (String, i64) {
        let lifetime = if request.cp1 { LIFETIME_CP1 } else { LIFETIME };
        let text = written(ids, now, later(now, lifetime), &request);
        if self.by_fingerprint.len() >= self.clear_at.max(CLEAR_FIRST) {
            self.by_fingerprint.retain(|_, token| token.expires > now);
            self.clear_at = 2 * self.by_fingerprint.len();
        }
        self.by_fingerprint.insert(
            fingerprint(&text),
            Arc::new(AccessToken {
                tenant: request.tenant,
                home_tenant: request.home_tenant,
                user: request.user,
                guest: request.guest,
                client: request.client,
                resource: request.resource,
                scopes: request.scopes,
                issued: now,
                expires: later(now, lifetime),
                cp1: request.cp1,
                mfa: request.mfa,
                after_challenge: request.after_challenge,
            }),
        );
        (text, lifetime)
    }

    /// What a token stands for; none when it is unknown or has lapsed.
    pub fn find_access_token(&self, text: &str, now: Timestamp) -> Option<&AccessToken> {
        self.by_fingerprint
            .get(&fingerprint(text))
            .map(Arc::as_ref)
            .filter(|token| token.expires > now)
    }

    /// The tokens as they are held, and what is left of this without them.
    pub(crate) fn parted(&self) -> (&SharedMap<AccessToken>, Self) {
        let rest = Self {
            by_fingerprint: SharedMap::new(),
            clear_at: self.clear_at,
        };
        (&self.by_fingerprint, rest)
    }

    /// Takes all tokens of an account away.
    pub fn revoke_user(&mut self, home_tenant: &Uuid, user: &Uuid) {
        self.by_fingerprint
            .retain(|_, token| token.home_tenant != *home_tenant || token.user != *user);
    }
}

/// The text of a token. It has the form of Microsoft's, so that a client can read hints in it; the part that proves it is random, and
/// only this world knows what it stands for.
// facts: own-app-and-tokens §2.2 (claims)
fn written(ids: &Ids, now: Timestamp, expires: Timestamp, request: &TokenRequest) -> String {
    let header = json!({ "typ": "JWT", "alg": "RS256", "kid": "practice", "nonce": ids.secret() });
    let mut claims = json!({
        "aud": request.resource,
        "iss": format!("practice:{}", request.tenant),
        "iat": now.as_second(),
        "nbf": now.as_second(),
        "exp": expires.as_second(),
        "acct": i32::from(request.guest.is_some()),
        "amr": if request.mfa { json!(["pwd", "mfa"]) } else { json!(["pwd"]) },
        "appid": request.client,
        "idtyp": "user",
        "oid": request.guest.unwrap_or(request.user),
        "scp": request.scopes.join(" "),
        "tid": request.tenant,
        "upn": request.upn,
        "ver": "1.0",
    });
    if !request.roles.is_empty() {
        let mut roles = request.roles.clone();
        roles.sort();
        roles.dedup();
        claims["wids"] = json!(roles);
    }
    if request.cp1 {
        claims["xms_cc"] = json!(["CP1"]);
    }
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(header), part(claims), ids.secret())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_is_found_until_it_lapses() {
        let (ids, mut tokens) = (Ids::seeded(1), Tokens::default());
        let now: Timestamp = "2026-05-01T10:00:00Z".parse().expect("a date in the test");
        let request = TokenRequest {
            tenant: ids.guid(),
            home_tenant: ids.guid(),
            user: ids.guid(),
            guest: None,
            upn: "dana@x.example".into(),
            roles: vec![ids.guid()],
            client: ids.guid(),
            resource: ids.guid(),
            scopes: vec!["User.Read".into()],
            cp1: false,
            mfa: true,
            after_challenge: false,
        };
        let (text, lifetime) = tokens.issue_access_token(&ids, now, request);
        assert!(tokens.find_access_token(&text, now).is_some());
        assert!(tokens.find_access_token("other", now).is_none());
        assert!(
            tokens
                .find_access_token(&text, later(now, lifetime))
                .is_none()
        );
        let claims = text.split('.').nth(1).expect("three parts");
        let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64");
        let claims: serde_json::Value = serde_json::from_slice(&claims).expect("JSON");
        assert_eq!(claims["scp"], "User.Read");
        assert_eq!(claims["wids"].as_array().map(Vec::len), Some(1));
        let kept = serde_json::to_string(&tokens).expect("plain data");
        assert!(!kept.contains(&text));
    }
}
