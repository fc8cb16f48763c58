//! Access tokens: opaque random texts to everybody but this world, which knows what each one stands for.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::later;
use crate::ids::{Ids, fingerprint};

/// How long an access token lives, seconds; with claims challenges understood, much longer.
// facts: own-app-and-tokens §5: 60 to 90 minutes, up to 28 hours with cp1.
const LIFETIME: i64 = 3_900;
const LIFETIME_CP1: i64 = 28 * 3_600;

/// The access tokens of a world, by fingerprint.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Tokens {
    by_fingerprint: BTreeMap<String, AccessToken>,
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
        let text = ids.secret();
        self.by_fingerprint.retain(|_, token| token.expires > now);
        self.by_fingerprint.insert(
            fingerprint(&text),
            AccessToken {
                tenant: request.tenant,
                home_tenant: request.home_tenant,
                user: request.user,
                client: request.client,
                resource: request.resource,
                scopes: request.scopes,
                issued: now,
                expires: later(now, lifetime),
                cp1: request.cp1,
                mfa: request.mfa,
                after_challenge: request.after_challenge,
            },
        );
        (text, lifetime)
    }

    /// What a token stands for; none when it is unknown or has lapsed.
    pub fn find_access_token(&self, text: &str, now: Timestamp) -> Option<&AccessToken> {
        self.by_fingerprint
            .get(&fingerprint(text))
            .filter(|token| token.expires > now)
    }

    /// Takes all tokens of an account away.
    pub fn revoke_user(&mut self, home_tenant: &Uuid, user: &Uuid) {
        self.by_fingerprint
            .retain(|_, token| token.home_tenant != *home_tenant || token.user != *user);
    }
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
        let kept = serde_json::to_string(&tokens).expect("plain data");
        assert!(!kept.contains(&text));
    }
}
