//! What many customers cost: the checks of a crowd of mixed readiness, and the plan and its apply for one that is ready.
//!
//! The ideal is the longest of three: the chain of requests that need each other's answers, all requests at the engine's
//! own cap, and what a tenant's quota lets through. Each at a fixed latency. Requests stand beside the distinct ones.

use std::time::{Duration, Instant};

use grantway_app::contract::{Call, Page};
use grantway_tests::{Knobs, Stage};

use crate::number::Number;
use crate::part::{Counts, LATENCY, Part};

/// How many customers.
pub const SIZES: [usize; 4] = [1, 10, 100, 1000];

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
    let id = stage.begin_for(&stage.customer_domains().await).await;
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
                    Counts::All,
                    |distinct| ideal(CHECK_CHAIN, distinct),
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
    let apply = Part::of_apply(&stage, &id).await;
    numbers.extend(
        apply
            .end(
                &stage,
                [of("apply, requests"), of("apply, wall")],
                Counts::All,
                |distinct| ideal(APPLY_CHAIN, distinct),
            )
            .await,
    );
    numbers
}

/// The longest of the chain and of all requests at the cap.
fn ideal(chain: u32, distinct: usize) -> Duration {
    let at_once = u32::try_from(distinct)
        .unwrap_or(u32::MAX)
        .div_ceil(AT_ONCE);
    LATENCY * chain.max(at_once)
}
