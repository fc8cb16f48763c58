//! An application of somebody else that was consented to in a tenant.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Desired, Known};
use crate::ids::{AppId, TenantId};

/// The service principal that a consent leaves in the tenant of the step, with its grants. Outputs: `id`, `app_id`.
///
/// Never written by the app: a person consents on the vendor's page. The engine reads it, proves it and,
/// at take back, removes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterpriseApp {
    /// The application; often known only from the consent page's address.
    pub app: Known<AppId>,
    /// What its publisher must be.
    pub publisher: ExpectedPublisher,
    /// The permissions that the vendor says it asks for, by value (`User.Read.All`); empty when the vendor does not say.
    #[serde(default)]
    pub permissions: BTreeSet<String>,
}

/// The publisher as the vendor profile expects it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedPublisher {
    /// The verified publisher's display name, to the letter.
    pub name: String,
    /// Whether the badge is required. Only a profile of one's own may say no.
    pub verified: bool,
    /// The vendor's tenant, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_tenant: Option<TenantId>,
    /// The application itself, where it is known before the consent page names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<AppId>,
}

impl Desired for EnterpriseApp {
    const KIND: &'static str = "enterprise-app";
}
