//! What one person lets an application do in their name.

use serde::{Deserialize, Serialize};

use super::{ApiScopes, Desired, Known};
use crate::ids::ObjectId;

/// A delegated permission grant for one person on one API. Outputs: `id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalGrant {
    /// The application's service principal.
    pub client: Known<ObjectId>,
    /// The application's name for people.
    pub client_name: String,
    /// The API with its permissions: these at least.
    pub permissions: ApiScopes,
    /// The person.
    pub person: ObjectId,
    /// Their account.
    pub account: String,
}

impl Desired for PersonalGrant {
    const KIND: &'static str = "personal-grant";
}
