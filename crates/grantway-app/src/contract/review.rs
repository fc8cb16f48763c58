//! Review: the plan, and the one act that approves it.

use serde::Serialize;
use ts_rs::TS;

use super::{MapView, PartyName, RiskView, Sign};

/// A row of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ChangeRow {
    /// The step.
    pub step: String,
    /// `create`, `update`, `remove`, `byHand`, `alreadyRight`, `wait`, `check`, `handOff`, `conflict`.
    pub action: String,
    /// Its sign, for rows that are not changes.
    pub sign: Sign,
    /// What it is.
    pub title: String,
    /// What is there.
    pub before: String,
    /// What will be.
    pub after: String,
    /// Why, in the profile's words.
    pub why: String,
    /// What it means.
    pub means: String,
    /// How it is taken back.
    pub undo: String,
    /// How much harm it could do.
    pub risk: RiskView,
    /// The permissions that it needs.
    pub permissions: Vec<String>,
    /// What stands in the way.
    pub conflict: Option<String>,
}

/// Rows of one place, or of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PlanGroup {
    /// The place; none for "By hand" and "Already right".
    pub place: Option<PartyName>,
    /// "10 changes", "By hand 2 steps".
    pub title: String,
    /// Closed at first.
    pub folded: bool,
    /// The rows.
    pub rows: Vec<ChangeRow>,
}

/// The act of approval.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ApprovalView {
    /// What has to be typed.
    pub word: String,
    /// "Type 7 to approve 7 changes".
    pub label: String,
    /// What the button says.
    pub button: String,
    /// Why the button is off whatever is typed.
    pub blocked: Option<String>,
    /// What happens next: "You sign in once more, with the right to change".
    pub next: String,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReviewPage {
    /// One sentence that says what the whole gives to whom, and that nothing has been changed yet.
    pub sentence: String,
    /// The map.
    pub map: MapView,
    /// The rows.
    pub groups: Vec<PlanGroup>,
    /// "Plan 3".
    pub number: String,
    /// The fingerprint in full, sent back at approval.
    pub fingerprint: String,
    /// Its short form.
    pub fingerprint_short: String,
    /// "made 10:43, fits what was read".
    pub made: String,
    /// What changed since the plan before was approved; that one was refused.
    pub stale: Vec<String>,
    /// The act; none where the plan is approved already.
    pub approval: Option<ApprovalView>,
    /// Take back, where an earlier plan of the setup has written something.
    pub take_back: Option<super::TakeBackView>,
}
