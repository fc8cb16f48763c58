//! Deleted objects: they stay in the recycle bin for 30 days.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AppRoleAssignment, DelegatedGrant, Group, ServicePrincipal, User};

/// An object in the recycle bin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Deleted {
    /// When it was deleted.
    pub at: Timestamp,
    /// The object as it was.
    pub object: DeletedObject,
}

/// What was deleted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum DeletedObject {
    /// A user.
    User(Box<User>),
    /// A group with its members.
    Group(Box<Group>),
    /// An application registration.
    Application(Box<super::Application>),
    /// A service principal with the grants that went with it.
    ServicePrincipal {
        /// The service principal.
        principal: Box<ServicePrincipal>,
        /// Its delegated grants.
        grants: Vec<DelegatedGrant>,
        /// Its app role assignments.
        app_roles: Vec<AppRoleAssignment>,
    },
}
