//! A small cloud in memory, with scripted faults and a power switch.
//!
//! It takes every create, whether there is such an object already or not: a doubled object is seen, not forgiven.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use serde_json::Value;

use crate::Timestamp;
use crate::ids::SetupId;
use crate::journal::{Entry, Journal, JournalError, Recorded};
use crate::memory::MemoryJournal;

/// How many more operations there is power for; none is no end. Once it is out it stays out.
#[derive(Default)]
pub struct Power {
    left: Mutex<Option<u64>>,
}

impl Power {
    pub fn for_operations(count: u64) -> Arc<Self> {
        Arc::new(Self {
            left: Mutex::new(Some(count)),
        })
    }

    pub fn spend(&self) -> bool {
        let mut left = self.left.lock().unwrap();
        match left.as_mut() {
            None => true,
            Some(0) => false,
            Some(count) => {
                *count -= 1;
                true
            }
        }
    }

    pub fn is_out(&self) -> bool {
        *self.left.lock().unwrap() == Some(0)
    }
}

/// A journal that needs power.
pub struct Powered {
    pub journal: Arc<MemoryJournal>,
    pub power: Arc<Power>,
}

#[async_trait]
impl Journal for Powered {
    async fn append(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entry: &Entry,
    ) -> Result<Recorded, JournalError> {
        if !self.power.spend() {
            return Err(JournalError::CannotWrite("killed".into()));
        }
        self.journal.append(at, setup, entry).await
    }

    async fn append_all(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entries: &[Entry],
    ) -> Result<Vec<Recorded>, JournalError> {
        if !self.power.spend() {
            return Err(JournalError::CannotWrite("killed".into()));
        }
        self.journal.append_all(at, setup, entries).await
    }

    async fn entries(&self, setup: &SetupId) -> Result<Vec<Recorded>, JournalError> {
        self.journal.entries(setup).await
    }

    async fn since(&self, place: u64) -> Result<Vec<Recorded>, JournalError> {
        self.journal.since(place).await
    }

    async fn setups(&self) -> Result<Vec<SetupId>, JournalError> {
        self.journal.setups().await
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Read,
    Create,
    Update,
    Remove,
    Ask,
}

/// What a rule makes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    LosesItBefore,
    LosesTheAnswer,
    Refuses,
    AsksForQuiet(i64),
    SeesNoNeighbour,
    IsOffline,
    Conflicts,
}

struct Rule {
    verb: Verb,
    name: &'static str,
    times: u32,
    does: Does,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    pub id: String,
    pub name: String,
    pub state: Value,
    /// Made in the setup's name.
    pub ours: bool,
}

#[derive(Default)]
pub struct World {
    pub objects: Vec<Object>,
    made: u64,
    rules: Vec<Rule>,
    pub log: Vec<(Verb, String)>,
    pub running: usize,
    pub most_running: usize,
}

/// The cloud.
pub struct Cloud {
    pub world: Mutex<World>,
    pub clock: Arc<crate::memory::SteppingClock>,
}

impl Cloud {
    pub fn new(clock: Arc<crate::memory::SteppingClock>) -> Arc<Self> {
        Arc::new(Self {
            world: Mutex::default(),
            clock,
        })
    }

    /// Something that somebody makes outside the app: a person in a session, or another administrator.
    pub fn somebody_makes(&self, name: &str, state: Value, ours: bool) {
        let mut world = self.world.lock().unwrap();
        if !world.objects.iter().any(|object| object.name == name) {
            world.make(name, state, ours);
        }
    }

    pub fn somebody_changes(&self, name: &str, state: Value) {
        let mut world = self.world.lock().unwrap();
        let object = world.objects.iter_mut().find(|o| o.name == name);
        object.expect("it is there").state = state;
    }

    pub fn somebody_removes(&self, name: &str) {
        self.world
            .lock()
            .unwrap()
            .objects
            .retain(|o| o.name != name);
    }

    pub fn rule(&self, verb: Verb, name: &'static str, times: u32, does: Does) {
        self.world.lock().unwrap().rules.push(Rule {
            verb,
            name,
            times,
            does,
        });
    }

    /// All objects by name and state, without ids; links to other objects by their names.
    pub fn snapshot(&self) -> Vec<(String, String)> {
        let world = self.world.lock().unwrap();
        let mut all: Vec<_> = world
            .objects
            .iter()
            .map(|object| {
                let mut state = object.state.to_string();
                for other in &world.objects {
                    state = state.replace(&other.id, &other.name);
                }
                (object.name.clone(), state)
            })
            .collect();
        all.sort();
        all
    }

    pub fn names(&self) -> Vec<String> {
        self.snapshot().into_iter().map(|(name, _)| name).collect()
    }

    /// How often that was asked for.
    pub fn count(&self, verb: Verb, name: &str) -> usize {
        let world = self.world.lock().unwrap();
        let asked = |(v, n): &&(Verb, String)| *v == verb && n == name;
        world.log.iter().filter(asked).count()
    }

    /// The writes that took effect, in order.
    pub fn writes(&self) -> Vec<String> {
        let world = self.world.lock().unwrap();
        let writes = world
            .log
            .iter()
            .filter(|(verb, _)| matches!(verb, Verb::Create | Verb::Update | Verb::Remove));
        writes
            .map(|(verb, name)| format!("{verb:?} {name}"))
            .collect()
    }

    pub fn most_running(&self) -> usize {
        self.world.lock().unwrap().most_running
    }

    pub fn rule_for(&self, verb: Verb, name: &str) -> Option<Does> {
        let mut world = self.world.lock().unwrap();
        let rule = world
            .rules
            .iter_mut()
            .find(|rule| rule.verb == verb && rule.name == name && rule.times > 0)?;
        rule.times -= 1;
        Some(rule.does)
    }
}

impl World {
    pub fn make(&mut self, name: &str, state: Value, ours: bool) -> String {
        self.made += 1;
        let id = format!("id-{}", self.made);
        self.objects.push(Object {
            id: id.clone(),
            name: name.into(),
            state,
            ours,
        });
        id
    }
}
