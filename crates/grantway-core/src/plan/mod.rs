//! Plans: the complete, immutable list of what will happen, approved as a whole.

mod fingerprint;
mod grant;
mod pairing;
mod row;
mod step;
mod task;

pub use fingerprint::Fingerprint;
pub use grant::{GrantArrow, GrantMap, GrantNode};
pub use pairing::{OwnTenant, Pairing};
pub use row::{Action, Outlook, Row};
pub use step::{
    Cell, CheckStep, Confirm, HandOff, PageLink, Risk, Step, StepBody, UndoRule, WaitStep, union,
};
pub use task::{
    AskedValue, CopyValue, Expectation, PortalAddress, SignInAs, Task, TaskKind, ValueShape,
};

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::ids::StepId;
use crate::text::Text;

/// What a pattern wants, before anything was compared with what is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// One sentence that says what the whole plan gives to whom.
    pub summary: Text,
    /// The steps, in the order in which they are shown. Each depends only on steps before it.
    pub steps: Vec<Step>,
    /// The picture of it.
    pub map: GrantMap,
    /// A directory role that stays without an end date: its name is typed at approval instead of the number.
    pub lasting_role: Option<String>,
    /// See [`Plan::preliminary`].
    pub preliminary: bool,
}

/// A plan. Never edited: a changed answer or a changed world makes a new one, whose parent is the old.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Its number within the setup, from 1.
    pub number: u32,
    /// The plan that it replaces.
    pub parent: Option<u32>,
    /// When it was made.
    pub made: Timestamp,
    /// What the whole gives to whom.
    pub summary: Text,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// The picture of it.
    pub map: GrantMap,
    /// See [`Draft::lasting_role`].
    pub lasting_role: Option<String>,
    /// It only opens the way to what has to be read before the rest can be planned: once it is done, the checks are
    /// read again and the next plan follows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preliminary: bool,
    /// The hash of rows and readings: equal plans for an equal world have equal fingerprints, whenever they are made.
    pub fingerprint: Fingerprint,
}

impl Plan {
    /// The row of that name.
    pub fn row(&self, id: &StepId) -> Option<&Row> {
        self.rows.iter().find(|row| &row.step.id == id)
    }

    /// All rows by name, for whoever looks up many.
    pub fn rows_by_id(&self) -> HashMap<&StepId, &Row> {
        self.rows.iter().map(|row| (&row.step.id, row)).collect()
    }

    /// How many changes an approval approves: desired states of one object in one tenant that are not there yet.
    pub fn changes(&self) -> usize {
        self.rows
            .iter()
            .filter(|row| row.outlook.action.is_change())
            .count()
    }

    /// What has to be typed to approve it: the number of changes, or the name of a role that stays.
    pub fn approval_word(&self) -> String {
        self.lasting_role
            .clone()
            .unwrap_or_else(|| self.changes().to_string())
    }

    /// Rows that cannot be carried out as they are, because something else stands in the way.
    pub fn conflicts(&self) -> impl Iterator<Item = &Row> {
        self.rows
            .iter()
            .filter(|row| matches!(row.outlook.action, Action::Conflict { .. }))
    }
}
