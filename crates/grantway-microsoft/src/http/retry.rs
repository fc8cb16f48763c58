//! How often and how late to try again when nobody said how long to wait.

use std::time::Duration;

/// Bounds of trying again.
#[derive(Clone, Copy, Debug)]
pub struct RetryRule {
    /// Requests for one call while the service answers 429.
    pub throttled_tries: u32,
    /// Requests for one repeatable call while the service fails or the line breaks.
    pub failed_tries: u32,
    /// First ceiling of the exponential wait.
    pub base: Duration,
    /// Highest ceiling of the exponential wait.
    pub ceiling: Duration,
    /// Longest wait that a call sits out itself; a longer one is handed back as throttled.
    pub patience: Duration,
}

impl Default for RetryRule {
    fn default() -> Self {
        Self {
            // Half of all calls throttled still leaves 1 in 1,000 to fail: facts, faults §2 row 4.
            throttled_tries: 10,
            failed_tries: 4,
            base: Duration::from_millis(400),
            ceiling: Duration::from_secs(20),
            patience: Duration::from_secs(60),
        }
    }
}

impl RetryRule {
    /// The wait after the given failed try (from 1), with full jitter: anything up to a ceiling that doubles.
    /// `random` is uniform over all values.
    pub fn backoff(&self, tried: u32, random: u64) -> Duration {
        let doubled = self
            .base
            .saturating_mul(2_u32.saturating_pow(tried.saturating_sub(1).min(20)));
        let ceiling = doubled
            .min(self.ceiling)
            .as_millis()
            .min(u128::from(u64::MAX)) as u64;
        // Never quite zero: two requests in the same instant help nobody.
        Duration::from_millis(1 + random % ceiling.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ceiling_doubles_until_its_cap() {
        let rule = RetryRule::default();
        let ceilings: Vec<_> = (1..=8)
            .map(|tried| rule.backoff(tried, u64::MAX - u64::MAX % 20_000 - 1))
            .collect();
        assert!(
            ceilings
                .iter()
                .all(|wait| *wait <= rule.ceiling + Duration::from_millis(1))
        );
        assert!(rule.backoff(1, 399) == Duration::from_millis(400));
        assert!(rule.backoff(2, 799) == Duration::from_millis(800));
    }

    proptest! {
        #[test]
        fn bounded_for_any_input(tried in any::<u32>(), random in any::<u64>()) {
            let rule = RetryRule::default();
            let wait = rule.backoff(tried, random);
            prop_assert!(wait > Duration::ZERO && wait <= rule.ceiling + Duration::from_millis(1));
        }
    }
}
