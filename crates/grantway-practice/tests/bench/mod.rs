//! A practice cloud with a token in hand, for tests that speak Graph over HTTP.

// Each test program uses its own part of it, and tests may print.
#![allow(dead_code, clippy::disallowed_macros)]

use std::path::{Path, PathBuf};

use grantway_practice::clock::later;
use grantway_practice::scenario::builtin;
use grantway_practice::state::{GRAPH, PARTNER_CENTER, RefreshToken, TokenRequest, World};
use grantway_practice::{ClockMode, Options, Practice, ScenarioSource};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

pub const DANA: &str = "b1000000-0000-4000-8000-000000000001";
pub const TOM: &str = "b1000000-0000-4000-8000-000000000002";
pub const LARKSPUR: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001";
pub const ALDER: &str = "2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002";
pub const CLIENT: &str = "6d1f0c52-3f0b-4c0e-9a51-2b7a4be1c001";
pub const CUSTOMER_RELATIONSHIP: &str =
    "c1000000-0000-4000-8000-000000000001-d1000000-0000-4000-8000-000000000001";
pub const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

/// What the GDAP sequence needs, and no more.
pub const ALL_SCOPES: &[&str] = &[
    "User.Read",
    "Organization.Read.All",
    "Domain.Read.All",
    "Policy.Read.All",
    "DelegatedAdminRelationship.ReadWrite.All",
    "Group.ReadWrite.All",
    "GroupMember.ReadWrite.All",
    "User.ReadWrite.All",
    "RoleManagement.ReadWrite.Directory",
    "UserAuthenticationMethod.Read.All",
];

pub struct Bench {
    practice: Practice,
    token: String,
    client: Client,
}

impl Bench {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(set: impl FnOnce(&mut Options)) -> Self {
        let at = "2026-05-01T10:00:00Z".parse().expect("a date");
        let mut options = Options {
            seed: Some(7),
            clock: ClockMode::Frozen { at },
            ..Options::default()
        };
        set(&mut options);
        let practice = Practice::start(options).await.expect("a practice cloud");
        // A dropped connection must not be tried again behind the test's back.
        let client = Client::builder()
            .no_proxy()
            .pool_max_idle_per_host(0)
            .build()
            .expect("a client");
        let mut bench = Self {
            practice,
            token: String::new(),
            client,
        };
        bench.token = bench.token(DANA, ALL_SCOPES, false);
        bench
    }

    pub fn token(&self, user: &str, scopes: &[&str], cp1: bool) -> String {
        self.mint(user, LARKSPUR, scopes, cp1)
    }

    pub fn foreign_token(&self, user: &str, tenant: &str, scopes: &[&str]) -> String {
        self.mint(user, tenant, scopes, false)
    }

    /// A token for Partner Center's API.
    pub fn partner_token(&self, user: &str, mfa: bool) -> String {
        let scopes = ["user_impersonation"];
        self.issue(user, LARKSPUR, &scopes, |request| {
            request.resource = PARTNER_CENTER;
            request.mfa = mfa;
        })
    }

    fn mint(&self, user: &str, tenant: &str, scopes: &[&str], cp1: bool) -> String {
        self.issue(user, tenant, scopes, |request| request.cp1 = cp1)
    }

    fn issue(
        &self,
        user: &str,
        tenant: &str,
        scopes: &[&str],
        change: impl FnOnce(&mut TokenRequest),
    ) -> String {
        let cloud = self.practice.inner();
        let mut request = TokenRequest {
            tenant: tenant.parse().expect("an id"),
            home_tenant: LARKSPUR.parse().expect("an id"),
            user: user.parse().expect("an id"),
            guest: None,
            upn: "dana@larkspur-it.example".to_owned(),
            roles: Vec::new(),
            client: CLIENT.parse().expect("an id"),
            resource: GRAPH,
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            cp1: false,
            mfa: true,
            after_challenge: false,
        };
        change(&mut request);
        let now = cloud.now();
        cloud.write(|world: &mut World| world.tokens.issue_access_token(&cloud.ids, now, request).0)
    }

    /// What lies behind the services.
    pub fn world<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        self.practice.inner().write(change)
    }

    /// A refresh token of somebody of the provider's tenant, as a sign-in of this moment leaves it.
    pub fn refresh_token(&self, user: &str, mfa: bool) -> String {
        let cloud = self.practice.inner();
        let (text, now) = (cloud.ids.secret(), cloud.now());
        let token = RefreshToken {
            home_tenant: LARKSPUR.parse().expect("an id"),
            user: user.parse().expect("an id"),
            client: CLIENT.parse().expect("an id"),
            cp1: false,
            mfa,
            signed_in: now,
            expires: later(now, 90 * 86_400),
        };
        cloud.write(|world| {
            world.sign_ins.keep_refresh_token(&text, token);
        });
        text
    }

    /// Asks the token endpoint of a tenant for tokens.
    pub async fn redeem(&self, tenant: &str, refresh: &str, scope: &str) -> Answer {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", CLIENT),
            ("refresh_token", refresh),
            ("scope", scope),
        ];
        let login = self.practice.cloud().login;
        let sent = self
            .client
            .post(format!("{login}/{tenant}/oauth2/v2.0/token"))
            .form(&form)
            .send();
        Answer::of(sent.await.expect("an answer"))
            .await
            .expect("a body")
    }

    pub fn graph(&self) -> String {
        self.practice.cloud().graph
    }

    /// A call of Partner Center's API.
    pub fn partner_call(&self, method: Method, path: &str) -> Request<'_> {
        let base = self.practice.cloud().partner_center;
        Request {
            bench: self,
            builder: self.client.request(method, format!("{base}/v1{path}")),
            token: None,
        }
    }

    /// A call of Graph's beta.
    pub fn beta_call(&self, method: Method, path: &str) -> Request<'_> {
        Request {
            bench: self,
            builder: self
                .client
                .request(method, format!("{}/beta{path}", self.graph())),
            token: None,
        }
    }

    /// The text of a page.
    pub async fn page(&self, address: String) -> String {
        let answer = self.client.get(address).send().await.expect("a page");
        answer.text().await.expect("its text")
    }

    pub fn practice(&self) -> &Practice {
        &self.practice
    }

    pub fn call(&self, method: Method, path: &str) -> Request<'_> {
        let builder = self.client.request(
            method,
            format!("{}/v1.0{}", self.graph(), path.replace(' ', "%20")),
        );
        Request {
            bench: self,
            builder,
            token: None,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path).send().await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path).json(body).send().await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path).send().await
    }

    pub async fn control(&self, path: &str) -> Value {
        let control = self.practice.control();
        let answer = self
            .client
            .get(format!("{}{path}", control.url))
            .bearer_auth(&control.token)
            .send()
            .await
            .expect("an answer");
        answer.json().await.expect("JSON")
    }

    pub async fn live(&self) -> Value {
        self.control("/_practice/state").await["live"].take()
    }

    pub async fn advance(&self, seconds: u64) {
        self.tell("/_practice/clock", json!({ "advance_seconds": seconds }))
            .await;
    }

    pub async fn faults(&self, rules: Value) {
        self.tell("/_practice/faults", rules).await;
    }

    pub async fn clear_faults(&self) {
        let control = self.practice.control();
        let answer = self
            .client
            .delete(format!("{}/_practice/faults", control.url))
            .bearer_auth(&control.token)
            .send()
            .await;
        assert_eq!(answer.expect("an answer").status(), StatusCode::NO_CONTENT);
    }

    async fn tell(&self, path: &str, body: Value) {
        let control = self.practice.control();
        let answer = self
            .client
            .post(format!("{}{path}", control.url))
            .bearer_auth(&control.token)
            .json(&body)
            .send()
            .await;
        assert_eq!(answer.expect("an answer").status(), StatusCode::OK);
    }

    pub async fn stop(self) {
        self.practice.shutdown().await;
    }
}

pub struct Request<'b> {
    bench: &'b Bench,
    builder: reqwest::RequestBuilder,
    token: Option<String>,
}

impl Request<'_> {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    pub fn if_match(self, etag: &str) -> Self {
        self.header("if-match", etag)
    }

    pub fn prefer(self, what: &str) -> Self {
        self.header("prefer", what)
    }

    /// Another token than Dana's; an empty one sends none.
    pub fn token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    pub fn json(mut self, body: Value) -> Self {
        self.builder = self.builder.json(&body);
        self
    }

    pub fn json_if(self, body: Value) -> Self {
        if body.is_null() {
            self
        } else {
            self.json(body)
        }
    }

    pub async fn try_send(self) -> reqwest::Result<Answer> {
        let token = self.token.unwrap_or_else(|| self.bench.token.clone());
        let builder = if token.is_empty() {
            self.builder
        } else {
            self.builder.bearer_auth(token)
        };
        Answer::of(builder.send().await?).await
    }

    pub async fn send(self) -> Answer {
        self.try_send().await.expect("an answer")
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answer {
    async fn of(answer: reqwest::Response) -> reqwest::Result<Self> {
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = answer.bytes().await?;
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).expect("JSON")
        };
        Ok(Self {
            status,
            headers,
            body,
        })
    }

    /// The AADSTS number of a refusal of the token endpoint.
    pub fn aadsts(&self) -> u64 {
        self.body["error_codes"][0].as_u64().unwrap_or_default()
    }

    /// The error code of a refusal of Graph.
    pub fn code(&self) -> String {
        self.text("/error/code")
    }

    pub fn ok(self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.body
    }

    pub fn created(self) -> Value {
        assert_eq!(self.status, StatusCode::CREATED, "{}", self.body);
        self.body
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    pub fn text(&self, pointer: &str) -> String {
        self.body
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }
}

/// The start of the second relationship in the scenario, for putting something before it.
pub const SECOND: &str = "[[relationship]]\nid = \"c1000000-0000-4000-8000-000000000002-d1000000-0000-4000-8000-000000000002\"";

/// The scenario in which Dana's group holds all roles of the relationship with Alder.
pub fn reaching_alder(changes: &[(&str, &str)]) -> ScenarioSource {
    let assigned = format!("[[relationship.assignment]]\ngroup = \"AdminAgents\"\n\n{SECOND}");
    let mut all = vec![(SECOND, assigned.as_str())];
    all.extend(changes);
    scenario(&all)
}

/// The scenario in which all is in order, with some of its text put in other words.
pub fn scenario(changes: &[(&str, &str)]) -> ScenarioSource {
    let mut text = builtin("in-order").expect("built in").text.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    ScenarioSource::Text(text)
}

/// An empty traffic file in the target folder.
pub fn traffic_file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("traffic");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join(name);
    std::fs::write(&file, "").expect("an empty file");
    file
}

/// Holds a traffic file against Microsoft's schema, where the check is beside the project.
pub fn check_traffic(file: &Path) {
    let text = std::fs::read_to_string(file).expect("the traffic");
    assert!(
        text.lines().count() > 10 && !text.contains("Quiet-harbour-7") && !text.contains("Bearer")
    );
    let check = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/graph-contract/check_traffic.py");
    if !check.exists() {
        println!(
            "The schema check is not beside the project: the traffic was not held against it."
        );
        return;
    }
    let output = std::process::Command::new("python3")
        .arg(check)
        .arg("--strict-scopes")
        .arg(file)
        .output()
        .expect("python3");
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    println!("{said}");
    assert!(output.status.success(), "{said}");
}
