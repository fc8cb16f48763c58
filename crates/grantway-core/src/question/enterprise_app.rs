//! An application that was consented to, with its publisher and what it may do.

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::desired::Known;
use crate::ids::{AppId, ObjectId, TenantId};

/// The service principal of an application in the tenant, if there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterpriseAppOf {
    /// The application.
    pub app: Known<AppId>,
}

/// An application in a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppSeen {
    /// The service principal's id.
    pub id: ObjectId,
    /// The application.
    pub app: AppId,
    /// Its name.
    pub name: String,
    /// The tenant that owns it.
    pub owner_tenant: Option<TenantId>,
    /// Its verified publisher; none is "Unverified" on the consent page.
    pub publisher: Option<PublisherSeen>,
    /// Whether it may sign in.
    pub enabled: bool,
    /// What was granted to it.
    pub permissions: Vec<PermissionSeen>,
}

/// A verified publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublisherSeen {
    /// Its name.
    pub name: String,
    /// Its id at Microsoft; empty is as good as unverified.
    pub id: String,
}

/// One granted permission.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PermissionSeen {
    /// The API that it opens, by name.
    pub api: String,
    /// The permission's value, such as `AuditLog.Read.All`.
    pub value: String,
    /// Granted to the app itself (an app role) rather than on behalf of people.
    pub as_app: bool,
    /// For everyone in the tenant, not for one person.
    pub for_everyone: bool,
}

impl Ask for EnterpriseAppOf {
    const KIND: &'static str = "enterprise-app-of";
    type Answer = Option<AppSeen>;
}
