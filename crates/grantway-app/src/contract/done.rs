//! Prove, Done and take back.

use serde::Serialize;
use ts_rs::TS;

use super::{NeedCard, PartyName, Sign};

/// A proof.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProofRow {
    /// The step.
    pub step: String,
    /// Its sign.
    pub sign: Sign,
    /// What the sign says.
    pub sign_word: String,
    /// What is claimed.
    pub claim: String,
    /// Where.
    pub place: PartyName,
    /// From where it was read.
    pub read_from: String,
    /// What was found.
    pub found: String,
    /// When.
    pub at: String,
}

/// A row of what take back will do, or has done.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TakeBackRow {
    /// The step.
    pub step: String,
    /// Its sign.
    pub sign: Sign,
    /// What the sign says.
    pub sign_word: String,
    /// What it is.
    pub title: String,
    /// Where.
    pub place: PartyName,
    /// "is removed", "is put back", "stays: it was there before".
    pub fate: String,
}

/// Take back: its own plan and its own act.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TakeBackView {
    /// "All 7 changes, last first. 2 things that were there before stay. Every removal is proved."
    pub sentence: String,
    /// The rows, in the order in which they are taken back.
    pub rows: Vec<TakeBackRow>,
    /// What has to be typed.
    pub word: String,
    /// "Type 7 to take back 7 changes".
    pub label: String,
    /// What the button says.
    pub button: String,
    /// Why it is off.
    pub blocked: Option<String>,
}

/// Something that stays after take back.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LeftRow {
    /// What stays.
    pub what: String,
    /// Why.
    pub because: String,
    /// How to remove it by hand.
    pub by_hand: String,
    /// Where.
    pub place: PartyName,
    /// It failed (a removal by hand is needed), rather than stays by Microsoft's own rules for a while.
    pub failed: bool,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DonePage {
    /// "Done for Alder Dental", "Not proved yet", "Taken back".
    pub title: String,
    /// The state of the world.
    pub sentence: String,
    /// Proofs, worst first.
    pub proofs: Vec<ProofRow>,
    /// How many are proved.
    pub proved: usize,
    /// How many are not.
    pub not_proved: usize,
    /// How many cannot be seen.
    pub cannot_see: usize,
    /// How many a person has seen and said so.
    pub confirmed: usize,
    /// Being read back, or taken back, now.
    pub running: bool,
    /// Take back has begun.
    pub taking_back: bool,
    /// Take back is at its end.
    pub taken_back: bool,
    /// Take back; none when there is nothing left to take back.
    pub take_back: Option<TakeBackView>,
    /// What happened to each row of take back, once it began.
    pub undone: Vec<TakeBackRow>,
    /// What stays.
    pub left: Vec<LeftRow>,
    /// Cards that need the person: a sign-in with the right to remove, something to look for.
    pub cards: Vec<NeedCard>,
    /// Steps with a table of pairs that is confirmed.
    pub paired: Vec<String>,
    /// The proof can be saved.
    pub can_save: bool,
    /// The setup can be put away here.
    pub can_put_away: bool,
}
