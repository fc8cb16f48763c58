//! One writer for one policy at a time: a policy is read, changed and written whole, and has no ETag that would tell two writers apart.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use grantway_core::{TenantId, Timestamp};
use serde_json::Value;
use tokio::sync::OwnedMutexGuard;

use crate::http::gate::later;

/// For how long an answer may still show what was there before a write.
const LAG: Duration = Duration::from_secs(30);

type Key = (TenantId, String);

/// Turns at the policies of all tenants, in this process.
#[derive(Default)]
pub(super) struct Turns(Mutex<HashMap<Key, Arc<tokio::sync::Mutex<Turn>>>>);

/// The turn at one policy, with what its last writer found there.
#[derive(Default)]
pub(super) struct Turn {
    replaced: Option<(Value, Timestamp)>,
}

impl Turns {
    /// Waits for the turn at a policy.
    pub(super) async fn take(
        &self,
        tenant: TenantId,
        policy: &str,
        now: Timestamp,
    ) -> OwnedMutexGuard<Turn> {
        let turn = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            // Whoever waits or writes holds a turn too; one that cannot be looked into is in use.
            all.retain(|_, turn| {
                Arc::strong_count(turn) > 1 || turn.try_lock().is_ok_and(|turn| turn.counts(now))
            });
            Arc::clone(all.entry((tenant, policy.to_owned())).or_default())
        };
        turn.lock_owned().await
    }
}

impl Turn {
    /// Remembers what was there before a write, whether its answer came or not.
    pub(super) fn wrote_over(&mut self, users: Value, now: Timestamp) {
        self.replaced = Some((users, now));
    }

    /// Whether what was read is what was there before the last write: an answer out of date, in all likelihood.
    pub(super) fn is_stale(&self, users: &Value, now: Timestamp) -> bool {
        self.counts(now)
            && self
                .replaced
                .as_ref()
                .is_some_and(|(before, _)| before == users)
    }

    fn counts(&self, now: Timestamp) -> bool {
        self.replaced
            .as_ref()
            .is_some_and(|(_, at)| later(*at, LAG) >= now)
    }
}
