//! Crash sweep: the use cases run in a child process, the practice cloud in this one. The child is killed at every request
//! before it takes effect, at every write after it took effect, and before and after every entry of its journal; it is
//! killed again while it recovers, and then runs to the end. Answers of writes are lost as well, without a kill. What the
//! server has must be what an undisturbed run leaves, and its log must show nothing that was made twice or left behind.
//!
//! A usual run does all of that while a setup is applied, and at some places that chance chooses while it is taken back;
//! `GRANTWAY_SWEEP=full` does it everywhere. `GRANTWAY_SWEEP_SEED` repeats the choices of an earlier run.

mod blow;
mod ledger;
mod world;

use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Instant;

use futures_util::StreamExt as _;
use grantway_practice::hosts::Service;
use grantway_tests::{differences, end_state};
use serde_json::Value;

use blow::{AT_APPENDS, AT_REQUESTS, AT_WRITES, Blow, Chance, Kind};
use ledger::Ledger;
use world::{Goal, Outcome, Run, World};

/// Places of a usual sweep while a setup is taken back, of each kind.
const SOME: usize = 10;
/// Children side by side.
const SIDE_BY_SIDE: usize = 4;
/// Processes that a setup may take whose every process is killed soon.
const LIVES: usize = 150;

/// What an undisturbed run does, and leaves.
struct Calm {
    /// The world before it.
    start: Value,
    /// What it has when it is applied.
    end: Vec<String>,
    /// The applied world, to be copied.
    applied: World,
    /// What was made and removed when it is taken back.
    ledger: Ledger,
    apply: Counts,
    undo: Counts,
}

/// How many places of each sort a run has.
#[derive(Debug)]
struct Counts {
    requests: u64,
    writes: u64,
    appends: u64,
}

impl Counts {
    /// Of the log after what was logged before.
    fn of(world: &World, before: usize, run: &Run) -> Self {
        let log = world.log();
        let log = &log[before..];
        let writes = log
            .iter()
            .filter(|row| row.service == Service::Graph && row.method != "GET");
        Self {
            requests: log.len() as u64,
            writes: writes.count() as u64,
            appends: run.appends,
        }
    }

    /// Each kind of blow with its number of places.
    fn kinds(&self) -> Vec<(Kind, u64)> {
        let kinds = [
            (AT_REQUESTS.as_slice(), self.requests),
            (AT_WRITES.as_slice(), self.writes),
            (AT_APPENDS.as_slice(), self.appends),
        ];
        let each = kinds
            .into_iter()
            .flat_map(|(kinds, count)| kinds.iter().map(move |kind| (*kind, count)));
        each.collect()
    }
}

impl Calm {
    async fn run() -> Self {
        let applied = World::kept().await;
        let start = applied.dump();
        let run = applied.to_the_end(Goal::Applied).await.expect("applied");
        let end = end_state(&start, &applied.dump(), &run.setup);
        let apply = Counts::of(&applied, 0, &run);
        let world = applied.copy().await;
        let before = world.log().len();
        let back = world.to_the_end(Goal::TakenBack).await.expect("taken back");
        let left = differences(&start, &world.dump());
        assert_eq!(left, Vec::<String>::new(), "an undisturbed run leaves this");
        Self {
            ledger: Ledger::of(&world.log(), &start.to_string(), &run.setup),
            undo: Counts::of(&world, before, &back),
            start,
            end,
            applied,
            apply,
        }
    }

    /// Looks at an applied world.
    fn is_applied(&self, world: &World, setup: &str) -> Result<(), String> {
        let end = end_state(&self.start, &world.dump(), setup);
        let lacking = odd(&self.end, &end, "-");
        let mut odd = odd(&end, &self.end, "+");
        odd.extend(lacking);
        none("another end state than undisturbed", odd)
    }

    /// Looks at a world in which everything was taken back.
    fn is_taken_back(&self, world: &World, setup: &str) -> Result<(), String> {
        none("left behind", differences(&self.start, &world.dump()))?;
        let ledger = Ledger::of(&world.log(), &self.start.to_string(), setup);
        none("duplicates in the log", ledger.duplicates(&self.ledger))?;
        none("orphans in the log", ledger.orphans(&self.ledger))
    }
}

/// Lines of one that the other lacks.
fn odd(one: &[String], other: &[String], sign: &str) -> Vec<String> {
    let mut rest = other.to_vec();
    let mut odd = Vec::new();
    for line in one {
        match rest.iter().position(|other| other == line) {
            Some(place) => drop(rest.swap_remove(place)),
            None => odd.push(format!("{sign} {line}")),
        }
    }
    odd
}

fn none(what: &str, lines: Vec<String>) -> Result<(), String> {
    if lines.is_empty() {
        Ok(())
    } else {
        Err(format!("{what}\n  {}", lines.join("\n  ")))
    }
}

/// A disturbed run.
#[derive(Debug, Clone, Copy)]
struct Point {
    goal: Goal,
    blow: Blow,
    /// What falls while the first one is made good.
    again: Option<Blow>,
}

/// What fell.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    first: usize,
    again: usize,
}

impl Point {
    /// Disturbed there, again while that is made good, then run to the end. What is wrong, in words.
    async fn run(self, calm: &Calm) -> Result<Tally, String> {
        self.looked_at(calm)
            .await
            .map_err(|wrong| format!("{self:?}: {wrong}"))
    }

    async fn looked_at(self, calm: &Calm) -> Result<Tally, String> {
        let world = match self.goal {
            Goal::Applied => World::new().await,
            Goal::TakenBack => calm.applied.copy().await,
        };
        let mut tally = Tally::default();
        let mut ended = None;
        match world.strike(self.goal, self.blow).await? {
            Outcome::Killed => tally.first = 1,
            Outcome::Ended { run, fell, seen } => {
                tally.first = usize::from(fell);
                if !fell && seen >= self.blow.nth() {
                    return Err(format!("the blow did not fall, and the run had {seen}"));
                }
                ended = Some(run);
            }
        }
        if let (None, Some(again)) = (&ended, self.again) {
            match world.strike(self.goal, again).await? {
                Outcome::Killed => tally.again = 1,
                Outcome::Ended { run, fell, .. } => {
                    tally.again = usize::from(fell);
                    ended = Some(run);
                }
            }
        }
        let run = match ended {
            Some(run) => run,
            None => world.to_the_end(self.goal).await?,
        };
        if self.goal == Goal::Applied {
            calm.is_applied(&world, &run.setup)?;
            world.to_the_end(Goal::TakenBack).await?;
        }
        calm.is_taken_back(&world, &run.setup)?;
        Ok(tally)
    }
}

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

    /// Every place of applying; of taking back every one or some.
    fn points(&self, calm: &Calm, chance: &mut Chance) -> Vec<Point> {
        let mut points = Vec::new();
        for (goal, counts) in [(Goal::Applied, &calm.apply), (Goal::TakenBack, &calm.undo)] {
            let some = goal == Goal::TakenBack && !self.full;
            for (kind, count) in counts.kinds() {
                let places = if some {
                    chance.some(SOME, count)
                } else {
                    (1..=count).collect()
                };
                for nth in places {
                    let blow = kind(nth);
                    points.extend(self.again(blow, chance).into_iter().map(|again| Point {
                        goal,
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
}

/// Runs that take their turns differ by a few retries, so a disturbed one may have places that the undisturbed one had
/// not: each kind goes on until a blow finds none.
async fn beyond(calm: &Calm, chance: &mut Chance) -> (usize, Vec<Result<Tally, String>>) {
    let mut results = Vec::new();
    for (kind, count) in calm.apply.kinds() {
        for nth in count + 1.. {
            let point = Point {
                goal: Goal::Applied,
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
    (results.len(), results)
}

#[tokio::test(flavor = "multi_thread")]
#[allow(
    clippy::disallowed_macros,
    reason = "a sweep says what it did, and how to do it again"
)]
async fn a_setup_that_is_killed_comes_to_the_same_end() {
    let began = Instant::now();
    let sweep = Sweep::told();
    let mut chance = Chance::of(sweep.seed);
    let calm = Calm::run().await;
    let points = sweep.points(&calm, &mut chance);
    let count = points.len();
    let mut results: Vec<Result<Tally, String>> = futures_util::stream::iter(points)
        .map(|point| point.run(&calm))
        .buffer_unordered(SIDE_BY_SIDE)
        .inspect(|result| {
            // At once, for whoever watches a sweep that takes long.
            if let Err(wrong) = result {
                println!("{wrong}");
            }
        })
        .collect()
        .await;
    let (more, beyond) = beyond(&calm, &mut chance).await;
    results.extend(beyond);
    let wrong: Vec<&String> = results.iter().filter_map(|r| r.as_ref().err()).collect();
    let fell = |of: fn(&Tally) -> usize| -> usize { results.iter().flatten().map(of).sum() };
    let said = format!(
        "seed {}: {count} points and {more} beyond, {} blows fell and {} second ones, in {:.0?}; applying {:?}, taking back {:?}",
        sweep.seed,
        fell(|tally| tally.first),
        fell(|tally| tally.again),
        began.elapsed(),
        calm.apply,
        calm.undo,
    );
    println!("{said}");
    assert!(
        wrong.is_empty(),
        "{} of {} points left duplicates, orphans or another end state ({said}): {wrong:#?}",
        wrong.len(),
        results.len(),
    );
}

/// No process of this setup lives for more than a few entries of the journal, and the setup comes to its end nonetheless.
#[tokio::test(flavor = "multi_thread")]
async fn a_setup_whose_every_process_is_killed_comes_to_the_same_end() {
    let calm = Calm::run().await;
    let world = World::new().await;
    for goal in [Goal::Applied, Goal::TakenBack] {
        let mut lives = (1..=LIVES as u64).map(|life| Blow::AfterAppend(2 + life % 4));
        let run = loop {
            let blow = lives
                .next()
                .unwrap_or_else(|| panic!("{goal:?} does not end"));
            match world.strike(goal, blow).await {
                Ok(Outcome::Killed) => {}
                Ok(Outcome::Ended { run, .. }) => break run,
                Err(wrong) => panic!("{wrong}"),
            }
        };
        let looked_at = match goal {
            Goal::Applied => calm.is_applied(&world, &run.setup),
            Goal::TakenBack => calm.is_taken_back(&world, &run.setup),
        };
        assert_eq!(looked_at, Ok(()), "{goal:?}");
    }
}
