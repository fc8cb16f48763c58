//! Home: doors and what waits.

use serde::Serialize;
use ts_rs::TS;

use super::{PartyName, Sign, UiProblem};

/// Home.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HomeView {
    /// Setups that wait, grouped by whom they wait for; empty groups are left out.
    pub groups: Vec<WaitGroup>,
    /// Setups that are done or taken back, newest first.
    pub finished: Vec<SetupLine>,
    /// How many wait in all.
    pub waiting: usize,
    /// Profiles of one's own that cannot be used, each with why.
    pub problems: Vec<UiProblem>,
}

/// Setups that wait for the same.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WaitGroup {
    /// "Waiting for you", "Waiting for Microsoft".
    pub title: String,
    /// The setups.
    pub rows: Vec<SetupLine>,
}

/// A setup in a line.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SetupLine {
    /// The setup.
    pub id: String,
    /// Its state.
    pub sign: Sign,
    /// What the sign says.
    pub sign_word: String,
    /// The customers: one name, or "6 customers"; "New setup" before there is one.
    pub title: String,
    /// The vendor profile's name.
    pub profile: String,
    /// What it waits for, or how it ended.
    pub sentence: String,
    /// "next look 10:52", "since 10:47".
    pub when: Option<String>,
    /// 0 to 1 of a wait.
    pub progress: Option<f64>,
    /// What the button says; none where it goes on by itself.
    pub act: Option<String>,
    /// The button is the filled one of its group.
    pub primary: bool,
    /// The parties.
    pub parties: Vec<PartyName>,
}
