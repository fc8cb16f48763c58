//! Sign in: a seat for each party that has to sign in.

use serde::Serialize;
use ts_rs::TS;

use super::{PartyName, Sign};

/// How far a seat is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum SeatState {
    /// Nobody is signed in.
    Empty,
    /// A session is open.
    Open,
    /// Signed in and checked.
    Taken,
}

/// A permission that a sign-in asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ScopeLine {
    /// Microsoft's name of it.
    pub scope: String,
    /// What it is for, in plain words.
    pub what: String,
}

/// A lane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LaneView {
    /// 1 to 4.
    pub lane: u8,
    /// What the button says.
    pub label: String,
    /// What it shares, or why it is off.
    pub note: String,
    /// It cannot be used here.
    pub off: bool,
}

/// An open session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SessionView {
    /// Its lane.
    pub lane: u8,
    /// How often credentials were asked for.
    pub prompts_seen: u8,
    /// How often they will be.
    pub prompts_expected: u8,
    /// A window of ours that can be brought to the front.
    pub has_window: bool,
    /// What it is doing: "The window is open. Sign in there."
    pub sentence: String,
}

/// A seat.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Seat {
    /// Its name.
    pub id: String,
    /// Whose sign-in it is, and which tenant is expected.
    pub party: PartyName,
    /// How far it is.
    pub state: SeatState,
    /// Its sign.
    pub sign: Sign,
    /// Who is signed in: "Dana Whitfield, dana@larkspur-it.example".
    pub account: Option<String>,
    /// What kind of account is needed.
    pub needs: String,
    /// Why this sign-in is asked for now, and what it may do.
    pub why: String,
    /// What the sign-in page will name that the person does not expect.
    pub notice: Option<String>,
    /// What is asked for.
    pub scopes: Vec<ScopeLine>,
    /// The ways in, the default one first.
    pub lanes: Vec<LaneView>,
    /// The open session.
    pub session: Option<SessionView>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SignInPage {
    /// The state of the world.
    pub sentence: String,
    /// The seats.
    pub seats: Vec<Seat>,
    /// The client id is missing: it has to be entered in Settings first.
    pub blocked: Option<String>,
    /// All seats are taken: the next phase can begin.
    pub ready: bool,
}
