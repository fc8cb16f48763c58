//! Waiting for what was written to become visible: short looks first, longer ones later, and an end.
// facts: api-gdap-hardening §4.3; most objects are visible within seconds, some within a minute or two.

use std::time::Duration;

use grantway_core::ports::Clock;

use crate::http::gate::later;

// Each wait is at most about half of what was waited before it, so little time is lost where the cloud is fast.
const SHORT: &[u64] = &[
    100, 100, 150, 200, 300, 400, 600, 900, 1_300, 1_800, 2_500, 3_500, 5_000, 7_000, 9_000,
];
const LONG: &[u64] = &[
    100, 100, 150, 200, 300, 400, 600, 900, 1_300, 1_800, 2_500, 3_500, 5_000, 7_000, 9_000,
    12_000, 16_000, 20_000, 25_000, 30_000, 30_000,
];

/// A bounded series of waits. The caller stops as soon as it sees what it looks for.
pub(crate) struct Patience<'a> {
    clock: &'a dyn Clock,
    waits: std::slice::Iter<'static, u64>,
}

impl<'a> Patience<'a> {
    /// About half a minute: for reading back.
    pub(crate) fn short(clock: &'a dyn Clock) -> Self {
        Self {
            clock,
            waits: SHORT.iter(),
        }
    }

    /// About three minutes: for writes that name what was just made, and for removals that take their time.
    pub(crate) fn long(clock: &'a dyn Clock) -> Self {
        Self {
            clock,
            waits: LONG.iter(),
        }
    }

    /// Waits for the next look; false when the time is over.
    pub(crate) async fn next_look(&mut self) -> bool {
        let Some(wait) = self.waits.next() else {
            return false;
        };
        self.clock
            .sleep_until(later(self.clock.now(), Duration::from_millis(*wait)))
            .await;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::transport::testing::FakeClock;

    #[tokio::test]
    async fn looks_grow_apart_and_end() {
        let clock = FakeClock::default();
        let start = clock.now();
        let mut patience = Patience::short(&clock);
        assert!(patience.next_look().await);
        assert_eq!(clock.now().duration_since(start).as_millis(), 100);
        while patience.next_look().await {}
        assert_eq!(
            clock.now().duration_since(start).as_millis(),
            i128::from(SHORT.iter().sum::<u64>())
        );
        let start = clock.now();
        let mut patience = Patience::long(&clock);
        while patience.next_look().await {}
        assert!(clock.now().duration_since(start).as_secs() > 120);
    }
}
