//! The tenant's rules about registering applications.

use serde::{Deserialize, Serialize};

use super::Ask;

/// What the tenant that is asked lets people register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppRules {}

/// The rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppRulesSeen {
    /// People may register applications without a directory role.
    pub everybody_registers: bool,
    /// An app management policy is on: it may refuse a registration by rules that v1.0 does not tell in full.
    pub is_managed: bool,
}

impl Ask for AppRules {
    const KIND: &'static str = "app-rules";
    type Answer = AppRulesSeen;
}
