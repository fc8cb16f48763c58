//! The handle that all services of one practice cloud share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::clock::Clock;
use crate::faults::Faults;
use crate::hosts::Hosts;
use crate::ids::Ids;
use crate::log::RequestLog;
use crate::stale::History;
use crate::state::World;

/// One practice cloud: its state, its clock and what happens around its requests.
///
/// The world is only reached through [`Cloud::read`] and [`Cloud::write`], whose closures cannot await, so its lock is never held
/// across an await.
#[derive(Debug)]
pub struct Cloud {
    world: Mutex<World>,
    generation: AtomicU64,
    /// Where each service listens.
    pub hosts: Hosts,
    /// The practice clock.
    pub clock: Clock,
    /// Ids and secrets.
    pub ids: Ids,
    /// What was asked of the services.
    pub log: RequestLog,
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// Earlier states, for answers that are out of date on purpose.
    pub history: History,
}

impl Cloud {
    /// A cloud over a world.
    pub fn new(world: World, hosts: Hosts, clock: Clock, ids: Ids) -> Self {
        Self {
            world: Mutex::new(world),
            generation: AtomicU64::new(0),
            hosts,
            clock,
            ids,
            log: RequestLog::default(),
            faults: Faults::default(),
            history: History::default(),
        }
    }

    /// Reads the world.
    pub fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the world.
    pub fn write<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        self.history.keep(self.clock.now(), &world);
        self.generation.fetch_add(1, Ordering::Relaxed);
        change(&mut world)
    }

    /// Puts another world in place of this one.
    pub fn replace(&self, world: World) {
        self.history.clear();
        self.write(|current| *current = world);
    }

    /// A number that grows with each change of the world.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Relaxed)
    }

    /// The present practice time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
