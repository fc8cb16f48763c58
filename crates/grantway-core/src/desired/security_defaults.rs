//! The switch of Security Defaults.

use serde::{Deserialize, Serialize};

use super::Desired;

/// Security Defaults of the tenant are on or off. Outputs: `id`.
///
/// Off comes before the first policy that is on, and after something else asks for a second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityDefaultsState {
    /// Whether they are to be on.
    pub enabled: bool,
}

impl Desired for SecurityDefaultsState {
    const KIND: &'static str = "security-defaults-state";
}
