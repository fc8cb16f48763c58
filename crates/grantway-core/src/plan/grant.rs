//! The grant map of a plan: who gives what to whom, until when.

use serde::{Deserialize, Serialize};

use super::step::Risk;
use crate::Timestamp;
use crate::ids::StepId;
use crate::party::Party;
use crate::text::Text;

/// The picture beside the table: parties with what stands inside them, and an arrow for each grant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct GrantMap {
    /// Boxes, outermost first.
    pub nodes: Vec<GrantNode>,
    /// Arrows, from giver to receiver.
    pub arrows: Vec<GrantArrow>,
}

/// A box of the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GrantNode {
    /// Its name inside the map.
    pub id: String,
    /// Whose it is.
    pub party: Party,
    /// The box that it stands in; none for a party itself.
    pub inside: Option<String>,
    /// Its title.
    pub title: Text,
    /// A line below it.
    pub note: Option<Text>,
    /// It goes away by itself, or is not agreed yet: drawn dashed.
    pub passing: bool,
    /// The step that makes it.
    pub step: Option<StepId>,
}

/// An arrow of the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GrantArrow {
    /// The giver's box.
    pub from: String,
    /// The receiver's box.
    pub to: String,
    /// What is given.
    pub title: Text,
    /// Until when, where it ends by itself.
    pub until: Option<Timestamp>,
    /// How it ends, in words.
    pub ends: Option<Text>,
    /// What it ends with, in a word or two: "Relationship".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_with: Option<Text>,
    /// How much harm it could do.
    pub risk: Risk,
    /// It goes away by itself, or is not agreed yet.
    pub passing: bool,
    /// The step that gives it.
    pub step: StepId,
}
