//! An undisturbed run of a journey: what it does at each act, and what it leaves.

use grantway_practice::hosts::Service;
use grantway_tests::differences;
use grantway_tests::journey::{Act, Journey};
use serde_json::Value;

use crate::blow::{Blow, KINDS, Kind};
use crate::ledger::Ledger;
use crate::world::{Run, World};

/// What an undisturbed run does, and leaves.
pub struct Calm {
    /// The journey.
    pub journey: &'static Journey,
    /// The acts of the app, in order.
    pub stations: Vec<Station>,
    /// The world before it.
    start: Value,
    /// What it has when everything is over.
    left: Vec<String>,
    /// What was made and removed.
    ledger: Ledger,
}

/// An act of the app, in a process that may be killed.
pub struct Station {
    /// The number of the act.
    pub act: usize,
    /// What others do just before it.
    pub others: &'static [Act],
    /// The world before that, to be copied.
    before: World,
    /// How many places it has.
    pub counts: Counts,
    /// What the world has after it.
    end: Vec<String>,
}

/// How many places of each sort an act has.
#[derive(Debug)]
pub struct Counts {
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
    pub fn kinds(&self) -> [(Kind, u64); 5] {
        KINDS.map(|kind| {
            let places = match kind(1) {
                Blow::BeforeRequest(_) => self.requests,
                Blow::AfterWrite(_) | Blow::LostAnswer(_) => self.writes,
                Blow::BeforeAppend(_) | Blow::AfterAppend(_) => self.appends,
            };
            (kind, places)
        })
    }
}

impl Station {
    /// The world in which the act begins.
    pub async fn begin(&self) -> World {
        // A fresh world that nobody will copy keeps nothing on disk, which is quicker.
        if self.act == 0 {
            return self.before.anew().await;
        }
        let world = self.before.copy().await;
        world.others_act(self.others).await;
        world
    }
}

impl Calm {
    /// Runs a journey undisturbed.
    pub async fn run(journey: &'static Journey) -> Self {
        let mut world = World::kept(journey).await;
        let start = world.dump();
        let mut stations = Vec::new();
        let mut others = 0;
        for (act, played) in journey.acts.iter().enumerate() {
            if !matches!(played, Act::Plays(..)) {
                continue;
            }
            let next = world.copy().await;
            let before = std::mem::replace(&mut world, next);
            let others = &journey.acts[std::mem::replace(&mut others, act + 1)..act];
            world.others_act(others).await;
            let logged = world.log().len();
            let run = world.play_to_the_end(act).await;
            let run = run.unwrap_or_else(|wrong| panic!("{} undisturbed: {wrong}", journey.name));
            stations.push(Station {
                act,
                others,
                before,
                counts: Counts::of(&world, logged, &run),
                end: world.end_state(&start),
            });
        }
        world.settles();
        let left = differences(&start, &world.dump());
        let by_design = |line: &&String| journey.leaves.iter().any(|part| line.contains(part));
        let (left, odd): (Vec<&String>, Vec<&String>) = left.iter().partition(by_design);
        assert!(
            odd.is_empty(),
            "an undisturbed {} leaves {odd:#?}",
            journey.name
        );
        assert!(
            left.len() >= journey.leaves.len(),
            "an undisturbed {} does not leave {:?}",
            journey.name,
            journey.leaves
        );
        Self {
            journey,
            stations,
            left: world.end_state(&start),
            ledger: world.ledger(&start),
            start,
        }
    }

    /// Looks at a world after that act.
    pub fn is_after(&self, station: &Station, world: &World) -> Result<(), String> {
        same(&station.end, &world.end_state(&self.start))
            .map_err(|wrong| format!("after {:?}: {wrong}", self.journey.acts[station.act]))
    }

    /// Looks at a world in which all acts are over.
    pub fn is_over(&self, world: &World) -> Result<(), String> {
        world.settles();
        same(&self.left, &world.end_state(&self.start))?;
        let ledger = world.ledger(&self.start);
        none("duplicates in the log", ledger.duplicates(&self.ledger))?;
        none("orphans in the log", ledger.orphans(&self.ledger))
    }
}

fn same(calm: &[String], end: &[String]) -> Result<(), String> {
    let mut odd = lacking(end, calm, "+");
    odd.extend(lacking(calm, end, "-"));
    none("another end state than undisturbed", odd)
}

/// Lines of one that the other lacks.
fn lacking(one: &[String], other: &[String], sign: &str) -> Vec<String> {
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
