//! The manners of the HTTP layer, against servers that misbehave.

use std::time::Duration;

use grantway_core::ports::Clock;
use grantway_core::{FaultKind, Text};
use serde_json::{Value, json as value};

use super::error::HttpError;
use super::page::PageError;
use super::scripted::{Bench, Reply, Server, empty, json, refusal, with_headers};
use super::{Call, Limits};

fn get() -> Call {
    Call::get("/v1.0/things")
}

fn post() -> Call {
    Call::post("/v1.0/things", value!({ "a": 1 }))
}

fn elapsed(bench: &Bench) -> i64 {
    bench
        .clock
        .now()
        .duration_since("2026-11-22T10:00:00Z".parse().unwrap())
        .as_secs()
}

#[tokio::test]
async fn a_call_carries_token_id_and_nothing_twice() {
    let server = Server::start([json(200, "{}"), json(200, "{}")]).await;
    let service = Bench::of(&server).service(1);
    service.send(&get().query("$top", "5")).await.unwrap();
    service.send(&post()).await.unwrap();
    let asked = server.asked();
    assert_eq!(
        server.lines(),
        ["GET /v1.0/things?$top=5", "POST /v1.0/things"]
    );
    assert_eq!(asked[0].headers["authorization"], "Bearer token-1");
    assert_eq!(asked[1].body, r#"{"a":1}"#);
    assert_eq!(asked[1].headers["content-type"], "application/json");
    let ids: Vec<_> = asked
        .iter()
        .map(|asked| uuid::Uuid::parse_str(&asked.headers["client-request-id"]).unwrap())
        .collect();
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn retry_after_in_seconds_is_sat_out() {
    let server = Server::start([
        with_headers(429, &[("Retry-After", "10")], "{}"),
        json(200, "{}"),
    ])
    .await;
    let bench = Bench::of(&server);
    bench.service(1).send(&post()).await.unwrap();
    assert_eq!((elapsed(&bench), server.lines().len()), (10, 2));
}

#[tokio::test]
async fn retry_after_as_a_date_counts_from_the_answers_own_date() {
    let headers = [
        ("Date", "Wed, 01 Jan 2020 00:00:00 GMT"),
        ("Retry-After", "Wed, 01 Jan 2020 00:00:30 GMT"),
    ];
    let server = Server::start([with_headers(429, &headers, "{}"), json(200, "{}")]).await;
    let bench = Bench::of(&server);
    bench.service(1).send(&get()).await.unwrap();
    assert_eq!(elapsed(&bench), 30);
}

#[tokio::test]
async fn throttling_without_a_time_backs_off_and_ends() {
    let server = Server::start((0..20).map(|_| refusal(429, "TooManyRequests", "slow down"))).await;
    let bench = Bench::of(&server);
    let error = bench.service(1).send(&get()).await.unwrap_err();
    assert!(matches!(error, HttpError::Throttled { .. }), "{error}");
    assert_eq!(server.lines().len(), 10);
}

#[tokio::test]
async fn a_long_quiet_time_is_handed_back_and_holds_for_that_tenant_alone() {
    let server = Server::start([
        with_headers(429, &[("Retry-After", "3600")], "{}"),
        json(200, "{}"),
    ])
    .await;
    let bench = Bench::of(&server);
    let service = bench.service(1);
    let Err(HttpError::Throttled { until, .. }) = service.send(&get()).await else {
        panic!("not throttled")
    };
    assert_eq!(until.duration_since(bench.clock.now()).as_secs(), 3600);
    assert!(
        matches!(service.send(&get()).await, Err(HttpError::Throttled { until: again, .. }) if again == until)
    );
    assert_eq!(
        server.lines().len(),
        1,
        "the quiet tenant is not asked again"
    );
    bench.service(2).send(&get()).await.unwrap();
    bench.clock.sleep_until(until).await;
    server.then([json(200, "{}")]);
    service.send(&get()).await.unwrap();
}

#[tokio::test]
async fn server_errors_are_repeated_only_where_that_is_safe() {
    let server = Server::start([
        refusal(503, "x", "x"),
        refusal(500, "x", "x"),
        json(200, "{}"),
    ])
    .await;
    Bench::of(&server).service(1).send(&get()).await.unwrap();
    assert_eq!(server.lines().len(), 3);

    let server = Server::start([refusal(504, "x", "x"), json(200, "{}")]).await;
    let error = Bench::of(&server)
        .service(1)
        .send(&post())
        .await
        .unwrap_err();
    assert_eq!(server.lines().len(), 1, "a create is never sent twice");
    assert_eq!(
        error.into_fault(Text::verbatim("x"), &[]).kind,
        FaultKind::AnswerLost
    );

    let server = Server::start((0..9).map(|_| refusal(502, "", ""))).await;
    let error = Bench::of(&server)
        .service(1)
        .send(&Call::delete("/v1.0/things/1"))
        .await
        .unwrap_err();
    assert_eq!(server.lines().len(), 4);
    assert_eq!(
        error.into_fault(Text::verbatim("x"), &[]).kind,
        FaultKind::ServiceFailed
    );
}

#[tokio::test]
async fn a_lost_answer_is_repeated_only_where_that_is_safe() {
    let server = Server::start([Reply::Drop, json(200, "{}")]).await;
    Bench::of(&server).service(1).send(&get()).await.unwrap();
    for lost in [
        Reply::Drop,
        Reply::Cut {
            status: 201,
            body: "{\"id\":\"0123456789\"}".into(),
        },
    ] {
        let server = Server::start([lost, json(200, "{}")]).await;
        let error = Bench::of(&server)
            .service(1)
            .send(&post())
            .await
            .unwrap_err();
        assert!(matches!(error, HttpError::AnswerLost { .. }), "{error}");
        assert_eq!(server.lines().len(), 1);
    }
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let server = Server::start([Reply::Hang(Duration::from_secs(20))]).await;
    let limits = Limits {
        idle: Duration::from_millis(150),
        ..Limits::default()
    };
    let error = Bench::new(server.port, limits)
        .service(1)
        .send(&post())
        .await
        .unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
}

#[tokio::test]
async fn nobody_there_means_nothing_was_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = Bench::new(port, Limits::default())
        .service(1)
        .send(&post())
        .await
        .unwrap_err();
    assert!(matches!(error, HttpError::Offline { .. }), "{error}");
    assert!(!error.is_outcome_unknown());
    assert_eq!(
        error.into_fault(Text::verbatim("x"), &[]).kind,
        FaultKind::Offline
    );
}

#[tokio::test]
async fn a_proxy_that_wants_a_sign_in_reads_as_offline() {
    let server = Server::start([empty(407)]).await;
    let error = Bench::of(&server)
        .service(1)
        .send(&get())
        .await
        .unwrap_err();
    assert!(matches!(error, HttpError::Offline { .. }), "{error}");
}

#[tokio::test]
async fn redirects_are_not_followed_and_tokens_stay() {
    let other = Server::start([]).await;
    let target = format!("http://127.0.0.1:{}/v1.0/things", other.port);
    let server = Server::start([with_headers(302, &[("Location", &target)], "")]).await;
    let bench = Bench::of(&server);
    let service = bench.service(1);
    assert!(matches!(
        service.send(&get()).await,
        Err(HttpError::WebPage { .. })
    ));
    let straight = service
        .send_to(url::Url::parse(&target).unwrap(), &get())
        .await;
    assert!(matches!(straight, Err(HttpError::ForeignHost(_))));
    assert!(other.lines().is_empty());
}

#[tokio::test]
async fn a_web_page_instead_of_data_is_named() {
    let page = || Reply::Whole {
        status: 200,
        headers: vec![("Content-Type", "text/html".into())],
        body: "<html>Log in</html>".into(),
    };
    let server = Server::start([page(), page()]).await;
    let service = Bench::of(&server).service(1);
    let error = service.send(&get()).await.unwrap_err();
    assert!(matches!(error, HttpError::WebPage { .. }), "{error}");
    assert!(
        service
            .send(&post())
            .await
            .unwrap_err()
            .is_outcome_unknown()
    );
}

#[tokio::test]
async fn an_endless_body_is_cut_off() {
    let server = Server::start([json(200, format!("\"{}\"", "x".repeat(2000)))]).await;
    let limits = Limits {
        body: 1000,
        ..Limits::default()
    };
    let error = Bench::new(server.port, limits)
        .service(1)
        .send(&get())
        .await
        .unwrap_err();
    assert!(
        matches!(error, HttpError::TooLong { limit: 1000, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let server = Server::start([empty(401), json(200, "{}")]).await;
    let bench = Bench::of(&server);
    bench.service(1).send(&post()).await.unwrap();
    let refused: Vec<_> = bench
        .tokens
        .wanted
        .lock()
        .unwrap()
        .iter()
        .map(|wanted| wanted.refused)
        .collect();
    assert_eq!(refused, [false, true]);

    let server = Server::start([empty(401), empty(401), empty(401)]).await;
    let error = Bench::of(&server)
        .service(1)
        .send(&get())
        .await
        .unwrap_err();
    assert_eq!(server.lines().len(), 2);
    assert!(matches!(
        error.into_fault(Text::verbatim("x"), &[]).kind,
        FaultKind::SignInNeeded { .. }
    ));
}

#[tokio::test]
async fn a_claims_challenge_is_answered_once() {
    use base64::Engine;
    let claims = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
    let encoded = base64::engine::general_purpose::STANDARD.encode(claims);
    let challenge = format!("Bearer error=\"insufficient_claims\", claims=\"{encoded}\"");
    let challenged = || with_headers(401, &[("WWW-Authenticate", &challenge)], "{}");

    let server = Server::start([challenged(), json(200, "{}")]).await;
    let bench = Bench::of(&server);
    bench.service(1).send(&post()).await.unwrap();
    assert_eq!(
        bench.tokens.wanted.lock().unwrap()[1].claims.as_deref(),
        Some(claims)
    );

    let server = Server::start([challenged(), challenged(), challenged()]).await;
    let error = Bench::of(&server)
        .service(1)
        .send(&post())
        .await
        .unwrap_err();
    assert_eq!(server.lines().len(), 2);
    match error.into_fault(Text::verbatim("x"), &[]).kind {
        FaultKind::SignInNeeded {
            claims: Some(asked),
            ..
        } => assert_eq!(asked, claims),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_plain_refusal_stops_at_once_and_names_what_is_needed() {
    let server = Server::start([refusal(
        403,
        "Authorization_RequestDenied",
        "Insufficient privileges",
    )])
    .await;
    let error = Bench::of(&server)
        .service(1)
        .send(&get())
        .await
        .unwrap_err();
    assert_eq!(server.lines().len(), 1);
    let fault = error.into_fault(Text::verbatim("x"), &["Group.ReadWrite.All"]);
    assert_eq!(
        fault.kind,
        FaultKind::Refused {
            needs: vec!["Group.ReadWrite.All".into()]
        }
    );
    assert_eq!(fault.code.as_deref(), Some("Authorization_RequestDenied"));
}

#[tokio::test]
async fn pages_are_followed_at_home_only() {
    let server = Server::start([]).await;
    let home = format!("http://127.0.0.1:{}/v1.0/things?$skiptoken=2", server.port);
    server.then([
        json(200, value!({ "value": [1, 2], "@odata.nextLink": home })),
        json(200, value!({ "value": [3] })),
    ]);
    let bench = Bench::of(&server);
    assert_eq!(
        bench.service(1).list::<u8>(&get()).await.unwrap(),
        [1, 2, 3]
    );

    let other = Server::start([]).await;
    let away = format!("http://127.0.0.1:{}/v1.0/things", other.port);
    server.then([json(200, value!({ "value": [1], "@odata.nextLink": away }))]);
    let error = bench.service(1).list::<u8>(&get()).await.unwrap_err();
    assert!(
        matches!(error, HttpError::Paging(PageError::Elsewhere(_))),
        "{error}"
    );
    assert!(other.lines().is_empty());

    server.then([
        json(200, value!({ "value": [1], "@odata.nextLink": home })),
        json(200, value!({ "value": [1], "@odata.nextLink": home })),
    ]);
    let error = bench.service(1).list::<u8>(&get()).await.unwrap_err();
    assert!(
        matches!(error, HttpError::Paging(PageError::Circle(_))),
        "{error}"
    );
}

#[tokio::test]
async fn an_expired_page_begins_the_list_again() {
    let server = Server::start([]).await;
    let home = format!("http://127.0.0.1:{}/v1.0/things?$skiptoken=2", server.port);
    server.then([
        json(200, value!({ "value": [1], "@odata.nextLink": home })),
        refusal(410, "ExpiredPageToken", "expired"),
        json(200, value!({ "value": [1, 2] })),
    ]);
    assert_eq!(
        Bench::of(&server)
            .service(1)
            .list::<u8>(&get())
            .await
            .unwrap(),
        [1, 2]
    );
}

#[tokio::test]
async fn batch_items_are_told_apart_and_only_what_is_safe_is_sent_again() {
    let item =
        |id: &str, status: u16, body: Value| value!({ "id": id, "status": status, "body": body });
    let throttled =
        value!({ "id": "1", "status": 429, "headers": { "Retry-After": "5" }, "body": {} });
    let denied = value!({ "error": { "code": "Authorization_RequestDenied", "message": "no" } });
    let server = Server::start([
        json(200, value!({ "responses": [
            item("3", 503, value!({})), item("2", 403, denied), throttled, item("0", 200, value!({ "n": 0 })), item("4", 503, value!({})),
        ] })),
        json(200, value!({ "responses": [item("3", 200, value!({ "n": 3 })), item("1", 200, value!({ "n": 1 }))] })),
    ])
    .await;
    let bench = Bench::of(&server);
    let calls = [get(), post(), get(), get(), post()];
    let results = bench.service(1).batch(&calls).await;
    assert_eq!(
        results[0].as_ref().unwrap().json::<Value>().unwrap()["n"],
        0
    );
    assert_eq!(
        results[1].as_ref().unwrap().json::<Value>().unwrap()["n"],
        1
    );
    assert_eq!(
        results[2].as_ref().unwrap_err().status().unwrap().as_u16(),
        403
    );
    assert_eq!(
        results[3].as_ref().unwrap().json::<Value>().unwrap()["n"],
        3
    );
    assert!(
        results[4].as_ref().unwrap_err().is_outcome_unknown(),
        "a create that met a 503 is not sent again"
    );
    assert_eq!(elapsed(&bench), 5);
    let second: Value = serde_json::from_str(&server.asked()[1].body).unwrap();
    let ids: Vec<_> = second["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&"1") && ids.contains(&"3"));
}

#[tokio::test]
async fn a_lost_batch_leaves_creates_unknown_and_reads_again() {
    let server = Server::start([Reply::Drop, json(200, value!({ "n": 0 }))]).await;
    let results = Bench::of(&server).service(1).batch(&[get(), post()]).await;
    assert!(results[0].is_ok());
    assert!(results[1].as_ref().unwrap_err().is_outcome_unknown());
    assert_eq!(server.lines(), ["POST /v1.0/$batch", "GET /v1.0/things"]);
}

#[tokio::test]
async fn batches_hold_twenty() {
    let reply = |from: usize, to: usize| {
        let items: Vec<Value> = (from..to)
            .map(|id| value!({ "id": id.to_string(), "status": 204 }))
            .collect();
        json(200, value!({ "responses": items }))
    };
    let server = Server::start([reply(0, 20), reply(20, 25)]).await;
    let calls: Vec<Call> = (0..25)
        .map(|n| Call::delete(format!("/v1.0/things/{n}")).if_match("W/\"1\""))
        .collect();
    assert!(
        Bench::of(&server)
            .service(1)
            .batch(&calls)
            .await
            .iter()
            .all(Result::is_ok)
    );
    let first: Value = serde_json::from_str(&server.asked()[0].body).unwrap();
    assert_eq!(first["requests"].as_array().unwrap().len(), 20);
    assert_eq!(
        first["requests"][0],
        value!({ "id": "0", "method": "DELETE", "url": "/things/0", "headers": { "If-Match": "W/\"1\"" } })
    );
}
