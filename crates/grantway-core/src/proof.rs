//! Proofs: what was read back, from the grantee's side where that is possible.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Timestamp;
use crate::text::Text;

/// What reading back has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Read back, and as claimed.
    Proved,
    /// Read back, and not as claimed; or not there yet.
    NotProved,
    /// No right or no way to read it.
    CannotSee,
    /// No way to read it, and a person has seen it and said so by name.
    ByPerson,
}

impl Standing {
    /// What was read, and is as claimed or not.
    pub fn read_as(claimed: bool) -> Self {
        if claimed {
            Self::Proved
        } else {
            Self::NotProved
        }
    }
}

/// Something that ends by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Expiry {
    /// When.
    pub at: Timestamp,
    /// What it is, in a word or two: "Relationship".
    pub what: Text,
}

/// A claim with what was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proof {
    /// What is claimed.
    pub claim: Text,
    /// From where it was read.
    pub read_from: Text,
    /// What reading has shown.
    pub standing: Standing,
    /// What was found, for a person.
    pub found: Text,
    /// What was found, as read; without secrets.
    pub evidence: Value,
    /// What of it ends by itself, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Expiry>,
    /// When it is worth looking again, if it is not there yet but may come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_again: Option<Timestamp>,
}
