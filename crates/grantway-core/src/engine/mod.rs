//! The engine: makes plans, carries them out, reads back, takes back.
//!
//! It makes no choices: what to do is in the plan, what happened is in the journal, what is there is asked
//! of the cloud. Every entry point can be called again after a crash and goes on where the two say it stood.

mod apply;
mod approve;
mod change_run;
mod facts;
mod planner;
mod prove;
mod schedule;
mod task_run;
mod undo;
mod wait_run;

#[cfg(test)]
mod tests;

pub use apply::RunEnd;
pub use approve::ApprovalError;
pub use planner::PlanError;
pub use undo::{Fate, InUse, UndoRow};

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::Timestamp;
use crate::change::{Context, Registry};
use crate::check::Check;
use crate::fault::{Fault, FaultKind};
use crate::ids::{SetupId, StepId, TenantId};
use crate::journal::{Attendance, Entry, Index, Journal, JournalError, SetupState};
use crate::plan::Row;
use crate::ports::{Clock, Observer, Secrets};
use crate::question::Reading;
use crate::text::Text;

/// Judges a reading for a step of a plan. The pattern that made the plan does.
pub trait Judge: Send + Sync {
    /// What the reading means for that step; `attendance` is what the session of a task saw.
    fn judge(&self, row: &Row, reading: &Reading, attendance: Option<&Attendance>) -> Check;
}

/// How much may run side by side.
#[derive(Debug, Clone, Copy)]
pub struct Caps {
    /// Steps at once.
    pub steps: usize,
    /// Steps at once in one tenant's name.
    pub per_tenant: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            steps: 32,
            per_tenant: 8,
        }
    }
}

/// Stops a run between steps; what has left is waited for.
#[derive(Debug, Default)]
pub struct Brake(AtomicBool);

impl Brake {
    /// Lets nothing new begin.
    pub fn pull(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Lets steps begin again.
    pub fn release(&self) {
        self.0.store(false, Ordering::SeqCst);
    }

    /// Whether it is pulled.
    pub fn is_pulled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// The engine with everything that it needs from outside.
pub struct Engine {
    /// Where entries go.
    pub journal: Arc<dyn Journal>,
    /// Where the setups of this journal stand.
    pub index: Index,
    /// Who knows which kind of object and question.
    pub registry: Registry,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Secrets of setups.
    pub secrets: Arc<dyn Secrets>,
    /// Who hears that a setup moved.
    pub observer: Arc<dyn Observer>,
    /// How much may run side by side.
    pub caps: Caps,
}

/// A run over one setup: its state in memory, kept in step with the journal.
struct Run<'a> {
    engine: &'a Engine,
    setup: &'a SetupId,
    judge: &'a dyn Judge,
    state: Mutex<SetupState>,
}

impl Engine {
    /// Stores an entry and tells the observer.
    pub async fn record(
        &self,
        setup: &SetupId,
        entry: Entry,
    ) -> Result<crate::journal::Recorded, JournalError> {
        let recorded = self.journal.append(self.clock.now(), setup, &entry).await?;
        self.observer.moved(setup);
        Ok(recorded)
    }

    /// Stores several entries as one, all or none, and tells the observer once.
    pub async fn record_all(&self, setup: &SetupId, entries: &[Entry]) -> Result<(), JournalError> {
        if entries.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        self.journal.append_all(now, setup, entries).await?;
        self.observer.moved(setup);
        Ok(())
    }

    /// Where a setup stands.
    pub async fn state(&self, setup: &SetupId) -> Result<Arc<SetupState>, JournalError> {
        self.index.state(&*self.journal, setup).await
    }

    /// Where all setups stand, in the order of their first entries.
    pub async fn states(&self) -> Result<Vec<(SetupId, Arc<SetupState>)>, JournalError> {
        self.index.states(&*self.journal).await
    }

    async fn run<'a>(
        &'a self,
        setup: &'a SetupId,
        judge: &'a dyn Judge,
    ) -> Result<Run<'a>, JournalError> {
        let state = Mutex::new(Arc::unwrap_or_clone(self.state(setup).await?));
        Ok(Run {
            engine: self,
            setup,
            judge,
            state,
        })
    }
}

impl Run<'_> {
    async fn record(&self, entry: Entry) -> Result<(), JournalError> {
        let recorded = self.engine.record(self.setup, entry).await?;
        self.state().fold(&recorded);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, SetupState> {
        // A panic while folding would leave a state that the journal can rebuild; the entries are what counts.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Timestamp {
        self.engine.clock.now()
    }

    fn context<'b>(&'b self, step: &'b StepId, tenant: TenantId) -> Context<'b> {
        let state = self.state();
        Context {
            setup: self.setup,
            step,
            tenant,
            actor: state.actor(tenant),
            since: state.own_since(step),
            cut_off: false,
            clock: &*self.engine.clock,
            secrets: &*self.engine.secrets,
        }
    }

    async fn pause_before_look(&self, seconds: i64) {
        if seconds > 0 {
            self.engine
                .clock
                .sleep_until(later(self.now(), seconds))
                .await;
        }
    }
}

/// Seconds between looks for something that may have happened or is on its way: at once, then ever longer. Half a minute in all.
const LOOKS: [i64; 6] = [0, 1, 2, 4, 8, 15];

fn later(moment: Timestamp, seconds: i64) -> Timestamp {
    moment
        .checked_add(jiff::SignedDuration::from_secs(seconds))
        .unwrap_or(Timestamp::MAX)
}

fn unresolved(row: &Row, error: &crate::desired::Unresolved) -> Fault {
    Fault::new(
        FaultKind::Local,
        Text::new("doing-step").with("step", row.step.title.clone()),
        error.to_string(),
    )
}
