//! Roles that end by themselves, and searches in the audit log.

use crate::bench;

use bench::{Answer, Bench, DANA, GLOBAL_ADMINISTRATOR, TOM};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const REQUESTS: &str = "/roleManagement/directory/roleAssignmentScheduleRequests";
const INSTANCES: &str = "/roleManagement/directory/roleAssignmentScheduleInstances";
const ASSIGNMENTS: &str = "/roleManagement/directory/roleAssignments";
const QUERIES: &str = "/security/auditLog/queries";
const ROLE_SCOPES: &[&str] = &["RoleManagement.ReadWrite.Directory"];
const AUDIT_SCOPES: &[&str] = &["AuditLogsQuery.Read.All"];

async fn with_p2(traffic: Option<std::path::PathBuf>) -> Bench {
    Bench::start_with(|options| {
        options.traffic = traffic;
        options.scenario = bench::scenario(&[(
            "sku = \"SPB\"\nenabled = 10",
            "sku = \"AAD_PREMIUM_P2\"\nenabled = 10",
        )]);
    })
    .await
}

fn eight_hours(action: &str) -> Value {
    json!({
        "action": action, "principalId": TOM, "roleDefinitionId": GLOBAL_ADMINISTRATOR, "directoryScopeId": "/", "justification": "While the vendor integrates",
        "scheduleInfo": { "startDateTime": "2026-05-01T10:00:00Z", "expiration": { "type": "afterDuration", "duration": "PT8H" } },
    })
}

fn length(body: &Value) -> usize {
    body["value"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn a_role_ends_by_itself_or_is_taken_away() {
    let traffic = bench::traffic_file("practice-role-schedules.jsonl");
    let bench = with_p2(Some(traffic.clone())).await;
    let before = bench.live().await;
    let token = bench.token(DANA, ROLE_SCOPES, false);
    let get = |path: String| bench.call(Method::GET, &path).token(&token).send();
    let post = |body: Value| {
        bench
            .call(Method::POST, REQUESTS)
            .token(&token)
            .json(body)
            .send()
    };
    let mut dry = eight_hours("adminAssign");
    dry["isValidationOnly"] = json!(true);
    assert_eq!(post(dry).await.status, StatusCode::CREATED);
    let made = post(eight_hours("adminAssign")).await.created();
    assert_eq!(made["status"], "Provisioned");
    let id = made["id"].as_str().expect("an id").to_owned();
    bench.advance(5).await;
    let own = format!("$filter=principalId eq '{TOM}'");
    let running = get(format!("{INSTANCES}?{own}")).await.ok();
    assert_eq!(length(&running), 1);
    assert_eq!(running["value"][0]["endDateTime"], "2026-05-01T18:00:00Z");
    let instance = running["value"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    assert_eq!(
        get(format!("{INSTANCES}/{instance}")).await.status,
        StatusCode::OK
    );
    assert_eq!(length(&get(format!("{ASSIGNMENTS}?{own}")).await.ok()), 1);
    assert_eq!(
        get(format!("{REQUESTS}/{id}")).await.ok()["action"],
        "adminAssign"
    );
    assert_eq!(length(&get(REQUESTS.into()).await.ok()), 1);
    // An assignment without an end is shown as well.
    let permanent = get(format!("{INSTANCES}?$filter=principalId eq '{DANA}'"))
        .await
        .ok();
    assert_eq!(permanent["value"][0]["endDateTime"], Value::Null);
    bench.advance(8 * 3_600).await;
    let token = bench.token(DANA, ROLE_SCOPES, false);
    let get = |path: String| bench.call(Method::GET, &path).token(&token).send();
    let post = |body: Value| {
        bench
            .call(Method::POST, REQUESTS)
            .token(&token)
            .json(body)
            .send()
    };
    assert_eq!(length(&get(format!("{INSTANCES}?{own}")).await.ok()), 0);
    assert_eq!(length(&get(format!("{ASSIGNMENTS}?{own}")).await.ok()), 0);
    assert_eq!(bench.live().await, before);
    post(eight_hours("adminAssign")).await.created();
    let removed = post(eight_hours("adminRemove")).await.created();
    assert_eq!(removed["status"], "Revoked");
    assert_eq!(bench.live().await, before);
    bench.stop().await;
    bench::check_traffic(&traffic);
}

#[tokio::test]
async fn refused_role_requests_say_why() {
    let bench = Bench::start().await;
    let post = |token: String, body: Value| {
        let bench = &bench;
        async move {
            bench
                .call(Method::POST, REQUESTS)
                .token(&token)
                .json(body)
                .send()
                .await
        }
    };
    let dana = || bench.token(DANA, ROLE_SCOPES, false);
    let unlicensed = post(dana(), eight_hours("adminAssign")).await;
    assert_eq!(
        (unlicensed.status, unlicensed.code().as_str()),
        (StatusCode::BAD_REQUEST, "AadPremiumLicenseRequired")
    );
    bench.stop().await;

    let bench = with_p2(None).await;
    let post = |token: String, body: Value| {
        let bench = &bench;
        async move {
            bench
                .call(Method::POST, REQUESTS)
                .token(&token)
                .json(body)
                .send()
                .await
        }
    };
    let dana = || bench.token(DANA, ROLE_SCOPES, false);
    let code = |answer: Answer| answer.code();
    assert_eq!(
        post(
            bench.token(TOM, ROLE_SCOPES, false),
            eight_hours("adminAssign")
        )
        .await
        .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        post(
            bench.token(DANA, &["RoleManagement.Read.Directory"], false),
            eight_hours("adminAssign")
        )
        .await
        .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        code(post(dana(), eight_hours("adminRemove")).await),
        "RoleAssignmentDoesNotExist"
    );
    let mut short = eight_hours("adminAssign");
    short["scheduleInfo"]["expiration"]["duration"] = json!("PT1M");
    assert_eq!(
        code(post(dana(), short).await),
        "RoleAssignmentRequestPolicyValidationFailed"
    );
    let mut unknown = eight_hours("adminAssign");
    unknown["principalId"] = json!("b1000000-0000-4000-8000-0000000000ff");
    assert_eq!(post(dana(), unknown).await.status, StatusCode::NOT_FOUND);
    post(dana(), eight_hours("adminAssign")).await.created();
    assert_eq!(
        code(post(dana(), eight_hours("adminAssign")).await),
        "RoleAssignmentExists"
    );
    bench.stop().await;
}

#[tokio::test]
async fn searches_wait_run_and_end() {
    let traffic = bench::traffic_file("practice-audit-queries.jsonl");
    let bench = Bench::start_with(|options| options.traffic = Some(traffic.clone())).await;
    let token = bench.token(DANA, AUDIT_SCOPES, false);
    let get = |path: String| bench.call(Method::GET, &path).token(&token).send();
    let body = json!({ "displayName": "Grantway check", "filterStartDateTime": "2026-04-30T10:00:00Z", "filterEndDateTime": "2026-05-01T10:00:00Z" });
    let made = bench
        .call(Method::POST, QUERIES)
        .token(&token)
        .json(body.clone())
        .send()
        .await
        .created();
    assert_eq!(made["status"], "notStarted");
    let one = format!("{QUERIES}/{}", made["id"].as_str().expect("an id"));
    for (wait, status) in [(31, "running"), (150, "succeeded")] {
        bench.advance(wait).await;
        assert_eq!(get(one.clone()).await.ok()["status"], status);
    }
    assert_eq!(
        length(&get(format!("{one}/records?$top=999")).await.ok()),
        0
    );
    for _ in 0..7 {
        assert_eq!(length(&get(QUERIES.into()).await.ok()), 1);
    }
    bench.stop().await;
    bench::check_traffic(&traffic);
}

#[tokio::test]
async fn a_log_that_is_off_says_so_and_beta_speaks_the_same() {
    let bench = Bench::start_with(|options| {
        options.scenario =
            bench::scenario(&[("partner = true\n", "partner = true\naudit_log = false\n")]);
    })
    .await;
    let token = bench.token(DANA, AUDIT_SCOPES, false);
    let body = json!({ "filterStartDateTime": "2026-04-30T10:00:00Z", "filterEndDateTime": "2026-05-01T10:00:00Z" });
    let post = || {
        bench
            .call(Method::POST, QUERIES)
            .token(&token)
            .json(body.clone())
            .send()
    };
    let off = post().await;
    assert_eq!(
        (off.status, off.code().as_str()),
        (StatusCode::BAD_REQUEST, "UnknownError")
    );
    let inner: Value =
        serde_json::from_str(&off.text("/error/message")).expect("JSON in the sentence");
    assert_eq!(inner["error"]["code"], "AuditingDisabledTenant");
    bench.world(|world| {
        let now = "2026-05-01T10:00:00Z".parse().expect("a date");
        let tenant = world
            .tenant_mut(&bench::LARKSPUR.parse().expect("an id"))
            .expect("Larkspur");
        tenant.audit_log.start(now, 3_600);
    });
    bench.advance(3_599).await;
    assert_eq!(post().await.status, StatusCode::BAD_REQUEST);
    bench.advance(2).await;
    let made = post().await.created();
    let id = made["id"].as_str().expect("an id");
    let beta = bench
        .beta_call(Method::GET, &format!("{QUERIES}/{id}"))
        .token(&token)
        .send()
        .await;
    assert_eq!(beta.status, StatusCode::OK);
    let unscoped = bench.token(DANA, &["AuditLog.Read.All"], false);
    assert_eq!(
        bench
            .call(Method::POST, QUERIES)
            .token(&unscoped)
            .json(body.clone())
            .send()
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    let plain = bench.token(TOM, AUDIT_SCOPES, false);
    assert_eq!(
        bench
            .call(Method::POST, QUERIES)
            .token(&plain)
            .json(body.clone())
            .send()
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    bench.stop().await;
}
