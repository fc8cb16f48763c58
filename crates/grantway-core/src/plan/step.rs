//! Steps: what a pattern puts into a plan.

use serde::{Deserialize, Serialize};

use super::pairing::Pairing;
use super::task::{SignInAs, Task};
use crate::change::Scope;
use crate::desired::{DesiredState, Known};
use crate::ids::{StepId, TenantId};
use crate::party::Place;
use crate::question::Question;
use crate::text::Text;

/// How much harm a change could do in the wrong hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Gives nothing by itself.
    Low,
    /// Gives something that can be misused.
    Medium,
    /// Gives control over people or settings.
    High,
}

/// What take back does with a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoRule {
    /// Removes what was made, puts back what was changed.
    Restore,
    /// The same, but only once everything that depends on it was taken back: it is needed for that, or it protects until then.
    RestoreLast,
    /// Leaves it: putting it back would give access again.
    Leave,
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its name, the same in the next plan of the setup.
    pub id: StepId,
    /// Where it happens.
    pub place: Place,
    /// What it is.
    pub title: Text,
    /// Why it is needed, in the profile's words.
    pub why: Text,
    /// What it means for the one who gives access.
    pub means: Text,
    /// How it is taken back, in a few words.
    pub undo: Text,
    /// How much harm it could do.
    pub risk: Risk,
    /// Steps that must be done before it.
    pub after: Vec<StepId>,
    /// What it is made of.
    pub body: StepBody,
    /// Where it stands while customers are shown side by side; none for what is done once for all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Cell>,
}

/// A place among customers that are shown side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The customer that the step is for, in whatever tenant it happens.
    pub customer: TenantId,
    /// The column, by the name that the pattern gives it.
    pub column: String,
}

/// What a step is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum StepBody {
    /// A desired state of one object in one tenant.
    Change {
        /// The state.
        desired: DesiredState,
        /// What take back does.
        undo_rule: UndoRule,
        /// The earlier step of the same plan whose effect this one ends: a role that is held only while the setup runs.
        reverses: Option<StepId>,
    },
    /// A read that must pass at this point of the run.
    Check(CheckStep),
    /// A person acts in a clean session: a vendor's consent, a first sign-in, a page without an API.
    Task(Box<Task>),
    /// Time has to pass, or something has to become so.
    Wait(WaitStep),
    /// Somebody else has to act elsewhere; the app hands them a link and looks for the effect.
    HandOff(Box<HandOff>),
}

/// What somebody else does elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandOff {
    /// The page that is handed over.
    pub page: PageLink,
    /// Who is meant to act.
    pub who: Text,
    /// A message to them, as a subject and a text; `$link` stands for the page's address.
    pub message: (Text, Text),
    /// What they do there, in order.
    pub instructions: Vec<Text>,
    /// The wait for it; what it waits for shows that it was done.
    pub wait: WaitStep,
    /// How they take away what they gave; take back lists it as left. None where the setup itself ends what came of it.
    pub stays: Option<Text>,
    /// It shows nowhere that can be read, so a person says by name whether it came. The wait then only reminds, and
    /// nothing waits for their word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm: Option<Confirm>,
}

/// What a person is asked to look for, where nothing can be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirm {
    /// What is claimed once they have seen it.
    pub claim: Text,
    /// What to do where it does not come.
    pub unseen: Text,
    /// The pairs that they confirm, where it is pairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairing: Option<Pairing>,
}

/// The page on which somebody else acts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PageLink {
    /// A page that belongs to one object: the cloud's page of that name, and what stands behind it in the address.
    Portal {
        /// The page's name in the cloud's list of portals.
        portal: String,
        /// The address where the cloud has no page of that name: a vendor's own site.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fallback: Option<String>,
        /// What follows the page's address, such as an object's id.
        tail: Known<String>,
    },
    /// The sign-in service's page on which an administrator of a tenant lets the app in that works here.
    AdminConsent {
        /// The tenant.
        consent_in: TenantId,
        /// The delegated Graph permissions: the full set, since a consent may replace an earlier one.
        scopes: Vec<Scope>,
    },
}

/// A question whose answer the pattern judges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckStep {
    /// The question; may hold values that earlier steps give.
    pub question: Question,
}

/// A durable wait with a cause and an expected time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaitStep {
    /// What is waited for: "Microsoft usually needs 30 seconds here".
    pub cause: Text,
    /// Seconds from the start of the wait to the first look, or to its end where nothing is read.
    pub first_look: u32,
    /// Seconds between looks.
    pub every: u32,
    /// Seconds that it usually takes; the progress shown to people runs against it.
    pub usually: u32,
    /// Seconds after which the wait has failed; a person decides then.
    pub at_most: u32,
    /// What must be so; none is a wait for time alone.
    pub until: Option<CheckStep>,
}

impl Step {
    /// The permissions that writing this step needs, as far as the step itself names them.
    pub fn questions(&self) -> Vec<&Question> {
        match &self.body {
            StepBody::Change { .. } => Vec::new(),
            StepBody::Check(check) => vec![&check.question],
            StepBody::Task(task) => task.verify.iter().map(|check| &check.question).collect(),
            StepBody::Wait(wait) => wait.until.iter().map(|check| &check.question).collect(),
            StepBody::HandOff(hand_off) => {
                let until = hand_off.wait.until.iter();
                until.map(|check| &check.question).collect()
            }
        }
    }

    /// What a person is asked to confirm, where that is all that tells of it.
    pub fn confirm(&self) -> Option<&Confirm> {
        match &self.body {
            StepBody::HandOff(hand_off) => hand_off.confirm.as_ref(),
            _ => None,
        }
    }

    /// What a person pairs and confirms.
    pub fn pairing(&self) -> Option<&Pairing> {
        self.confirm()?.pairing.as_ref()
    }

    /// Whether it is taken back only once everything that depends on it was.
    pub fn goes_last(&self) -> bool {
        matches!(
            &self.body,
            StepBody::Change {
                undo_rule: UndoRule::RestoreLast,
                ..
            }
        )
    }

    /// How what a person gave or made is taken away by them; none where there is nothing of the kind.
    pub fn stays(&self) -> Option<&Text> {
        match &self.body {
            StepBody::HandOff(hand_off) => hand_off.stays.as_ref(),
            StepBody::Task(task) => task.stays.as_ref(),
            _ => None,
        }
    }

    /// The sign-in that takes the setup's seat, where the step is one.
    pub fn seat_taken(&self) -> Option<&SignInAs> {
        match &self.body {
            StepBody::Task(task) => task.sign_in.as_ref().filter(|sign_in| sign_in.takes_seat),
            _ => None,
        }
    }

    /// Whether take back has something to do with it, or to say about it.
    pub fn leaves_something(&self) -> bool {
        self.desired().is_some() || self.stays().is_some()
    }

    /// The desired state that this step brings about: a change's, or the effect of what a person does.
    pub fn desired(&self) -> Option<&DesiredState> {
        match &self.body {
            StepBody::Change { desired, .. } => Some(desired),
            StepBody::Task(task) => task.effect.as_ref(),
            _ => None,
        }
    }
}

/// Joins permission lists without doubles, in a stable order.
pub fn union(lists: impl IntoIterator<Item = Vec<Scope>>) -> Vec<Scope> {
    let set: std::collections::BTreeSet<Scope> = lists.into_iter().flatten().collect();
    set.into_iter().collect()
}
