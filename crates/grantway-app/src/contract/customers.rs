//! Customers: everybody that the setups know, with where each stands.

use serde::Serialize;
use ts_rs::TS;

use super::Sign;

/// A part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum CustomerFilter {
    /// Everybody.
    All,
    /// Something waits for the person.
    NeedsYou,
    /// Something ends soon, or has ended.
    EndsSoon,
    /// Something cannot be seen.
    CannotSee,
}

/// A tab with how many it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerTab {
    /// What it shows.
    pub filter: CustomerFilter,
    /// Its title.
    pub title: String,
    /// How many customers.
    pub count: usize,
}

/// A column: a vendor profile that is in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerColumn {
    /// The profile.
    pub profile: String,
    /// Its name.
    pub name: String,
}

/// Whether a customer can be set up with a profile, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Readiness {
    /// No setup of the profile has it, or its access was taken back.
    NotSetUp,
    /// Its checks were not read yet.
    NotChecked,
    /// Its checks let it through.
    Ready,
    /// A check of it fails or cannot be seen, or something stopped.
    NotReady,
    /// It is set up, and that is proved.
    Done,
}

/// Where a customer stands with a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerCell {
    /// The setup that is shown.
    pub setup: String,
    /// The sign.
    pub sign: Sign,
    /// The word beside it: "Proved", "7 of 10", "until 10:50".
    pub word: String,
    /// What it waits for, or why it stopped, in a sentence.
    pub because: Option<String>,
    /// Smaller is more urgent; for sorting.
    pub rank: u8,
    /// Whether it can be set up.
    pub readiness: Readiness,
}

/// What of a customer's access ends next by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerEnd {
    /// "2 Dec 2026".
    pub day: String,
    /// "8 days".
    pub left: String,
    /// The moment, in UTC, so that later ones sort behind.
    pub at: String,
    /// How near it is, where that needs a look.
    pub sign: Option<Sign>,
    /// "Relationship".
    pub what: String,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerRow {
    /// Its tenant.
    pub tenant: String,
    /// The tenant's id in short form: `8f4c2a10-…-6d21`.
    pub short: String,
    /// Its name; the domain until a better one is known.
    pub name: String,
    /// The domain by which a setup was told of it.
    pub domain: String,
    /// Where it stands, by column; none where it is not set up.
    pub cells: Vec<Option<CustomerCell>>,
    /// What ends next.
    pub ends: Option<CustomerEnd>,
    /// The tabs that hold it.
    pub filters: Vec<CustomerFilter>,
    /// The setup that opens with the row: the most urgent one.
    pub setup: String,
    /// A setup of it can be proved.
    pub provable: bool,
    /// Everything that it is set up for is proved.
    pub proved: bool,
}

/// A profile that customers can be set up with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProfileChoice {
    /// The profile.
    pub profile: String,
    /// Its name.
    pub name: String,
}

/// All customers that the setups know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomersView {
    /// The tabs.
    pub tabs: Vec<CustomerTab>,
    /// The profiles in use.
    pub columns: Vec<CustomerColumn>,
    /// The customers; who ends first stands first.
    pub rows: Vec<CustomerRow>,
    /// The profiles that customers can be set up with.
    pub profiles: Vec<ProfileChoice>,
    /// How many are set up with everything proved.
    pub proved: usize,
    /// Why nothing can be begun, where that is so.
    pub blocked: Option<String>,
}
