//! The sign-in client against an OAuth server that others wrote (npm `oidc-provider`, in `tests/oauth-peer/`).
//!
//! The practice cloud is ours, and could share a misunderstanding with the client. This peer cannot.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "a test binary is an edge: the peer goes by the machine's clock"
)]

mod peer;
mod person;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use grantway_core::ports::{Clock, Ids};
use grantway_core::{TenantId, Timestamp, Upn};
use grantway_microsoft::clouds::Authority;
use grantway_microsoft::http::{Limits, Transport};
use grantway_microsoft::sign_in::id_token::IdTokenError;
use grantway_microsoft::sign_in::{
    AuthorizationRequest, Checked, IgnoredAnswer, PendingSignIn, Prompt, Renewal, SignInError,
    SignedIn, Situation,
};
use peer::Peer;
use person::{Answer, Person};
use url::Url;

const DANA: &str = "dana@larkspur-it.example";
const SCOPES: [&str; 1] = ["User.Read"];

struct MachineClock;

#[async_trait]
impl Clock for MachineClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn sleep_until(&self, moment: Timestamp) {
        let wait = Duration::try_from(moment.duration_since(self.now())).unwrap_or_default();
        tokio::time::sleep(wait).await;
    }
}

/// Draws that a test chooses: two requests with equal draws are two copies of one request.
#[derive(Clone, Copy)]
struct Draws {
    /// For state, the first 16 bytes that a request draws.
    state: u8,
    /// For the nonce, the next 16 bytes.
    nonce: u8,
    /// For the verifier, the 32 bytes after those.
    verifier: u8,
}

/// Hands out the draws of one request in their order.
struct Drawn {
    draws: Draws,
    calls: std::sync::atomic::AtomicUsize,
}

impl Ids for Drawn {
    fn guid(&self) -> uuid::Uuid {
        let call = self.calls.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        uuid::Uuid::from_u128(call as u128)
    }

    fn bytes(&self, buffer: &mut [u8]) {
        let call = self.calls.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        buffer.fill(match call {
            0 => self.draws.state,
            1 => self.draws.nonce,
            _ => self.draws.verifier,
        });
    }
}

impl Draws {
    /// Draws that no other test of this binary makes.
    fn new(seed: u8) -> Self {
        Self {
            state: seed,
            nonce: seed.wrapping_add(1),
            verifier: seed.wrapping_add(2),
        }
    }

    fn source(self) -> Drawn {
        Drawn {
            draws: self,
            calls: Default::default(),
        }
    }

    /// Asks for a sign-in with these draws.
    fn begin(self) -> PendingSignIn {
        self.begin_with(|request| request)
    }

    fn begin_with(
        self,
        change: impl FnOnce(AuthorizationRequest) -> AuthorizationRequest,
    ) -> PendingSignIn {
        let request = AuthorizationRequest::new(
            Peer::running().cloud(),
            Peer::running().client(),
            Authority::Tenant(Peer::running().tenant()),
        )
        .scopes(SCOPES.map(str::to_owned));
        change(request).begin(&self.source())
    }
}

fn transport() -> Transport {
    let cloud = Peer::running().cloud();
    Transport::new(
        &cloud,
        Limits::default(),
        Arc::new(MachineClock),
        Arc::new(Draws::new(200).source()),
    )
    .expect("a client for loopback")
}

/// Checks an answer that must be a code.
fn take(pending: &mut PendingSignIn, url: &Url) {
    let checked = pending.check(url);
    assert!(matches!(checked, Checked::Code), "{checked:?}");
}

async fn sign_in(mut pending: PendingSignIn) -> Result<SignedIn, SignInError> {
    let returned = Person::new(DANA).open(pending.url(), Answer::Agree).await;
    take(&mut pending, &returned.url);
    pending.redeem(&transport()).await
}

fn word_of(error: SignInError) -> String {
    match error {
        SignInError::Answer(answer) => answer.error,
        other => panic!("the peer was to refuse, and this came: {other:?}"),
    }
}

#[tokio::test]
async fn a_person_signs_in_and_the_answer_is_theirs() {
    let signed_in = sign_in(Draws::new(1).begin())
        .await
        .expect("the peer gives tokens");
    let identity = signed_in.identity.expect("an id token came along");
    assert_eq!(identity.tenant, Peer::running().tenant());
    assert_eq!(identity.account, Upn::parse(DANA).ok());
    assert!(
        signed_in.scopes.contains("User.Read"),
        "{:?}",
        signed_in.scopes
    );
    assert!(signed_in.refresh.is_some());
}

#[tokio::test]
async fn a_refresh_token_renews_and_its_successor_too() {
    let (peer, transport) = (Peer::running(), transport());
    let cloud = peer.cloud();
    // OpenID Connect Core, 11: offline access is granted where consent was asked for; the peer keeps to it.
    let signed_in = sign_in(Draws::new(5).begin_with(|request| request.prompt(Prompt::Consent)))
        .await
        .expect("the peer gives tokens");
    let renewal = Renewal {
        cloud: &cloud,
        client: peer.client(),
        authority: Authority::Tenant(peer.tenant()),
        scopes: SCOPES.map(str::to_owned).into(),
        claims: None,
        expected: grantway_microsoft::sign_in::Expected::tenant(peer.tenant()),
    };
    let first = signed_in.refresh.expect("a refresh token");
    let renewed = renewal
        .run(&transport, &first)
        .await
        .expect("the first renewal");
    let second = renewed.refresh.expect("the peer rotates refresh tokens");
    renewal
        .run(&transport, &second)
        .await
        .expect("the second renewal");
    // The peer takes a rotated token back; this is how a stolen copy is noticed.
    let error = renewal
        .run(&transport, &first)
        .await
        .expect_err("a rotated token is used up");
    assert_eq!(word_of(error), "invalid_grant");
}

#[tokio::test]
async fn a_declined_consent_comes_back_as_declined() {
    let mut pending = Draws::new(9).begin();
    let returned = Person::new(DANA)
        .open(pending.url(), Answer::TurnBack)
        .await;
    let checked = pending.check(&returned.url);
    let Checked::Denied(answer) = checked else {
        panic!("{checked:?}")
    };
    assert_eq!(
        (answer.error.as_str(), answer.situation),
        ("access_denied", Situation::Declined)
    );
}

#[tokio::test]
async fn an_answer_with_another_state_is_ignored_and_the_right_one_still_taken() {
    let mut pending = Draws::new(13).begin();
    let returned = Person::new(DANA).open(pending.url(), Answer::Agree).await;
    let foreign = Draws::new(17).begin();
    let state = |url: &Url| {
        url.query_pairs()
            .find(|(name, _)| name == "state")
            .expect("a state")
            .1
            .into_owned()
    };
    let forged = returned
        .url
        .as_str()
        .replace(&state(&returned.url), &state(foreign.url()));
    let checked = pending.check(&Url::parse(&forged).expect("an address"));
    assert!(
        matches!(checked, Checked::Ignored(IgnoredAnswer::OtherState)),
        "{checked:?}"
    );
    take(&mut pending, &returned.url);
    pending
        .redeem(&transport())
        .await
        .expect("the code was not spent on the forgery");
}

#[tokio::test]
async fn an_answer_of_another_service_is_ignored() {
    let mut pending = Draws::new(21).begin();
    let returned = Person::new(DANA).open(pending.url(), Answer::Agree).await;
    assert!(
        returned
            .url
            .query()
            .is_some_and(|query| query.contains("iss=")),
        "the peer names itself (RFC 9207)"
    );
    let forged = returned
        .url
        .as_str()
        .replace("iss=http%3A%2F%2F127.0.0.1", "iss=http%3A%2F%2F127.0.0.2");
    assert_ne!(forged, returned.url.as_str());
    let checked = pending.check(&Url::parse(&forged).expect("an address"));
    assert!(
        matches!(checked, Checked::Ignored(IgnoredAnswer::OtherIssuer)),
        "{checked:?}"
    );
}

#[tokio::test]
async fn a_replayed_code_is_refused_and_ends_what_it_gave() {
    let draws = Draws::new(25);
    let (mut first, mut second) = (draws.begin(), draws.begin());
    let returned = Person::new(DANA).open(first.url(), Answer::Agree).await;
    take(&mut first, &returned.url);
    // One and the same sign-in takes no second answer.
    let again = first.check(&returned.url);
    assert!(
        matches!(again, Checked::Ignored(IgnoredAnswer::Spent)),
        "{again:?}"
    );
    take(&mut second, &returned.url);
    let transport = transport();
    let signed_in = first
        .redeem(&transport)
        .await
        .expect("the first redemption");
    assert_eq!(
        word_of(
            second
                .redeem(&transport)
                .await
                .expect_err("the code is used up")
        ),
        "invalid_grant"
    );
    let cloud = Peer::running().cloud();
    let renewal = Renewal {
        cloud: &cloud,
        client: Peer::running().client(),
        authority: Authority::Tenant(Peer::running().tenant()),
        scopes: SCOPES.map(str::to_owned).into(),
        claims: None,
        expected: Default::default(),
    };
    // RFC 6749, 4.1.2: a code used twice takes its tokens along.
    let refresh = signed_in.refresh.expect("a refresh token");
    assert_eq!(
        word_of(
            renewal
                .run(&transport, &refresh)
                .await
                .expect_err("the tokens were taken back")
        ),
        "invalid_grant"
    );
}

#[tokio::test]
async fn a_code_without_its_verifier_is_worth_nothing() {
    let draws = Draws::new(29);
    let asked = draws.begin();
    // Somebody who has the code and the state, but drew another verifier.
    let mut thief = Draws {
        verifier: 99,
        ..draws
    }
    .begin();
    let returned = Person::new(DANA).open(asked.url(), Answer::Agree).await;
    take(&mut thief, &returned.url);
    assert_eq!(
        word_of(thief.redeem(&transport()).await.expect_err("PKCE holds")),
        "invalid_grant"
    );
}

#[tokio::test]
async fn a_request_without_a_challenge_is_refused() {
    let mut pending = Draws::new(33).begin();
    let mut bare = pending.url().clone();
    let kept: Vec<(String, String)> = pending
        .url()
        .query_pairs()
        .filter(|(name, _)| !name.starts_with("code_challenge"))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    bare.query_pairs_mut().clear().extend_pairs(kept);
    let returned = Person::new(DANA).open(&bare, Answer::Agree).await;
    let checked = pending.check(&returned.url);
    let Checked::Denied(answer) = checked else {
        panic!("{checked:?}")
    };
    assert_eq!(answer.error, "invalid_request");
}

#[tokio::test]
async fn a_token_that_answers_another_request_is_not_believed() {
    let draws = Draws::new(37);
    let asked = draws.begin();
    let mut other = Draws { nonce: 98, ..draws }.begin();
    let returned = Person::new(DANA).open(asked.url(), Answer::Agree).await;
    take(&mut other, &returned.url);
    let error = other
        .redeem(&transport())
        .await
        .expect_err("the nonce is another");
    assert!(
        matches!(error, SignInError::IdToken(IdTokenError::Nonce)),
        "{error:?}"
    );
}

#[tokio::test]
async fn the_wrong_tenant_and_the_wrong_account_are_named() {
    let elsewhere = TenantId::parse("11111111-1111-4111-8111-111111111111").expect("a GUID");
    let error = sign_in(Draws::new(41).begin_with(|request| request.expect_tenant(elsewhere)))
        .await
        .expect_err("another tenant");
    assert!(
        matches!(error, SignInError::WrongTenant { expected, .. } if expected == elsewhere),
        "{error:?}"
    );
    let tom = Upn::parse("tom@larkspur-it.example").expect("an account");
    let error = sign_in(Draws::new(45).begin_with(|request| request.expect_account(tom)))
        .await
        .expect_err("another account");
    assert!(
        matches!(&error, SignInError::WrongAccount { got, .. } if got == DANA),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_login_prompt_asks_again_where_a_session_exists() {
    let mut dana = Person::new(DANA);
    let first = dana.open(Draws::new(49).begin().url(), Answer::Agree).await;
    assert_eq!(first.passwords, 1);
    let silent = dana.open(Draws::new(53).begin().url(), Answer::Agree).await;
    assert_eq!(silent.passwords, 0, "the peer remembers its session");
    let mut pending = Draws::new(57).begin_with(|request| request.prompt(Prompt::Login));
    let again = dana.open(pending.url(), Answer::Agree).await;
    assert_eq!(
        again.passwords, 1,
        "prompt=login asks although there is a session"
    );
    take(&mut pending, &again.url);
    pending
        .redeem(&transport())
        .await
        .expect("the answer of the second sign-in holds");
}
