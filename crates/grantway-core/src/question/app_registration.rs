//! A registration as the tenant that owns it keeps it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::desired::{ApiScopes, Known};
use crate::ids::{AppId, ObjectId};

/// The registration of an application, if the tenant that is asked owns it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppRegistrationOf {
    /// The application.
    pub app: Known<AppId>,
}

/// A registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationSeen {
    /// Its object id.
    pub id: ObjectId,
    /// The application.
    pub app: AppId,
    /// Its name.
    pub name: String,
    /// Whose accounts may use it, by Microsoft's word.
    pub audience: String,
    /// Addresses of a public client to which answers may go.
    pub redirects: BTreeSet<String>,
    /// The delegated permissions that it may ask for. One whose name the API does not tell stands here by its id.
    pub permissions: Vec<ApiScopes>,
}

impl Ask for AppRegistrationOf {
    const KIND: &'static str = "app-registration-of";
    type Answer = Option<RegistrationSeen>;
}
