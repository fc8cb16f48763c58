//! Where all setups stand, kept in step with the journal.
//!
//! Nothing is stored: it is [`SetupState::of`] of the entries so far, carried on by those that came since. Each look asks
//! the journal for what came after the last entry that was folded, whoever appended it, so an index over a journal that
//! another process writes is never behind what that process has committed. One index belongs to one open journal.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use super::{Journal, JournalError, Recorded, SetupState};
use crate::ids::SetupId;

/// Where all setups stand.
#[derive(Debug, Default)]
pub struct Index(Mutex<Folded>);

#[derive(Debug, Default)]
struct Folded {
    /// The place of the last entry that was folded.
    last: u64,
    /// The setups, in the order of their first entries.
    setups: Vec<SetupId>,
    states: BTreeMap<SetupId, Arc<SetupState>>,
}

impl Folded {
    fn fold(&mut self, recorded: &Recorded) {
        if !self.states.contains_key(&recorded.setup) {
            self.setups.push(recorded.setup.clone());
        }
        let state = self.states.entry(recorded.setup.clone()).or_default();
        // Whoever still looks at the state as it was keeps it.
        Arc::make_mut(state).fold(recorded);
        self.last = recorded.seq;
    }
}

impl Index {
    /// Where a setup stands; a setup without entries stands at the beginning.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn state(
        &self,
        journal: &dyn Journal,
        setup: &SetupId,
    ) -> Result<Arc<SetupState>, JournalError> {
        let folded = self.caught_up(journal).await?;
        Ok(folded.states.get(setup).cloned().unwrap_or_default())
    }

    /// Where all setups stand, in the order of their first entries.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn states(
        &self,
        journal: &dyn Journal,
    ) -> Result<Vec<(SetupId, Arc<SetupState>)>, JournalError> {
        let folded = self.caught_up(journal).await?;
        let state = |id: &SetupId| Some((id.clone(), Arc::clone(folded.states.get(id)?)));
        Ok(folded.setups.iter().filter_map(state).collect())
    }

    /// Forgets everything: the next look reads the journal from its beginning.
    pub fn forget(&self) {
        *self.folded() = Folded::default();
    }

    async fn caught_up(
        &self,
        journal: &dyn Journal,
    ) -> Result<MutexGuard<'_, Folded>, JournalError> {
        loop {
            let after = self.folded().last;
            let came = journal.since(after).await?;
            let mut folded = self.folded();
            // Emptied meanwhile: what was read does not follow what is folded now.
            if folded.last < after {
                continue;
            }
            for recorded in &came {
                // Another look may have folded some of it meanwhile.
                if recorded.seq > folded.last {
                    folded.fold(recorded);
                }
            }
            return Ok(folded);
        }
    }

    fn folded(&self) -> MutexGuard<'_, Folded> {
        self.0.lock().unwrap_or_else(|poisoned| {
            // A panic while folding may have left half an entry: the journal has them all.
            let mut folded = poisoned.into_inner();
            *folded = Folded::default();
            self.0.clear_poison();
            folded
        })
    }
}
