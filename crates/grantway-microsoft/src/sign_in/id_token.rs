//! The id token: who signed in, where, and whether the token is the answer to our request.
//!
//! The token comes straight from the token endpoint over TLS, which stands in for its signature (OpenID Connect
//! Core, 3.1.3.7, point 6); every claim is checked all the same.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantway_core::{AppId, ObjectId, TenantId, Timestamp, Upn};
use serde::Deserialize;

use super::error::SignInError;
use super::request::Expected;
use crate::clouds::Cloud;

/// How far two clocks may be apart.
const SKEW: Duration = Duration::from_secs(5 * 60);

/// Why an id token is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenError {
    /// There is none.
    #[error("no id token came along")]
    Missing,
    /// Not three parts of base64url, or no JSON of the promised shape inside.
    #[error("the id token cannot be read")]
    Unreadable,
    /// Another issuer than the cloud's own for that tenant.
    #[error("the id token comes from another issuer")]
    Issuer,
    /// Meant for another app.
    #[error("the id token is meant for another app")]
    Audience,
    /// Over, by more than five minutes.
    #[error("the id token is no longer valid; is this machine's clock right?")]
    Expired,
    /// Not begun, by more than five minutes.
    #[error("the id token is not valid yet; is this machine's clock right?")]
    NotYet,
    /// Made for another request.
    #[error("the id token answers another request")]
    Nonce,
}

/// Who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The tenant that was signed in to.
    pub tenant: TenantId,
    /// The account's object id there.
    pub object: Option<ObjectId>,
    /// The account's name, where it is one.
    pub account: Option<Upn>,
    /// The account's name as the token has it: a guest's can be of another form.
    pub account_text: String,
    /// The person's name.
    pub name: Option<String>,
    /// When credentials were given last, where the app's registration asks for that claim.
    pub auth_time: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    nonce: Option<String>,
    tid: String,
    #[serde(default)]
    oid: Option<String>,
    #[serde(default)]
    preferred_username: Option<String>,
    #[serde(default)]
    upn: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    auth_time: Option<i64>,
}

/// What an id token has to fit.
pub(crate) struct Fit<'a> {
    pub cloud: &'a Cloud,
    pub client: AppId,
    /// The nonce of the request; none for a renewal, which has none.
    pub nonce: Option<&'a str>,
    pub expected: &'a Expected,
    pub now: Timestamp,
}

impl Fit<'_> {
    /// Reads and checks.
    pub(crate) fn check(&self, token: &str) -> Result<Identity, SignInError> {
        let claims = read(token)?;
        let tenant = TenantId::parse(&claims.tid).map_err(|_| IdTokenError::Unreadable)?;
        if claims.iss != self.cloud.issuer(&tenant) {
            return Err(IdTokenError::Issuer.into());
        }
        if AppId::parse(&claims.aud) != Ok(self.client) {
            return Err(IdTokenError::Audience.into());
        }
        self.check_times(&claims)?;
        if let Some(nonce) = self.nonce
            && claims.nonce.as_deref() != Some(nonce)
        {
            return Err(IdTokenError::Nonce.into());
        }
        let account_text = claims.preferred_username.or(claims.upn).unwrap_or_default();
        let account = Upn::parse(&account_text).ok();
        if let Some(expected) = self.expected.tenant
            && expected != tenant
        {
            return Err(SignInError::WrongTenant {
                expected,
                got: tenant,
                account,
            });
        }
        if let Some(expected) = &self.expected.account
            && account.as_ref() != Some(expected)
        {
            return Err(SignInError::WrongAccount {
                expected: expected.clone(),
                got: account_text,
            });
        }
        Ok(Identity {
            tenant,
            object: claims.oid.and_then(|oid| ObjectId::parse(&oid).ok()),
            account,
            account_text,
            name: claims.name,
            auth_time: claims
                .auth_time
                .and_then(|seconds| Timestamp::from_second(seconds).ok()),
        })
    }

    fn check_times(&self, claims: &Claims) -> Result<(), IdTokenError> {
        let skew = i64::try_from(SKEW.as_secs()).unwrap_or(0);
        let now = self.now.as_second();
        if claims.exp.saturating_add(skew) < now {
            return Err(IdTokenError::Expired);
        }
        if claims.nbf.is_some_and(|nbf| nbf.saturating_sub(skew) > now) {
            return Err(IdTokenError::NotYet);
        }
        Ok(())
    }
}

fn read(token: &str) -> Result<Claims, IdTokenError> {
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(IdTokenError::Unreadable);
    };
    let bytes = URL_SAFE_NO_PAD
        .decode(payload.trim_end_matches('='))
        .map_err(|_| IdTokenError::Unreadable)?;
    serde_json::from_slice(&bytes).map_err(|_| IdTokenError::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const TENANT: &str = "11111111-1111-4111-8111-111111111111";
    const CLIENT: &str = "22222222-2222-4222-8222-222222222222";
    const NOW: i64 = 1_795_341_600;

    fn token(change: impl FnOnce(&mut Value)) -> String {
        let mut claims = json!({
            "iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0"), "aud": CLIENT, "exp": NOW + 3600, "nbf": NOW, "nonce": "n",
            "tid": TENANT, "oid": "33333333-3333-4333-8333-333333333333", "preferred_username": "Dana@larkspur-it.example",
            "auth_time": NOW - 5
        });
        change(&mut claims);
        format!("h.{}.s", URL_SAFE_NO_PAD.encode(claims.to_string()))
    }

    fn check(token: &str, expected: &Expected) -> Result<Identity, SignInError> {
        Fit {
            cloud: crate::clouds::built_in("global").unwrap(),
            client: AppId::parse(CLIENT).unwrap(),
            nonce: Some("n"),
            expected,
            now: Timestamp::from_second(NOW).unwrap(),
        }
        .check(token)
    }

    fn refused(change: impl FnOnce(&mut Value)) -> IdTokenError {
        match check(&token(change), &Expected::anyone()) {
            Err(SignInError::IdToken(error)) => error,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_good_token_tells_who_signed_in() {
        let identity = check(&token(|_| {}), &Expected::anyone()).unwrap();
        assert_eq!(
            identity.account.unwrap().as_str(),
            "dana@larkspur-it.example"
        );
        assert_eq!(identity.auth_time.unwrap().as_second(), NOW - 5);
    }

    #[test]
    fn each_claim_is_checked() {
        assert_eq!(
            refused(|c| c["iss"] = json!("https://login.microsoftonline.com/common/v2.0")),
            IdTokenError::Issuer
        );
        assert_eq!(
            refused(|c| c["aud"] = json!(TENANT)),
            IdTokenError::Audience
        );
        assert_eq!(
            refused(|c| c["exp"] = json!(NOW - 301)),
            IdTokenError::Expired
        );
        assert_eq!(
            refused(|c| c["nbf"] = json!(NOW + 301)),
            IdTokenError::NotYet
        );
        assert_eq!(refused(|c| c["nonce"] = json!("m")), IdTokenError::Nonce);
        assert_eq!(refused(|c| c["nonce"] = Value::Null), IdTokenError::Nonce);
        assert_eq!(refused(|c| c["tid"] = json!("x")), IdTokenError::Unreadable);
        assert!(check(&token(|c| c["exp"] = json!(NOW - 299)), &Expected::anyone()).is_ok());
    }

    #[test]
    fn wrong_tenant_and_wrong_account_name_both() {
        let other = TenantId::parse("44444444-4444-4444-8444-444444444444").unwrap();
        let expected = Expected {
            tenant: Some(other),
            account: None,
        };
        let error = check(&token(|_| {}), &expected).unwrap_err().to_string();
        assert!(
            error.contains(TENANT) && error.contains(&other.to_string()),
            "{error}"
        );
        let expected = Expected {
            tenant: None,
            account: Some(Upn::parse("tom@larkspur-it.example").unwrap()),
        };
        let error = check(&token(|_| {}), &expected).unwrap_err().to_string();
        assert!(error.contains("Dana@") && error.contains("tom@"), "{error}");
    }

    #[test]
    fn what_is_no_token_is_unreadable() {
        for text in ["", "a.b", "a.!.c", "a.e30.c.d", "a.e30.c"] {
            assert!(
                matches!(
                    check(text, &Expected::anyone()),
                    Err(SignInError::IdToken(IdTokenError::Unreadable))
                ),
                "{text}"
            );
        }
    }
}
