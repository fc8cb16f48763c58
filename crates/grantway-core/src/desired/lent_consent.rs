//! What a person has let a lent client do, while a setup worked in its name.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Desired;
use crate::ids::{AppId, ObjectId};

/// The person's grants to a client that is not Grantway's own hold what they held before, and nothing that a setup has added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LentConsent {
    /// The client.
    pub client: AppId,
    /// Its name for people.
    pub name: String,
    /// The person.
    pub person: ObjectId,
    /// Their account.
    pub account: String,
    /// The permissions that stay: what was there before, or cannot be told from it.
    pub keep: BTreeSet<String>,
    /// The permissions that the setup's own sign-ins ask for, before and after the approval, but for those that stay.
    pub asked: BTreeSet<String>,
}

impl Desired for LentConsent {
    const KIND: &'static str = "lent-consent";
}
