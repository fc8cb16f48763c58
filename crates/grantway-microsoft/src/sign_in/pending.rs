//! A sign-in that was asked for: what comes back is checked here, and used once.

use std::collections::HashMap;
use std::sync::Arc;

use grantway_core::AppId;
use oauth2::PkceCodeVerifier;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::error::{AnswerError, SignInError};
use super::id_token::Fit;
use super::request::Expected;
use super::token_endpoint::{Grant, SignedIn, TokenEndpoint};
use crate::clouds::{Authority, Cloud};
use crate::http::Transport;
use crate::http::redact::SafeUrl;

/// A sign-in in progress. It holds the secrets of the request, so it is neither cloned nor stored.
pub struct PendingSignIn {
    cloud: Arc<Cloud>,
    client: AppId,
    authority: Authority,
    expected: Expected,
    url: Url,
    redirect: Url,
    state: SecretString,
    nonce: String,
    verifier: PkceCodeVerifier,
    claims: String,
    code: Option<SecretString>,
    spent: bool,
}

/// Why something that reached the redirect is not the answer. It is counted, and the sign-in goes on waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IgnoredAnswer {
    /// Another address than the redirect.
    OtherAddress,
    /// A parameter that is there twice.
    DuplicateParameter,
    /// No state, or the state of another request.
    OtherState,
    /// Neither a code nor an error, or both.
    NotOneAnswer,
    /// It names another sign-in service.
    OtherIssuer,
    /// An answer was taken before.
    Spent,
}

/// What an answer turned out to be.
#[derive(Debug)]
pub enum Checked {
    /// Not ours: go on waiting.
    Ignored(IgnoredAnswer),
    /// A code: [`PendingSignIn::redeem`] takes it from here.
    Code,
    /// The sign-in service or the person said no.
    Denied(AnswerError),
}

impl PendingSignIn {
    #[allow(
        clippy::too_many_arguments,
        reason = "one caller, which has just made all of them"
    )]
    pub(crate) fn new(
        cloud: Arc<Cloud>,
        client: AppId,
        authority: Authority,
        expected: Expected,
        url: Url,
        redirect: Url,
        (state, nonce): (String, String),
        verifier: PkceCodeVerifier,
        claims: String,
    ) -> Self {
        let state = SecretString::from(state);
        Self {
            cloud,
            client,
            authority,
            expected,
            url,
            redirect,
            state,
            nonce,
            verifier,
            claims,
            code: None,
            spent: false,
        }
    }

    /// The address to open. It holds no secret that outlives this sign-in, but is not for logs.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Where the answer will come.
    pub fn redirect(&self) -> &Url {
        &self.redirect
    }

    /// Checks what came to the redirect. The first answer that fits is taken; every other one is ignored.
    pub fn check(&mut self, answer: &Url) -> Checked {
        if self.spent {
            return Checked::Ignored(IgnoredAnswer::Spent);
        }
        let parameters = match matching(&self.redirect, answer, self.state.expose_secret()) {
            Ok(parameters) => parameters,
            Err(why) => return Checked::Ignored(why),
        };
        // RFC 9207: where the service names itself, it must be the one that was asked.
        if let Some(issuer) = parameters.get("iss")
            && !self.is_issuer(issuer)
        {
            return Checked::Ignored(IgnoredAnswer::OtherIssuer);
        }
        match (parameters.get("code"), parameters.get("error")) {
            (Some(code), None) => {
                self.spent = true;
                self.code = Some(SecretString::from(code.clone()));
                Checked::Code
            }
            (None, Some(error)) => {
                self.spent = true;
                Checked::Denied(AnswerError::new(
                    error,
                    parameters.get("error_description").map(String::as_str),
                ))
            }
            _ => Checked::Ignored(IgnoredAnswer::NotOneAnswer),
        }
    }

    fn is_issuer(&self, issuer: &str) -> bool {
        let same_service = Url::parse(issuer).is_ok_and(|url| self.cloud.login().contains(&url));
        match &self.authority {
            Authority::Tenant(tenant) => same_service && issuer == self.cloud.issuer(tenant),
            Authority::Organizations => same_service,
        }
    }

    /// Turns the code into tokens and checks who signed in. The code is used up whatever comes of it.
    ///
    /// # Errors
    /// Wrong tenant and wrong account name both sides; everything else says what stands in the way.
    pub async fn redeem(self, transport: &Transport) -> Result<SignedIn, SignInError> {
        let code = self
            .code
            .ok_or_else(|| SignInError::Unreadable("there is no code to redeem".into()))?;
        let endpoint = TokenEndpoint {
            transport,
            cloud: &self.cloud,
            client: self.client,
            authority: &self.authority,
        };
        let grant = Grant::Code {
            code: &code,
            verifier: self.verifier,
            redirect: self.redirect.clone(),
        };
        let fit = Fit {
            cloud: &self.cloud,
            client: self.client,
            nonce: Some(&self.nonce),
            expected: &self.expected,
            now: transport.clock().now(),
        };
        endpoint.ask(grant, &self.claims, &fit).await
    }
}

impl std::fmt::Debug for PendingSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PendingSignIn")
            .field("url", &SafeUrl::of(&self.url))
            .field("spent", &self.spent)
            .finish_non_exhaustive()
    }
}

/// The parameters of an answer that came to the redirect with our state.
pub(crate) fn matching(
    redirect: &Url,
    answer: &Url,
    state: &str,
) -> Result<HashMap<String, String>, IgnoredAnswer> {
    let mut bare = answer.clone();
    bare.set_query(None);
    bare.set_fragment(None);
    if bare != *redirect
        || answer
            .fragment()
            .is_some_and(|fragment| !fragment.is_empty())
    {
        return Err(IgnoredAnswer::OtherAddress);
    }
    let mut parameters = HashMap::new();
    for (name, value) in answer.query_pairs() {
        if parameters
            .insert(name.into_owned(), value.into_owned())
            .is_some()
        {
            return Err(IgnoredAnswer::DuplicateParameter);
        }
    }
    let same = parameters
        .get("state")
        .is_some_and(|given| same_text(given, state));
    if same {
        Ok(parameters)
    } else {
        Err(IgnoredAnswer::OtherState)
    }
}

/// Compares without telling by its duration where the texts differ.
fn same_text(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |differences, (a, b)| differences | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::transport::testing::CountedIds;
    use crate::sign_in::AuthorizationRequest;
    use proptest::prelude::*;

    fn pending() -> PendingSignIn {
        let cloud = Arc::new(crate::clouds::built_in("global").unwrap().clone());
        let tenant =
            grantway_core::TenantId::parse("11111111-1111-4111-8111-111111111111").unwrap();
        let client = AppId::parse("22222222-2222-4222-8222-222222222222").unwrap();
        AuthorizationRequest::new(cloud, client, Authority::Tenant(tenant))
            .redirect(Url::parse("http://localhost:4711/cb/global").unwrap())
            .unwrap()
            .begin(&CountedIds::default())
    }

    fn answer(pending: &PendingSignIn, rest: &str) -> Url {
        let state = pending
            .url()
            .query_pairs()
            .find(|(name, _)| name == "state")
            .unwrap()
            .1
            .into_owned();
        Url::parse(&format!(
            "http://localhost:4711/cb/global?state={state}{rest}"
        ))
        .unwrap()
    }

    fn ignored(pending: &mut PendingSignIn, url: &Url) -> IgnoredAnswer {
        match pending.check(url) {
            Checked::Ignored(why) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn first_answer_that_fits_is_taken_and_no_other() {
        let mut pending = pending();
        let url = answer(&pending, "&code=abc");
        assert!(matches!(pending.check(&url), Checked::Code));
        assert_eq!(ignored(&mut pending, &url), IgnoredAnswer::Spent);
    }

    #[test]
    fn foreign_answers_do_not_end_the_wait() {
        let mut pending = pending();
        let good = answer(&pending, "&code=abc");
        let text = good.to_string();
        for (wrong, why) in [
            (text.replace("4711", "4712"), IgnoredAnswer::OtherAddress),
            (
                text.replace("/cb/global", "/cb/global/"),
                IgnoredAnswer::OtherAddress,
            ),
            (
                text.replace("/cb/global", "/cb/china"),
                IgnoredAnswer::OtherAddress,
            ),
            (
                text.replace("localhost", "127.0.0.1"),
                IgnoredAnswer::OtherAddress,
            ),
            (
                text.replace("http://", "http://x@"),
                IgnoredAnswer::OtherAddress,
            ),
            (text.replace("state=", "state=x"), IgnoredAnswer::OtherState),
            (text.replace("state=", "stat="), IgnoredAnswer::OtherState),
            (
                format!("{text}&code=def"),
                IgnoredAnswer::DuplicateParameter,
            ),
            (
                format!("{text}&error=access_denied"),
                IgnoredAnswer::NotOneAnswer,
            ),
            (text.replace("code=", "c="), IgnoredAnswer::NotOneAnswer),
            (
                format!("{text}&iss=https%3A%2F%2Fevil.test"),
                IgnoredAnswer::OtherIssuer,
            ),
        ] {
            assert_eq!(
                ignored(&mut pending, &Url::parse(&wrong).unwrap()),
                why,
                "{wrong}"
            );
        }
        assert!(matches!(pending.check(&good), Checked::Code));
    }

    #[test]
    fn the_right_issuer_and_an_error_are_understood() {
        let mut pending = pending();
        let issuer =
            "https%3A%2F%2Flogin.microsoftonline.com%2F11111111-1111-4111-8111-111111111111%2Fv2.0";
        let url = answer(
            &pending,
            &format!(
                "&error=access_denied&error_description=AADSTS65004%3A+User+declined&iss={issuer}"
            ),
        );
        let Checked::Denied(error) = pending.check(&url) else {
            panic!("not denied")
        };
        assert_eq!(error.number, Some(65004));
    }

    #[test]
    fn debug_shows_no_state() {
        let pending = pending();
        let state = pending.state.expose_secret().to_owned();
        assert!(!format!("{pending:?}").contains(&state));
    }

    proptest! {
        #[test]
        fn only_the_exact_redirect_with_our_state_matches(
            scheme in "https?", host in "localhost|127\\.0\\.0\\.1|evil\\.test", port in 4710_u16..4713, path in "/cb/(global|china|global/|)",
            state in "[a-c]{1,3}"
        ) {
            let redirect = Url::parse("http://localhost:4711/cb/global").unwrap();
            let url = Url::parse(&format!("{scheme}://{host}:{port}{path}?state={state}&code=1")).unwrap();
            let exact = scheme == "http" && host == "localhost" && port == 4711 && path == "/cb/global" && state == "abc";
            prop_assert_eq!(matching(&redirect, &url, "abc").is_ok(), exact);
        }

        #[test]
        fn same_text_is_equality(a in "\\PC{0,12}", b in "\\PC{0,12}") {
            prop_assert_eq!(same_text(&a, &b), a == b);
            prop_assert!(same_text(&a, &a));
        }
    }
}
