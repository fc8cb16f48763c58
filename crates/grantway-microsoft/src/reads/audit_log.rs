//! Whether the unified audit log records: a search is taken, or refused because nothing is recorded.

use async_trait::async_trait;
use grantway_core::question::{AuditLog, AuditLogSeen};

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::http::Refusal;

pub(super) struct Probe;

#[async_trait]
impl Answerer for Probe {
    type Question = AuditLog;
    const SCOPES: &'static [&'static str] = &["AuditLogsQuery-Entra.Read.All"];
    const ROLES: &'static [&'static str] = &["Security Reader"];

    async fn answer(graph: &Graph, _: &AuditLog) -> Result<AuditLogSeen, ReadError> {
        match graph.search_audit_log().await {
            Ok(()) => Ok(AuditLogSeen::On),
            Err(error) if error.refusal().is_some_and(Refusal::is_auditing_disabled) => {
                Ok(AuditLogSeen::Off)
            }
            // Everything else tells nothing about the log.
            Err(error) => Err(error.into()),
        }
    }
}
