//! What many customers cost: the checks, the plan and its apply, for a crowd that is ready.
//!
//! The ideal is the longest of three: the chain of requests that need each other's answers, all necessary requests at the
//! engine's own caps, and what a tenant's quota lets through. Each at a fixed latency. Waits by the clock cost nothing here,
//! quotas neither: practice time is moved, not slept.

use std::time::{Duration, Instant};

use grantway_app::contract::{Call, Page};
use grantway_core::engine::Caps;
use grantway_tests::{Knobs, Requests, Stage};
use serde_json::json;

use crate::memory;
use crate::number::Number;
use crate::part::{LATENCY, Part};

/// How many customers, where nobody says.
pub const SIZES: [usize; 4] = [1, 10, 100, 1000];

/// Links of the longest chain, one request a link.
///
/// Checking: who is signed in and the way into the customer; what stands there, in two pages at most; what the plan would touch.
const CHECK_CHAIN: usize = 5;
/// Applying: the fresh read of the check, the group, its assignment, and the look that sees the assignment in force.
const APPLY_CHAIN: usize = CHECK_CHAIN + 3;

/// What a customer's check takes where the way in is open: a token of its tenant, and behind it licences, Security Defaults,
/// policies, the audit log and the guests. No list has any of these for several tenants.
const OF_OPEN: usize = 6;
/// What a customer's apply takes: the assignment, and the look that sees it in force.
const OF_APPLY: usize = 2;
/// Relationships stand in one list, so many on a page; a provider with few customers asks about each.
const PAGE: usize = 300;
const FEW: usize = 4;

/// The provider's tenant in the practice world.
const PROVIDER: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001";

/// Seconds of quiet that throttled requests are asked for, and how many are throttled at the most.
const QUIET: i64 = 7;
const THROTTLED: usize = 50;

/// What the scenario of many customers says of the crowd, with so many and all of them ready.
fn crowd(size: usize) -> String {
    let source = grantway_practice::ScenarioSource::Builtin("many-customers".into());
    let text = source.text().expect("it is built in");
    let mut table: toml::Table = text.parse().expect("TOML");
    let customers = table["customers"].as_table_mut().expect("a crowd");
    let size = i64::try_from(size).expect("a small number");
    customers.insert("count".into(), size.into());
    let mix: toml::Table = "mix = [{ state = \"ready\", weight = 1 }]"
        .parse()
        .expect("TOML");
    customers.extend(mix);
    let times = ["new_object", "list", "assignment", "role", "consent"];
    let times: toml::Table = times
        .map(|time| (time.to_owned(), 0.into()))
        .into_iter()
        .collect();
    table.insert("propagation".into(), times.into());
    table.to_string()
}

async fn stage(size: usize) -> (Stage, String) {
    let stage = Stage::set(Knobs {
        text: Some(crowd(size)),
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
    memory::forget_peak();
    let (stage, id) = stage(size).await;
    let mut numbers = checking(&stage, &id, size).await;
    numbers.extend(applying(&stage, &id, size).await);
    // The practice cloud is in this process too.
    numbers.extend(memory::peak(format!(
        "most memory with the cloud, {size} customers"
    )));
    numbers
}

/// What was read before is old after that.
const PASSES: Call = Call::MoveClock { seconds: 60 };

async fn later(stage: &Stage) -> Part {
    stage.call(PASSES).await;
    Part::begin(stage).await
}

async fn checking(stage: &Stage, id: &str, size: usize) -> Vec<Number> {
    let of = |what: &str| format!("{what}, {size} customers");
    let check = later(stage).await;
    stage.call(Call::Check { id: id.into() }).await;
    let (sent, took) = check.end(stage).await;
    let needed = Needed::of_check(size, &sent);
    let mut numbers = vec![
        Number::count(of("check, requests"), sent.len(), needed.side_by_side),
        Number::milliseconds(of("check, wall"), took, needed.time(CHECK_CHAIN)),
    ];

    let matches =
        json!({ "service": "graph", "path": "/v1.0/users", "times": THROTTLED.min(size) });
    let action = json!({ "throttle": { "retry_after": QUIET } });
    stage.fault(matches, action).await;
    let check = later(stage).await;
    stage.call(Call::Check { id: id.into() }).await;
    let (sent, _) = check.end(stage).await;
    stage.mend().await;
    assert_eq!(
        sent.throttled(),
        THROTTLED.min(size),
        "{:?}",
        sent.repeated()
    );
    numbers.push(Number::none_of(
        of("check, early retries"),
        sent.early_retries(QUIET).len(),
    ));
    numbers
}

async fn applying(stage: &Stage, id: &str, size: usize) -> Vec<Number> {
    let of = |what: &str| format!("{what}, {size} customers");
    // A customer that was asked for quiet may have been left out.
    stage.call(PASSES).await;
    stage.call(Call::Check { id: id.into() }).await;
    let plan = Instant::now();
    let page = stage.view(id).await.page;
    assert!(matches!(page, Page::Review(_)), "a plan: {page:#?}");
    let screen = Number::milliseconds(
        of("screen of the plan"),
        plan.elapsed(),
        Duration::from_millis(100),
    );
    stage.approve(id).await;
    stage.call(PASSES).await;
    let apply = Part::of_apply(stage, id).await;
    let (sent, took) = apply.end(stage).await;
    let needed = Needed::of_apply(size, &sent);
    vec![
        screen,
        Number::count(of("apply, requests"), sent.len(), needed.requests()),
        Number::milliseconds(of("apply, wall"), took, needed.time(APPLY_CHAIN)),
    ]
}

/// Requests without which it cannot be done.
struct Needed {
    /// In any tenant.
    side_by_side: usize,
    /// In the provider's tenant, where all changes are made.
    in_provider: usize,
}

impl Needed {
    fn of_check(size: usize, sent: &Requests) -> Self {
        let relationships = if size <= FEW {
            size
        } else {
            size.div_ceil(PAGE)
        };
        // What is read of the provider itself, whoever the customers are.
        let of_provider = sent.in_tenant(PROVIDER);
        let about_customers = of_provider.about("/delegatedAdminRelationships");
        let once = of_provider.distinct() - about_customers.distinct();
        Self {
            side_by_side: once + relationships + size * OF_OPEN,
            in_provider: 0,
        }
    }

    fn of_apply(size: usize, sent: &Requests) -> Self {
        let (check, rest) = sent.at_first_write();
        let assignments = rest.about("/accessAssignments").distinct();
        Self {
            in_provider: rest.distinct() - assignments + size * OF_APPLY,
            ..Self::of_check(size, &check)
        }
    }

    fn requests(&self) -> usize {
        self.side_by_side + self.in_provider
    }

    /// The longest of the chain and of all requests at the caps.
    fn time(&self, chain: usize) -> Duration {
        let caps = Caps::default();
        let turns =
            self.side_by_side.div_ceil(caps.steps) + self.in_provider.div_ceil(caps.per_tenant);
        LATENCY * u32::try_from(chain.max(turns)).unwrap_or(u32::MAX)
    }
}
