//! Searches in the unified audit log.
// facts: api-gdap-hardening §2.15.

use std::time::Duration;

use serde_json::json;

use super::{Graph, whole_seconds};
use crate::http::{Call, HttpError};

impl Graph {
    /// Asks for a search over the last minute. Its result is of no interest: that it is taken tells that the log records. Scope:
    /// `AuditLogsQuery-Entra.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`]; 400 `AuditingDisabledTenant` where it does not record.
    // Repeated when its answer is lost: a second search does no harm, and behind this API gateways give up now and then.
    pub async fn search_audit_log(&self) -> Result<(), HttpError> {
        let until = whole_seconds(self.service.clock().now());
        let from = until.checked_sub(Duration::from_secs(60)).unwrap_or(until);
        let body = json!({
            "displayName": "Grantway check",
            "filterStartDateTime": from,
            "filterEndDateTime": until,
        });
        let call = Call::post("/v1.0/security/auditLog/queries", body).repeatable();
        self.service.send(&call).await.map(drop)
    }
}
