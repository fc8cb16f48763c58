//! What a whole setup costs beside what it must: requests against distinct ones, and wall time against the longest chain of
//! requests that need each other's answers, at a fixed latency.
//!
//! Twice: on a cloud where what is written is seen everywhere at once, so that the difference to the ideal is Grantway's
//! own; and on one where it takes its time, as in Microsoft's, where writes are refused and looked for until it is seen.
//! Waits by the clock cost nothing in either: practice time is moved, not slept. A refused write is no distinct request.

use grantway_app::contract::{Call, Page};
use grantway_tests::{Knobs, Stage};

use crate::number::Number;
use crate::part::{LATENCY, Part};

/// Links of the longest chain of each part, one request a link.
///
/// Checking: who is signed in, then their roles; then what the plan would touch; the sign-in is fresh.
const CHECK_CHAIN: u32 = 3;
/// Applying: the fresh read of the check, the group, its assignment, and the look that sees the assignment in force.
const APPLY_CHAIN: u32 = CHECK_CHAIN + 3;
/// Proving: the app, then its grants, then the names of what they open.
const PROVE_CHAIN: u32 = 3;

/// The names of the numbers of one cloud: requests and wall time of each part.
struct Names {
    check: [&'static str; 2],
    apply: [&'static str; 2],
    prove: [&'static str; 2],
}

const AT_ONCE: Names = Names {
    check: ["check, requests", "check, wall"],
    apply: ["apply, requests", "apply, wall"],
    prove: ["prove, requests", "prove, wall"],
};

const LATE: Names = Names {
    check: ["check, requests (slow cloud)", "check, wall (slow cloud)"],
    apply: ["apply, requests (slow cloud)", "apply, wall (slow cloud)"],
    prove: ["prove, requests (slow cloud)", "prove, wall (slow cloud)"],
};

/// Runs a setup on each cloud and measures its parts.
pub async fn measure() -> Vec<Number> {
    let mut numbers = of(true, &AT_ONCE).await;
    numbers.extend(of(false, &LATE).await);
    numbers
}

async fn of(at_once: bool, names: &Names) -> Vec<Number> {
    let stage = Stage::set(Knobs {
        latency: Some(LATENCY),
        at_once,
        ..Knobs::default()
    })
    .await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    let mut numbers = Vec::new();

    let check = Part::begin(&stage).await;
    stage.call(Call::Check { id: id.clone() }).await;
    numbers.extend(costs(check, &stage, names.check, CHECK_CHAIN).await);

    stage.approve(&id).await;
    let apply = Part::of_apply(&stage, &id).await;
    numbers.extend(costs(apply, &stage, names.apply, APPLY_CHAIN).await);

    stage.attend(&id).await;
    assert!(
        matches!(stage.view(&id).await.page, Page::Done(_)),
        "the setup came to its end"
    );
    let prove = Part::begin(&stage).await;
    stage.call(Call::Prove { id: id.clone() }).await;
    numbers.extend(costs(prove, &stage, names.prove, PROVE_CHAIN).await);
    numbers
}

/// A part's requests to Graph beside the distinct ones, and its time beside that of its longest chain.
async fn costs(
    part: Part,
    stage: &Stage,
    [requests, wall]: [&'static str; 2],
    chain: u32,
) -> [Number; 2] {
    let (sent, took) = part.end(stage).await;
    let sent = sent.of_service("graph");
    [
        Number::count(requests, sent.len(), sent.distinct()),
        Number::milliseconds(wall, took, LATENCY * chain),
    ]
}
