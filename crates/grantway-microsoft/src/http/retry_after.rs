//! When a service wants to hear from us again: the `Retry-After` header in its two forms, and what to make of nonsense.

use std::time::Duration;

use httpdate::parse_http_date;
use std::time::SystemTime;

/// Longest wait that a service is believed; beyond it the number is taken for a mistake and capped.
pub const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Reads `Retry-After`. A date is taken relative to the answer's own `Date`, so that a wrong clock on this
/// machine does not matter; without that date, a dated value cannot be used. Negative or unreadable
/// values count as missing, a date in the past as no wait.
// facts: faults §2 rows 1, 2 and 6.
pub fn wait(retry_after: Option<&str>, date: Option<&str>) -> Option<Duration> {
    let text = retry_after?.trim();
    if text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty() {
        let seconds = text.parse::<u64>().unwrap_or(u64::MAX);
        return Some(Duration::from_secs(seconds).min(LONGEST));
    }
    let until = parse_http_date(text).ok()?;
    let sent: SystemTime = parse_http_date(date?.trim()).ok()?;
    Some(
        until
            .duration_since(sent)
            .unwrap_or(Duration::ZERO)
            .min(LONGEST),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DATE: &str = "Sun, 22 Nov 2026 10:00:00 GMT";

    #[test]
    fn seconds_and_dates() {
        assert_eq!(wait(Some("10"), None), Some(Duration::from_secs(10)));
        assert_eq!(
            wait(Some(" 10 "), Some("junk")),
            Some(Duration::from_secs(10))
        );
        assert_eq!(
            wait(Some("Sun, 22 Nov 2026 10:00:30 GMT"), Some(DATE)),
            Some(Duration::from_secs(30))
        );
        assert_eq!(
            wait(Some("Sun, 22 Nov 2026 09:00:00 GMT"), Some(DATE)),
            Some(Duration::ZERO)
        );
    }

    #[test]
    fn nonsense_counts_as_missing_or_is_capped() {
        for text in ["-1", "abc", "", "1.5", "1e3"] {
            assert_eq!(wait(Some(text), Some(DATE)), None, "{text}");
        }
        assert_eq!(wait(Some("99999999"), None), Some(LONGEST));
        assert_eq!(
            wait(Some("99999999999999999999999999"), None),
            Some(LONGEST)
        );
        assert_eq!(wait(Some("Sun, 22 Nov 2026 10:00:30 GMT"), None), None);
        assert_eq!(wait(None, Some(DATE)), None);
    }

    proptest! {
        #[test]
        fn never_more_than_the_cap(value in "\\PC{0,40}", date in "\\PC{0,40}") {
            if let Some(wait) = wait(Some(&value), Some(&date)) {
                prop_assert!(wait <= LONGEST);
            }
        }

        #[test]
        fn dates_are_relative_to_the_answer(seconds in 0_u64..100_000, at in 0_u64..4_000_000_000) {
            let sent = SystemTime::UNIX_EPOCH + Duration::from_secs(at);
            let until = sent + Duration::from_secs(seconds);
            let read = wait(Some(&httpdate::fmt_http_date(until)), Some(&httpdate::fmt_http_date(sent)));
            prop_assert_eq!(read, Some(Duration::from_secs(seconds).min(LONGEST)));
        }
    }
}
