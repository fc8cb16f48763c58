//! The unified audit log of a tenant, and the searches in it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::later;

/// The unified audit log of a tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLog {
    /// Since when it records; none while it is off.
    pub recording_since: Option<Timestamp>,
    /// From when on searches see that it records.
    pub searchable_from: Option<Timestamp>,
    /// Searches, by id.
    pub queries: BTreeMap<Uuid, AuditQuery>,
}

/// A search in the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Id of the search.
    pub id: Uuid,
    /// Name.
    pub display_name: Option<String>,
    /// Start of the time that is searched.
    pub from: Timestamp,
    /// End of the time that is searched.
    pub until: Timestamp,
    /// Operations that are searched for; none for all.
    pub operations: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
}

/// How long a search waits before it runs, and how long it runs, seconds.
// facts: api-gdap-hardening §2.15: searches take minutes.
const WAITS: i64 = 30;
const RUNS: i64 = 150;

impl AuditLog {
    /// A log that has been recording for long.
    pub fn recording(since: Timestamp) -> Self {
        Self {
            recording_since: Some(since),
            searchable_from: Some(since),
            queries: BTreeMap::new(),
        }
    }

    /// Starts recording; searches see it after `delay` seconds.
    pub fn start(&mut self, now: Timestamp, delay: i64) {
        if self.recording_since.is_none() {
            self.recording_since = Some(now);
            self.searchable_from = Some(later(now, delay));
        }
    }

    /// Whether a search is possible at a moment.
    pub fn is_searchable(&self, now: Timestamp) -> bool {
        self.searchable_from.is_some_and(|from| from <= now)
    }
}

impl AuditQuery {
    /// The status in Graph's word at a moment.
    pub fn status(&self, now: Timestamp) -> &'static str {
        if later(self.created, WAITS + RUNS) <= now {
            "succeeded"
        } else if later(self.created, WAITS) <= now {
            "running"
        } else {
            "notStarted"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recording_is_seen_after_the_delay_and_begins_once() {
        let at = |seconds| later(Timestamp::UNIX_EPOCH, seconds);
        let mut log = AuditLog::default();
        assert!(!log.is_searchable(at(0)));
        log.start(at(0), 60);
        log.start(at(30), 60);
        assert!(!log.is_searchable(at(59)));
        assert!(log.is_searchable(at(60)));
        assert_eq!(log.recording_since, Some(at(0)));
    }
}
