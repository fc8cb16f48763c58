//! Earlier states of the world, kept for a while so that a fault rule can make a replica answer from the past.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use crate::state::World;

/// How many earlier states are kept at most while a rule needs them.
const KEPT: usize = 256;

/// Earlier states, oldest first. Nothing is kept until [`History::watch`] is called.
#[derive(Debug, Default)]
pub struct History {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    watching: bool,
    // Each world was true until its moment.
    worlds: VecDeque<(Timestamp, Arc<World>)>,
}

impl History {
    /// Starts or stops keeping states.
    pub fn watch(&self, on: bool) {
        let mut inner = self.lock();
        inner.watching = on;
        if !on {
            inner.worlds.clear();
        }
    }

    /// Keeps the state that is about to change.
    pub fn keep(&self, now: Timestamp, world: &World) {
        let mut inner = self.lock();
        if !inner.watching {
            return;
        }
        if inner.worlds.len() == KEPT {
            inner.worlds.pop_front();
        }
        inner.worlds.push_back((now, Arc::new(world.clone())));
    }

    /// The state as it was at a moment; none when it has not changed since.
    pub fn at(&self, moment: Timestamp) -> Option<Arc<World>> {
        self.lock()
            .worlds
            .iter()
            .find(|(until, _)| *until > moment)
            .map(|(_, world)| Arc::clone(world))
    }

    /// Forgets all states.
    pub fn clear(&self) {
        self.lock().worlds.clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
