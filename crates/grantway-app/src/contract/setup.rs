//! A setup: the step rail and the page of a phase.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AnswerPage, ApplyPage, CheckPage, DonePage, LeftRow, PartyName, ReviewPage, SignInPage,
    TakeBackRow,
};

/// The phases of a setup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PhaseName {
    /// Answer.
    Answer,
    /// Sign in.
    SignIn,
    /// Check.
    Check,
    /// Review.
    Review,
    /// Apply.
    Apply,
    /// Prove.
    Prove,
    /// Done.
    Done,
}

/// How far a phase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum RailState {
    /// Over; can be looked at.
    Done,
    /// Here.
    Current,
    /// Later.
    Later,
}

/// A phase in the rail.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RailStep {
    /// The phase.
    pub phase: PhaseName,
    /// Its title.
    pub title: String,
    /// A line below it: "Dana Whitfield, 10:31".
    pub note: Option<String>,
    /// How far it is.
    pub state: RailState,
}

/// The page of a phase.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "page", content = "content", rename_all = "camelCase")]
#[ts(export)]
pub enum Page {
    /// Answer.
    Answer(AnswerPage),
    /// Sign in.
    SignIn(SignInPage),
    /// Check.
    Check(CheckPage),
    /// Review.
    Review(Box<ReviewPage>),
    /// Apply.
    Apply(Box<ApplyPage>),
    /// Prove, Done and take back: proofs, what stays, what can be taken back.
    Done(Box<DonePage>),
}

/// What is said before a setup is put away whose sign-ins have left something.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PutAwayView {
    /// What stays, and whether it can be removed now.
    pub sentence: String,
    /// Grantway's own permissions, one row for each sign-in.
    pub rows: Vec<TakeBackRow>,
    /// The button that removes them first; none where none can be removed now.
    pub remove: Option<String>,
    /// The button that leaves them.
    pub keep: String,
}

/// A setup as a screen shows it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SetupView {
    /// Its id, shown in the crumb.
    pub id: String,
    /// The profile's name.
    pub profile: String,
    /// The pattern's name.
    pub pattern: String,
    /// Letters for the vendor's diamond.
    pub monogram: String,
    /// The receiver, once known.
    pub receiver: Option<PartyName>,
    /// The giver or givers, once known: one name, or "12 customers".
    pub giver: Option<PartyName>,
    /// The rail.
    pub rail: Vec<RailStep>,
    /// Where the setup stands.
    pub current: PhaseName,
    /// The phase that is shown.
    pub shown: PhaseName,
    /// The page is over and shown read-only.
    pub read_only: bool,
    /// "Saved 10:44:02. You can close Grantway at any step."
    pub saved: String,
    /// What its sign-ins have left that nothing here takes away.
    pub told: Vec<LeftRow>,
    /// What to say before it is put away; none where it can be put away at once, or not at all.
    pub put_away: Option<PutAwayView>,
    /// The page.
    pub page: Page,
}
