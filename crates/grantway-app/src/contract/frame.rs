//! The frame around every screen.

use serde::Serialize;
use ts_rs::TS;

use super::Theme;

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
    /// Why nothing can be written, where that is so: a second instance, a damaged journal, a full disk.
    pub read_only: Option<String>,
}
