//! The proof of one setup: what was granted, by whom, what reading back has shown, what stays, how far take back is.

use grantway_core::proof::Standing;
use grantway_core::{Party, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The shape of the JSON form. A reader refuses what it does not know.
pub const SCHEMA: &str = "grantway-proof/2";

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The page could not be made.
    #[error("the page could not be made")]
    Page(#[from] askama::Error),
    /// The JSON could not be made or read.
    #[error("the JSON does not fit")]
    Json(#[from] serde_json::Error),
    /// The JSON is of another shape than this version knows.
    #[error("this is \"{found}\", and this version knows \"{SCHEMA}\"")]
    Schema {
        /// What the file says that it is.
        found: String,
    },
}

/// The proof of one setup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofDocument {
    /// The setup's id.
    pub setup: String,
    /// The pattern's name.
    pub pattern: String,
    /// The profile's name.
    pub profile: String,
    /// The cloud's name.
    pub cloud: String,
    /// It happened in the practice cloud: nothing of it is real.
    pub practice: bool,
    /// When this report was made.
    pub made: Timestamp,
    /// What the plan gives to whom, in a sentence.
    pub summary: String,
    /// Provider, customers, vendor.
    pub parties: Vec<PartyLine>,
    /// The approval; none when nothing was approved.
    pub approval: Option<Approval>,
    /// The rows of the plan.
    pub changes: Vec<ChangeLine>,
    /// What reading back has shown.
    pub proofs: Vec<ProofLine>,
    /// What people have paired by hand in another portal, and said so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<PairLine>,
    /// What stays after take back, or cannot be taken back.
    pub stays: Vec<StaysLine>,
    /// How far take back is.
    pub take_back: TakeBack,
}

/// A party of the setup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyLine {
    /// Its part.
    pub party: Party,
    /// Its name.
    pub name: String,
    /// Its tenant; none for a vendor.
    pub tenant: Option<String>,
}

/// Who approved which plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The account.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The plan's number within the setup.
    pub plan: u32,
    /// The plan's fingerprint, in full.
    pub fingerprint: String,
    /// How many changes were approved.
    pub changes: usize,
}

/// A row of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeLine {
    /// The step's name inside the plan.
    pub step: String,
    /// What it is.
    pub title: String,
    /// Where.
    pub place: String,
    /// What was to be done: "made", "by hand".
    pub action: String,
    /// How far it came: "done 10:50:12".
    pub state: String,
}

/// A proof.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofLine {
    /// The step's name inside the plan.
    pub step: String,
    /// What reading has shown.
    pub standing: Standing,
    /// What is claimed.
    pub claim: String,
    /// Where.
    pub place: String,
    /// From where it was read.
    pub read_from: String,
    /// What was found.
    pub found: String,
    /// When it was read.
    pub at: Timestamp,
    /// What was found, as read, without secrets.
    pub evidence: Value,
}

/// A tenant that a person says they have paired with a name of another portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairLine {
    /// The tenant's id.
    pub tenant: String,
    /// The tenant's name.
    pub name: String,
    /// The name in the other portal.
    pub other: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Something that stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaysLine {
    /// What.
    pub what: String,
    /// Where.
    pub place: String,
    /// Why.
    pub because: String,
    /// How to remove it by hand.
    pub by_hand: String,
    /// Taking it back failed, rather than the cloud keeping it for a while by its own rules.
    pub failed: bool,
}

/// How far take back is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum TakeBack {
    /// Nothing was taken back.
    NotBegun,
    /// It has begun and is not at its end.
    Begun {
        /// Who began it.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// It is at its end.
    Ended {
        /// Who began it.
        by: String,
        /// When it was at its end.
        at: Timestamp,
        /// What was taken back, in words: "7 of 7 changes".
        outcome: String,
    },
}

/// The document with its schema in front.
#[derive(Serialize)]
struct Written<'a> {
    schema: &'a str,
    signed: bool,
    #[serde(flatten)]
    proof: &'a ProofDocument,
}

impl ProofDocument {
    /// How many proofs stand so.
    pub fn count(&self, standing: Standing) -> usize {
        self.proofs
            .iter()
            .filter(|proof| proof.standing == standing)
            .count()
    }

    /// The JSON form: one object, `schema` first, `signed` false, moments in UTC.
    pub fn to_json(&self) -> Result<String, ReportError> {
        let written = Written {
            schema: SCHEMA,
            signed: false,
            proof: self,
        };
        Ok(serde_json::to_string_pretty(&written)? + "\n")
    }

    /// Reads the JSON form.
    pub fn from_json(text: &str) -> Result<Self, ReportError> {
        let mut value: Value = serde_json::from_str(text)?;
        let found = value["schema"].as_str().unwrap_or_default().to_owned();
        if found != SCHEMA {
            return Err(ReportError::Schema { found });
        }
        if let Some(fields) = value.as_object_mut() {
            fields.remove("schema");
            fields.remove("signed");
        }
        Ok(serde_json::from_value(value)?)
    }

    /// One page for people: nothing of it is loaded from elsewhere, nothing in it runs.
    pub fn to_html(&self) -> Result<String, ReportError> {
        crate::html::page(self)
    }
}

#[cfg(test)]
mod tests;
