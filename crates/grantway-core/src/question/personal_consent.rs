//! What one person has consented to for an application.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::ids::{AppId, ObjectId};

/// A person's own grants to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalConsent {
    /// The client.
    pub client: AppId,
    /// The person.
    pub person: ObjectId,
}

/// The grants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalConsentSeen {
    /// The permissions, those of every API together.
    pub scopes: BTreeSet<String>,
    /// An administrator has consented for everyone too.
    pub for_everyone: bool,
}

impl Ask for PersonalConsent {
    const KIND: &'static str = "personal-consent";
    type Answer = PersonalConsentSeen;
}
