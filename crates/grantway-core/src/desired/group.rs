//! A security group.

use serde::{Deserialize, Serialize};

use super::Desired;

/// A cloud security group in the tenant of the step. Outputs: `id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The key by which it is found again after a lost answer; unique in the tenant.
    pub unique_name: String,
    /// What people see. Not unique.
    pub display_name: String,
    /// At most 64 ASCII characters without `@()\[]";:.<>,` and blanks.
    pub mail_nickname: String,
    /// A sentence for the next administrator, with the setup's id in it as the marker.
    pub description: String,
}

impl Desired for Group {
    const KIND: &'static str = "group";
}
