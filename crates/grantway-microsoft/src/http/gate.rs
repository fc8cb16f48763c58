//! Quiet times: a throttled tenant is left alone, everybody else goes on.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use grantway_core::ports::Clock;
use grantway_core::{AppId, TenantId, Timestamp};

/// The scope of a throttle: one app in one tenant.
// facts: faults §1, limits are per app and tenant.
pub type Scope = (TenantId, AppId);

/// Shared by all services of a process: who is to be left alone until when.
#[derive(Default)]
pub struct Gates {
    quiet: Mutex<HashMap<Scope, Timestamp>>,
    /// When the next Conditional Access request of a tenant may leave.
    turns: Mutex<HashMap<TenantId, Timestamp>>,
}

impl Gates {
    /// Nobody is quiet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves a scope alone until the moment; a later moment that is known already stays.
    pub fn close(&self, scope: Scope, until: Timestamp) {
        let mut quiet = self
            .quiet
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let moment = quiet.entry(scope).or_insert(until);
        *moment = (*moment).max(until);
    }

    /// The moment until which a scope is left alone, when it lies ahead.
    pub fn closed_until(&self, scope: Scope, now: Timestamp) -> Option<Timestamp> {
        let mut quiet = self
            .quiet
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let until = *quiet.get(&scope)?;
        if until > now {
            return Some(until);
        }
        quiet.remove(&scope);
        None
    }

    /// Takes a turn in the tenant's queue for Conditional Access and returns when it has come: at most one a second.
    // facts: api-gdap-hardening §4.1, 1 request/s per tenant for all apps, and no Retry-After when exceeded.
    pub async fn turn(&self, tenant: TenantId, clock: &dyn Clock) {
        let mine = {
            let mut turns = self
                .turns
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner());
            let now = clock.now();
            let mine = turns.get(&tenant).copied().unwrap_or(now).max(now);
            turns.insert(tenant, later(mine, Duration::from_secs(1)));
            mine
        };
        clock.sleep_until(mine).await;
    }
}

/// A moment plus a length, stopping at the end of time.
pub(crate) fn later(moment: Timestamp, length: Duration) -> Timestamp {
    moment.checked_add(length).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::transport::testing::FakeClock;

    fn scope(n: u128) -> Scope {
        (
            TenantId::from_uuid(uuid::Uuid::from_u128(n)),
            AppId::from_uuid(uuid::Uuid::from_u128(9)),
        )
    }

    #[test]
    fn one_scope_is_quiet_the_other_is_not() {
        let clock = FakeClock::default();
        let gates = Gates::new();
        let until = later(clock.now(), Duration::from_secs(10));
        gates.close(scope(1), until);
        gates.close(scope(1), later(clock.now(), Duration::from_secs(3)));
        assert_eq!(gates.closed_until(scope(1), clock.now()), Some(until));
        assert_eq!(gates.closed_until(scope(2), clock.now()), None);
        assert_eq!(gates.closed_until(scope(1), until), None);
    }

    #[tokio::test]
    async fn turns_are_a_second_apart_per_tenant() {
        let clock = FakeClock::default();
        let gates = Gates::new();
        let start = clock.now();
        for _ in 0..3 {
            gates.turn(scope(1).0, &clock).await;
        }
        gates.turn(scope(2).0, &clock).await;
        assert_eq!(clock.now().duration_since(start).as_secs(), 2);
    }
}
