//! Customers side by side: a row each, a column for each check or each kind of step.

use serde::Serialize;
use ts_rs::TS;

use super::{CheckGroup, NeedCard, PartyName, Sign, StepRow};

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MatrixColumn {
    /// Its name.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What stands in it.
    pub what: String,
}

/// Customers of one kind, to be shown alone.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MatrixFilter {
    /// Its name, as rows bear it.
    pub id: String,
    /// What it says: "Ready".
    pub word: String,
    /// How many customers it shows.
    pub count: usize,
}

/// What stands in one column for one customer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MatrixCell {
    /// Its sign.
    pub sign: Sign,
    /// What the sign says.
    pub word: String,
    /// A time, or "2 of 3".
    pub note: Option<String>,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MatrixRow {
    /// The tenant, by which the rest is asked for.
    pub id: String,
    /// Who it is.
    pub customer: PartyName,
    /// The domain that was typed for it.
    pub domain: String,
    /// The sign of the whole.
    pub sign: Sign,
    /// What it says: "Ready", "Waits until 10:56".
    pub word: String,
    /// For what, or why.
    pub because: Option<String>,
    /// It has stopped: the row is tinted.
    pub stopped: bool,
    /// The filters that show it.
    pub filters: Vec<String>,
    /// A cell for each column; none where nothing is asked for.
    pub cells: Vec<Option<MatrixCell>>,
}

/// Customers side by side; only where a setup has several.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MatrixView {
    /// "12 customers".
    pub title: String,
    /// What an empty cell says.
    pub nothing: String,
    /// The columns that have something in them.
    pub columns: Vec<MatrixColumn>,
    /// The kinds of customers that there are, beside all of them.
    pub filters: Vec<MatrixFilter>,
    /// The customers, by name.
    pub rows: Vec<MatrixRow>,
}

/// Cards or waits of customers that are not drawn one by one.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MoreView {
    /// "and 297 more wait for somebody else".
    pub sentence: String,
    /// The filter that shows them.
    pub filter: String,
}

/// Everything about one of several customers.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerView {
    /// Who it is.
    pub place: PartyName,
    /// Its checks, worst first.
    pub checks: Vec<CheckGroup>,
    /// Its steps.
    pub steps: Vec<StepRow>,
    /// Its cards that need the person.
    pub cards: Vec<NeedCard>,
}
