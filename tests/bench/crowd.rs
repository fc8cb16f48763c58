//! What many customers cost: the checks of a crowd of mixed readiness, and the plan and its apply for one that is ready.
//!
//! The ideal is the longest of three: the chain of requests that need each other's answers, all requests at the engine's
//! own cap, and what a tenant's quota lets through. Each at a fixed latency. Requests stand beside the distinct ones.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use grantway_app::contract::{Call, Event, Page, Reply};
use grantway_tests::{Knobs, Stage};
use serde_json::Value;

use crate::number::Number;

/// How many customers.
pub const SIZES: [usize; 4] = [1, 10, 100, 1000];

/// What every answer takes.
const LATENCY: Duration = Duration::from_millis(100);
/// How many requests are under way at most: `Caps::steps`.
const AT_ONCE: u32 = 32;

/// Links of the longest chain, one request a link.
///
/// Checking: who is signed in and the way into the customer; what stands there, in two pages at most; what the plan would touch.
const CHECK_CHAIN: u32 = 5;
/// Applying: the fresh read of the check, the group, its assignment, and the look that sees the assignment in force.
const APPLY_CHAIN: u32 = CHECK_CHAIN + 3;

/// What a scenario of mixed readiness says of the crowd, with the size and the mix in its place.
fn crowd(size: usize, mix: &str) -> String {
    let source = grantway_practice::ScenarioSource::Builtin("many-customers".into());
    let text = source.text().expect("it is built in");
    let mut table: toml::Table = text.parse().expect("TOML");
    let customers = table["customers"].as_table_mut().expect("a crowd");
    let size = i64::try_from(size).expect("a small number");
    customers.insert("count".into(), size.into());
    if !mix.is_empty() {
        let mix: toml::Table = format!("mix = [{mix}]").parse().expect("TOML");
        customers.extend(mix);
    }
    let times = ["new_object", "list", "assignment", "role", "consent"];
    let times: toml::Table = times
        .map(|time| (time.to_owned(), 0.into()))
        .into_iter()
        .collect();
    table.insert("propagation".into(), times.into());
    table.to_string()
}

async fn stage(size: usize, mix: &str) -> (Stage, String) {
    let stage = Stage::set(Knobs {
        text: Some(crowd(size, mix)),
        latency: Some(LATENCY),
        ..Knobs::default()
    })
    .await;
    let Reply::Opened { id } = stage
        .call(Call::Open {
            profile: "huntress".into(),
        })
        .await
    else {
        panic!("no setup")
    };
    let answers = BTreeMap::from([
        ("provider".to_owned(), "larkspur-it.example".to_owned()),
        (
            "customer".to_owned(),
            stage.customer_domains().await.join("\n"),
        ),
    ]);
    let answers = stage.with_presets(&id, answers).await;
    let call = Call::Answer {
        id: id.clone(),
        answers,
    };
    let Reply::Form(outcome) = stage.call(call).await else {
        panic!("no form")
    };
    assert!(outcome.stored, "{:?}", outcome.problems);
    stage.sign_in(&id).await;
    (stage, id)
}

/// The numbers of one size.
pub async fn measure(size: usize) -> Vec<Number> {
    let mut numbers = Vec::new();
    let of = |what: &str| format!("{what}, {size} customers");
    {
        let (stage, id) = stage(size, "").await;
        let check = Part::begin(&stage).await;
        stage.call(Call::Check { id }).await;
        numbers.extend(
            check
                .end(
                    &stage,
                    [of("check, requests"), of("check, wall")],
                    CHECK_CHAIN,
                )
                .await,
        );
    }
    let (stage, id) = stage(size, "{ state = \"ready\", weight = 1 }").await;
    let plan = Instant::now();
    let page = stage.view(&id).await.page;
    assert!(matches!(page, Page::Review(_)), "a plan: {page:#?}");
    numbers.push(Number::milliseconds(
        of("screen of the plan"),
        plan.elapsed(),
        Duration::from_millis(100),
    ));
    stage.approve(&id).await;
    let mut heard = stage.host.listen();
    let mut apply = Part::begin(&stage).await;
    let sign_in = Call::SignIn {
        id: id.clone(),
        seat: "provider".into(),
        lane: None,
    };
    stage.call(sign_in).await;
    while !matches!(heard.recv().await, Ok(Event::Show { .. }) | Err(_)) {}
    apply.began = Instant::now();
    stage.app.settled(&id).await;
    numbers.extend(
        apply
            .end(
                &stage,
                [of("apply, requests"), of("apply, wall")],
                APPLY_CHAIN,
            )
            .await,
    );
    numbers
}

/// A part of a setup under the watch.
struct Part {
    began: Instant,
    after: u64,
}

impl Part {
    async fn begin(stage: &Stage) -> Self {
        Self {
            after: last(&stage.ask("log").await),
            began: Instant::now(),
        }
    }

    async fn end(self, stage: &Stage, [requests, wall]: [String; 2], chain: u32) -> [Number; 2] {
        let took = self.began.elapsed();
        let log = stage.ask("log").await;
        let rows = log.as_array().into_iter().flatten();
        let sent: Vec<String> = rows
            .filter(|row| row["seq"].as_u64().is_some_and(|seq| seq > self.after))
            .map(|row| {
                format!(
                    "{} {} {} {} {}",
                    row["service"], row["method"], row["path"], row["query"], row["tenant"]
                )
            })
            .collect();
        let distinct: BTreeSet<&String> = sent.iter().collect();
        let at_once = u32::try_from(distinct.len())
            .unwrap_or(u32::MAX)
            .div_ceil(AT_ONCE);
        [
            Number::count(requests, sent.len(), distinct.len()),
            Number::milliseconds(wall, took, LATENCY * chain.max(at_once)),
        ]
    }
}

fn last(log: &Value) -> u64 {
    log.as_array()
        .and_then(|rows| rows.last())
        .and_then(|row| row["seq"].as_u64())
        .unwrap_or(0)
}
