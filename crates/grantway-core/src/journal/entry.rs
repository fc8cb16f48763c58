//! What can be written into a journal. Additive only: an entry that was ever written must parse for ever.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::pairs::ListedName;
use crate::Timestamp;
use crate::actor::Actor;
use crate::change::{Applied, Observed, Scope, Trace, Undone};
use crate::check::Check;
use crate::fault::Fault;
use crate::ids::{AppId, IdError, ObjectId, StepId, TenantId, Upn};
use crate::party::Place;
use crate::plan::{Fingerprint, Plan};
use crate::proof::Proof;
use crate::question::Facts;
use crate::text::Text;

/// Which way a step is being driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// Towards the desired state.
    Apply,
    /// Back.
    Undo,
}

/// A sign-in that was checked: tenant and account are those that were expected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignIn {
    /// The tenant that was signed in to, and its part.
    pub place: Place,
    /// The account.
    pub account: Upn,
    /// Its object id.
    pub account_id: ObjectId,
    /// The person's name.
    pub name: String,
    /// The permissions that the token carries.
    pub scopes: Vec<Scope>,
    /// The client id that was used.
    pub client: String,
}

impl SignIn {
    /// In whose name calls are made since.
    ///
    /// # Errors
    /// When what was recorded as the client is no id.
    pub fn actor(&self) -> Result<Actor, IdError> {
        Ok(Actor {
            home: self.place.tenant,
            account: self.account.clone(),
            client: AppId::parse(&self.client)?,
        })
    }
}

/// How a clean session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The person said that it is done, or the page that ends the task was reached.
    Finished,
    /// The window was closed or stopped.
    Stopped,
    /// It was open too long.
    TimedOut,
}

/// What a clean session saw while a person did a task. No address, no text of a page, no secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attendance {
    /// How it ended.
    pub ending: Ending,
    /// How often credentials were asked for; none where the lane cannot see it (a browser of one's own).
    pub prompts_seen: Option<u8>,
    /// How often the person says that they were asked.
    pub prompts_said: Option<u8>,
    /// Application ids for which sign-in or consent was asked, in order, without doubles.
    pub apps_seen: Vec<String>,
    /// The lane, by number 1 to 4.
    pub lane: u8,
    /// The account that a token was given for, where signing in was the act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_in: Option<Upn>,
    /// What the person brought back from the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
}

/// Why a step needs a person although its task was attended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// Credentials were asked for less often than the flow must ask: something interfered.
    TooFewPrompts {
        /// How often they were asked for.
        seen: u8,
        /// How often they must be.
        expected: u8,
    },
    /// The person closed or stopped the session before the effect was there.
    NotFinished,
    /// The effect is not there, although the session ended well.
    NoEffect,
    /// What was read afterwards is not what is needed.
    CheckFailed {
        /// The check.
        check: Check,
    },
    /// The wait has lasted too long.
    Overdue,
}

/// A proof of one step's effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepProof {
    /// The step.
    pub step: StepId,
    /// Where.
    pub place: Place,
    /// What reading back has shown.
    pub proof: Proof,
}

/// What take back could not take back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Leftover {
    /// The step.
    pub step: StepId,
    /// Where.
    pub place: Place,
    /// What stays.
    pub what: Text,
    /// Why.
    pub because: Text,
    /// How to remove it by hand.
    pub by_hand: Text,
}

/// A consent to a client that a setup has turned away from. Without its sign-in nobody can take it away from here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftConsent {
    /// Where it was given.
    pub place: Place,
    /// The client.
    pub client: String,
    /// Who gave it; earlier journals do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The client was only lent.
    pub lent: bool,
    /// The permissions that it covers.
    pub scopes: Vec<Scope>,
}

/// What happened in a setup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum Entry {
    /// The setup was begun.
    Opened {
        /// The pattern's id.
        pattern: String,
        /// The profile's id.
        profile: String,
        /// The cloud's id.
        cloud: String,
    },
    /// Answers were given or changed; the last ones count.
    Answered {
        /// The answers by field.
        answers: Value,
    },
    /// A party signed in and was checked.
    SignedIn {
        /// The sign-in.
        sign_in: SignIn,
    },
    /// A party's sign-in was forgotten.
    SignedOut {
        /// Whose.
        place: Place,
    },
    /// The world was read and judged.
    Checked {
        /// What was read.
        facts: Facts,
        /// What that means.
        checks: Vec<Check>,
    },
    /// A person accepted a check that did not pass.
    Accepted {
        /// The check's id.
        check: String,
        /// Who.
        by: String,
    },
    /// A plan was made.
    Planned {
        /// The plan.
        plan: Box<Plan>,
    },
    /// A plan was approved by typing what was asked.
    Approved {
        /// The plan's number.
        plan: u32,
        /// Its fingerprint.
        fingerprint: Fingerprint,
        /// Who.
        by: String,
    },
    /// An approved plan no longer fitted what is there; nothing was written.
    Stale {
        /// The plan's number.
        plan: u32,
        /// What is different, row by row.
        because: Vec<Text>,
    },
    /// A request is about to leave.
    Intent {
        /// The step.
        step: StepId,
        /// Which way.
        act: ActKind,
        /// What is wanted, all values resolved.
        desired: Value,
        /// What was there before.
        before: Observed,
    },
    /// A step has reached its state.
    Done {
        /// The step.
        step: StepId,
        /// What is there now.
        applied: Applied,
    },
    /// A step did not reach its state.
    Failed {
        /// The step.
        step: StepId,
        /// Which way.
        act: ActKind,
        /// What stood in the way.
        fault: Fault,
    },
    /// A step waits for a person.
    Needed {
        /// The step.
        step: StepId,
    },
    /// What is there of the kind of object that a person is about to be asked to make.
    Counted {
        /// The step.
        step: StepId,
        /// The ids.
        ids: BTreeSet<String>,
    },
    /// A person has been at it.
    Attended {
        /// The step.
        step: StepId,
        /// What the session saw.
        attendance: Attendance,
    },
    /// A step needs a decision.
    Troubled {
        /// The step.
        step: StepId,
        /// Why.
        problem: Problem,
    },
    /// A step is to be tried again: its last outcome no longer counts.
    Retried {
        /// The step.
        step: StepId,
    },
    /// A wait began or goes on; the last one counts.
    Waiting {
        /// The step.
        step: StepId,
        /// When the wait began.
        since: Timestamp,
        /// The next look.
        next_look: Timestamp,
    },
    /// A read of the plan was done and judged.
    Judged {
        /// The step.
        step: StepId,
        /// The check.
        check: Check,
    },
    /// A person has looked for what nothing can be read of.
    Confirmed {
        /// The step.
        step: StepId,
        /// Whether they saw it.
        seen: bool,
        /// Who.
        by: String,
        /// The pairs that they say this of, where it is pairs.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pairs: BTreeMap<TenantId, String>,
    },
    /// A person has given what another portal lists; the last list counts.
    Listed {
        /// The step.
        step: StepId,
        /// What it lists, in order.
        names: Vec<ListedName>,
        /// Who.
        by: String,
    },
    /// A person has paired tenants with names of another portal; none takes a tenant's name off it.
    Paired {
        /// The step.
        step: StepId,
        /// The pairs.
        pairs: BTreeMap<TenantId, Option<String>>,
        /// Who.
        by: String,
    },
    /// The run was stopped by a person; it goes on when they say so.
    Paused,
    /// The run goes on.
    Resumed,
    /// Effects were read back.
    Proved {
        /// What reading back has shown.
        proofs: Vec<StepProof>,
    },
    /// Take back was approved and begins.
    UndoBegan {
        /// Who.
        by: String,
    },
    /// What a step may have left was looked for before it is taken back, and is there. The step is not done by that.
    Found {
        /// The step.
        step: StepId,
        /// What is there.
        applied: Applied,
    },
    /// A step was taken back.
    Undone {
        /// The step.
        step: StepId,
        /// What was done.
        undone: Undone,
        /// What stays although nothing failed.
        traces: Vec<Trace>,
    },
    /// Take back is at its end.
    UndoEnded {
        /// What could not be taken back.
        left: Vec<Leftover>,
    },
    /// Grantway's own consent in a tenant is about to be taken away.
    ConsentEnding {
        /// Where it was given.
        place: Place,
        /// The permissions that it covers.
        scopes: Vec<Scope>,
    },
    /// What became of that.
    ConsentEnded {
        /// Where it was given.
        place: Place,
        /// What was done.
        undone: Undone,
    },
    /// Grantway's own consent in a tenant could not be taken away.
    ConsentStays {
        /// Where it was given.
        place: Place,
        /// What stood in the way.
        fault: Fault,
    },
    /// The setup goes on with another client, and what its person has let the earlier one do stays.
    ConsentLeft {
        /// What stays.
        consent: LeftConsent,
    },
    /// A person has put the setup away; its journal stays.
    Closed,
}
