//! Tokens in a customer's tenant: through a relationship, as a guest, and everything that stands in the way.

use crate::bench;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bench::{ALDER, Answer, Bench, CLIENT, CUSTOMER_RELATIONSHIP, DANA, TOM};
use grantway_practice::ScenarioSource;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const SECOND: &str = "[[relationship]]\nid = \"c1000000-0000-4000-8000-000000000002-d1000000-0000-4000-8000-000000000002\"";
const SCOPE: &str = "openid offline_access https://graph.microsoft.com/.default";

/// Dana's group holds the roles of the relationship with Alder, and the app is consented there with these scopes.
fn reachable(scopes: &[&str], alder: &str) -> ScenarioSource {
    let scopes: Vec<String> = scopes.iter().map(|scope| format!("\"{scope}\"")).collect();
    let consent = format!(
        "domain = \"alder-dental.example\"\nconsented = [{{ client_id = \"{CLIENT}\", scopes = [{}] }}]\n{alder}",
        scopes.join(", ")
    );
    let assigned = format!("[[relationship.assignment]]\ngroup = \"AdminAgents\"\n\n{SECOND}");
    bench::scenario(&[
        ("domain = \"alder-dental.example\"\n", &consent),
        (SECOND, &assigned),
    ])
}

async fn start(scenario: ScenarioSource) -> Bench {
    Bench::start_with(|options| options.scenario = scenario).await
}

fn claims(answer: &Answer) -> Value {
    let token = answer.text("/access_token");
    let claims = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).expect("base64")).expect("JSON")
}

fn policy(users: &str, controls: &str) -> String {
    format!(
        "[[tenant.policy]]\nid = \"e2000000-0000-4000-8000-000000000001\"\nname = \"Policy\"\nstate = \"enabled\"\n\
         conditions = {{ clientAppTypes = [\"all\"], applications = {{ includeApplications = [\"All\"] }}, users = {users} }}\n{controls}\n"
    )
}

#[tokio::test]
async fn one_refresh_token_serves_a_customer_and_its_token_carries_the_relationships_roles() {
    let bench = start(reachable(
        &["Organization.Read.All", "User.Read", "User.Read.All"],
        "",
    ))
    .await;
    let refresh = bench.refresh_token(DANA, true);
    let answer = bench
        .redeem(
            ALDER,
            &refresh,
            "offline_access https://graph.microsoft.com/User.Read.All",
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    // All grants, not only what was asked.
    let graph = "https://graph.microsoft.com";
    assert_eq!(
        answer.text("/scope"),
        format!("{graph}/Organization.Read.All {graph}/User.Read {graph}/User.Read.All")
    );
    let claims = claims(&answer);
    assert_eq!(claims["tid"], ALDER);
    assert_eq!(claims["wids"].as_array().map(Vec::len), Some(10));
    assert_eq!(claims["amr"], json!(["pwd", "mfa"]));
    let token = answer.text("/access_token");
    let get = |path: &'static str| bench.call(Method::GET, path).token(&token).send();
    let organization = get("/organization").await.ok();
    assert_eq!(organization["value"][0]["displayName"], "Alder Dental");
    assert_eq!(get("/users").await.status, StatusCode::OK);
    for path in ["/me", "/me/memberOf", "/me/transitiveMemberOf"] {
        assert_eq!(get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    // The scope is not there.
    assert_eq!(get("/subscribedSkus").await.status, StatusCode::OK);
    assert_eq!(get("/groups").await.status, StatusCode::FORBIDDEN);
    // The relationship ends: the token is still good and holds no role any more.
    bench.world(|world| {
        let now = "2026-05-01T10:00:00Z".parse().expect("a date");
        world
            .relationships
            .get_mut(CUSTOMER_RELATIONSHIP)
            .expect("the relationship")
            .terminate(now);
    });
    assert_eq!(get("/users").await.status, StatusCode::FORBIDDEN);
    bench.stop().await;
}

#[tokio::test]
async fn role_missing_from_the_relationship_refuses_what_the_scope_allows() {
    let bench = start(reachable(&["User.ReadWrite.All"], "")).await;
    let token = bench.foreign_token(DANA, ALDER, &["User.ReadWrite.All", "Group.ReadWrite.All"]);
    bench.world(|world| {
        let relationship = world
            .relationships
            .get_mut(CUSTOMER_RELATIONSHIP)
            .expect("there");
        let reader = "5d6b6bb7-de71-4623-b4af-96380a352509"
            .parse()
            .expect("an id");
        for assignment in relationship.assignments.values_mut() {
            assignment.roles = vec![reader];
        }
    });
    let group = json!({ "displayName": "x", "mailEnabled": false, "mailNickname": "x", "securityEnabled": true });
    let refused = bench
        .call(Method::POST, "/groups")
        .token(&token)
        .json(group)
        .send()
        .await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::FORBIDDEN, "Authorization_RequestDenied")
    );
    assert_eq!(
        bench
            .call(Method::GET, "/users")
            .token(&token)
            .send()
            .await
            .status,
        StatusCode::OK
    );
    bench.stop().await;
}

#[tokio::test]
async fn not_consented_yet_has_its_faces() {
    let assigned = format!("[[relationship.assignment]]\ngroup = \"AdminAgents\"\n\n{SECOND}");
    let bench = start(bench::scenario(&[(SECOND, &assigned)])).await;
    let refresh = bench.refresh_token(DANA, true);
    assert_eq!(bench.redeem(ALDER, &refresh, SCOPE).await.aadsts(), 700016);
    bench.stop().await;

    let bench = start(reachable(&[], "")).await;
    let refresh = bench.refresh_token(DANA, true);
    let refused = bench.redeem(ALDER, &refresh, SCOPE).await;
    assert_eq!(refused.aadsts(), 65001);
    assert_eq!(refused.text("/suberror"), "consent_required");
    let exchange = bench
        .redeem(ALDER, &refresh, "https://outlook.office365.com/.default")
        .await;
    assert_eq!(exchange.aadsts(), 500011);
    bench.stop().await;
}

#[tokio::test]
async fn without_a_working_relationship_the_account_is_a_stranger() {
    let bench = start(reachable(&["User.Read"], "")).await;
    // Tom is in no group that holds a role.
    let tom = bench.refresh_token(TOM, true);
    assert_eq!(bench.redeem(ALDER, &tom, SCOPE).await.aadsts(), 50020);
    let dana = bench.refresh_token(DANA, true);
    assert_eq!(
        bench.redeem(ALDER, &dana, SCOPE).await.status,
        StatusCode::OK
    );
    bench.world(|world| world.relationships.remove(CUSTOMER_RELATIONSHIP));
    assert_eq!(bench.redeem(ALDER, &dana, SCOPE).await.aadsts(), 50034);
    bench.stop().await;
}

#[tokio::test]
async fn a_guest_twin_displaces_the_relationships_roles() {
    let twin = "[[tenant.user]]\nid = \"b2000000-0000-4000-8000-000000000009\"\nupn = \"dana.guest@alder-dental.example\"\n\
                name = \"Dana Whitfield\"\npassword = \"unused\"\nguest_of = \"dana@larkspur-it.example\"\n";
    let bench = start(reachable(&["User.Read", "User.Read.All"], twin)).await;
    let refresh = bench.refresh_token(DANA, true);
    let answer = bench.redeem(ALDER, &refresh, SCOPE).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let claims = claims(&answer);
    assert_eq!(claims.get("wids"), None);
    assert_eq!(claims["acct"], 1);
    assert_eq!(claims["oid"], "b2000000-0000-4000-8000-000000000009");
    let token = answer.text("/access_token");
    let me = bench
        .call(Method::GET, "/me")
        .token(&token)
        .send()
        .await
        .ok();
    assert_eq!(me["id"], "b2000000-0000-4000-8000-000000000009");
    let users = bench.call(Method::GET, "/users").token(&token).send().await;
    assert_eq!(users.status, StatusCode::FORBIDDEN);
    bench.stop().await;
}

#[tokio::test]
async fn conditional_access_of_the_customer_decides() {
    let everybody = "{ includeUsers = [\"All\"] }";
    let spared = format!(
        "{{ includeUsers = [\"All\"], excludeGuestsOrExternalUsers = {{ guestOrExternalUserTypes = \"b2bCollaborationGuest,serviceProvider\", \
         externalTenants = {{ \"@odata.type\" = \"#microsoft.graph.conditionalAccessEnumeratedExternalTenants\", membershipKind = \"enumerated\", members = [\"{}\"] }} }} }}",
        bench::LARKSPUR
    );
    let block = "grant_controls = { operator = \"OR\", builtInControls = [\"block\"] }";
    let mfa = "grant_controls = { operator = \"OR\", builtInControls = [\"mfa\"] }";
    let device = "grant_controls = { operator = \"OR\", builtInControls = [\"compliantDevice\"] }";
    let either =
        "grant_controls = { operator = \"OR\", builtInControls = [\"compliantDevice\", \"mfa\"] }";
    let both = "grant_controls = { operator = \"AND\", builtInControls = [\"mfa\", \"domainJoinedDevice\"] }";
    let custom =
        "grant_controls = { operator = \"OR\", customAuthenticationFactors = [\"Other\"] }";
    let strength = "grant_controls = { operator = \"OR\", authenticationStrength = { id = \"00000000-0000-0000-0000-000000000004\" } }";
    let frequency = "session_controls = { signInFrequency = { isEnabled = true, type = \"hours\", value = 4, frequencyInterval = \"timeBased\" } }";
    let bound = "session_controls = { secureSignInSession = { isEnabled = true } }";
    for (users, controls, expected) in [
        (everybody, block, 53003),
        (spared.as_str(), block, 0),
        (everybody, mfa, 0),
        (everybody, device, 53000),
        (everybody, either, 0),
        (everybody, both, 53001),
        (everybody, custom, 50177),
        (everybody, strength, 53003),
        (everybody, frequency, 50178),
        (spared.as_str(), frequency, 0),
        (everybody, bound, 530084),
        (
            "{ includeGuestsOrExternalUsers = { guestOrExternalUserTypes = \"serviceProvider\", externalTenants = { membershipKind = \"all\" } } }",
            block,
            53003,
        ),
        (
            "{ includeRoles = [\"29232cdf-9323-42fd-ade2-1d097af3e4de\"] }",
            block,
            53003,
        ),
        (
            "{ includeRoles = [\"62e90394-69f5-4237-9190-012177145e10\"] }",
            block,
            0,
        ),
        ("{ includeUsers = [\"None\"] }", block, 0),
    ] {
        let bench = start(reachable(&["User.Read"], &policy(users, controls))).await;
        let refresh = bench.refresh_token(DANA, true);
        let answer = bench.redeem(ALDER, &refresh, SCOPE).await;
        assert_eq!(
            answer.aadsts(),
            expected,
            "{users} {controls} {}",
            answer.body
        );
        bench.stop().await;
    }
}

#[tokio::test]
async fn a_sign_in_without_the_phone_is_asked_for_more() {
    let mfa = "grant_controls = { operator = \"OR\", builtInControls = [\"mfa\"] }";
    let bench = start(reachable(
        &["User.Read"],
        &policy("{ includeUsers = [\"All\"] }", mfa),
    ))
    .await;
    let refresh = bench.refresh_token(DANA, false);
    let refused = bench.redeem(ALDER, &refresh, SCOPE).await;
    assert_eq!(refused.aadsts(), 50076);
    let claims: Value = serde_json::from_str(&refused.text("/claims")).expect("JSON");
    assert_eq!(
        claims["access_token"]["capolids"]["values"][0],
        "e2000000-0000-4000-8000-000000000001"
    );
    bench.world(|world| {
        let tenant = world
            .tenant_mut(&ALDER.parse().expect("an id"))
            .expect("Alder");
        for policy in tenant.conditional_access.values_mut() {
            policy.state = "enabledForReportingButNotEnforced".to_owned();
        }
    });
    assert_eq!(
        bench.redeem(ALDER, &refresh, SCOPE).await.status,
        StatusCode::OK
    );
    bench.stop().await;
}

#[tokio::test]
async fn a_disabled_or_assigned_only_app_is_refused() {
    let bench = start(reachable(&["User.Read"], "")).await;
    let refresh = bench.refresh_token(DANA, true);
    let change = |enabled: bool, required: bool| {
        bench.world(|world| {
            let tenant = world
                .tenant_mut(&ALDER.parse().expect("an id"))
                .expect("Alder");
            let app = |id: &uuid::Uuid| id.to_string() == CLIENT;
            for principal in tenant
                .service_principals
                .values_mut()
                .filter(|sp| app(&sp.app_id))
            {
                principal.enabled = enabled;
                principal.assignment_required = required;
            }
        });
    };
    change(false, false);
    assert_eq!(bench.redeem(ALDER, &refresh, SCOPE).await.aadsts(), 7000112);
    change(true, true);
    assert_eq!(bench.redeem(ALDER, &refresh, SCOPE).await.aadsts(), 50105);
    bench.stop().await;
}

#[tokio::test]
async fn revoked_sign_ins_end_refresh_tokens_and_challenge_who_understands() {
    let bench = Bench::start().await;
    let refresh = bench.refresh_token(DANA, true);
    let (plain, watched) = (
        bench.token(DANA, &["User.Read"], false),
        bench.token(DANA, &["User.Read"], true),
    );
    let all = bench.token(DANA, &["User.RevokeSessions.All"], false);
    let revoked = bench
        .call(Method::POST, &format!("/users/{DANA}/revokeSignInSessions"))
        .token(&all)
        .send()
        .await;
    assert_eq!(revoked.ok()["value"], true);
    bench.advance(2).await;
    assert_eq!(
        bench
            .redeem(bench::LARKSPUR, &refresh, SCOPE)
            .await
            .aadsts(),
        50173
    );
    let me = |token: &str| bench.call(Method::GET, "/me").token(token).send();
    assert_eq!(me(&plain).await.status, StatusCode::OK);
    let challenged = me(&watched).await;
    assert_eq!(challenged.status, StatusCode::UNAUTHORIZED);
    assert!(
        challenged
            .header("www-authenticate")
            .contains("error=\"insufficient_claims\"")
    );
    bench.stop().await;
}

#[tokio::test]
async fn sign_in_frequency_ends_a_refresh_token_at_home() {
    let bench = Bench::start_with(|options| {
        let frequency = policy(
            "{ includeUsers = [\"All\"] }",
            "session_controls = { signInFrequency = { isEnabled = true, type = \"hours\", value = 4, frequencyInterval = \"timeBased\" } }",
        );
        let consent = format!(
            "partner = true\nconsented = [{{ client_id = \"{CLIENT}\", scopes = [\"User.Read\"] }}]\n"
        );
        options.scenario = bench::scenario(&[
            ("partner = true\n", &consent),
            ("# ---- The customers\n", &frequency),
        ]);
    })
    .await;
    let refresh = bench.refresh_token(DANA, true);
    let redeem = || bench.redeem(bench::LARKSPUR, &refresh, SCOPE);
    assert_eq!(redeem().await.status, StatusCode::OK);
    bench.advance(4 * 3_600 + 1).await;
    assert_eq!(redeem().await.aadsts(), 70043);
    bench.stop().await;
}

#[tokio::test]
async fn contracts_name_customers_without_a_relationship_too() {
    let bench = Bench::start().await;
    bench.world(|world| world.relationships.remove(CUSTOMER_RELATIONSHIP));
    let token = bench.token(DANA, &["Directory.Read.All"], false);
    let get = |path: String| bench.call(Method::GET, &path).token(&token).send();
    let listed = get("/contracts?$top=2".into()).await.ok();
    assert_eq!(listed["value"].as_array().map(Vec::len), Some(2));
    assert_eq!(listed["value"][0]["customerId"], ALDER);
    assert_eq!(
        listed["value"][0]["defaultDomainName"],
        "alder-dental.example"
    );
    let next = listed["@odata.nextLink"]
        .as_str()
        .expect("a link")
        .to_owned();
    let rest = get(next.split("/v1.0").nth(1).expect("a path").to_owned())
        .await
        .ok();
    assert_eq!(rest["value"].as_array().map(Vec::len), Some(1));
    let id = listed["value"][0]["id"].as_str().expect("an id");
    assert_eq!(
        get(format!("/contracts/{id}")).await.ok()["customerId"],
        ALDER
    );
    bench.stop().await;
}
