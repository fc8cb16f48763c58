//! A consent for the provider's own app in a customer's tenant, given by the provider through Partner Center.

use serde::{Deserialize, Serialize};

use super::Desired;
use crate::change::Scope;
use crate::ids::{AppId, TenantId};

/// The app that works may do this in the customer's tenant, for whoever of the provider holds roles there.
///
/// The person's own client is meant: Partner Center consents to no other app (facts: own-app-and-tokens §2.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CustomerConsent {
    /// The customer's tenant.
    pub customer: TenantId,
    /// Its name.
    pub customer_name: String,
    /// The app's name, as Partner Center shows it.
    pub app_name: String,
    /// The delegated permissions, by the API that they belong to.
    pub grants: Vec<ApiGrant>,
}

/// Delegated permissions on one API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiGrant {
    /// The API's app id.
    pub api: AppId,
    /// Its name.
    pub api_name: String,
    /// The permissions, sorted.
    pub scopes: Vec<Scope>,
}

impl Desired for CustomerConsent {
    const KIND: &'static str = "customer-consent";
}
