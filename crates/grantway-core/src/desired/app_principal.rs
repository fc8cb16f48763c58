//! An application's stand-in in a tenant.

use serde::{Deserialize, Serialize};

use super::{Desired, Known};
use crate::ids::AppId;

/// The service principal of an application, without which nobody signs in to it, and without which nothing of an API can be
/// granted. Outputs: `id`, `app_id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppPrincipal {
    /// The application.
    pub app: Known<AppId>,
    /// Its name for people.
    pub name: String,
}

impl Desired for AppPrincipal {
    const KIND: &'static str = "app-principal";
}
