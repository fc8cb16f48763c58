//! Conditional Access, authentication strengths and Security Defaults: written through Graph in the order that Microsoft accepts.

use crate::bench;

use bench::{Answer, Bench, DANA, TOM};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const POLICIES: &str = "/identity/conditionalAccess/policies";
const STRENGTHS: &str = "/policies/authenticationStrengthPolicies";
const DEFAULTS: &str = "/policies/identitySecurityDefaultsEnforcementPolicy";
const SCOPES: &[&str] = &[
    "Policy.Read.All",
    "Policy.ReadWrite.ConditionalAccess",
    "Policy.ReadWrite.SecurityDefaults",
];

struct Desk {
    bench: Bench,
    token: String,
}

impl Desk {
    async fn of(bench: Bench) -> Self {
        let token = bench.token(DANA, SCOPES, false);
        Self { bench, token }
    }

    /// A call, a second after the one before: the service takes one a second.
    async fn send(&self, method: Method, path: &str, body: Value) -> Answer {
        self.bench.advance(3).await;
        self.bench
            .call(method, path)
            .token(&self.token)
            .json_if(body)
            .send()
            .await
    }

    async fn get(&self, path: &str) -> Value {
        self.send(Method::GET, path, Value::Null).await.ok()
    }
}

fn policy(users: Value, controls: Value) -> Value {
    json!({
        "displayName": "Service account MFA", "state": "enabled",
        "conditions": { "clientAppTypes": ["all"], "applications": { "includeApplications": ["All"] }, "users": users },
        "grantControls": controls,
    })
}

fn mfa() -> Value {
    json!({ "operator": "OR", "builtInControls": ["mfa"] })
}

fn message(answer: &Answer) -> String {
    answer.text("/error/message")
}

#[tokio::test]
async fn a_policy_with_a_push_strength_is_made_changed_and_removed() {
    let traffic = bench::traffic_file("practice-conditional-access.jsonl");
    let bench = Bench::start_with(|options| options.traffic = Some(traffic.clone())).await;
    let before = bench.live().await;
    let desk = Desk::of(bench).await;
    let strength = desk
        .send(
            Method::POST,
            STRENGTHS,
            json!({ "displayName": "Authenticator push", "policyType": "custom", "allowedCombinations": ["password,microsoftAuthenticatorPush"] }),
        )
        .await
        .created();
    assert_eq!(strength["requirementsSatisfied"], "mfa");
    let strength = strength["id"].as_str().expect("an id").to_owned();
    assert_eq!(
        desk.get(STRENGTHS).await["value"].as_array().map(Vec::len),
        Some(4)
    );
    let built_in = format!("{STRENGTHS}/00000000-0000-0000-0000-000000000002");
    assert_eq!(desk.get(&built_in).await["policyType"], "builtIn");
    let one = format!("{STRENGTHS}/{strength}");
    let renamed = desk
        .send(Method::PATCH, &one, json!({ "displayName": "Push only" }))
        .await;
    assert_eq!(renamed.status, StatusCode::NO_CONTENT);
    let combinations = json!({ "allowedCombinations": ["password,microsoftAuthenticatorPush", "deviceBasedPush"] });
    let changed = desk
        .send(
            Method::POST,
            &format!("{one}/updateAllowedCombinations"),
            combinations,
        )
        .await
        .ok();
    assert_eq!(
        changed["previousCombinations"],
        json!(["password,microsoftAuthenticatorPush"])
    );

    let controls = json!({ "operator": "OR", "builtInControls": [], "authenticationStrength": { "id": strength } });
    let made = desk
        .send(
            Method::POST,
            POLICIES,
            policy(json!({ "includeUsers": [TOM] }), controls),
        )
        .await
        .created();
    assert_eq!(made["conditions"]["users"]["excludeUsers"], json!([]));
    assert_eq!(
        made["grantControls"]["authenticationStrength"]["displayName"],
        "Push only"
    );
    let id = made["id"].as_str().expect("an id").to_owned();
    let path = format!("{POLICIES}/{id}");
    let listed = desk
        .get(&format!("{POLICIES}?$filter=state eq 'enabled'"))
        .await;
    assert_eq!(listed["value"][0]["id"], id.as_str());

    // The whole `users` object takes the place of the present one.
    let exclusion = json!({
        "includeUsers": ["All"], "excludeUsers": [DANA],
        "excludeGuestsOrExternalUsers": {
            "guestOrExternalUserTypes": "b2bCollaborationGuest,serviceProvider",
            "externalTenants": { "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants", "membershipKind": "enumerated", "members": [bench::LARKSPUR] },
        },
    });
    let body = json!({ "state": "enabledForReportingButNotEnforced", "conditions": { "users": exclusion } });
    assert_eq!(
        desk.send(Method::PATCH, &path, body).await.status,
        StatusCode::NO_CONTENT
    );
    let present = desk.get(&path).await;
    assert_eq!(present["state"], "enabledForReportingButNotEnforced");
    assert_eq!(
        present["conditions"]["users"]["excludeGuestsOrExternalUsers"],
        exclusion["excludeGuestsOrExternalUsers"]
    );
    assert_eq!(
        present["conditions"]["applications"]["includeApplications"],
        json!(["All"])
    );
    let narrower = json!({ "conditions": { "users": { "includeUsers": ["All"] } } });
    assert_eq!(
        desk.send(Method::PATCH, &path, narrower).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        desk.get(&path).await["conditions"]["users"]["excludeUsers"],
        json!([])
    );

    let used = desk.bench.world(|world| {
        let tenant = world
            .tenant(&bench::LARKSPUR.parse().expect("an id"))
            .expect("Larkspur");
        tenant.strengths.len()
    });
    assert_eq!(used, 1);
    assert_eq!(
        desk.send(Method::DELETE, &path, Value::Null).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        desk.send(Method::DELETE, &one, Value::Null).await.status,
        StatusCode::NO_CONTENT
    );
    let methods = "/policies/authenticationMethodsPolicy";
    assert_eq!(
        desk.get(methods).await["authenticationMethodConfigurations"][0]["state"],
        "enabled"
    );
    let authenticator =
        format!("{methods}/authenticationMethodConfigurations/MicrosoftAuthenticator");
    assert_eq!(
        desk.get(&authenticator).await["id"],
        "MicrosoftAuthenticator"
    );
    assert_eq!(desk.get(DEFAULTS).await["isEnabled"], false);
    for on in [true, false] {
        let set = desk
            .send(Method::PATCH, DEFAULTS, json!({ "isEnabled": on }))
            .await;
        assert_eq!(set.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(desk.bench.live().await, before);
    desk.bench.stop().await;
    bench::check_traffic(&traffic);
}

#[tokio::test]
async fn security_defaults_and_policies_take_turns() {
    let desk = Desk::of(
        Bench::start_with(|options| {
            options.scenario = bench::scenario(&[(
                "partner = true\n",
                "partner = true\nsecurity_defaults = true\n",
            )]);
        })
        .await,
    )
    .await;
    let refused = desk
        .send(
            Method::POST,
            POLICIES,
            policy(json!({ "includeUsers": [TOM] }), mfa()),
        )
        .await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::BAD_REQUEST, "BadRequest")
    );
    assert_eq!(
        message(&refused),
        "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional Access policy."
    );
    let mut off = policy(json!({ "includeUsers": [TOM] }), mfa());
    off["state"] = json!("disabled");
    let made = desk.send(Method::POST, POLICIES, off).await.created();
    let path = format!("{POLICIES}/{}", made["id"].as_str().expect("an id"));
    let on = json!({ "state": "enabled" });
    assert_eq!(
        desk.send(Method::PATCH, &path, on.clone()).await.status,
        StatusCode::BAD_REQUEST
    );
    let defaults =
        |enabled: bool| desk.send(Method::PATCH, DEFAULTS, json!({ "isEnabled": enabled }));
    assert_eq!(defaults(false).await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        desk.send(Method::PATCH, &path, on).await.status,
        StatusCode::NO_CONTENT
    );
    // Back in the other order only.
    assert_eq!(defaults(true).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        desk.send(Method::DELETE, &path, Value::Null).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(defaults(true).await.status, StatusCode::NO_CONTENT);
    desk.bench.stop().await;
}

#[tokio::test]
async fn malformed_policies_get_one_short_answer() {
    let desk = Desk::of(Bench::start().await).await;
    let external = |tenants: Value| json!({ "includeUsers": ["All"], "excludeGuestsOrExternalUsers": { "guestOrExternalUserTypes": "serviceProvider", "externalTenants": tenants } });
    let everybody = || json!({ "includeUsers": ["All"] });
    let strength = |id: &str| json!({ "operator": "OR", "builtInControls": ["mfa"], "authenticationStrength": { "id": id } });
    let enumerated = "#microsoft.graph.conditionalAccessEnumeratedExternalTenants";
    for (users, controls) in [
        (
            json!({ "includeUsers": ["b1000000-0000-4000-8000-0000000000ff"] }),
            mfa(),
        ),
        (json!({ "includeGroups": [DANA] }), mfa()),
        (json!({ "includeRoles": [DANA] }), mfa()),
        (json!({}), mfa()),
        (json!({ "includeUsers": "All" }), mfa()),
        (json!({ "includeUser": ["All"] }), mfa()),
        (
            external(json!({ "membershipKind": "enumerated", "members": [DANA] })),
            mfa(),
        ),
        (
            external(
                json!({ "@odata.type": enumerated, "membershipKind": "enumerated", "members": [] }),
            ),
            mfa(),
        ),
        (
            external(
                json!({ "@odata.type": enumerated, "membershipKind": "all", "members": [DANA] }),
            ),
            mfa(),
        ),
        (
            json!({ "includeUsers": ["All"], "excludeGuestsOrExternalUsers": { "guestOrExternalUserTypes": "partner" } }),
            mfa(),
        ),
        (
            everybody(),
            json!({ "operator": "OR", "builtInControls": ["push"] }),
        ),
        (
            everybody(),
            json!({ "operator": "XOR", "builtInControls": ["mfa"] }),
        ),
        (
            everybody(),
            json!({ "operator": "OR", "builtInControls": [] }),
        ),
        // A strength and the plain second factor do not go together; an unknown strength goes with nothing.
        (
            everybody(),
            strength("00000000-0000-0000-0000-000000000002"),
        ),
        (
            everybody(),
            json!({ "operator": "OR", "authenticationStrength": { "id": DANA } }),
        ),
    ] {
        let said = format!("{users} {controls}");
        let refused = desk
            .send(Method::POST, POLICIES, policy(users, controls))
            .await;
        assert_eq!(
            refused.status,
            StatusCode::BAD_REQUEST,
            "{said} {}",
            refused.body
        );
        assert!(
            message(&refused).contains("malformed or incorrect"),
            "{said} {}",
            refused.body
        );
    }
    let mut state = policy(everybody(), mfa());
    state["state"] = json!("on");
    assert_eq!(
        desk.send(Method::POST, POLICIES, state).await.status,
        StatusCode::BAD_REQUEST
    );
    desk.bench.stop().await;
}

#[tokio::test]
async fn licence_role_scope_and_pace_are_kept() {
    let bench = Bench::start_with(|options| {
        options.scenario = bench::scenario(&[(
            "sku = \"SPB\"\nenabled = 10",
            "sku = \"O365_BUSINESS_PREMIUM\"\nenabled = 10",
        )]);
    })
    .await;
    let desk = Desk::of(bench).await;
    let body = || policy(json!({ "includeUsers": ["All"] }), mfa());
    let unlicensed = desk.send(Method::POST, POLICIES, body()).await;
    assert_eq!(unlicensed.status, StatusCode::FORBIDDEN);
    assert_eq!(
        message(&unlicensed),
        "Your tenant is not licensed for this feature."
    );
    desk.bench.stop().await;

    let bench = Bench::start().await;
    let half = bench.token(DANA, &["Policy.ReadWrite.ConditionalAccess"], false);
    let plain = bench.token(TOM, SCOPES, false);
    for token in [half, plain] {
        bench.advance(3).await;
        let refused = bench
            .call(Method::POST, POLICIES)
            .token(&token)
            .json(body())
            .send()
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    }
    let token = bench.token(DANA, SCOPES, false);
    bench.advance(3).await;
    let post = || {
        bench
            .call(Method::POST, POLICIES)
            .token(&token)
            .json(body())
            .send()
    };
    assert_eq!(post().await.status, StatusCode::CREATED);
    let early = post().await;
    assert_eq!(early.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(early.header("retry-after"), "");
    bench.stop().await;
}
