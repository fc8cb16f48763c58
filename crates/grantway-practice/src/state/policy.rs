//! Policies of a tenant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// A Conditional Access policy. Its rules stay in Graph's own form, since the practice cloud reports but does not enforce them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionalAccessPolicy {
    /// Policy id.
    pub id: Uuid,
    /// Name shown to people.
    pub display_name: String,
    /// `enabled`, `disabled` or `enabledForReportingButNotEnforced`.
    pub state: String,
    /// Conditions as Graph writes them.
    pub conditions: Value,
    /// Grant controls as Graph writes them.
    pub grant_controls: Value,
    /// When it was made.
    pub created: Timestamp,
}
