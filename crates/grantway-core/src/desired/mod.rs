//! Desired states: what a pattern wants to be so, one cloud object at a time.
//!
//! A pattern writes a typed state; a plan and the journal carry it as JSON under its kind; the microsoft
//! room has one [`crate::change::Change`] for each kind. A new kind of object is a new file here and one
//! there: the engine does not change.

mod access_assignment;
mod access_policy;
mod account;
mod app_principal;
mod app_registration;
mod authentication_strength;
mod client_choice;
mod customer_consent;
mod defaults_replaced;
mod directory_role;
mod enterprise_app;
mod group;
mod known;
mod lent_consent;
mod membership;
mod personal_grant;
mod policy_exclusion;
mod relationship;
mod timed_directory_role;

pub use access_assignment::AccessAssignment;
pub use access_policy::{AccessPolicy, PolicyControl, PolicyUsers};
pub use account::Account;
pub use app_principal::AppPrincipal;
pub use app_registration::{ApiScopes, AppRegistration};
pub use authentication_strength::AuthenticationStrength;
pub use client_choice::ClientChoice;
pub use customer_consent::{ApiGrant, CustomerConsent};
pub use defaults_replaced::DefaultsReplaced;
pub use directory_role::DirectoryRole;
pub use enterprise_app::{EnterpriseApp, ExpectedPublisher};
pub use group::Group;
pub use known::{Known, Later, Outputs, Unresolved, resolve};
pub use lent_consent::LentConsent;
pub use membership::Membership;
pub use personal_grant::PersonalGrant;
pub use policy_exclusion::{Excluded, PolicyExclusion};
pub use relationship::Relationship;
pub use timed_directory_role::TimedDirectoryRole;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A typed desired state of one cloud object.
pub trait Desired: Serialize + DeserializeOwned {
    /// The name of the kind, in journals and transcripts.
    const KIND: &'static str;
}

/// A desired state as a plan carries it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DesiredState {
    /// The kind: which [`crate::change::Change`] knows it.
    pub kind: String,
    /// The state, with values that exist only later still unresolved.
    pub state: Value,
}

impl DesiredState {
    /// Carries a typed state.
    pub fn of<T: Desired>(state: &T) -> Self {
        Self {
            kind: T::KIND.into(),
            state: serde_json::to_value(state).expect("a desired state has string keys only"),
        }
    }
}
