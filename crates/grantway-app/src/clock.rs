//! The machine's clock as the app's own, for live clouds.

use std::time::Duration;

use async_trait::async_trait;
use grantway_core::Timestamp;
use grantway_core::ports::Clock;

/// The machine's clock.
pub struct LiveClock(fn() -> Timestamp);

/// The longest sleep before the wall clock is looked at again: a laptop that slept wakes within a minute.
const LONGEST: Duration = Duration::from_secs(30);

impl LiveClock {
    /// Reads the time with this function; only the edge of the program knows one.
    pub fn new(machine: fn() -> Timestamp) -> Self {
        Self(machine)
    }
}

#[async_trait]
impl Clock for LiveClock {
    fn now(&self) -> Timestamp {
        (self.0)()
    }

    async fn sleep_until(&self, moment: Timestamp) {
        loop {
            let left = moment.duration_since(self.now());
            if !left.is_positive() {
                return;
            }
            tokio::time::sleep(Duration::try_from(left).unwrap_or(LONGEST).min(LONGEST)).await;
        }
    }
}
