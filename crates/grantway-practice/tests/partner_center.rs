//! Partner Center's application consents, and every way in which they are refused.

use crate::bench;

use bench::{ALDER, Answer, Bench, CLIENT, DANA, TOM};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const EXCHANGE: &str = "00000002-0000-0ff1-ce00-000000000000";

fn consents(customer: &str) -> String {
    format!("/customers/{customer}/applicationconsents")
}

fn body(resource: &str, scope: &str) -> Value {
    json!({
        "applicationId": CLIENT,
        "displayName": "Grantway (practice)",
        "applicationGrants": [{ "enterpriseApplicationId": resource, "scope": scope }],
    })
}

async fn reaching() -> Bench {
    Bench::start_with(|options| options.scenario = bench::reaching_alder(&[])).await
}

async fn post(bench: &Bench, token: &str, customer: &str, body: Value) -> Answer {
    bench
        .partner_call(Method::POST, &consents(customer))
        .token(token)
        .json(body)
        .send()
        .await
}

#[tokio::test]
async fn a_consent_opens_the_customer_and_its_end_leaves_the_principal() {
    let bench = reaching().await;
    let token = bench.partner_token(DANA, true);
    let made = post(
        &bench,
        &token,
        ALDER,
        body(GRAPH, "User.Read, directory.read.all"),
    )
    .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    bench.advance(5).await;
    let refresh = bench.refresh_token(DANA, true);
    let scope = "offline_access https://graph.microsoft.com/.default";
    let granted = bench.redeem(ALDER, &refresh, scope).await;
    assert_eq!(granted.status, StatusCode::OK, "{}", granted.body);
    let graph = granted.text("/access_token");
    let read = |path: String| bench.call(Method::GET, &path).token(&graph).send();
    let principal = read(format!("/servicePrincipals(appId='{CLIENT}')"))
        .await
        .ok();
    let id = principal["id"].as_str().expect("an id").to_owned();
    let grants = read(format!("/servicePrincipals/{id}/oauth2PermissionGrants"))
        .await
        .ok();
    assert_eq!(grants["value"][0]["consentType"], "AllPrincipals");
    assert_eq!(grants["value"][0]["scope"], "User.Read Directory.Read.All");

    let list = |method| {
        bench
            .partner_call(method, &consents(ALDER))
            .token(&token)
            .send()
    };
    let shown = list(Method::GET).await.ok();
    assert_eq!(shown["totalCount"], 1);
    assert_eq!(
        shown["items"][0]["applicationGrants"][0]["scope"],
        "User.Read, Directory.Read.All"
    );
    let again = post(&bench, &token, ALDER, body(GRAPH, "User.Read")).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    // Another resource comes with a call of its own.
    let lacking = post(&bench, &token, ALDER, body(EXCHANGE, "Exchange.Manage")).await;
    assert_eq!(lacking.status, StatusCode::BAD_REQUEST);
    assert!(
        lacking
            .text("/description")
            .contains("lacks a service principal")
    );

    let one = format!("{}/{CLIENT}", consents(ALDER));
    let call = |method, path: &str| bench.partner_call(method, path).token(&token).send();
    assert_eq!(call(Method::GET, &one).await.status, StatusCode::OK);
    assert_eq!(
        call(Method::DELETE, &one).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        call(Method::DELETE, &one).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        read(format!("/servicePrincipals(appId='{CLIENT}')"))
            .await
            .status,
        StatusCode::OK
    );
    assert_eq!(bench.redeem(ALDER, &refresh, scope).await.aadsts(), 65001);
    bench.stop().await;
}

#[tokio::test]
async fn a_request_that_is_sent_again_is_answered_again() {
    let bench = reaching().await;
    let token = bench.partner_token(DANA, true);
    let send = |id: &'static str| {
        bench
            .partner_call(Method::POST, &consents(ALDER))
            .token(&token)
            .header("ms-requestid", id)
            .json(body(GRAPH, "User.Read"))
            .send()
    };
    let first = send("a").await;
    let second = send("a").await;
    assert_eq!(
        (first.status, second.status),
        (StatusCode::CREATED, StatusCode::CREATED)
    );
    assert_eq!(first.body, second.body);
    assert_eq!(send("b").await.status, StatusCode::CONFLICT);
    bench.stop().await;
}

#[tokio::test]
async fn refusals_name_what_is_missing() {
    let bench = reaching().await;
    let grant = || body(GRAPH, "User.Read");
    let anonymous = post(&bench, "", ALDER, grant()).await;
    assert_eq!(anonymous.status, StatusCode::UNAUTHORIZED);
    let for_graph = bench.token(DANA, &["User.Read"], false);
    assert_eq!(
        post(&bench, &for_graph, ALDER, grant()).await.status,
        StatusCode::UNAUTHORIZED
    );
    let without_phone = bench.partner_token(DANA, false);
    let refused = post(&bench, &without_phone, ALDER, grant()).await;
    assert_eq!(
        (refused.status, refused.body["code"].as_u64()),
        (StatusCode::UNAUTHORIZED, Some(900_421))
    );
    // Tom is no admin agent.
    let tom = bench.partner_token(TOM, true);
    assert_eq!(
        post(&bench, &tom, ALDER, grant()).await.status,
        StatusCode::FORBIDDEN
    );
    let dana = bench.partner_token(DANA, true);
    // No role in Brackwater: no group of Dana's holds one.
    let brackwater = "3f2e3d4c-5b6a-4978-8695-a4b3c2d1e003";
    assert_eq!(
        post(&bench, &dana, brackwater, grant()).await.status,
        StatusCode::FORBIDDEN
    );
    let unknown = "9f2e3d4c-5b6a-4978-8695-a4b3c2d1e999";
    assert_eq!(
        post(&bench, &dana, unknown, grant()).await.status,
        StatusCode::NOT_FOUND
    );
    let mut other_app = grant();
    other_app["applicationId"] = json!("5c0b7a61-8e2d-4f3a-b1c4-9d7e6f5a4b03");
    assert_eq!(
        post(&bench, &dana, ALDER, other_app).await.status,
        StatusCode::BAD_REQUEST
    );
    let wrong_scope = post(&bench, &dana, ALDER, body(GRAPH, "User.Eat")).await;
    assert_eq!(wrong_scope.status, StatusCode::BAD_REQUEST);
    for broken in [
        json!([]),
        json!({ "applicationId": CLIENT }),
        json!({ "applicationId": CLIENT, "applicationGrants": [] }),
    ] {
        assert_eq!(
            post(&bench, &dana, ALDER, broken).await.status,
            StatusCode::BAD_REQUEST
        );
    }
    bench.stop().await;
}

#[tokio::test]
async fn an_indirect_reseller_is_refused_without_a_word() {
    let bench = Bench::start_with(|options| {
        options.scenario = bench::reaching_alder(&[(
            "partner = true\n",
            "partner = true\nindirect_reseller = true\n",
        )]);
    })
    .await;
    let token = bench.partner_token(DANA, true);
    let refused = post(&bench, &token, ALDER, body(GRAPH, "User.Read")).await;
    assert_eq!(
        (refused.status, refused.body),
        (StatusCode::FORBIDDEN, Value::Null)
    );
    bench.stop().await;
}

#[tokio::test]
async fn a_customer_that_partner_center_does_not_know_is_not_found() {
    let bench = Bench::start_with(|options| {
        options.scenario = bench::reaching_alder(&[(
            "domain = \"alder-dental.example\"\n",
            "domain = \"alder-dental.example\"\nknown_to_partner_center = false\n",
        )]);
    })
    .await;
    let token = bench.partner_token(DANA, true);
    assert_eq!(
        post(&bench, &token, ALDER, body(GRAPH, "User.Read"))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    bench.stop().await;
}
