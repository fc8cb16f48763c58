//! The protocol as a client meets it: the robot signs in, and the tests speak to the endpoints themselves.

use std::time::Duration;

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use url::Url;

use crate::robot::{Consent, Observer, Person, Phone, Robot, Verdict};
use crate::{Options, Practice};

// The pair printed in RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const REDIRECT: &str = "http://localhost:49731/cb/practice";
const HOME: &str = "larkspur-it.example";

struct Bench {
    practice: Practice,
    client: Client,
}

struct StopAtRedirect;

impl Observer for StopAtRedirect {
    fn navigating(&mut self, url: &str) -> Verdict {
        if url.starts_with("http://localhost") {
            Verdict::Stop
        } else {
            Verdict::Go
        }
    }

    fn committed(&mut self, _url: &str, _title: &str, _is_form_post: bool) {}
}

impl Bench {
    async fn new() -> Self {
        let options = Options {
            seed: Some(2),
            ..Options::default()
        };
        Self {
            practice: Practice::start(options).await.expect("free ports"),
            client: Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .build()
                .unwrap(),
        }
    }

    fn client_id(&self) -> String {
        self.practice.cloud().client_id.unwrap().to_string()
    }

    fn endpoint(&self, tenant: &str, name: &str) -> Url {
        let login = self.practice.cloud().login;
        Url::parse(&format!("{login}/{tenant}/oauth2/v2.0/{name}")).unwrap()
    }

    /// An authorization request with some parameters changed, added, or (with an empty value) left out.
    fn authorize(&self, tenant: &str, changes: &[(&str, &str)]) -> Url {
        let id = self.client_id();
        let mut parameters = vec![
            ("client_id", id.as_str()),
            ("response_type", "code"),
            ("redirect_uri", REDIRECT),
            (
                "scope",
                "openid profile offline_access User.Read Group.Read.All",
            ),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("state", "s&1"),
            ("nonce", "n-1"),
        ];
        for (name, value) in changes {
            parameters.retain(|(known, _)| known != name);
            if !value.is_empty() {
                parameters.push((name, value));
            }
        }
        let mut url = self.endpoint(tenant, "authorize");
        url.query_pairs_mut().extend_pairs(parameters);
        url
    }

    async fn get(&self, url: Url) -> reqwest::Response {
        self.client.get(url).send().await.unwrap()
    }

    /// Signs dana in through the pages and answers the query of the redirect.
    async fn signed_in(&self, url: &Url) -> Vec<(String, String)> {
        let dana = Person {
            upn: "dana@larkspur-it.example".to_owned(),
            password: "practice-Dana-1".to_owned(),
            new_password: None,
            consent: Consent::Accept,
            phone: Phone::Approve,
        };
        let mut robot = Robot::new(self.practice.control().clone()).unwrap();
        let walk = robot
            .walk(url.as_str(), &[dana], &mut StopAtRedirect)
            .await
            .unwrap();
        Url::parse(&walk.final_url)
            .unwrap()
            .query_pairs()
            .into_owned()
            .collect()
    }

    async fn code(&self) -> String {
        let answer = self.signed_in(&self.authorize(HOME, &[])).await;
        value(&answer, "code").expect("a code")
    }

    async fn token(&self, tenant: &str, form: &[(&str, &str)]) -> (StatusCode, Value) {
        let id = self.client_id();
        let mut all = vec![("client_id", id.as_str())];
        all.extend_from_slice(form);
        let answer = self
            .client
            .post(self.endpoint(tenant, "token"))
            .form(&all)
            .send()
            .await
            .unwrap();
        (answer.status(), answer.json().await.unwrap())
    }

    async fn redeem(&self, code: &str, extra: &[(&str, &str)]) -> (StatusCode, Value) {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        for (name, value) in extra {
            form.retain(|(known, _)| known != name);
            form.push((name, value));
        }
        self.token(HOME, &form).await
    }
}

fn value(pairs: &[(String, String)], name: &str) -> Option<String> {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.clone())
}

fn location(answer: &reqwest::Response) -> Vec<(String, String)> {
    let target = answer.headers()["location"].to_str().unwrap();
    assert!(
        target.starts_with("http://localhost:49731/cb/practice?"),
        "{target}"
    );
    Url::parse(target)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect()
}

fn failed(answer: &(StatusCode, Value), error: &str, code: u32) {
    assert_eq!(answer.0, StatusCode::BAD_REQUEST, "{}", answer.1);
    assert_eq!(answer.1["error"], error, "{}", answer.1);
    assert_eq!(answer.1["error_codes"], json!([code]), "{}", answer.1);
    let text = answer.1["error_description"].as_str().unwrap();
    assert!(text.starts_with(&format!("AADSTS{code}: ")), "{text}");
}

#[tokio::test]
async fn a_code_becomes_tokens_that_say_who_signed_in_where() {
    let bench = Bench::new().await;
    let answer = bench.signed_in(&bench.authorize(HOME, &[])).await;
    assert_eq!(value(&answer, "state").as_deref(), Some("s&1"));
    let (status, tokens) = bench.redeem(&value(&answer, "code").unwrap(), &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(tokens["token_type"], "Bearer");
    assert!(tokens["refresh_token"].is_string());
    assert!(tokens["scope"].as_str().unwrap().contains("Group.Read.All"));
    let login = bench.practice.cloud().login;
    let base = format!("{login}/{HOME}");
    let document: Value = bench
        .get(Url::parse(&format!("{base}/v2.0/.well-known/openid-configuration")).unwrap())
        .await
        .json()
        .await
        .unwrap();
    let keys: JwkSet = bench
        .get(Url::parse(document["jwks_uri"].as_str().unwrap()).unwrap())
        .await
        .json()
        .await
        .unwrap();
    let mut rules = Validation::new(Algorithm::RS256);
    rules.set_audience(&[bench.client_id()]);
    rules.set_issuer(&[document["issuer"].as_str().unwrap()]);
    let token = tokens["id_token"].as_str().unwrap();
    let kid = jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    let key = DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap();
    let claims = jsonwebtoken::decode::<Value>(token, &key, &rules)
        .unwrap()
        .claims;
    assert_eq!(claims["nonce"], "n-1");
    assert_eq!(claims["preferred_username"], "dana@larkspur-it.example");
    assert_eq!(claims["tid"], "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001");
    assert_eq!(claims["oid"], "b1000000-0000-4000-8000-000000000001");
    assert!(claims["auth_time"].is_i64());
}

#[tokio::test]
async fn a_code_is_good_once_for_its_verifier_and_its_address() {
    let bench = Bench::new().await;
    let code = bench.code().await;
    assert_eq!(bench.redeem(&code, &[]).await.0, StatusCode::OK);
    failed(&bench.redeem(&code, &[]).await, "invalid_grant", 54005);
    let code = bench.code().await;
    let other = "0".repeat(43);
    failed(
        &bench.redeem(&code, &[("code_verifier", &other)]).await,
        "invalid_grant",
        501_481,
    );
    failed(&bench.redeem(&code, &[]).await, "invalid_grant", 54005);
    let code = bench.code().await;
    let elsewhere = [("redirect_uri", "http://localhost:1/cb/practice")];
    failed(
        &bench.redeem(&code, &elsewhere).await,
        "invalid_grant",
        50011,
    );
    failed(&bench.redeem("made-up", &[]).await, "invalid_grant", 70000);
    let code = bench.code().await;
    let clock = &bench.practice.inner().clock;
    clock.advance(Duration::from_secs(601)).unwrap();
    failed(&bench.redeem(&code, &[]).await, "invalid_grant", 70008);
    let secret = [("client_secret", "x")];
    let (status, body) = bench.redeem("made-up", &secret).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(body["error"], "invalid_client");
}

#[tokio::test]
async fn a_refresh_token_is_renewed_and_the_old_one_stays() {
    let bench = Bench::new().await;
    let code = bench.code().await;
    let first = bench.redeem(&code, &[]).await.1;
    let old = first["refresh_token"].as_str().unwrap();
    let refresh = |token: String| {
        let bench = &bench;
        async move {
            let form = [
                ("grant_type", "refresh_token"),
                ("refresh_token", token.as_str()),
            ];
            bench.token(HOME, &form).await
        }
    };
    let (status, second) = refresh(old.to_owned()).await;
    assert_eq!(status, StatusCode::OK);
    let new = second["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(new, old);
    assert_eq!(refresh(old.to_owned()).await.0, StatusCode::OK);
    assert_eq!(refresh(new.clone()).await.0, StatusCode::OK);
    let day = Duration::from_secs(86_400);
    bench.practice.inner().clock.advance(91 * day).unwrap();
    failed(&refresh(new).await, "invalid_grant", 700_082);
}

#[tokio::test]
async fn a_new_password_takes_refresh_tokens_away() {
    let bench = Bench::new().await;
    let code = bench.code().await;
    let tokens = bench.redeem(&code, &[]).await.1;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
    ];
    bench
        .practice
        .inner()
        .clock
        .advance(Duration::from_secs(5))
        .unwrap();
    let now = bench.practice.inner().now();
    bench.practice.inner().write(|world| {
        let (tenant, user) = world
            .user_by_upn("dana@larkspur-it.example")
            .map(|(tenant, user)| (tenant.id, user.id))
            .unwrap();
        world.user_mut(&tenant, &user).unwrap().last_password_change = now;
    });
    failed(&bench.token(HOME, &form).await, "invalid_grant", 50173);
}

#[tokio::test]
async fn a_token_carries_what_was_consented_and_no_more() {
    let bench = Bench::new().await;
    let code = bench.code().await;
    let tokens = bench.redeem(&code, &[("scope", "User.Read")]).await.1;
    assert!(tokens["scope"].as_str().unwrap().contains("Group.Read.All"));
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let ask = |tenant: &'static str, scope: &'static str, claims: Option<&'static str>| {
        let bench = &bench;
        async move {
            let mut form = vec![
                ("grant_type", "refresh_token"),
                ("refresh_token", refresh),
                ("scope", scope),
            ];
            form.extend(claims.map(|claims| ("claims", claims)));
            bench.token(tenant, &form).await
        }
    };
    let lacking = ask(HOME, "Group.ReadWrite.All", None).await;
    failed(&lacking, "invalid_grant", 65001);
    assert_eq!(lacking.1["suberror"], "consent_required");
    failed(
        &ask(HOME, "https://nowhere.example/.default", None).await,
        "invalid_resource",
        500_011,
    );
    failed(
        &ask(
            HOME,
            "User.Read https://management.azure.com/user_impersonation",
            None,
        )
        .await,
        "invalid_request",
        28002,
    );
    failed(
        &ask("copperfield.example", "User.Read", None).await,
        "invalid_grant",
        50020,
    );
    failed(
        &ask("nowhere.example", "User.Read", None).await,
        "invalid_request",
        90002,
    );
    let cp1 = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
    let short = ask(HOME, "User.Read", None).await.1["expires_in"].as_i64();
    let long = ask(HOME, "User.Read", Some(cp1)).await.1["expires_in"].as_i64();
    assert!(
        short < Some(6_000) && long == Some(100_800),
        "{short:?} {long:?}"
    );
    failed(
        &ask(HOME, "User.Read", Some("{")).await,
        "invalid_request",
        900_144,
    );
}

#[tokio::test]
async fn a_wrong_client_or_address_gets_a_page_and_nothing_goes_back() {
    let bench = Bench::new().await;
    for (changes, code) in [
        (
            ("redirect_uri", "http://localhost:49731/CB/practice"),
            "AADSTS50011",
        ),
        (
            ("redirect_uri", "http://evil.example/cb/practice"),
            "AADSTS50011",
        ),
        (
            ("client_id", "00000000-0000-4000-8000-000000000000"),
            "AADSTS700016",
        ),
        (("client_id", "nonsense"), "AADSTS700016"),
    ] {
        let answer = bench.get(bench.authorize(HOME, &[changes])).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
        assert!(answer.headers().get("location").is_none());
        assert!(answer.text().await.unwrap().contains(code), "{code}");
    }
    let unknown = bench.get(bench.authorize("nowhere.example", &[])).await;
    assert!(unknown.text().await.unwrap().contains("AADSTS90002"));
}

#[tokio::test]
async fn a_wrong_request_goes_back_with_its_state() {
    let bench = Bench::new().await;
    for (changes, error, code) in [
        (vec![("code_challenge", "")], "invalid_request", 9_002_325),
        (
            vec![("code_challenge_method", "plain")],
            "invalid_request",
            501_491,
        ),
        (
            vec![("response_type", "token")],
            "unsupported_response_type",
            70005,
        ),
        (
            vec![("response_mode", "form_post")],
            "unsupported_response_type",
            70005,
        ),
        (
            vec![("scope", "User.Read .default")],
            "invalid_scope",
            70011,
        ),
        (vec![("scope", "")], "invalid_request", 900_144),
        (vec![("prompt", "none")], "login_required", 50058),
    ] {
        let answer = bench.get(bench.authorize(HOME, &changes)).await;
        let pairs = location(&answer);
        assert_eq!(
            value(&pairs, "error").as_deref(),
            Some(error),
            "{changes:?}"
        );
        let text = value(&pairs, "error_description").unwrap();
        assert!(text.starts_with(&format!("AADSTS{code}: ")), "{text}");
        assert_eq!(value(&pairs, "state").as_deref(), Some("s&1"));
    }
}

#[tokio::test]
async fn an_unknown_scope_is_refused_after_the_sign_in() {
    let bench = Bench::new().await;
    let url = bench.authorize(HOME, &[("scope", "openid Made.Up")]);
    let answer = bench.signed_in(&url).await;
    assert_eq!(value(&answer, "error").as_deref(), Some("invalid_scope"));
    assert!(
        value(&answer, "error_description")
            .unwrap()
            .starts_with("AADSTS650053")
    );
}

#[tokio::test]
async fn an_administrators_link_answers_without_a_code() {
    let bench = Bench::new().await;
    let login = bench.practice.cloud().login;
    let mut url = Url::parse(&format!("{login}/{HOME}/v2.0/adminconsent")).unwrap();
    url.query_pairs_mut().extend_pairs([
        ("client_id", bench.client_id().as_str()),
        ("redirect_uri", REDIRECT),
        ("scope", "Group.Read.All"),
        ("state", "s-2"),
    ]);
    let answer = bench.signed_in(&url).await;
    assert_eq!(value(&answer, "admin_consent").as_deref(), Some("True"));
    assert_eq!(
        value(&answer, "tenant").as_deref(),
        Some("1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001")
    );
    assert_eq!(value(&answer, "state").as_deref(), Some("s-2"));
    assert!(value(&answer, "code").is_none());
}

#[tokio::test]
async fn a_flow_belongs_to_the_browser_that_started_it() {
    let bench = Bench::new().await;
    let page = bench.get(bench.authorize(HOME, &[])).await;
    let cookie = page.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("pclogin_browser=") && cookie.contains("HttpOnly; SameSite=Lax"));
    let html = page.text().await.unwrap();
    let start = html.find("/signin/").unwrap();
    let end = html[start..].find('"').unwrap();
    let login = bench.practice.cloud().login;
    let action = format!("{login}{}", &html[start..start + end]);
    let post = |cookie: String| {
        let request = bench.client.post(&action).header("cookie", cookie);
        let form = [("step", "account"), ("account", "dana@larkspur-it.example")];
        request.form(&form).send()
    };
    let stranger = post("pclogin_browser=other".to_owned()).await.unwrap();
    assert_eq!(stranger.status(), StatusCode::BAD_REQUEST);
    let owner = post(cookie.split(';').next().unwrap().to_owned())
        .await
        .unwrap();
    assert_eq!(owner.status(), StatusCode::OK);
    assert!(
        owner
            .text()
            .await
            .unwrap()
            .contains("data-page=\"password\"")
    );
}

#[tokio::test]
async fn a_real_account_is_refused_and_not_shown_again() {
    let bench = Bench::new().await;
    let url = bench.authorize(HOME, &[("login_hint", "someone@contoso.com")]);
    let html = bench.get(url).await.text().await.unwrap();
    assert!(html.contains("That is no practice account."));
    assert!(!html.contains("contoso"));
}

#[tokio::test]
async fn every_page_of_every_service_carries_the_policy() {
    let bench = Bench::new().await;
    let cloud = bench.practice.cloud();
    let federated = bench
        .practice
        .inner()
        .hosts
        .base(crate::hosts::Service::Federated);
    for address in [
        bench.authorize(HOME, &[]).to_string(),
        bench.authorize(HOME, &[("client_id", "x")]).to_string(),
        cloud.portals["security_info"].clone(),
        format!("{}/common/oauth2/v2.0/logout", cloud.login),
        format!("{}sign-in", cloud.portals["vendor"]),
        format!("{federated}/signin?wctx=x&username=y"),
    ] {
        let answer = bench.get(Url::parse(&address).unwrap()).await;
        let headers = answer.headers().clone();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{address}"
        );
        assert!(policy.contains("frame-ancestors 'none'"));
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        let html = answer.text().await.unwrap();
        assert!(html.contains("data-practice-mark"), "{address}");
    }
}

#[tokio::test]
async fn another_client_cannot_use_a_code_or_a_refresh_token() {
    let bench = Bench::new().await;
    let code = bench.code().await;
    let portal = bench
        .practice
        .inner()
        .read(|world| world.vendor_portal.application.to_string());
    let (status, body) = bench.redeem(&code, &[("client_id", &portal)]).await;
    // The parameter is given twice, which is refused before anything else.
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(body["error"], "invalid_request");
    let answer = bench
        .client
        .post(bench.endpoint(HOME, "token"))
        .form(&[
            ("client_id", portal.as_str()),
            ("client_secret", "practice-vendor-secret"),
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ])
        .send()
        .await
        .unwrap();
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["error_codes"], json!([70000]), "{body}");
    assert_eq!(bench.redeem(&code, &[]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn signing_out_goes_back_to_registered_addresses_only() {
    let bench = Bench::new().await;
    let url = bench.endpoint("organizations", "logout");
    let back = format!("{url}?post_logout_redirect_uri=http://evil.example/");
    let answer = bench.get(Url::parse(&back).unwrap()).await;
    assert!(answer.headers().get("location").is_none());
    assert!(
        answer.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    let back = format!("{url}?post_logout_redirect_uri={REDIRECT}&state=x");
    let answer = bench.get(Url::parse(&back).unwrap()).await;
    assert_eq!(value(&location(&answer), "state").as_deref(), Some("x"));
}
