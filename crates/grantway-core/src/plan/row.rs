//! Rows: steps with what the planner saw.

use serde::{Deserialize, Serialize};

use super::step::Step;
use crate::change::{FieldChange, Observed, Scope};
use crate::text::Text;

/// What will be done with a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// An object is made.
    Create,
    /// An object is changed.
    Update,
    /// Something is taken away.
    Remove,
    /// It is so already; nothing is written.
    AlreadyRight,
    /// Something else stands in the way; the plan cannot be approved.
    Conflict {
        /// What.
        because: Text,
    },
    /// A person acts.
    ByHand,
    /// Time passes.
    Wait,
    /// Something is read.
    Check,
    /// Somebody else acts.
    HandOff,
}

impl Action {
    /// Whether it counts among the changes that a person approves by number.
    pub fn is_change(&self) -> bool {
        matches!(self, Action::Create | Action::Update | Action::Remove)
    }
}

/// What the planner saw and concluded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// What will be done.
    pub action: Action,
    /// What is there now; none where nothing was read.
    pub before: Option<Observed>,
    /// The difference, field by field.
    pub fields: Vec<FieldChange>,
    /// The permissions that writing it needs.
    pub permissions: Vec<Scope>,
}

/// A row of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The step.
    pub step: Step,
    /// What the planner saw.
    pub outlook: Outlook,
}
