//! What breaks on the way: throttling, failures, lost answers. The end is the same, and nothing is there twice.

use grantway_tests::{Stage, end_state};
use serde_json::{Value, json};

use crate::recorded;

/// What came of a run.
struct Run {
    end: Vec<String>,
    mended: Vec<String>,
    struck: u64,
    writes: Vec<(String, String)>,
}

/// Plays a setup while something goes wrong, then takes it back; the world is then as it was.
async fn run(traffic: &'static str, faults: Vec<(Value, Value)>) -> Run {
    let stage = Stage::set(recorded("in-order", traffic)).await;
    let before = stage.dump().await;
    for (matches, action) in &faults {
        stage.fault(matches.clone(), action.clone()).await;
    }
    let played = stage.play().await;
    let end = end_state(&before, &stage.dump().await, &[&played.id]);
    let (struck, writes) = (stage.struck().await, stage.writes().await);
    stage.play_back(&played.id).await;
    let after = grantway_tests::differences(&before, &stage.dump().await);
    assert_eq!(after, Vec::<String>::new(), "{faults:?}");
    Run {
        end,
        mended: played.mended,
        struck,
        writes,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn throttling_and_short_failures_pass_without_a_person() {
    let graph = |nth: u64| json!({ "service": "graph", "nth": nth });
    let (calm, rough) = tokio::join!(
        run("rough", Vec::new()),
        run(
            "rough",
            vec![
                (graph(2), json!({ "throttle": { "retry_after": 3 } })),
                (graph(5), json!({ "throttle": { "retry_after": "date" } })),
                (graph(8), json!({ "throttle": {} })),
                (graph(11), json!({ "throttle": { "retry_after": -1 } })),
                (graph(14), json!({ "throttle": { "retry_after": "abc" } })),
                (
                    json!({ "service": "graph", "method": "GET", "nth": 9 }),
                    json!({ "status": { "status": 503 } }),
                ),
                (
                    json!({ "service": "graph", "method": "GET", "nth": 17 }),
                    json!("drop_before"),
                ),
                (
                    json!({ "service": "graph", "method": "GET", "nth": 21 }),
                    json!("cut_body"),
                ),
                (
                    json!({ "service": "graph", "nth": 25 }),
                    json!("claims_challenge"),
                ),
            ]
        ),
    );
    assert_eq!(calm.mended, Vec::<String>::new());
    assert!(rough.struck >= 9, "only {} struck", rough.struck);
    assert_eq!(rough.mended, Vec::<String>::new());
    assert_eq!(rough.end, calm.end);
    assert_eq!(rough.writes.len(), calm.writes.len());
}

/// One fault at every write in turn, some runs side by side.
async fn at_every_write(traffic: &'static str, action: Value) {
    let calm = run(traffic, Vec::new()).await;
    let writes = calm.writes.len();
    assert!(writes > 6, "{:?}", calm.writes);
    let all: Vec<usize> = (1..=writes).collect();
    for some in all.chunks(6) {
        let runs = some.iter().map(|nth| {
            let matches = json!({ "service": "graph", "write_only": true, "nth": nth });
            let action = action.clone();
            async move { (nth, run(traffic, vec![(matches, action)]).await) }
        });
        for (nth, run) in futures_util::future::join_all(runs).await {
            assert_eq!(run.struck, 1, "write {nth}");
            assert_eq!(run.end, calm.end, "write {nth}: {:?}", run.mended);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_after_the_write_doubles_nothing() {
    at_every_write("answers-lost", json!("drop_after_commit")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_before_the_write_loses_nothing() {
    at_every_write("writes-lost", json!("drop_before")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_breaks_off_doubles_nothing() {
    at_every_write("answers-cut", json!("cut_body")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_pause_that_the_cloud_asks_for_is_waited_for_by_the_clock() {
    let stage = Stage::set(recorded("in-order", "long-pause")).await;
    let before = stage.ask("clock").await["now"].to_string();
    stage
        .fault(
            json!({ "service": "graph", "write_only": true, "nth": 2 }),
            json!({ "throttle": { "retry_after": 3600 } }),
        )
        .await;
    let played = stage.play().await;
    assert_eq!(stage.struck().await, 1);
    assert_eq!(played.mended, Vec::<String>::new());
    let after = stage.ask("clock").await["now"].to_string();
    let moment =
        |text: &str| -> jiff::Timestamp { text.trim_matches('"').parse().expect("a moment") };
    let waited = moment(&after).duration_since(moment(&before));
    assert!(waited.as_secs() >= 3600, "{waited:?}");
}
