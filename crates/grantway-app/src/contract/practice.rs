//! Practice: scenarios, the phone, the clock.

use serde::Serialize;
use ts_rs::TS;

/// A scenario.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ScenarioLine {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it teaches.
    pub teaches: String,
    /// It is loaded.
    pub loaded: bool,
}

/// An account of the practice cloud. Its password is made up and shown on purpose.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PersonLine {
    /// The account.
    pub account: String,
    /// The name.
    pub name: String,
    /// The tenant's name.
    pub tenant: String,
    /// What they are there.
    pub role: String,
    /// The practice password.
    pub password: String,
}

/// A sign-in that asks for the phone.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PhonePrompt {
    /// Its name.
    pub id: String,
    /// The account.
    pub account: String,
    /// The app that signs in.
    pub app: String,
    /// From where.
    pub from: String,
}

/// Practice.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PracticeView {
    /// Scenarios.
    pub scenarios: Vec<ScenarioLine>,
    /// Accounts.
    pub people: Vec<PersonLine>,
    /// Sign-ins that ask for the phone, oldest first.
    pub prompts: Vec<PhonePrompt>,
    /// "Tue 24 Nov 2026, 10:29".
    pub clock: String,
    /// "10:29", for the phone.
    pub time: String,
}
