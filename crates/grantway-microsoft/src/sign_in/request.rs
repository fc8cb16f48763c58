//! Asking a person to sign in: the address that their browser opens.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantway_core::ports::Ids;
use grantway_core::{AppId, TenantId, Upn};
use oauth2::basic::BasicClient;
use oauth2::{
    AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
};
use url::Url;

use super::challenge;
use super::pending::PendingSignIn;
use crate::clouds::{Authority, Cloud};
use crate::http::Api;

/// Scopes of every sign-in: who it was, and a token to renew it with.
const ALWAYS: [&str; 3] = ["openid", "profile", "offline_access"];

/// What the page asks for even where a session exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Credentials.
    Login,
    /// Which account.
    SelectAccount,
    /// Consent.
    Consent,
}

impl Prompt {
    fn word(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::SelectAccount => "select_account",
            Self::Consent => "consent",
        }
    }
}

/// Who must have signed in for the answer to be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The tenant.
    pub tenant: Option<TenantId>,
    /// The account.
    pub account: Option<Upn>,
}

impl Expected {
    /// Whoever it is; the caller shows and compares.
    pub fn anyone() -> Self {
        Self::default()
    }

    /// Anyone of one tenant.
    pub fn tenant(tenant: TenantId) -> Self {
        Self {
            tenant: Some(tenant),
            account: None,
        }
    }
}

/// Why a sign-in cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The redirect is not `http://localhost[:port]` with this cloud's path.
    #[error("the redirect is not this cloud's")]
    Redirect,
}

/// A sign-in to be asked for.
#[derive(Clone, Debug)]
pub struct AuthorizationRequest {
    cloud: Arc<Cloud>,
    client: AppId,
    authority: Authority,
    redirect: Url,
    scopes: BTreeSet<String>,
    prompt: Option<Prompt>,
    login_hint: Option<Upn>,
    claims: Option<String>,
    expected: Expected,
}

impl AuthorizationRequest {
    /// A sign-in as `client` at `authority`. The redirect is the cloud's own until [`Self::redirect`] gives it a port.
    pub fn new(cloud: Arc<Cloud>, client: AppId, authority: Authority) -> Self {
        let redirect = cloud.redirect();
        let expected = match authority {
            Authority::Tenant(tenant) => Expected::tenant(tenant),
            Authority::Organizations => Expected::anyone(),
        };
        Self {
            cloud,
            client,
            authority,
            redirect,
            scopes: BTreeSet::new(),
            prompt: None,
            login_hint: None,
            claims: None,
            expected,
        }
    }

    /// Permissions to ask for, by the names that plans carry ([`Api::scope`]). All of one request may be of several APIs.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = String>) -> Self {
        let cloud = Arc::clone(&self.cloud);
        let wire = scopes.into_iter().map(|scope| Api::on_wire(&scope, &cloud));
        self.scopes.extend(wire);
        self
    }

    /// What to ask for even where a session exists.
    pub fn prompt(mut self, prompt: Prompt) -> Self {
        self.prompt = Some(prompt);
        self
    }

    /// Fills the account field.
    pub fn login_hint(mut self, account: Upn) -> Self {
        self.login_hint = Some(account);
        self
    }

    /// Answers a claims challenge.
    pub fn claims(mut self, claims: Option<String>) -> Self {
        self.claims = claims;
        self
    }

    /// The account that must have signed in.
    pub fn expect_account(mut self, account: Upn) -> Self {
        self.expected.account = Some(account);
        self
    }

    /// The tenant that must have been signed in to, where the authority does not say it.
    pub fn expect_tenant(mut self, tenant: TenantId) -> Self {
        self.expected.tenant = Some(tenant);
        self
    }

    /// Signs in as a client that is only lent: the answer comes to this computer without a path.
    pub fn lent(mut self) -> Self {
        self.redirect = Cloud::lent_redirect();
        self
    }

    /// Where the answer will come; without a port until [`Self::redirect`] gives it one.
    pub fn answers_at(&self) -> &Url {
        &self.redirect
    }

    /// The redirect with the port of our listener.
    ///
    /// # Errors
    /// When it is another address than the one that the client has, with a port.
    pub fn redirect(mut self, redirect: Url) -> Result<Self, RequestError> {
        let mut bare = redirect.clone();
        let mut own = self.redirect.clone();
        let fits = bare.set_port(None).is_ok() && own.set_port(None).is_ok() && bare == own;
        if !fits {
            return Err(RequestError::Redirect);
        }
        self.redirect = redirect;
        Ok(self)
    }

    /// Draws state, nonce and verifier, and makes the address to open.
    pub fn begin(self, ids: &dyn Ids) -> PendingSignIn {
        let state = random_text::<16>(ids);
        let nonce = random_text::<16>(ids);
        // 32 random bytes make a verifier of 43 characters: RFC 7636, 4.1.
        let verifier = PkceCodeVerifier::new(random_text::<32>(ids));
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let claims = challenge::with_capability(self.claims.as_deref());
        let redirect = as_sent(&self.redirect);
        let client = BasicClient::new(ClientId::new(self.client.to_string()))
            .set_auth_uri(AuthUrl::from_url(self.cloud.authorize_url(&self.authority)));
        let scopes = ALWAYS
            .iter()
            .map(|scope| (*scope).to_owned())
            .chain(self.scopes.iter().cloned());
        let mut request = client
            .authorize_url(|| CsrfToken::new(state.clone()))
            .set_redirect_uri(Cow::Owned(redirect))
            .set_pkce_challenge(challenge)
            .add_scopes(scopes.map(Scope::new))
            .add_extra_param("response_mode", "query")
            .add_extra_param("nonce", nonce.clone())
            .add_extra_param("claims", claims.clone());
        if let Some(prompt) = self.prompt {
            request = request.add_extra_param("prompt", prompt.word());
        }
        if let Some(account) = &self.login_hint {
            request = request.add_extra_param("login_hint", account.to_string());
        }
        let (url, _) = request.url();
        PendingSignIn::new(
            self.cloud,
            self.client,
            self.authority,
            self.expected,
            url,
            self.redirect,
            (state, nonce),
            verifier,
            claims,
        )
    }
}

/// A redirect as it is sent. Without a path no slash ends it: it is compared to the letter with what is registered.
// facts: own-app-and-tokens §1.2.
pub(crate) fn as_sent(redirect: &Url) -> RedirectUrl {
    let text = match redirect.path() {
        "/" => redirect.as_str().trim_end_matches('/'),
        _ => redirect.as_str(),
    };
    RedirectUrl::new(text.to_owned()).unwrap_or_else(|_| RedirectUrl::from_url(redirect.clone()))
}

/// Random bytes as base64url text: 16 bytes are 128 bit.
pub(crate) fn random_text<const N: usize>(ids: &dyn Ids) -> String {
    let mut bytes = [0; N];
    ids.bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::transport::testing::CountedIds;

    #[test]
    fn a_lent_client_gets_its_answer_without_a_path() {
        let cloud = Arc::new(crate::clouds::built_in("global").unwrap().clone());
        let request = AuthorizationRequest::new(
            cloud,
            AppId::from_uuid(uuid::Uuid::from_u128(7)),
            Authority::Organizations,
        )
        .lent();
        let with_port = Url::parse("http://localhost:4711/").unwrap();
        let elsewhere = Url::parse("http://localhost:4711/cb/global").unwrap();
        assert!(request.clone().redirect(elsewhere).is_err());
        let pending = request
            .redirect(with_port)
            .unwrap()
            .begin(&CountedIds::default());
        let sent = pending.url().query_pairs();
        let sent = sent.into_owned().find(|(name, _)| name == "redirect_uri");
        assert_eq!(sent.unwrap().1, "http://localhost:4711");
    }

    fn request() -> AuthorizationRequest {
        let cloud = Arc::new(crate::clouds::built_in("global").unwrap().clone());
        let tenant = TenantId::parse("11111111-1111-4111-8111-111111111111").unwrap();
        AuthorizationRequest::new(
            cloud,
            AppId::parse("22222222-2222-4222-8222-222222222222").unwrap(),
            Authority::Tenant(tenant),
        )
    }

    fn value(url: &Url, name: &str) -> Vec<String> {
        url.query_pairs()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
            .collect()
    }

    #[test]
    fn the_address_has_all_that_a_sign_in_needs() {
        let pending = request()
            .scopes(["User.Read".to_owned()])
            .prompt(Prompt::Login)
            .login_hint(Upn::parse("dana@larkspur-it.example").unwrap())
            .begin(&CountedIds::default());
        let url = pending.url();
        assert_eq!(url.host_str(), Some("login.microsoftonline.com"));
        assert_eq!(
            url.path(),
            "/11111111-1111-4111-8111-111111111111/oauth2/v2.0/authorize"
        );
        assert_eq!(value(url, "code_challenge_method"), ["S256"]);
        assert_eq!(value(url, "code_challenge")[0].len(), 43);
        assert_eq!(
            value(url, "scope"),
            ["openid profile offline_access User.Read"]
        );
        assert_eq!(value(url, "prompt"), ["login"]);
        assert_eq!(value(url, "login_hint"), ["dana@larkspur-it.example"]);
        assert_eq!(value(url, "redirect_uri"), ["http://localhost/cb/global"]);
        assert_eq!(value(url, "response_type"), ["code"]);
        assert!(value(url, "claims")[0].contains("cp1"));
        assert_eq!(
            URL_SAFE_NO_PAD
                .decode(&value(url, "state")[0])
                .unwrap()
                .len()
                * 8,
            128
        );
        assert_ne!(value(url, "state"), value(url, "nonce"));
    }

    #[test]
    fn only_the_clouds_own_redirect_takes_a_port() {
        assert!(
            request()
                .redirect(Url::parse("http://localhost:4711/cb/global").unwrap())
                .is_ok()
        );
        for text in [
            "http://localhost:4711/cb/china",
            "http://127.0.0.1:4711/cb/global",
            "https://localhost:4711/cb/global",
            "http://localhost:4711/cb/global?x=1",
            "http://u@localhost:4711/cb/global",
            "http://localhost:4711/cb/global/",
        ] {
            assert_eq!(
                request().redirect(Url::parse(text).unwrap()).unwrap_err(),
                RequestError::Redirect,
                "{text}"
            );
        }
    }
}
