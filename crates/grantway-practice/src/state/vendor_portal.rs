//! The vendor's portal: its accounts, and the integrations that people connect there.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The vendor's portal, as the scenario describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorPortal {
    /// The vendor's name on its pages.
    pub name: String,
    /// The product's name on its pages.
    pub product: String,
    /// Client id of the vendor's application.
    pub application: Uuid,
    /// How many sign-ins with consent the integration asks for.
    pub legs: u8,
    /// People who may sign in to the portal.
    pub accounts: Vec<VendorAccount>,
    /// What was connected.
    pub integrations: Vec<VendorIntegration>,
    /// The organizations that the scenario names.
    #[serde(default)]
    pub organizations: Vec<String>,
    /// Tenants with their organizations, in the order in which they were mapped.
    #[serde(default)]
    pub mappings: Vec<VendorMapping>,
}

/// A tenant that is mapped to an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorMapping {
    /// The tenant.
    pub tenant: Uuid,
    /// The organization's name.
    pub organization: String,
}

/// An account of the vendor's portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorAccount {
    /// Mail address, which is the sign-in name.
    pub email: String,
    /// Name.
    pub name: String,
    /// Practice password.
    pub password: String,
}

/// An integration that somebody connects or has connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorIntegration {
    /// Id of the integration.
    pub id: Uuid,
    /// The tenant that was connected, known after the first leg.
    pub tenant: Option<Uuid>,
    /// The legs done so far.
    pub legs: Vec<VendorLeg>,
    /// Whether all legs are done.
    pub connected: bool,
}

/// One leg of an integration: a sign-in with consent that came back to the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorLeg {
    /// The account that signed in.
    pub account: String,
    /// Whether the person was asked for credentials.
    pub prompted: bool,
}
