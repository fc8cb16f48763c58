//! Pairs: tenants beside the names that another portal has for them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Sign;

/// A part of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PairFilter {
    /// Every tenant.
    All,
    /// Without a name.
    Open,
    /// With a name that another one has too.
    Double,
    /// With a proposal that is worth a look.
    Look,
    /// Confirmed.
    Confirmed,
}

/// A tab with how many it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PairTab {
    /// What it shows.
    pub filter: PairFilter,
    /// Its title.
    pub title: String,
    /// How many tenants.
    pub count: usize,
}

/// A tenant with the name that it is to be paired with; none takes the name off it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PairChoice {
    /// The tenant.
    pub tenant: String,
    /// The name.
    pub name: Option<String>,
}

/// A row: a tenant.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PairLine {
    /// Its id.
    pub tenant: String,
    /// Its id, shortened.
    pub short: String,
    /// Its name.
    pub name: String,
    /// Its domain, where it is known.
    pub domain: Option<String>,
    /// What kind of tenant it is, where that needs a word.
    pub mark: Option<String>,
    /// The name that it is paired with.
    pub paired: Option<String>,
    /// The name that is proposed.
    pub proposed: Option<String>,
    /// Where it stands.
    pub sign: Sign,
    /// What the sign says.
    pub sign_word: String,
    /// Why, in a sentence.
    pub note: Option<String>,
    /// The tabs that show it.
    pub filters: Vec<PairFilter>,
    /// The name can be taken off it.
    pub removable: bool,
}

/// The list of names that a person gives.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PairListView {
    /// "Organizations of Contoso, one on each line".
    pub label: String,
    /// What else is understood, and where it comes from.
    pub hint: String,
    /// What was given, in a sentence; none before anything was.
    pub given: Option<String>,
    /// A file can be chosen here.
    pub chooses_file: bool,
}

/// The act of confirming.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PairConfirmView {
    /// "I have mapped these 25 in the portal".
    pub label: String,
    /// Why it is off.
    pub blocked: Option<String>,
    /// Names the pairs that are shown: others are not confirmed by it.
    pub shown: String,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PairingView {
    /// The step.
    pub step: String,
    /// What it is.
    pub title: String,
    /// How far it is, in a sentence.
    pub sentence: String,
    /// Heading of the names: "Organization at Contoso".
    pub other: String,
    /// The list of names.
    pub list: PairListView,
    /// The tabs.
    pub tabs: Vec<PairTab>,
    /// The tenants.
    pub rows: Vec<PairLine>,
    /// Listed names that no tenant has, for choosing.
    pub free: Vec<String>,
    /// Of those, the names that are proposed for nobody either.
    pub unused: Vec<String>,
    /// Proposals that need no look at each.
    pub sure: Vec<PairChoice>,
    /// "Take the 22 sure proposals".
    pub sure_label: String,
    /// The act of confirming; none where nothing is left to confirm, or it is not time yet.
    pub confirm: Option<PairConfirmView>,
    /// Pairs can be changed now.
    pub changeable: bool,
}
