//! Whether Security Defaults are on.

use serde::{Deserialize, Serialize};

use super::Ask;

/// The Security Defaults of the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityDefaults {}

/// Security Defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityDefaultsSeen {
    /// Whether they are on.
    pub enabled: bool,
}

impl Ask for SecurityDefaults {
    const KIND: &'static str = "security-defaults";
    type Answer = SecurityDefaultsSeen;
}
