//! In-memory fakes of the ports, beside the traits that they fake. For tests, and for runs that keep nothing.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use secrecy::SecretString;
use uuid::Uuid;

use crate::Timestamp;
use crate::fault::Fault;
use crate::ids::SetupId;
use crate::journal::{Entry, Journal, JournalError, Recorded};
use crate::ports::{Clock, Ids, Secrets};

/// A journal that is gone with the process.
#[derive(Debug, Default)]
pub struct MemoryJournal {
    entries: Mutex<Vec<Recorded>>,
    /// Refuses entries from that place on: a full disk.
    pub full_after: Mutex<Option<u64>>,
}

#[async_trait]
impl Journal for MemoryJournal {
    async fn append(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entry: &Entry,
    ) -> Result<Recorded, JournalError> {
        let stored = self.append_all(at, setup, std::slice::from_ref(entry));
        let stored = stored.await?.pop();
        stored.ok_or_else(|| JournalError::CannotWrite("nothing was stored".into()))
    }

    async fn append_all(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entries: &[Entry],
    ) -> Result<Vec<Recorded>, JournalError> {
        let mut stored = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let before = stored.len() as u64;
        let limit = *self
            .full_after
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if limit.is_some_and(|limit| before + entries.len() as u64 > limit) {
            return Err(JournalError::CannotWrite(
                "no space left on the device".into(),
            ));
        }
        let recorded: Vec<Recorded> = entries
            .iter()
            .zip(before + 1..)
            .map(|(entry, seq)| Recorded {
                seq,
                at,
                setup: setup.clone(),
                entry: entry.clone(),
            })
            .collect();
        stored.extend(recorded.iter().cloned());
        Ok(recorded)
    }

    async fn entries(&self, setup: &SetupId) -> Result<Vec<Recorded>, JournalError> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(entries
            .iter()
            .filter(|recorded| &recorded.setup == setup)
            .cloned()
            .collect())
    }

    async fn since(&self, place: u64) -> Result<Vec<Recorded>, JournalError> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let after = entries.iter().filter(|recorded| recorded.seq > place);
        Ok(after.cloned().collect())
    }

    async fn setups(&self) -> Result<Vec<SetupId>, JournalError> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let mut setups: Vec<SetupId> = Vec::new();
        for recorded in entries.iter() {
            if !setups.contains(&recorded.setup) {
                setups.push(recorded.setup.clone());
            }
        }
        Ok(setups)
    }
}

/// A clock that stands until someone sleeps: sleeping moves it.
#[derive(Debug)]
pub struct SteppingClock(Mutex<Timestamp>);

impl SteppingClock {
    /// A clock that stands at that moment.
    pub fn at(moment: Timestamp) -> Self {
        Self(Mutex::new(moment))
    }
}

#[async_trait]
impl Clock for SteppingClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn sleep_until(&self, moment: Timestamp) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = (*now).max(moment);
    }
}

/// Ids that come in a fixed order.
#[derive(Debug, Default)]
pub struct CountedIds(Mutex<u64>);

impl CountedIds {
    fn next(&self) -> u64 {
        let mut count = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        *count
    }
}

impl Ids for CountedIds {
    fn guid(&self) -> Uuid {
        Uuid::from_u64_pair(0x4000, 0x8000_0000_0000_0000 | self.next())
    }

    fn bytes(&self, buffer: &mut [u8]) {
        let seed = self.next();
        for (index, byte) in buffer.iter_mut().enumerate() {
            *byte = (seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(index as u64 * 7919)
                >> 16) as u8;
        }
    }
}

/// Secrets that are gone with the process.
#[derive(Default)]
pub struct MemorySecrets(Mutex<BTreeMap<String, SecretString>>);

#[async_trait]
impl Secrets for MemorySecrets {
    async fn find(&self, name: &str) -> Result<Option<SecretString>, Fault> {
        Ok(self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(name)
            .cloned())
    }

    async fn keep(&self, name: &str, secret: &SecretString) -> Result<(), Fault> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.into(), secret.clone());
        Ok(())
    }

    async fn forget(&self, name: &str) -> Result<(), Fault> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(name);
        Ok(())
    }
}
