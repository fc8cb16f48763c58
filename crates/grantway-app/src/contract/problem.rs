//! What a person gets when something did not work.

use serde::Serialize;
use ts_rs::TS;

/// What happened, why, what to do, and an id to quote. Finished text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct UiProblem {
    /// What happened, and early in it what was not changed.
    pub what: String,
    /// Why, as far as known.
    pub why: Option<String>,
    /// What to do.
    pub todo: String,
    /// The id to quote, such as `GW-SES-0110`.
    pub id: String,
    /// The field of a form that it belongs to.
    pub field: Option<String>,
}
