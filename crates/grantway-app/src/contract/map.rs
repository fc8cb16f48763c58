//! The grant map.

use serde::Serialize;
use ts_rs::TS;

use super::{PartyView, RiskView};

/// A box.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MapNode {
    /// Its name.
    pub id: String,
    /// Whose it is.
    pub party: PartyView,
    /// The box that it stands in.
    pub inside: Option<String>,
    /// Its title.
    pub title: String,
    /// A line below it.
    pub note: Option<String>,
    /// Letters for a party's mark.
    pub initials: String,
    /// Drawn dashed.
    pub passing: bool,
    /// The row of the table that makes it.
    pub step: Option<String>,
}

/// An arrow, from giver to receiver.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MapArrow {
    /// The giver's box.
    pub from: String,
    /// The receiver's box.
    pub to: String,
    /// What is given.
    pub title: String,
    /// Until when, or how it ends.
    pub until: Option<String>,
    /// How much harm it could do.
    pub risk: RiskView,
    /// Drawn dashed.
    pub passing: bool,
    /// The row of the table that gives it.
    pub step: String,
}

/// The map.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MapView {
    /// Boxes, outermost first.
    pub nodes: Vec<MapNode>,
    /// Arrows.
    pub arrows: Vec<MapArrow>,
}
