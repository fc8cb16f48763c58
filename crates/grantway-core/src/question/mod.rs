//! Questions: what a check or a plan has to know, asked of one tenant, read by the microsoft room.
//!
//! Like desired states they are typed here and carried as JSON under their kind.

mod access_assignment;
mod access_policy;
mod account;
mod app_registration;
mod app_rules;
mod audit_log;
mod authenticator_policy;
mod customer_way;
mod enterprise_app;
mod group;
mod guest_twin;
mod licence;
mod person;
mod personal_consent;
mod relationship;
mod relationship_status;
mod security_defaults;
mod sign_in_method;
mod tenant;

pub use access_assignment::{
    AccessAssignmentSeen, AccessAssignments, AssignmentStatus, AssignmentStatusIs,
};
pub use access_policy::{AccessPolicies, PolicySeen};
pub use account::{AccountNamed, AccountSeen};
pub use app_registration::{AppRegistrationOf, RegistrationSeen};
pub use app_rules::{AppRules, AppRulesSeen};
pub use audit_log::{AuditLog, AuditLogSeen};
pub use authenticator_policy::{AuthenticatorPolicy, AuthenticatorPolicySeen, MethodTarget};
pub use customer_way::{CustomerWay, WaySeen};
pub use enterprise_app::{AppSeen, EnterpriseAppOf, PermissionSeen, PublisherSeen};
pub use group::{
    GroupFitness, GroupOfId, GroupSeen, GroupUnfit, GroupWithMembers, GroupsNamed,
    GroupsWithMembers,
};
pub use guest_twin::{GuestSeen, GuestTwin};
pub use licence::{LicenceSeen, Licences, PlanSeen};
pub use person::{PersonSeen, SignedInPerson};
pub use personal_consent::{PersonalConsent, PersonalConsentSeen};
pub use relationship::{RelationshipSeen, Relationships};
pub use relationship_status::{RelationshipStatus, RelationshipStatusIs};
pub use security_defaults::{SecurityDefaults, SecurityDefaultsSeen};
pub use sign_in_method::{
    MethodsSeen, Registration, RegistrationReport, SignInMethods, SignInMethodsSeen,
};
pub use tenant::{DomainSeen, TenantProfile, TenantSeen};

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Timestamp;
use crate::fault::{Fault, FaultKind};
use crate::ids::TenantId;

/// A typed question with the type of its answer.
pub trait Ask: Serialize + DeserializeOwned {
    /// The name of the kind.
    const KIND: &'static str;
    /// What an answer says.
    type Answer: Serialize + DeserializeOwned;
}

/// A question to one tenant, as plans and the journal carry it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The kind: which [`crate::change::Reader`] knows it.
    pub kind: String,
    /// The tenant that is asked.
    pub tenant: TenantId,
    /// What exactly is asked.
    pub about: Value,
}

impl Question {
    /// Carries a typed question.
    pub fn of<T: Ask>(tenant: TenantId, about: &T) -> Self {
        Self {
            kind: T::KIND.into(),
            tenant,
            about: serde_json::to_value(about).expect("a question has string keys only"),
        }
    }

    /// The text under which the answer is kept among the facts.
    pub fn key(&self) -> String {
        format!("{}@{} {}", self.kind, self.tenant, self.about)
    }
}

/// What asking gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reading", rename_all = "snake_case")]
pub enum Reading {
    /// An answer.
    Seen {
        /// The answer's JSON.
        value: Value,
        /// The permissions by which it was read.
        right_used: Vec<String>,
    },
    /// No right or no way to read it.
    CannotSee {
        /// What stood in the way.
        fault: Fault,
    },
}

/// What was read, by question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The readings, by [`Question::key`].
    pub readings: BTreeMap<String, Reading>,
    /// When the last of them was read, apart from the tenants of `again`.
    pub at: Option<Timestamp>,
    /// The tenants that were read once more since then, and when.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub again: BTreeMap<TenantId, Timestamp>,
}

impl Facts {
    /// Remembers a reading.
    pub fn insert(&mut self, question: &Question, reading: Reading) {
        self.readings.insert(question.key(), reading);
    }

    /// When a tenant was read last.
    pub fn read_at(&self, tenant: TenantId) -> Option<Timestamp> {
        self.again.get(&tenant).copied().or(self.at)
    }

    /// Lets go of every reading of a tenant, so that it is asked again.
    pub fn forget(&mut self, tenant: TenantId) {
        let of_tenant = format!("@{tenant} ");
        self.readings
            .retain(|question, _| !question.contains(&of_tenant));
    }

    /// Takes every reading of a tenant for one that could not be made: what stands there is not known for sure. Says whether
    /// that changed anything.
    pub fn shut(&mut self, tenant: TenantId, fault: &Fault) -> bool {
        let of_tenant = format!("@{tenant} ");
        let mut changed = false;
        for (question, reading) in &mut self.readings {
            if question.contains(&of_tenant) && matches!(reading, Reading::Seen { .. }) {
                let fault = fault.clone();
                *reading = Reading::CannotSee { fault };
                changed = true;
            }
        }
        changed
    }

    /// The answer to a typed question. What was never asked, or does not parse, cannot be seen either: the fault says which.
    pub fn answer<T: Ask>(&self, tenant: TenantId, about: &T) -> Result<T::Answer, Fault> {
        answer_of::<T>(self.readings.get(&Question::of(tenant, about).key()))
    }

    /// The rights by which a question was answered.
    pub fn right_used<T: Ask>(&self, tenant: TenantId, about: &T) -> Vec<String> {
        match self.readings.get(&Question::of(tenant, about).key()) {
            Some(Reading::Seen { right_used, .. }) => right_used.clone(),
            _ => Vec::new(),
        }
    }
}

/// The typed answer inside a reading.
pub fn answer_of<T: Ask>(reading: Option<&Reading>) -> Result<T::Answer, Fault> {
    let doing = || crate::text::Text::new("doing-reading").with("what", T::KIND);
    match reading {
        Some(Reading::Seen { value, .. }) => serde_json::from_value(value.clone())
            .map_err(|error| Fault::new(FaultKind::UnexpectedAnswer, doing(), error.to_string())),
        Some(Reading::CannotSee { fault }) => Err(fault.clone()),
        None => Err(Fault::new(
            FaultKind::UnexpectedAnswer,
            doing(),
            "this was not asked",
        )),
    }
}
