//! The journal: the append-only record of a setup, and what follows from it.
//!
//! An intent is durable before its request leaves; the outcome follows. Where a setup stands is never
//! stored: it is what [`SetupState`] makes of the entries, so a killed process and a running one agree.

mod confirmed;
mod entry;
mod index;
mod outputs;
mod pairs;
mod state;
mod step_state;
#[cfg(test)]
mod tests;

pub use confirmed::Confirmed;
pub use entry::{
    ActKind, Attendance, Ending, Entry, LeftConsent, Leftover, Problem, SignIn, StepProof,
};
pub use index::Index;
pub use pairs::{ConfirmedPair, ListedName, Pairs};
pub use state::{Phase, SetupState, Standing};
pub use step_state::StepState;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::ids::SetupId;

/// An entry with its place and time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The place in the whole journal, from 1, without gaps within a setup's own order.
    pub seq: u64,
    /// When it was written.
    pub at: Timestamp,
    /// The setup.
    pub setup: SetupId,
    /// What happened.
    pub entry: Entry,
}

/// Why the journal did not take or give an entry. In each case nothing is sent to a cloud.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// No room or no way to write: full disk, read-only folder, I/O error.
    #[error("the journal cannot be written: {0}")]
    CannotWrite(String),
    /// The journal is open for reading only: damaged, or another instance writes.
    #[error("the journal is open for reading only: {0}")]
    ReadOnly(String),
    /// What is stored does not hang together.
    #[error("the journal is damaged: {0}")]
    Damaged(String),
}

/// Where entries are kept. One person's is SQLite; a team's could be a server.
#[async_trait]
pub trait Journal: Send + Sync {
    /// Stores an entry; when it returns, the entry survives a power cut.
    async fn append(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entry: &Entry,
    ) -> Result<Recorded, JournalError>;
    /// Stores several entries as one: when it returns, all of them survive a power cut; when it fails, none was stored.
    async fn append_all(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entries: &[Entry],
    ) -> Result<Vec<Recorded>, JournalError>;
    /// All entries of a setup, in order.
    async fn entries(&self, setup: &SetupId) -> Result<Vec<Recorded>, JournalError>;
    /// The entries of all setups that come after a place in the journal, in order; after 0 come all.
    async fn since(&self, place: u64) -> Result<Vec<Recorded>, JournalError>;
    /// All setups, in the order of their first entry.
    async fn setups(&self) -> Result<Vec<SetupId>, JournalError>;
}
