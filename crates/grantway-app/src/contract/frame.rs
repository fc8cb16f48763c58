//! The frame around every screen.

use serde::Serialize;
use ts_rs::TS;

use super::{Theme, UiProblem};

/// A way out of a journal that is open for reading only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ReadOnlyAct {
    /// Opens it anew.
    TryAgain,
    /// Writes what can be read to a file.
    Export,
    /// Sets it aside and begins a new one.
    StartAfresh,
}

/// Why nothing can be written, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReadOnlyView {
    /// What every change is refused with meanwhile.
    pub problem: UiProblem,
    /// The ways out, the best one first.
    pub acts: Vec<ReadOnlyAct>,
}

/// What stands around every screen.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FrameView {
    /// Practice mode: the tape on every screen.
    pub practice: bool,
    /// Practice is there to be entered.
    pub practice_available: bool,
    /// How many setups wait for something.
    pub waiting: usize,
    /// The provider's name, as soon as one is known; else the mode's.
    pub identity: String,
    /// Two letters for its mark.
    pub initials: String,
    /// A line below it: "No session open", "Practice cloud".
    pub note: String,
    /// The theme.
    pub theme: Theme,
    /// Why the chosen cloud file is not used.
    pub cloud_problem: Option<UiProblem>,
    /// Why nothing can be written, where that is so: a second instance, a damaged journal, a folder without room.
    pub read_only: Option<ReadOnlyView>,
}
