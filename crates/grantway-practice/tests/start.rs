//! Starting, the host check, the control API, faults on the wire and the state file, over HTTP.

use std::time::Duration;

use grantway_practice::{ClockMode, Options, Practice, ScenarioSource};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

async fn start(options: Options) -> Practice {
    Practice::start(Options {
        seed: Some(7),
        clock: frozen(),
        ..options
    })
    .await
    .expect("a practice cloud")
}

fn frozen() -> ClockMode {
    ClockMode::Frozen {
        at: "2026-05-01T10:00:00Z".parse().expect("a date"),
    }
}

fn client() -> Client {
    Client::builder().no_proxy().build().expect("a client")
}

async fn get(practice: &Practice, path: &str) -> reqwest::Response {
    let control = practice.control();
    client()
        .get(format!("{}{path}", control.url))
        .bearer_auth(&control.token)
        .send()
        .await
        .expect("an answer")
}

async fn post(practice: &Practice, path: &str, body: Value) -> reqwest::Response {
    let control = practice.control();
    client()
        .post(format!("{}{path}", control.url))
        .bearer_auth(&control.token)
        .json(&body)
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn cloud_file_names_every_service() {
    let practice = start(Options::default()).await;
    let cloud = practice.cloud();
    let table: toml::Table = cloud.to_toml().parse().expect("TOML");
    for key in [
        "id",
        "kind",
        "name",
        "login",
        "graph",
        "client_id",
        "sign_in_hosts",
        "portals",
        "control",
    ] {
        assert!(table.contains_key(key), "{key}");
    }
    assert!(cloud.login.starts_with("http://127.0.0.1:"));
    assert_ne!(cloud.login, cloud.graph);
    practice.shutdown().await;
}

#[tokio::test]
async fn control_wants_its_token_and_its_host() {
    let practice = start(Options::default()).await;
    let url = format!("{}/_practice/info", practice.control().url);
    assert_eq!(
        client().get(&url).send().await.expect("an answer").status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        client()
            .get(&url)
            .bearer_auth("wrong")
            .send()
            .await
            .expect("an answer")
            .status(),
        StatusCode::UNAUTHORIZED
    );
    let rebound = client()
        .get(&url)
        .bearer_auth(&practice.control().token)
        .header("host", "evil.example");
    assert_eq!(
        rebound.send().await.expect("an answer").status(),
        StatusCode::FORBIDDEN
    );
    let info: Value = get(&practice, "/_practice/info")
        .await
        .json()
        .await
        .expect("JSON");
    assert_eq!(info["scenario"], "in-order");
}

#[tokio::test]
async fn clock_moves_on_and_never_back() {
    let practice = start(Options::default()).await;
    let clock: Value = post(
        &practice,
        "/_practice/clock",
        json!({ "advance_seconds": 900 }),
    )
    .await
    .json()
    .await
    .expect("JSON");
    assert_eq!(
        clock,
        json!({ "now": "2026-05-01T10:15:00Z", "mode": "frozen" })
    );
    // A client that waits a tenth of a second sees it pass.
    let tenth = json!({ "to": "2026-05-01T10:15:00.1Z" });
    let clock: Value = post(&practice, "/_practice/clock", tenth)
        .await
        .json()
        .await
        .expect("JSON");
    assert_eq!(clock["now"], "2026-05-01T10:15:00.1Z");
    let back = post(
        &practice,
        "/_practice/clock",
        json!({ "to": "2026-05-01T10:00:00Z" }),
    )
    .await;
    assert_eq!(back.status(), StatusCode::CONFLICT);
    let unclear = post(&practice, "/_practice/clock", json!({})).await;
    assert_eq!(unclear.status(), StatusCode::BAD_REQUEST);
    assert!(
        unclear.json::<Value>().await.expect("JSON")["error"]["message"]
            .as_str()
            .is_some_and(|text| text.contains("advance_seconds"))
    );
}

#[tokio::test]
async fn people_and_scenarios_are_listed() {
    let practice = start(Options::default()).await;
    let people: Vec<Value> = get(&practice, "/_practice/people")
        .await
        .json()
        .await
        .expect("JSON");
    let dana = people
        .iter()
        .find(|person| person["upn"] == "dana@larkspur-it.example")
        .expect("Dana");
    assert_eq!(dana["tenant_name"], "Larkspur Managed IT");
    assert_eq!(dana["has_authenticator"], true);
    assert!(
        people.iter().any(
            |person| person["upn"] == "pat@vendor-portal.example" && person["tenant"].is_null()
        )
    );
    let scenarios: Vec<Value> = get(&practice, "/_practice/scenarios")
        .await
        .json()
        .await
        .expect("JSON");
    assert!(
        scenarios.len() >= 7
            && scenarios
                .iter()
                .all(|scenario| scenario["teaches"].is_string())
    );
}

#[tokio::test]
async fn reset_goes_back_or_to_another_scenario() {
    let practice = start(Options::default()).await;
    let before: Value = get(&practice, "/_practice/state")
        .await
        .json()
        .await
        .expect("JSON");
    let tenant = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001"
        .parse()
        .expect("an id");
    practice.inner().write(|world| {
        world
            .tenant_mut(&tenant)
            .expect("the provider")
            .security_defaults = true
    });
    let changed: Value = get(&practice, "/_practice/state")
        .await
        .json()
        .await
        .expect("JSON");
    assert_ne!(before["live"], changed["live"]);
    assert_eq!(
        post(&practice, "/_practice/reset", json!({}))
            .await
            .status(),
        StatusCode::OK
    );
    let again: Value = get(&practice, "/_practice/state")
        .await
        .json()
        .await
        .expect("JSON");
    assert_eq!(
        again["live"]["tenants"][tenant.to_string()]["users"],
        before["live"]["tenants"][tenant.to_string()]["users"]
    );
    let info: Value = post(
        &practice,
        "/_practice/reset",
        json!({ "scenario": "p1-missing" }),
    )
    .await
    .json()
    .await
    .expect("JSON");
    assert_eq!(info["scenario"], "p1-missing");
    assert_eq!(
        post(&practice, "/_practice/reset", json!({ "scenario": "nope" }))
            .await
            .status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn dropped_and_cut_answers_fail_at_the_client() {
    let practice = start(Options::default()).await;
    let graph = format!("{}/v1.0/organization", practice.cloud().graph);
    let rules = json!({ "rules": [
        { "match": { "service": "graph", "nth": 1 }, "action": "drop_before" },
        { "match": { "service": "graph", "nth": 2 }, "action": { "drop_after_commit": {} } },
        { "match": { "service": "graph", "nth": 3 }, "action": { "cut_body": {} } },
        { "match": { "service": "graph", "nth": 4 }, "action": { "hang": {} } },
    ] });
    assert_eq!(
        post(&practice, "/_practice/faults", rules).await.status(),
        StatusCode::OK
    );
    for _ in 0..2 {
        let client = Client::builder()
            .no_proxy()
            .pool_max_idle_per_host(0)
            .build()
            .expect("a client");
        client.get(&graph).send().await.expect_err("no answer");
    }
    let cut = client().get(&graph).send().await.expect("headers");
    cut.bytes().await.expect_err("a body that breaks off");
    let patient = Client::builder()
        .no_proxy()
        .timeout(Duration::from_millis(300))
        .build()
        .expect("a client");
    assert!(
        patient
            .get(&graph)
            .send()
            .await
            .expect_err("no answer")
            .is_timeout()
    );
    let log: Vec<Value> = get(&practice, "/_practice/log")
        .await
        .json()
        .await
        .expect("JSON");
    let faults: Vec<&str> = log
        .iter()
        .filter_map(|entry| entry["fault"].as_str())
        .collect();
    assert_eq!(
        faults,
        ["drop_before", "drop_after_commit", "cut_body", "hang"]
    );
    let later: Vec<Value> = get(&practice, "/_practice/log?after=3")
        .await
        .json()
        .await
        .expect("JSON");
    assert_eq!(later.len(), 1);
    assert_eq!(
        post(
            &practice,
            "/_practice/faults",
            json!({ "rules": [{ "action": "explode" }] })
        )
        .await
        .status(),
        StatusCode::UNPROCESSABLE_ENTITY.min(StatusCode::BAD_REQUEST)
    );
}

#[tokio::test]
async fn state_file_goes_on_and_a_damaged_one_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("practice.json");
    let options = || Options {
        state_file: Some(file.clone()),
        ..Options::default()
    };
    let tenant = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001"
        .parse()
        .expect("an id");

    let practice = start(options()).await;
    let answered = post(
        &practice,
        "/_practice/clock",
        json!({ "advance_seconds": 60 }),
    )
    .await;
    assert_eq!(answered.status(), StatusCode::OK);
    // Anything that changes the world through a service is kept before the answer leaves.
    practice.inner().write(|world| {
        world
            .tenant_mut(&tenant)
            .expect("the provider")
            .security_defaults = true
    });
    let phone = post(
        &practice,
        &format!("/_practice/phone/{}", uuid::Uuid::nil()),
        json!({ "answer": "deny" }),
    )
    .await;
    assert_eq!(phone.status(), StatusCode::NOT_FOUND);
    practice.shutdown().await;

    let again = Practice::start(Options {
        clock: frozen(),
        scenario: ScenarioSource::Builtin("p1-missing".into()),
        ..options()
    })
    .await
    .expect("a start");
    assert_eq!(
        again.inner().read(|world| world.scenario.id.clone()),
        "in-order"
    );
    assert!(again.inner().read(|world| {
        world
            .tenant(&tenant)
            .is_some_and(|tenant| tenant.security_defaults)
    }));
    assert_eq!(again.inner().now().to_string(), "2026-05-01T10:01:00Z");
    again.shutdown().await;

    std::fs::write(&file, "{\"version\":1,\"clock\"").expect("a damaged file");
    let error = Practice::start(options()).await.expect_err("a refusal");
    assert!(error.to_string().contains("practice.json"), "{error}");
    std::fs::write(&file, "{\"version\":99}").expect("another file");
    let error = Practice::start(options()).await.expect_err("a refusal");
    assert!(
        std::error::Error::source(&error)
            .is_some_and(|cause| cause.to_string().contains("form 99")),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let error = Practice::start(Options {
        ports: vec![0, port],
        ..Options::default()
    })
    .await
    .expect_err("a refusal");
    assert!(
        error
            .to_string()
            .contains(&format!("graph service cannot listen on port {port}")),
        "{error}"
    );
}
