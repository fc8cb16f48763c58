//! An authentication strength: which combinations of proofs count.

use serde::{Deserialize, Serialize};

use super::Desired;

/// A custom authentication strength. Outputs: `id`.
///
/// Found by its name; the setup's id stands in its description as the marker. One of that name with the same combinations that was there
/// before is used as it is; one with other combinations stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticationStrength {
    /// What people see.
    pub name: String,
    /// Microsoft's words for the combinations, such as `password,microsoftAuthenticatorPush`; their order does not matter.
    pub combinations: Vec<String>,
}

impl Desired for AuthenticationStrength {
    const KIND: &'static str = "authentication-strength";
}
