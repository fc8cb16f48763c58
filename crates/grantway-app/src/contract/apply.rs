//! Apply: what is being done, what waits, what needs a person.

use serde::Serialize;
use ts_rs::TS;

use super::{
    ActivityRow, LaneView, MatrixView, MoreView, PartyName, Seat, SessionView, Sign, UiProblem,
};

/// Why a card stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum NeedKind {
    /// A task is ready for the person.
    Task,
    /// A sign-in is needed.
    SignIn,
    /// Something stopped; a decision is needed.
    Stopped,
    /// Somebody else has to act; a link is handed to them.
    HandOff,
}

/// A button of a card.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct NeedAct {
    /// What it says.
    pub label: String,
    /// What it calls: `startTask`, `finishTask`, `showSession`, `retry`, `startOver`, `accept`, `signIn`, `goOn`, `finishPage`.
    pub calls: String,
    /// The filled one.
    pub primary: bool,
    /// Asks how often credentials were asked for: a browser of one's own cannot be counted.
    pub asks_prompts: bool,
}

/// A value to copy.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CopyValueView {
    /// Its name on the page.
    pub label: String,
    /// The value; none for a secret, which is copied from the vault and not shown.
    pub text: Option<String>,
}

/// Something that must be seen before going on.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExpectView {
    /// What it is.
    pub label: String,
    /// What it must be.
    pub value: String,
}

/// A value that the person brings back from a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AskView {
    /// Its name on the page.
    pub label: String,
    /// Where it stands.
    pub hint: String,
    /// An example.
    pub placeholder: String,
}

/// A card that needs the person.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct NeedCard {
    /// The step; for a sign-in, the seat; for a page of a check, the check.
    pub step: String,
    /// Why it stands there.
    pub kind: NeedKind,
    /// What it is.
    pub title: String,
    /// What to do and what is known, in a sentence or two.
    pub sentence: String,
    /// Where.
    pub place: PartyName,
    /// What to do, in order.
    pub instructions: Vec<String>,
    /// What must be seen, and otherwise stop.
    pub expect: Vec<ExpectView>,
    /// What to copy.
    pub values: Vec<CopyValueView>,
    /// What to bring back from the page; `finishTask` sends it.
    pub asks: Option<AskView>,
    /// The open session.
    pub session: Option<SessionView>,
    /// Other ways in.
    pub lanes: Vec<LaneView>,
    /// What went wrong.
    pub problem: Option<UiProblem>,
    /// The buttons, the filled one first.
    pub acts: Vec<NeedAct>,
    /// The check that `accept` accepts.
    pub check: Option<String>,
    /// It holds a table of pairs.
    pub pairing: bool,
    /// The seat of a sign-in card.
    pub seat: Option<Box<Seat>>,
}

/// A step in its place.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StepRow {
    /// The step.
    pub step: String,
    /// Its sign.
    pub sign: Sign,
    /// What the sign says.
    pub sign_word: String,
    /// What it is.
    pub title: String,
    /// "10:50:12", "next look 10:56", "needs: Group made".
    pub note: Option<String>,
}

/// Steps of one place.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PlaceRows {
    /// The place.
    pub place: PartyName,
    /// "6 of 9 done".
    pub summary: String,
    /// Its steps.
    pub rows: Vec<StepRow>,
}

/// Something that is waited for.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WaitCard {
    /// The step.
    pub step: String,
    /// What is waited for.
    pub title: String,
    /// The cause and the usual time.
    pub cause: String,
    /// 0 to 1 against the usual time.
    pub progress: f64,
    /// "9 of 15 min".
    pub progress_text: String,
    /// "Next look 10:52. Survives a restart."
    pub next: String,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ApplyPage {
    /// The state of the world.
    pub sentence: String,
    /// Changes that are made.
    pub done: usize,
    /// Changes in all.
    pub total: usize,
    /// "32 of 42 changes made".
    pub progress_text: String,
    /// Cards that need the person, most urgent first; of several customers in the same state a few.
    pub cards: Vec<NeedCard>,
    /// Steps with a table of pairs that is confirmed.
    pub paired: Vec<String>,
    /// The customers whose cards are not among them.
    pub more_cards: Vec<MoreView>,
    /// The steps by place; where there are several customers, those that are not one customer's.
    pub places: Vec<PlaceRows>,
    /// The customers side by side, where there are several.
    pub matrix: Option<MatrixView>,
    /// What is waited for, what ends first before the rest; of several customers a few.
    pub waits: Vec<WaitCard>,
    /// The customers whose waits are not among them.
    pub more_waits: Option<MoreView>,
    /// The newest entries of the journal.
    pub journal: Vec<ActivityRow>,
    /// Something runs now.
    pub running: bool,
    /// A person has stopped it.
    pub paused: bool,
    /// Every row has reached its state: it can be proved.
    pub finished: bool,
    /// Why it cannot be proved yet, beside the button.
    pub blocked: Option<String>,
    /// The card of take back.
    pub take_back: Option<super::TakeBackView>,
}
