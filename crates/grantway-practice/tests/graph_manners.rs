//! Graph's manners over HTTP: tokens, permissions, headers, queries, batches, limits, faults.

use crate::bench;

use bench::{Bench, DANA, TOM};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const RELATIONSHIPS: &str = "/tenantRelationships/delegatedAdminRelationships";

fn message(body: &Value) -> &str {
    body["error"]["message"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn tokens_permissions_and_roles_are_checked() {
    let bench = Bench::start().await;
    let bare = bench
        .call(Method::GET, "/organization")
        .token("")
        .send()
        .await;
    assert_eq!(bare.status, StatusCode::UNAUTHORIZED);
    assert_eq!(bare.body["error"]["code"], "InvalidAuthenticationToken");
    assert!(
        bare.header("www-authenticate")
            .contains("authorization_uri=")
            && !bare
                .header("www-authenticate")
                .contains("insufficient_claims")
    );
    let wrong = bench
        .call(Method::GET, "/organization")
        .token("nonsense")
        .send()
        .await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);

    let narrow = bench.token(DANA, &["User.Read"], false);
    let denied = bench
        .call(Method::GET, "/groups")
        .token(&narrow)
        .send()
        .await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    assert_eq!(denied.body["error"]["code"], "Authorization_RequestDenied");
    assert_eq!(
        message(&denied.body),
        "Insufficient privileges to complete the operation."
    );

    let tom = bench.token(TOM, bench::ALL_SCOPES, false);
    for (method, path, body) in [
        (
            Method::POST,
            "/groups",
            json!({ "displayName": "x", "mailEnabled": false, "mailNickname": "x", "securityEnabled": true }),
        ),
        (Method::GET, RELATIONSHIPS, Value::Null),
        (
            Method::GET,
            "/policies/identitySecurityDefaultsEnforcementPolicy",
            Value::Null,
        ),
        (
            Method::GET,
            "/roleManagement/directory/roleAssignments",
            Value::Null,
        ),
    ] {
        let answer = bench
            .call(method, path)
            .token(&tom)
            .json_if(body)
            .send()
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(
        bench
            .call(Method::GET, "/me")
            .token(&tom)
            .send()
            .await
            .status,
        StatusCode::OK
    );

    bench.advance(2 * 3_600).await;
    assert_eq!(
        bench.get("/organization").await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn answers_carry_graphs_headers_and_error_form() {
    let bench = Bench::start().await;
    let asked = "7e2f0b0c-0000-4000-8000-000000000001";
    let answer = bench
        .call(Method::GET, "/groups/not-an-id")
        .header("client-request-id", asked)
        .send()
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        message(&answer.body),
        "Invalid object identifier 'not-an-id'."
    );
    assert_eq!(answer.header("client-request-id"), asked);
    assert_eq!(
        answer.header("request-id"),
        answer.text("/error/innerError/request-id")
    );
    assert_eq!(answer.text("/error/innerError/client-request-id"), asked);
    assert_eq!(answer.header("date"), "Fri, 01 May 2026 10:00:00 GMT");
    let missing = bench
        .get("/groups/00000000-0000-4000-8000-000000000000")
        .await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(
        message(&missing.body),
        "Resource '00000000-0000-4000-8000-000000000000' does not exist or one of its queried reference-property objects are not present."
    );
    assert_eq!(
        bench.get("/nothing/here").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        bench.delete("/organization").await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn lists_are_filtered_paged_and_trimmed() {
    let bench = Bench::start().await;
    let page = bench
        .get("/groups?$top=2&$select=displayName&$orderby=displayName")
        .await
        .ok();
    assert_eq!(
        page["value"],
        json!([{ "displayName": "AdminAgents" }, { "displayName": "HelpdeskAgents" }])
    );
    let next = page["@odata.nextLink"].as_str().expect("a next page");
    assert!(
        next.starts_with(&format!("{}/v1.0/groups?", bench.graph())),
        "{next}"
    );
    let rest = bench
        .get(next.split("/v1.0").nth(1).expect("a path"))
        .await
        .ok();
    assert_eq!(rest["value"], json!([{ "displayName": "SalesAgents" }]));
    assert!(rest.get("@odata.nextLink").is_none());
    for (path, code) in [
        ("/groups?$filter=nope eq 'x'", "BadRequest"),
        ("/groups?$filter=displayName eq", "BadRequest"),
        ("/groups?$filter=theme eq 'x'", "Request_UnsupportedQuery"),
        ("/groups?$select=nope", "BadRequest"),
        ("/groups?$top=1000", "Request_BadRequest"),
        ("/groups?$expand=members", "Request_UnsupportedQuery"),
        ("/groups?$skiptoken=zzz", "Request_BadRequest"),
        (
            "/subscribedSkus?$filter=skuId eq 'x'",
            "Request_UnsupportedQuery",
        ),
    ] {
        let answer = bench.get(path).await;
        assert_eq!(
            (answer.status, answer.body["error"]["code"].as_str()),
            (StatusCode::BAD_REQUEST, Some(code)),
            "{path}"
        );
    }
    let counted = bench
        .call(Method::GET, "/groups?$count=true")
        .header("consistencylevel", "eventual")
        .send()
        .await
        .ok();
    assert_eq!(counted["@odata.count"], 3);
}

#[tokio::test]
async fn batches_answer_each_part_by_itself() {
    let bench = Bench::start().await;
    let rules = json!({ "rules": [{ "match": { "service": "graph", "path": "/v1.0/domains" }, "action": { "throttle": { "retry_after": 7 } } }] });
    bench.faults(rules).await;
    let body = json!({ "requests": [
        { "id": "1", "method": "GET", "url": "/organization?$select=id" },
        { "id": "2", "method": "GET", "url": "domains" },
        { "id": "3", "method": "GET", "url": "/users/nobody@larkspur-it.example" },
        { "id": "4", "method": "GET", "url": "/me", "dependsOn": ["3"] },
        { "id": "5", "method": "GET", "url": "/me", "dependsOn": ["1"] },
        { "id": "6", "method": "POST", "url": "/groups", "body": {} },
    ] });
    let answer = bench.post("/$batch", body).await;
    assert_eq!(answer.status, StatusCode::OK);
    let responses = answer.body["responses"]
        .as_array()
        .expect("answers")
        .clone();
    let of = |id: &str| {
        responses
            .iter()
            .find(|response| response["id"] == id)
            .expect("an answer")
            .clone()
    };
    assert_eq!(of("1")["status"], 200);
    assert_eq!(
        (
            of("2")["status"].clone(),
            of("2")["headers"]["Retry-After"].clone()
        ),
        (json!(429), json!("7"))
    );
    assert_eq!(of("3")["status"], 404);
    assert_eq!(of("4")["status"], 424);
    assert_eq!(of("5")["body"]["displayName"], "Dana Whitfield");
    assert_eq!(of("6")["status"], 400);
    assert_ne!(responses[0]["id"], "1");

    let twice = json!({ "requests": [{ "id": "a", "method": "GET", "url": "/me" }, { "id": "A", "method": "GET", "url": "/me" }] });
    assert_eq!(
        bench.post("/$batch", twice).await.status,
        StatusCode::BAD_REQUEST
    );
    let many: Vec<Value> = (0..21)
        .map(|id| json!({ "id": id.to_string(), "method": "GET", "url": "/me" }))
        .collect();
    assert_eq!(
        bench
            .post("/$batch", json!({ "requests": many }))
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn conditional_access_takes_one_call_a_second() {
    let bench = Bench::start().await;
    assert_eq!(
        bench
            .get("/identity/conditionalAccess/policies")
            .await
            .status,
        StatusCode::OK
    );
    let second = bench.get("/identity/conditionalAccess/policies").await;
    assert_eq!(second.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(second.header("retry-after"), "");
    bench.advance(1).await;
    assert_eq!(
        bench
            .get("/identity/conditionalAccess/policies")
            .await
            .status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn claims_are_challenged_only_where_they_are_understood() {
    let bench = Bench::start().await;
    bench
        .faults(
            json!({ "rules": [{ "match": { "service": "graph" }, "action": "claims_challenge" }] }),
        )
        .await;
    assert_eq!(bench.get("/me").await.status, StatusCode::OK);
    let token = bench.token(DANA, bench::ALL_SCOPES, true);
    let challenged = bench.call(Method::GET, "/me").token(&token).send().await;
    assert_eq!(challenged.status, StatusCode::UNAUTHORIZED);
    let header = challenged.header("www-authenticate");
    assert!(
        header.contains("error=\"insufficient_claims\"") && header.contains("claims=\""),
        "{header}"
    );
}

#[tokio::test]
async fn lost_answers_were_committed_and_stale_reads_show_the_past() {
    let bench = Bench::start().await;
    bench.faults(json!({ "rules": [{ "match": { "service": "graph", "method": "POST", "path": "/v1.0/groups" }, "action": "drop_after_commit" }] })).await;
    let body = json!({ "displayName": "Lost", "mailEnabled": false, "mailNickname": "lost", "securityEnabled": true });
    bench
        .call(Method::POST, "/groups")
        .json(body.clone())
        .try_send()
        .await
        .expect_err("no answer");
    let log = bench.control("/_practice/log").await;
    let entry = log
        .as_array()
        .and_then(|log| log.last())
        .expect("an entry")
        .clone();
    assert_eq!(
        (
            entry["committed"].clone(),
            entry["status"].clone(),
            entry["user"].clone()
        ),
        (json!(true), json!(201), json!(DANA))
    );
    bench.advance(5).await;
    let found = bench
        .get("/groups?$filter=displayName eq 'Lost'")
        .await
        .ok();
    let id = found["value"][0]["id"]
        .as_str()
        .expect("the group")
        .to_owned();

    bench.clear_faults().await;
    bench.faults(json!({ "rules": [{ "match": { "service": "graph", "path": "/v1.0/groups" }, "action": { "stale": { "seconds": 60 } } }] })).await;
    assert_eq!(
        bench.delete(&format!("/groups/{id}")).await.status,
        StatusCode::NO_CONTENT
    );
    bench.advance(10).await;
    assert_eq!(
        bench
            .get("/groups?$filter=displayName eq 'Lost'")
            .await
            .ok()["value"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    bench.advance(60).await;
    assert_eq!(
        bench
            .get("/groups?$filter=displayName eq 'Lost'")
            .await
            .ok()["value"]
            .as_array()
            .map(Vec::len),
        Some(0)
    );
}
