//! Answer: a form by description.

use serde::Serialize;
use ts_rs::TS;

use super::UiProblem;

/// What kind of field it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several values: one on each line, or with commas between.
    Lines,
    /// One of several.
    Choice {
        /// Value and label.
        options: Vec<(String, String)>,
    },
    /// Any of several, each by its own tick; the values of those that are ticked stand in the answer, with commas between.
    Choices {
        /// What may be ticked.
        choices: Vec<ChoiceView>,
    },
    /// Sentences, one on each line.
    Sentences,
    /// Some of many, found by searching; the values of those that are picked stand in the answer, with commas between. What is
    /// typed into a line of one is the answer to `field.value.line`.
    Picks {
        /// What there is to pick from.
        options: Vec<PickView>,
        /// What is asked of each that is picked.
        lines: Vec<PickLineView>,
    },
}

/// One thing that may be picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PickView {
    /// Its value in the answer.
    pub value: String,
    /// What it is.
    pub label: String,
    /// It gives control over people or settings.
    pub privileged: bool,
    /// What to know; shown once it is picked.
    pub warning: Option<String>,
}

/// A line of text that belongs to something picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PickLineView {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: String,
    /// An example.
    pub placeholder: String,
    /// It may stay empty.
    pub optional: bool,
}

/// One thing that may be ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ChoiceView {
    /// Its value in the answer.
    pub value: String,
    /// What it is.
    pub label: String,
    /// What it is for.
    pub why: String,
    /// What is lost without it; shown while it is not ticked.
    pub lost: String,
    /// It gives control over people or settings.
    pub privileged: bool,
}

/// When a field is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct OnlyWhenView {
    /// The other field.
    pub field: String,
    /// The values of it.
    pub values: Vec<String>,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FieldView {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: String,
    /// What it is for; shown at the right while the field has the focus.
    pub why: String,
    /// A short hint below it.
    pub hint: Option<String>,
    /// What it is.
    pub kind: FieldKind,
    /// What stands in it.
    pub value: String,
    /// An example.
    pub placeholder: Option<String>,
    /// The profile with which customers can be chosen for it; none where it takes no customers.
    pub chooses: Option<String>,
    /// It may stay empty.
    pub optional: bool,
    /// It is asked only while another field has one of some values.
    pub only_when: Option<OnlyWhenView>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AnswerPage {
    /// The state of the world.
    pub sentence: String,
    /// The fields, in order.
    pub fields: Vec<FieldView>,
    /// What the button says.
    pub submit: String,
}

/// What came of a form.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FormOutcome {
    /// It was stored.
    pub stored: bool,
    /// What is wrong, each with its field.
    pub problems: Vec<UiProblem>,
}
