//! Limits: resource units per app and tenant, and one call a second for Conditional Access over all apps of a tenant.
// facts: api-gdap-hardening §4.1

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::http::{Method, StatusCode};
use jiff::Timestamp;
use uuid::Uuid;

use super::answer::Refusal;
use super::call::Call;
use super::caller::Caller;

/// Resource units that an app has in a small tenant, and the seconds in which they come back.
const UNITS: f64 = 3_500.0;
const UNIT_WINDOW: f64 = 10.0;
/// Writes that an app has in a tenant, and the seconds in which they come back.
const WRITES: f64 = 3_000.0;
const WRITE_WINDOW: f64 = 150.0;

/// The buckets of one Graph service.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    buckets: Mutex<HashMap<Scope, Bucket>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Scope {
    Units { app: Uuid, tenant: Uuid },
    Writes { app: Uuid, tenant: Uuid },
    ConditionalAccess { tenant: Uuid },
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: Timestamp,
}

impl Throttle {
    /// Takes the cost of a call out of its buckets, or refuses it. Refused calls count too.
    pub fn take(
        &self,
        caller: &Caller,
        call: &Call,
        template: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let (app, tenant) = (caller.token.client, caller.token.tenant);
        if template.starts_with("/identity/conditionalAccess/") {
            return match self.draw(Scope::ConditionalAccess { tenant }, 1.0, 1.0, 1.0, now) {
                true => Ok(()),
                // This service sends no Retry-After.
                false => Err(Refusal::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "TooManyRequests",
                    "Too many requests.",
                )),
            };
        }
        if template.starts_with("/tenantRelationships/") {
            return Ok(());
        }
        let units = self.draw(
            Scope::Units { app, tenant },
            cost(call, template),
            UNITS,
            UNIT_WINDOW,
            now,
        );
        let writes = call.reads()
            || self.draw(
                Scope::Writes { app, tenant },
                1.0,
                WRITES,
                WRITE_WINDOW,
                now,
            );
        if units && writes {
            return Ok(());
        }
        let wait = if units { WRITE_WINDOW } else { UNIT_WINDOW };
        let message = "Your request is throttled temporarily. Please try after the indicated time.";
        Err(Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            "Request_ThrottledTemporarily",
            message,
        )
        .header("retry-after", format!("{wait:.0}"))
        .header(
            "x-ms-throttle-scope",
            format!("Tenant_Application/ReadWrite/{app}/{tenant}"),
        )
        .header(
            "x-ms-throttle-information",
            if units {
                "WriteLimitExceeded"
            } else {
                "ResourceUnitLimitExceeded"
            },
        ))
    }

    fn draw(&self, scope: Scope, cost: f64, size: f64, window: f64, now: Timestamp) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.entry(scope).or_insert(Bucket {
            left: size,
            at: now,
        });
        let passed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        bucket.left = (bucket.left + passed * size / window).min(size);
        bucket.at = now;
        if bucket.left < cost {
            return false;
        }
        bucket.left -= cost;
        true
    }
}

/// What a call costs, in resource units.
pub(super) fn cost(call: &Call, template: &str) -> f64 {
    let base: f64 = match template {
        "/subscribedSkus" | "/groups/{}/members" | "/groups/{}/transitiveMembers" => 3.0,
        "/users" | "/oauth2PermissionGrants" | "/servicePrincipals/{}/appRoleAssignments" => 2.0,
        "/users/{}/transitiveMemberOf" | "/me/transitiveMemberOf" => 5.0,
        _ if call.method == Method::GET => 1.0,
        _ => 1.0,
    };
    let select = if call.options.select.is_some() {
        1.0
    } else {
        0.0
    };
    let top = if call.options.top.is_some_and(|top| top < 20) {
        1.0
    } else {
        0.0
    };
    let expand = if call.options.expand.is_some() {
        1.0
    } else {
        0.0
    };
    (base - select - top + expand).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(1_780_000_000_000 + milliseconds).expect("a date in the test")
    }

    #[test]
    fn bucket_empties_and_fills_again() {
        let throttle = Throttle::default();
        let scope = Scope::ConditionalAccess {
            tenant: Uuid::nil(),
        };
        let draw = |at| throttle.draw(scope, 1.0, 1.0, 1.0, at);
        assert!(draw(at(0)));
        assert!(!draw(at(400)));
        assert!(!draw(at(999)));
        assert!(draw(at(1_000)));
        assert!(!draw(at(1_000)));
    }

    #[test]
    fn scopes_do_not_share() {
        let throttle = Throttle::default();
        let one = Scope::ConditionalAccess {
            tenant: Uuid::nil(),
        };
        let other = Scope::ConditionalAccess {
            tenant: Uuid::max(),
        };
        assert!(throttle.draw(one, 1.0, 1.0, 1.0, at(0)));
        assert!(throttle.draw(other, 1.0, 1.0, 1.0, at(0)));
    }
}
