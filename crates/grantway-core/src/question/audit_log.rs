//! Whether the unified audit log records.

use serde::{Deserialize, Serialize};

use super::Ask;

/// The unified audit log of the tenant. Asking leaves one small search in the tenant's list of searches: there is no other way to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLog {}

/// The audit log. For up to an hour after it was switched on it may still be seen as off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditLogSeen {
    /// A search was taken: it records.
    On,
    /// The service says that auditing is disabled in this tenant.
    Off,
}

impl Ask for AuditLog {
    const KIND: &'static str = "audit-log";
    type Answer = AuditLogSeen;
}
