//! How far one step of a setup is, folded from its entries.

use std::collections::BTreeSet;

use serde_json::Value;

use super::confirmed::Confirmed;
use super::entry::Attendance;
use super::pairs::Pairs;
use super::state::Standing;
use crate::Timestamp;
use crate::change::{Applied, ChangeRecord, Observed, Trace, Undone};
use crate::check::Check;
use crate::fault::{Fault, FaultKind};

/// What the journal knows of one step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepState {
    /// How far it is.
    pub standing: Standing,
    /// When that was recorded.
    pub at: Option<Timestamp>,
    /// When it began what it does: a write was meant, or a person was asked to act.
    pub began: Option<Timestamp>,
    /// What was wanted, all values resolved; recorded with the first intent.
    pub desired: Option<Value>,
    /// What was there before the first write.
    pub before: Option<Observed>,
    /// Ids of what was there of its kind before a person was asked to act, where that was looked at.
    pub there_before: Option<BTreeSet<String>>,
    /// What was done.
    pub applied: Option<Applied>,
    /// What the last session saw.
    pub attendance: Option<Attendance>,
    /// What a person said last of what nothing can be read of.
    pub confirmed: Option<Confirmed>,
    /// The pairs of a pairing.
    pub pairs: Pairs,
    /// The last judgement.
    pub check: Option<Check>,
    /// What stays after take back.
    pub traces: Vec<Trace>,
    /// A write may have taken effect although no outcome is recorded: look before writing again.
    pub in_doubt: bool,
    /// The doubt is being looked into: a failure meanwhile is the look's, and does not end it.
    pub looking: bool,
    /// Since when it waits, through the tries between.
    pub waiting_since: Option<Timestamp>,
}

impl Default for StepState {
    fn default() -> Self {
        Self {
            standing: Standing::NotStarted,
            at: None,
            began: None,
            desired: None,
            before: None,
            there_before: None,
            applied: None,
            attendance: None,
            confirmed: None,
            pairs: Pairs::default(),
            check: None,
            traces: Vec::new(),
            in_doubt: false,
            looking: false,
            waiting_since: None,
        }
    }
}

impl StepState {
    /// What happened before no longer counts; a write whose outcome nobody knows stays in doubt.
    pub(super) fn try_again(&mut self) -> Standing {
        self.attendance = None;
        self.waiting_since = None;
        if matches!(
            self.standing,
            Standing::Undone(Undone::Reverted | Undone::WasGone)
        ) {
            // What was made is gone: its ids lead nowhere, and what comes next is something new.
            self.began = None;
            self.desired = None;
            self.before = None;
            self.applied = None;
            self.in_doubt = false;
        }
        self.looking = self.in_doubt;
        if self.in_doubt {
            Standing::InDoubt
        } else {
            Standing::NotStarted
        }
    }

    /// A try has failed: unless it was a look, the fault says whether something may have been written.
    pub(super) fn failed_by(&mut self, fault: Option<&Fault>) {
        let tells_nothing = fault.is_some_and(|fault| {
            matches!(
                fault.kind,
                FaultKind::AnswerLost | FaultKind::UnexpectedAnswer
            )
        });
        if !self.looking {
            self.in_doubt &= tells_nothing;
        }
    }

    /// What undo needs, if something was done.
    pub fn record(&self) -> Option<ChangeRecord> {
        Some(ChangeRecord {
            desired: self.desired.clone()?,
            before: self.before.clone().unwrap_or(Observed::Absent),
            applied: self.applied.clone()?,
        })
    }
}
