//! Crash sweep: the use cases run in a child process, the practice cloud in this one. The child is killed at requests before
//! they take effect, at writes after they took effect, and before and after entries of its journal; it is killed again while
//! it recovers, and then runs to the end. Answers of writes are lost as well, without a kill. What the server has must be
//! what an undisturbed run leaves, and its log must show nothing that was made twice or left behind.
//!
//! A usual run does that everywhere while a setup is applied, at some places that chance chooses while it is taken back, and
//! at ten of every other journey; `GRANTWAY_SWEEP=full` does it everywhere. `GRANTWAY_SWEEP_SEED` repeats the choices of an
//! earlier run.

mod blow;
mod calm;
mod ledger;
mod point;
mod world;

use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Instant;

use futures_util::StreamExt as _;
use grantway_tests::Until;
use grantway_tests::journey::{Act, JOURNEYS, Journey, OWN};

use blow::{Blow, Chance, KINDS};
use calm::Calm;
use point::{Point, Tally};
use world::Outcome;

/// Places of a usual sweep after an entry of the own journey, and of every other journey in all.
const SOME: usize = 10;
/// Places of a usual sweep while the own setup is taken back, of each kind.
const BACK: usize = 4;
/// Children side by side.
const SIDE_BY_SIDE: usize = 4;
/// Processes that a setup may take whose every process is killed soon.
const LIVES: usize = 150;

/// How a sweep is done.
struct Sweep {
    full: bool,
    seed: u64,
}

impl Sweep {
    #[allow(
        clippy::disallowed_methods,
        reason = "how thorough a run is, is told by whoever starts the tests"
    )]
    fn told() -> Self {
        let fresh = || std::hash::RandomState::new().build_hasher().finish();
        let seed = std::env::var("GRANTWAY_SWEEP_SEED").ok();
        Self {
            full: std::env::var("GRANTWAY_SWEEP").is_ok_and(|sweep| sweep == "full"),
            seed: seed
                .and_then(|seed| seed.parse().ok())
                .unwrap_or_else(fresh),
        }
    }

    /// Every place of the first act, of the later ones every place or some. A kill after an entry is one before the next
    /// request or entry: a usual sweep holds only some of them against that.
    fn everywhere(&self, calm: &Calm, chance: &mut Chance) -> Vec<Point> {
        let mut points = Vec::new();
        for (station, of) in calm.stations.iter().enumerate() {
            for (kind, count) in of.counts.kinds() {
                let places = match kind(1) {
                    _ if self.full => (1..=count).collect(),
                    _ if station > 0 => chance.some(BACK, count),
                    Blow::AfterAppend(_) => chance.some(SOME, count),
                    _ => (1..=count).collect(),
                };
                for nth in places {
                    let blow = kind(nth);
                    points.extend(self.again(blow, chance).into_iter().map(|again| Point {
                        station,
                        blow,
                        again,
                    }));
                }
            }
        }
        points
    }

    /// What falls second: one thing or, one time in five, nothing; in a full sweep nothing, and two things.
    fn again(&self, blow: Blow, chance: &mut Chance) -> Vec<Option<Blow>> {
        if !blow.kills() {
            return vec![None];
        }
        if self.full {
            return vec![None, Some(chance.again()), Some(chance.again())];
        }
        vec![(chance.up_to(5) > 1).then(|| chance.again())]
    }

    /// Points of a journey beside the own one: each place once, or ten of them with every kind among them.
    fn here_and_there(&self, calm: &Calm, chance: &mut Chance) -> Vec<Point> {
        let mut points = Vec::new();
        for (sort, kind) in KINDS.iter().enumerate() {
            let counts = calm.stations.iter().map(|of| of.counts.kinds()[sort].1);
            let places: Vec<(usize, u64)> = counts
                .enumerate()
                .flat_map(|(station, count)| (1..=count).map(move |nth| (station, nth)))
                .collect();
            let chosen = if self.full {
                places.len()
            } else {
                SOME / KINDS.len()
            };
            for place in chance.some(chosen, places.len() as u64) {
                let (station, nth) = places[place as usize - 1];
                let blow = kind(nth);
                points.push(Point {
                    station,
                    blow,
                    again: blow.kills().then(|| chance.again()),
                });
            }
        }
        points
    }
}

/// Runs points side by side, and says at once what is wrong, for whoever watches a sweep that takes long.
#[allow(clippy::disallowed_macros, reason = "a sweep says what it finds")]
async fn run_all(points: Vec<Point>, calm: &Calm) -> Vec<Result<Tally, String>> {
    futures_util::stream::iter(points)
        .map(|point| point.run(calm))
        .buffer_unordered(SIDE_BY_SIDE)
        .inspect(|result| {
            if let Err(wrong) = result {
                println!("{wrong}");
            }
        })
        .collect()
        .await
}

/// Runs that take their turns differ by a few retries, so a disturbed one may have places that the undisturbed one had
/// not: each kind goes on until a blow finds none.
async fn beyond(calm: &Calm, chance: &mut Chance) -> Vec<Result<Tally, String>> {
    let mut results = Vec::new();
    for (kind, count) in calm.stations[0].counts.kinds() {
        for nth in count + 1.. {
            let point = Point {
                station: 0,
                blow: kind(nth),
                again: Some(chance.again()),
            };
            let result = point.run(calm).await;
            let over = !matches!(result, Ok(Tally { first: 1, .. }));
            results.push(result);
            if over {
                break;
            }
        }
    }
    results
}

/// Says what was done and how to do it again, and fails where something was wrong.
#[allow(
    clippy::disallowed_macros,
    reason = "a sweep says what it did, and how to do it again"
)]
fn judge(sweep: &Sweep, calm: &Calm, results: &[Result<Tally, String>], began: Instant) {
    let wrong: Vec<&String> = results.iter().filter_map(|r| r.as_ref().err()).collect();
    let fell = |of: fn(&Tally) -> usize| -> usize { results.iter().flatten().map(of).sum() };
    let said = format!(
        "{}: seed {}, {} points, {} blows fell and {} second ones, in {:.0?}; {:?}",
        calm.journey.name,
        sweep.seed,
        results.len(),
        fell(|tally| tally.first),
        fell(|tally| tally.again),
        began.elapsed(),
        calm.stations
            .iter()
            .map(|station| &station.counts)
            .collect::<Vec<_>>(),
    );
    println!("{said}");
    assert!(
        wrong.is_empty(),
        "{} of {} points left duplicates, orphans or another end state ({said}): {wrong:#?}",
        wrong.len(),
        results.len(),
    );
    // A sweep that strikes nothing proves nothing.
    assert!(fell(|tally| tally.first) * 2 > results.len(), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_that_is_killed_comes_to_the_same_end() {
    let began = Instant::now();
    let sweep = Sweep::told();
    let mut chance = Chance::of(sweep.seed);
    let calm = Calm::run(Journey::named(OWN)).await;
    let points = sweep.everywhere(&calm, &mut chance);
    let mut results = run_all(points, &calm).await;
    results.extend(beyond(&calm, &mut chance).await);
    judge(&sweep, &calm, &results, began);
}

/// Entries that the longest of these processes appends at the most. Each step of take back opens with an entry of its own, and
/// five of them run side by side: processes that never get past those would try the same for ever.
const LONGEST: u64 = 9;

/// No process of this setup lives for more than a few entries of the journal, and the setup comes to its end nonetheless.
#[tokio::test(flavor = "multi_thread")]
async fn a_setup_whose_every_process_is_killed_comes_to_the_same_end() {
    let calm = Calm::run(Journey::named(OWN)).await;
    let mut world = calm.stations[0].begin().await;
    for station in &calm.stations {
        let mut lives = (1..=LIVES as u64).map(|life| Blow::AfterAppend(2 + life % (LONGEST - 1)));
        loop {
            let blow = lives
                .next()
                .unwrap_or_else(|| panic!("act {} does not end", station.act));
            match world.strike(station.act, blow).await {
                Ok(Outcome::Killed) => {}
                Ok(Outcome::Ended { .. }) => break,
                Err(wrong) => panic!("{wrong}"),
            }
        }
        assert_eq!(calm.is_after(station, &world), Ok(()));
    }
    assert_eq!(calm.is_over(&world), Ok(()));
}

/// Starting over is an act of a few entries, which ten points of a journey hardly meet.
#[tokio::test(flavor = "multi_thread")]
async fn starting_over_that_is_cut_off_comes_to_the_same_end() {
    let began = Instant::now();
    let sweep = Sweep::told();
    let mut chance = Chance::of(sweep.seed);
    let calm = Calm::run(Journey::named("unverified-publisher")).await;
    let mut points = Vec::new();
    for (station, of) in calm.stations.iter().enumerate() {
        if !matches!(calm.journey.acts[of.act], Act::Plays(_, Until::StartedOver)) {
            continue;
        }
        for (kind, count) in of.counts.kinds() {
            points.extend((1..=count).map(|nth| Point {
                station,
                blow: kind(nth),
                again: (chance.up_to(2) == 1).then(|| chance.again()),
            }));
        }
    }
    let results = run_all(points, &calm).await;
    judge(&sweep, &calm, &results, began);
}

async fn sweep(name: &str) {
    let began = Instant::now();
    let sweep = Sweep::told();
    let mut chance = Chance::of(sweep.seed);
    let calm = Calm::run(Journey::named(name)).await;
    let points = sweep.here_and_there(&calm, &mut chance);
    let results = run_all(points, &calm).await;
    judge(&sweep, &calm, &results, began);
}

macro_rules! others {
    ($($test:ident: $journey:literal),+ $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                sweep($journey).await;
            }
        )+

        #[test]
        fn no_journey_is_left_out() {
            let swept = [OWN, $($journey),+];
            let all: Vec<&str> = JOURNEYS.iter().map(|journey| journey.name).collect();
            assert_eq!(all, swept);
        }
    };
}

others! {
    a_new_relationship_is_asked_for_once: "new-relationship",
    a_customer_that_is_let_in_first_comes_to_the_same_end: "customer-let-in",
    own_security_defaults_come_back: "own-defaults",
    a_request_that_nobody_approves_is_ended: "never-approved",
    what_was_there_before_stays: "there-before",
    two_technicians_keep_apart: "two-technicians",
    two_setups_of_one_person_keep_apart: "two-setups",
    a_consent_that_was_declined_is_given_later: "declined",
    a_consent_that_cookies_spoiled_is_started_over: "cookies-interfere",
    a_federated_provider_comes_to_the_same_end: "federated-provider",
    an_unverified_publisher_leaves_nothing: "unverified-publisher",
    a_wrong_publisher_leaves_nothing: "wrong-publisher",
}
