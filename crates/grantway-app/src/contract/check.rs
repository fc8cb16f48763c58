//! Check: what was read and judged.

use serde::Serialize;
use ts_rs::TS;

use super::{FactLine, LaneView, NeedCard, PartyName, Sign};

/// The page of the cloud on which a check is mended by hand.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RemedyPage {
    /// Its address.
    pub link: String,
    /// Who may do it there.
    pub who: String,
    /// When the page was left, and until when that may not be seen here.
    pub left: Option<String>,
    /// The ways to open it, the default one first.
    pub lanes: Vec<LaneView>,
}

/// A way to mend a check.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RemedyView {
    /// Its name.
    pub id: String,
    /// What it does.
    pub title: String,
    /// What will happen then.
    pub detail: String,
    /// The path through the page, for one that is done by hand.
    pub path: Vec<String>,
    /// What the button says; none where there is nothing to press here.
    pub act: Option<String>,
    /// What pressing it calls: `accept`, `answer`, `signIn`, `checkAgain`, `openPage`.
    pub calls: String,
    /// The page that `openPage` opens.
    pub page: Option<RemedyPage>,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CheckRow {
    /// Its name.
    pub id: String,
    /// Its sign.
    pub sign: Sign,
    /// What the sign says.
    pub sign_word: String,
    /// What is checked.
    pub title: String,
    /// Where.
    pub place: PartyName,
    /// What was found.
    pub found: String,
    /// What is needed.
    pub needed: String,
    /// Why it matters.
    pub why: String,
    /// What was read: tenant, setting, time, right.
    pub read: Vec<FactLine>,
    /// Ways to mend it.
    pub remedies: Vec<RemedyView>,
    /// A person accepted it.
    pub accepted: bool,
    /// The id to quote.
    pub quote: String,
}

/// Checks with the same answer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CheckGroup {
    /// "Fix before the plan".
    pub title: String,
    /// The sign of the group, and its filter.
    pub sign: Sign,
    /// What the filter says: "Failed".
    pub word: String,
    /// The checks.
    pub rows: Vec<CheckRow>,
}

/// A check that can be accepted for several customers at once.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ForAllView {
    /// Its name.
    pub id: String,
    /// The worst sign among the customers.
    pub sign: Sign,
    /// Which check it is, for how many customers.
    pub sentence: String,
    /// What accepting it means.
    pub detail: String,
    /// What the button says.
    pub act: String,
    /// The checks that it accepts, one for each customer.
    pub checks: Vec<String>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CheckPage {
    /// The state of the world.
    pub sentence: String,
    /// The page that is open: a card of its own, since one session is open at a time.
    pub cards: Vec<NeedCard>,
    /// The checks, worst first; where there are several customers, those that are not one customer's.
    pub groups: Vec<CheckGroup>,
    /// The customers side by side, where there are several.
    pub matrix: Option<super::MatrixView>,
    /// What can be accepted for several of them at once.
    pub for_all: Vec<ForAllView>,
    /// "9 checks, 10:38".
    pub summary: Option<String>,
    /// Being read now.
    pub running: bool,
    /// Why there is no way on, beside the button.
    pub blocked: Option<String>,
    /// Take back, where an earlier plan of the setup has written something.
    pub take_back: Option<super::TakeBackView>,
}
