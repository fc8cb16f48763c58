//! Checks: reads that answer pass, fail, warn or cannot see, with the way to mend it.

use serde::{Deserialize, Serialize};

use crate::party::Place;
use crate::text::Text;

/// The answer of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Read, and wrong: nothing is written while it stands.
    Fail,
    /// Read, and worth a look; it works.
    Warn,
    /// No right or no way to read it. Never counted as passed.
    CannotSee,
    /// Read, and right.
    Pass,
}

/// A way to mend a check that did not pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Remedy {
    /// The name that the UI sends back.
    pub id: String,
    /// What it does, in a few words.
    pub title: Text,
    /// What will happen then.
    pub detail: Text,
    /// How it is carried out.
    pub act: RemedyAct,
}

/// How a remedy is carried out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum RemedyAct {
    /// A person does it on a page of the cloud, then checks again.
    ByHand {
        /// The page's name in the cloud's list of portals.
        portal: String,
        /// The path through the page, level by level.
        path: Vec<String>,
    },
    /// The plan does it, as changes that are approved with the rest.
    InPlan,
    /// Go on and accept that it is so; recorded with the person's name.
    Accept,
    /// Sign in with another account.
    OtherAccount,
    /// Change an answer.
    ChangeAnswer {
        /// The field of the answers.
        field: String,
    },
}

/// A check with its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The name, stable from run to run.
    pub id: String,
    /// Where it was read.
    pub place: Place,
    /// What is checked.
    pub title: Text,
    /// The answer.
    pub verdict: Verdict,
    /// What was found.
    pub found: Text,
    /// What is needed.
    pub needed: Text,
    /// Why it matters.
    pub why: Text,
    /// The permission or role by which it was read.
    pub right_used: Vec<String>,
    /// Ways to mend it; empty when it passed.
    pub remedies: Vec<Remedy>,
}

impl Check {
    /// Whether nothing may be written while this stands.
    pub fn blocks(&self) -> bool {
        self.verdict == Verdict::Fail
    }
}
