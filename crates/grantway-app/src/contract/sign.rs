//! Signs: states, parties and risks, each told by shape and word before colour.

use serde::Serialize;
use ts_rs::TS;

/// The state signs of the design, by their token names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Sign {
    /// Read and right.
    Pass,
    /// Was so before.
    AlreadyRight,
    /// Works, but look.
    Warn,
    /// Stops this part.
    Fail,
    /// No right or no way to read it.
    CannotSee,
    /// A durable timer with a cause, or a proof that is not there yet.
    Wait,
    /// Being done now.
    Running,
    /// The person's turn.
    NeedsYou,
    /// A step by hand in a plan.
    ByHand,
    /// Left out or taken back.
    LeftOut,
    /// Later.
    NotStarted,
}

/// The mark of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PartyView {
    /// Petrol square.
    Provider,
    /// Violet circle.
    Customer,
    /// Dark diamond.
    Vendor,
}

/// A party with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PartyName {
    /// The mark.
    pub party: PartyView,
    /// The name.
    pub name: String,
    /// The tenant's id in short form, where there is one: `8f4c2a10-…-6d21`.
    pub tenant: Option<String>,
    /// Two letters for inside the mark.
    pub initials: String,
}

/// How much harm a change could do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum RiskView {
    /// One bar.
    Low,
    /// Two bars.
    Medium,
    /// Three bars.
    High,
}
