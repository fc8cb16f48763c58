//! The gallery: a card for each vendor profile.

use serde::Serialize;
use ts_rs::TS;

use super::{FieldView, PartyName, RiskView};

/// The gallery.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GalleryView {
    /// The cards.
    pub cards: Vec<CardView>,
    /// What a profile of one's own can be made from.
    pub templates: Vec<TemplateView>,
    /// A file with a profile can be brought in here.
    pub imports: bool,
}

/// What a profile of one's own is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TemplateView {
    /// Its name.
    pub template: String,
    /// What is made.
    pub title: String,
    /// What it is for.
    pub sentence: String,
}

/// The form from which a profile of one's own is made.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProfileFormView {
    /// What is made.
    pub title: String,
    /// What it is for.
    pub sentence: String,
    /// The fields, in order.
    pub fields: Vec<FieldView>,
    /// What the button says.
    pub submit: String,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CardView {
    /// The profile.
    pub profile: String,
    /// It is one's own: it can be given away as a file and put away.
    pub own: bool,
    /// Its name.
    pub name: String,
    /// The pattern's name.
    pub pattern: String,
    /// Letters for its diamond.
    pub monogram: String,
    /// How much harm the whole could do.
    pub risk: RiskView,
    /// Who gives to whom, from giver to receiver.
    pub flow: Vec<PartyName>,
    /// What is given, in one or two sentences.
    pub sentence: String,
    /// A word about where the procedure comes from, where it needs one.
    pub notice: Option<String>,
    /// Until, licences, sign in as, time.
    pub facts: Vec<FactLine>,
    /// "2 steps by hand".
    pub by_hand: String,
}

/// A line of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FactLine {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
}
