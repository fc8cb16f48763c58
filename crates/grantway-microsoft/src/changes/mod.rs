//! Desired states of core, brought about through Graph: one file for each kind of object.
//!
//! All follow the same rules. A write whose answer was lost is reported as lost, and the engine looks before it writes again.
//! "Already there" is read and compared, never taken for granted. What the service does not see yet is waited for within a
//! bound. Undo goes on where an object is gone, and does not touch what somebody else changed.

mod access_assignment;
mod access_policy;
mod account;
mod app_principal;
mod app_registration;
mod authentication_strength;
mod customer_consent;
mod defaults_replaced;
mod directory_role;
mod enterprise_app;
mod group;
mod lent_consent;
mod membership;
mod patience;
mod permissions;
mod personal_grant;
mod policy_exclusion;
mod principal;
mod relationship;
#[cfg(test)]
mod room;
#[cfg(test)]
mod tests;
mod timed_directory_role;

use std::sync::Arc;

use grantway_core::change::{Applied, Change, ObjectKey, Origin};
use grantway_core::desired::{Desired, Known};
use grantway_core::{Fault, FaultKind, ObjectId, Text};
use serde::Serialize;
use serde_json::Value;

pub use access_assignment::AccessAssignments;
pub use access_policy::AccessPolicies;
pub use account::Accounts;
pub use app_principal::AppPrincipals;
pub use app_registration::AppRegistrations;
pub use authentication_strength::AuthenticationStrengths;
pub use customer_consent::CustomerConsents;
pub use defaults_replaced::DefaultsReplacements;
pub use directory_role::DirectoryRoles;
pub use enterprise_app::EnterpriseApps;
pub use group::Groups;
pub use lent_consent::LentConsents;
pub use membership::Memberships;
pub use personal_grant::PersonalGrants;
pub use policy_exclusion::PolicyExclusions;
pub use relationship::Relationships;
pub use timed_directory_role::TimedDirectoryRoles;

pub(crate) use app_registration::State as RegistrationState;
pub(crate) use patience::Patience;
pub(crate) use permissions::app_seen;

use crate::graph::Graphs;
use crate::http::HttpError;

/// Every kind of object that this room knows.
pub fn all(graphs: &Graphs) -> Vec<Arc<dyn Change>> {
    vec![
        Arc::new(Groups::new(graphs.clone())),
        Arc::new(Relationships::new(graphs.clone())),
        Arc::new(AccessAssignments::new(graphs.clone())),
        Arc::new(Accounts::new(graphs.clone())),
        Arc::new(Memberships::new(graphs.clone())),
        Arc::new(DirectoryRoles::new(graphs.clone())),
        Arc::new(TimedDirectoryRoles::new(graphs.clone())),
        Arc::new(EnterpriseApps::new(graphs.clone())),
        Arc::new(CustomerConsents::new(graphs.clone())),
        Arc::new(AuthenticationStrengths::new(graphs.clone())),
        Arc::new(AccessPolicies::new(graphs.clone())),
        Arc::new(PolicyExclusions::new(graphs.clone())),
        Arc::new(DefaultsReplacements::new(graphs.clone())),
        Arc::new(AppRegistrations::new(graphs.clone())),
        Arc::new(AppPrincipals::new(graphs.clone())),
        Arc::new(PersonalGrants::new(graphs.clone())),
        Arc::new(LentConsents::new(graphs.clone())),
    ]
}

/// What is being done, for a person: the verb chooses the message, the kind of object is its argument.
#[derive(Clone, Copy)]
pub(crate) enum Doing {
    Reading,
    Writing,
    Proving,
    TakingBack,
}

impl Doing {
    pub(crate) fn text(self, kind: &str) -> Text {
        let key = match self {
            Self::Reading => "doing-reading",
            Self::Writing => "doing-writing",
            Self::Proving => "doing-proving",
            Self::TakingBack => "doing-taking-back",
        };
        Text::new(key).with("what", kind)
    }
}

/// What writing an access policy needs: Microsoft asks for all three.
const WRITE_POLICY: &[&str] = &[
    "Application.Read.All",
    "Policy.Read.All",
    "Policy.ReadWrite.ConditionalAccess",
];

/// The licence for access policies.
const P1: &str = "Microsoft Entra ID P1";
/// The licence for roles that end by themselves.
const P2: &str = "Microsoft Entra ID P2";

/// The fault of a call that needs a licence: where it is missing no permission would do.
fn licensed_fault(error: HttpError, doing: Text, needs: &[&str], licence: &str) -> Fault {
    let unlicensed = error
        .refusal()
        .is_some_and(crate::http::Refusal::is_unlicensed);
    let mut fault = error.into_fault(doing, needs);
    if unlicensed {
        fault.kind = FaultKind::Refused {
            needs: vec![licence.to_owned()],
        };
    }
    fault
}

/// The typed state inside a plan's JSON.
fn typed<T: Desired>(state: &Value) -> Result<T, Fault> {
    serde_json::from_value(state.clone()).map_err(|error| {
        Fault::new(
            FaultKind::Local,
            Doing::Reading.text(T::KIND),
            format!("the desired state is of another shape: {error}"),
        )
    })
}

/// A value that must be known by now.
fn known<T: Clone>(value: &Known<T>, kind: &str) -> Result<T, Fault> {
    let missing = || {
        Fault::new(
            FaultKind::Local,
            Doing::Reading.text(kind),
            "an id that an earlier step gives is not known yet",
        )
    };
    value.now().cloned().ok_or_else(missing)
}

/// The JSON of a state; states here have text keys only.
fn json<T: Serialize>(state: &T) -> Value {
    serde_json::to_value(state).expect("a state has text keys only")
}

/// What was there as it is to be: nothing is written, and undo leaves it.
fn adopted(key: &ObjectKey, state: &Value) -> Applied {
    Applied {
        origin: Origin::Adopted,
        key: key.clone(),
        state: state.clone(),
        note: None,
    }
}

/// A key of one id.
fn key_of(id: &str) -> ObjectKey {
    ObjectKey::from([("id".to_owned(), id.to_owned())])
}

/// An object id that the service gave.
fn object_id(text: &str, kind: &str) -> Result<ObjectId, Fault> {
    ObjectId::parse(text).map_err(|error| {
        Fault::new(
            FaultKind::UnexpectedAnswer,
            Doing::Reading.text(kind),
            error.to_string(),
        )
    })
}

/// The object id of a key.
fn key_id(key: &ObjectKey, kind: &str) -> Result<ObjectId, Fault> {
    let missing = || {
        Fault::new(
            FaultKind::Local,
            Doing::Reading.text(kind),
            "the journal has no id for this object",
        )
    };
    object_id(key.get("id").ok_or_else(missing)?, kind)
}

/// What is known after asking for a removal. Every caller reads afterwards whether it is gone.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// It was taken away, or may have been: the answer was lost.
    Sent,
    /// It was not there.
    NotThere,
}

/// Sorts the answer to a removal; a lost one is no failure, since what is left is read next.
fn asked(answer: Result<(), HttpError>) -> Result<Asked, HttpError> {
    match answer {
        Err(error) if error.is_not_found() => Ok(Asked::NotThere),
        Err(error) if error.is_outcome_unknown() => Ok(Asked::Sent),
        other => other.map(|()| Asked::Sent),
    }
}

fn scopes(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// "Not there" on the before or after side of a field.
fn nothing() -> Text {
    Text::new("value-nothing")
}

/// A value as it stands.
fn value(text: &str) -> Text {
    Text::verbatim(text)
}
