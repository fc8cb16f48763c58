//! A policy in the place of Security Defaults.

use serde::{Deserialize, Serialize};

use super::{Desired, Known};

/// Security Defaults of the tenant are off, and a Conditional Access policy that was made ready before is on. Outputs: `id` (the policy's).
///
/// One state and not two: both cannot be on, and nothing asks for a second factor while neither is. Whoever brings it about or takes it
/// back does not stop between the two switches, and puts the first one back where the second fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultsReplaced {
    /// The policy's id; of an earlier step where that one makes it.
    pub policy: Known<String>,
    /// The policy's name, for people.
    pub policy_name: String,
}

impl Desired for DefaultsReplaced {
    const KIND: &'static str = "defaults-replaced";
}
