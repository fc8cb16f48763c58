//! Activity: the journal for people.

use serde::Serialize;
use ts_rs::TS;

use super::Sign;

/// An entry.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ActivityRow {
    /// Its place in the journal.
    pub seq: u64,
    /// Its sign.
    pub sign: Sign,
    /// What the sign says.
    pub sign_word: String,
    /// What happened.
    pub sentence: String,
    /// "10:50:12".
    pub time: String,
    /// "24 Nov 2026".
    pub day: String,
    /// The setup.
    pub setup: String,
    /// The profile and customer of it.
    pub setup_title: String,
}

/// The journal for people.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ActivityView {
    /// Entries, newest first.
    pub rows: Vec<ActivityRow>,
    /// Setups to filter by: id and title.
    pub setups: Vec<(String, String)>,
    /// The filter that is on.
    pub filter: Option<String>,
}
