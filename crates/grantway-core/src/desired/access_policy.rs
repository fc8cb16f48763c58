//! A Conditional Access policy of a setup's own.

use serde::{Deserialize, Serialize};

use super::{Desired, Known};
use crate::ids::{ObjectId, TenantId};

/// A Conditional Access policy for all apps and all kinds of clients. Outputs: `id`.
///
/// Found by its name. A policy of that name that says something else stands in the way; one that this setup made may have got further
/// exclusions since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessPolicy {
    /// What people see.
    pub name: String,
    /// Whom it applies to.
    pub users: PolicyUsers,
    /// A provider whose people, when they come through a delegated admin relationship, are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude_service_provider: Option<TenantId>,
    /// What it asks for.
    pub control: PolicyControl,
    /// Whether it is on. `false` is how it is made: another step ([`super::DefaultsReplaced`]) may switch it on later, so a policy that is
    /// on by now is right as well.
    pub enabled: bool,
}

/// Whom a policy applies to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum PolicyUsers {
    /// Everybody.
    All,
    /// One account.
    Account {
        /// The account; often made by an earlier step.
        user: Known<ObjectId>,
        /// The account's name, for people.
        name: String,
    },
}

/// What a policy asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "control", rename_all = "snake_case")]
pub enum PolicyControl {
    /// A second factor, whichever.
    Mfa,
    /// An authentication strength.
    Strength {
        /// The strength's id; often made by an earlier step.
        id: Known<String>,
        /// The strength's name, for people.
        name: String,
    },
}

impl Desired for AccessPolicy {
    const KIND: &'static str = "access-policy";
}
