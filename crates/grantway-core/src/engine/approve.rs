//! Approval: one deliberate act, checked on this side of the window.

use super::Engine;
use super::apply::places;
use crate::check::blocking;
use crate::ids::SetupId;
use crate::journal::{Entry, JournalError};
use crate::plan::{Fingerprint, Plan};
use crate::text::Text;

/// Why an approval does not count.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ApprovalError {
    /// There is no plan to approve.
    #[error("there is no plan yet")]
    NoPlan,
    /// What was looked at is not the newest plan.
    #[error("the plan was made anew since it was shown")]
    OtherPlan,
    /// The typed word is not the one asked for.
    #[error("\"{typed}\" was typed, \"{asked}\" is asked for")]
    WrongWord {
        /// What was typed.
        typed: String,
        /// What is asked for.
        asked: String,
    },
    /// A check failed, or something stands in the way.
    #[error("{0} things have to be mended first")]
    Blocked(usize),
    /// The plan is being carried out or was taken back.
    #[error("the plan was approved before")]
    Approved,
    /// The journal did not take it.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Engine {
    /// Approves the plan that was shown. `shown` is its fingerprint, `typed` what the person typed, `by` their account.
    pub async fn approve(
        &self,
        setup: &SetupId,
        shown: &Fingerprint,
        typed: &str,
        by: &str,
    ) -> Result<(), ApprovalError> {
        let state = self.state(setup).await?;
        let plan = state.plan.as_ref().ok_or(ApprovalError::NoPlan)?;
        if state.approved.is_some() || state.undo_began.is_some() {
            return Err(ApprovalError::Approved);
        }
        if &plan.fingerprint != shown {
            return Err(ApprovalError::OtherPlan);
        }
        let asked = plan.approval_word();
        if typed.trim() != asked {
            return Err(ApprovalError::WrongWord {
                typed: typed.trim().into(),
                asked,
            });
        }
        let failed = blocking(&state.checks).len();
        let blocked = failed + plan.conflicts().count();
        if blocked > 0 {
            return Err(ApprovalError::Blocked(blocked));
        }
        let entry = Entry::Approved {
            plan: plan.number,
            fingerprint: plan.fingerprint.clone(),
            by: by.into(),
        };
        self.record(setup, entry).await?;
        Ok(())
    }

    /// Compares an approved plan with one made from a fresh read just before the first write. When they differ the
    /// approval is void, the fresh plan takes the old one's place, and what is different is returned. A reading that is
    /// another now counts only when it made a check worse: otherwise the same is done for the same reasons.
    pub async fn refit(
        &self,
        setup: &SetupId,
        approved: &Plan,
        fresh: Plan,
        is_worse: bool,
    ) -> Result<Vec<Text>, JournalError> {
        let is_same = approved.rows == fresh.rows && approved.summary == fresh.summary;
        if approved.fingerprint == fresh.fingerprint || (is_same && !is_worse) {
            return Ok(Vec::new());
        }
        let because = differences(approved, &fresh);
        self.record(
            setup,
            Entry::Stale {
                plan: approved.number,
                because: because.clone(),
            },
        )
        .await?;
        self.record(
            setup,
            Entry::Planned {
                plan: Box::new(fresh),
            },
        )
        .await?;
        Ok(because)
    }
}

fn differences(old: &Plan, new: &Plan) -> Vec<Text> {
    let (before, after) = (places(&old.rows), places(&new.rows));
    let mut found = Vec::new();
    for row in &new.rows {
        match before.get(&row.step.id).map(|place| &old.rows[*place]) {
            None => found.push(Text::new("stale-row-new").with("row", row.step.title.clone())),
            Some(before) if before != row => {
                found.push(Text::new("stale-row-changed").with("row", row.step.title.clone()))
            }
            Some(_) => {}
        }
    }
    for row in &old.rows {
        if !after.contains_key(&row.step.id) {
            found.push(Text::new("stale-row-gone").with("row", row.step.title.clone()));
        }
    }
    if found.is_empty() {
        found.push(Text::new("stale-readings-changed"));
    }
    found
}
