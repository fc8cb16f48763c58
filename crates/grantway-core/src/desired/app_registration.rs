//! The registration of an application in the tenant that owns it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Desired;
use crate::ids::AppId;

/// An application that people sign in to without a secret (a public client). Outputs: `id`, `app_id`.
///
/// What is wanted is there at least: redirects and permissions of others are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppRegistration {
    /// The key by which it is found again after a lost answer; unique in the tenant, with the setup's id in it as the marker.
    pub unique_name: String,
    /// What people see. Not unique.
    pub display_name: String,
    /// Whose accounts may use it, by Microsoft's word: `AzureADMultipleOrgs`.
    pub audience: String,
    /// Addresses to which answers may go.
    pub redirects: BTreeSet<String>,
    /// The delegated permissions that it may ask for.
    pub permissions: Vec<ApiScopes>,
}

/// Delegated permissions of one API.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ApiScopes {
    /// The API.
    pub api: AppId,
    /// Its name for people.
    pub name: String,
    /// The permissions, by the API's own names for them.
    pub scopes: BTreeSet<String>,
}

impl Desired for AppRegistration {
    const KIND: &'static str = "app-registration";
}
