//! The request log: what was asked of the services, in order, without bodies and secrets. It only grows; a reset empties it.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::hosts::Service;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// Running number, from 1.
    pub seq: u64,
    /// Practice time when it came.
    pub at: Timestamp,
    /// Service.
    pub service: Service,
    /// HTTP method.
    pub method: String,
    /// Path.
    pub path: String,
    /// Query; the values of secret parameters are replaced by `***`.
    pub query: Option<String>,
    /// Status that was answered, or would have been; none when nothing was to be answered.
    pub status: Option<u16>,
    /// Tenant that the request was for.
    pub tenant: Option<Uuid>,
    /// Account that asked.
    pub user: Option<Uuid>,
    /// Whether the request changed the world.
    pub committed: bool,
    /// The service's id of the request.
    pub request_id: Uuid,
    /// The client's id of the request.
    pub client_request_id: Option<String>,
    /// The fault that was played on it.
    pub fault: Option<&'static str>,
}

/// The log of one practice cloud.
#[derive(Debug, Default)]
pub struct RequestLog {
    entries: Mutex<Vec<LogEntry>>,
}

impl RequestLog {
    /// Adds an entry; its number is set here.
    pub fn add(&self, mut entry: LogEntry) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entry.seq = entries.last().map_or(1, |last| last.seq + 1);
        entries.push(entry);
    }

    /// The entries after a number.
    pub fn after(&self, seq: u64) -> Vec<LogEntry> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let start = entries.partition_point(|entry| entry.seq <= seq);
        entries[start..].to_vec()
    }

    /// Empties the log.
    pub fn clear(&self) {
        self.entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

/// Parameters whose values never enter the log.
const SECRET_PARAMETERS: [&str; 14] = [
    "code",
    "code_challenge",
    "code_verifier",
    "refresh_token",
    "access_token",
    "id_token",
    "client_secret",
    "password",
    "state",
    "nonce",
    "token",
    "login_hint",
    "username",
    "assertion",
];

/// A query without the values of secret parameters.
pub fn without_secrets(query: &str) -> String {
    query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, _))
                if SECRET_PARAMETERS
                    .iter()
                    .any(|secret| secret.eq_ignore_ascii_case(name)) =>
            {
                format!("{name}=***")
            }
            _ => pair.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> LogEntry {
        LogEntry {
            seq: 0,
            at: Timestamp::UNIX_EPOCH,
            service: Service::Graph,
            method: "GET".into(),
            path: "/v1.0/me".into(),
            query: None,
            status: Some(200),
            tenant: None,
            user: None,
            committed: false,
            request_id: Uuid::nil(),
            client_request_id: None,
            fault: None,
        }
    }

    #[test]
    fn numbers_run_from_one_and_can_be_read_on() {
        let log = RequestLog::default();
        (0..3).for_each(|_| log.add(entry()));
        assert_eq!(
            log.after(0)
                .iter()
                .map(|entry| entry.seq)
                .collect::<Vec<_>>(),
            [1, 2, 3]
        );
        assert_eq!(log.after(2).len(), 1);
        assert!(log.after(9).is_empty());
    }

    #[test]
    fn secret_parameters_are_hidden() {
        assert_eq!(
            without_secrets("client_id=a&Code=x&state=y&$top=5&flag"),
            "client_id=a&Code=***&state=***&$top=5&flag"
        );
    }
}
