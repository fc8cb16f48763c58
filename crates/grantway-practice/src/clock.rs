//! The practice clock. It either runs beside the real one, possibly ahead of it, or stands still until the control API moves it.

use std::sync::Mutex;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How the practice clock starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockMode {
    /// Starts at the real time and runs with it.
    #[default]
    Running,
    /// Stands at a moment; only the control API moves it.
    Frozen {
        /// The moment it stands at.
        at: Timestamp,
    },
}

/// The clock that everything in the practice cloud reads.
#[derive(Debug)]
pub struct Clock {
    state: Mutex<ClockState>,
}

/// What has to be kept of a clock so that time never goes back after a restart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "mode")]
pub enum ClockState {
    /// Ahead of the real time by so many whole seconds.
    #[serde(rename_all = "camelCase")]
    Running {
        /// Seconds ahead of the real time.
        ahead_seconds: i64,
    },
    /// Standing still.
    Frozen {
        /// The moment it stands at.
        at: Timestamp,
    },
}

/// Why the clock was not moved.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClockError {
    /// The asked moment lies before the present one.
    #[error("the practice clock shows {now} and never goes back; {asked} is earlier")]
    Backwards {
        /// The present moment.
        now: Timestamp,
        /// The asked moment.
        asked: Timestamp,
    },
    /// The asked moment cannot be written as a date.
    #[error("that moment is beyond what the practice clock can show")]
    OutOfRange,
}

impl Clock {
    /// A clock in the given mode.
    pub fn new(mode: ClockMode) -> Self {
        let state = match mode {
            ClockMode::Running => ClockState::Running { ahead_seconds: 0 },
            ClockMode::Frozen { at } => ClockState::Frozen { at },
        };
        Self {
            state: Mutex::new(state),
        }
    }

    /// The present practice time, whole seconds: what Microsoft's dates show.
    pub fn now(&self) -> Timestamp {
        whole_seconds(self.precise_now())
    }

    /// The present practice time with its fractions of a second, for limits that count calls.
    pub fn precise_now(&self) -> Timestamp {
        match self.state() {
            ClockState::Running { ahead_seconds } => real_now()
                .checked_add(SignedDuration::from_secs(ahead_seconds))
                .unwrap_or(Timestamp::MAX),
            ClockState::Frozen { at } => at,
        }
    }

    /// What has to be kept to go on later.
    pub fn state(&self) -> ClockState {
        *self
            .state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes over a kept state. A running clock stays running, a frozen one stays frozen; the moment is never earlier than before.
    pub fn restore(&self, kept: ClockState) {
        let mut state = self
            .state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *state = match (*state, kept) {
            (ClockState::Frozen { at }, ClockState::Frozen { at: kept }) => {
                ClockState::Frozen { at: at.max(kept) }
            }
            (
                ClockState::Running { ahead_seconds },
                ClockState::Running {
                    ahead_seconds: kept,
                },
            ) => ClockState::Running {
                ahead_seconds: ahead_seconds.max(kept),
            },
            (ClockState::Frozen { at }, ClockState::Running { .. }) => ClockState::Frozen { at },
            (ClockState::Running { .. }, ClockState::Frozen { at }) => ClockState::Running {
                ahead_seconds: at.duration_since(real_now()).as_secs().max(0),
            },
        };
    }

    /// `true` when only the control API moves the clock.
    pub fn is_frozen(&self) -> bool {
        matches!(self.state(), ClockState::Frozen { .. })
    }

    /// Moves the clock on and answers the new time.
    ///
    /// # Errors
    /// [`ClockError::OutOfRange`] when the result is no date.
    pub fn advance(&self, by: Duration) -> Result<Timestamp, ClockError> {
        let by = SignedDuration::try_from(by).map_err(|_| ClockError::OutOfRange)?;
        {
            let mut state = self
                .state
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            *state = match *state {
                ClockState::Running { ahead_seconds } => {
                    let ahead_seconds = ahead_seconds
                        .checked_add(by.as_secs())
                        .ok_or(ClockError::OutOfRange)?;
                    real_now()
                        .checked_add(SignedDuration::from_secs(ahead_seconds))
                        .map_err(|_| ClockError::OutOfRange)?;
                    ClockState::Running { ahead_seconds }
                }
                ClockState::Frozen { at } => ClockState::Frozen {
                    at: at.checked_add(by).map_err(|_| ClockError::OutOfRange)?,
                },
            };
        }
        Ok(self.now())
    }

    /// Moves the clock to a later moment, to the fraction of a second, and answers the new time.
    ///
    /// # Errors
    /// [`ClockError::Backwards`] when the moment is already past.
    pub fn move_to(&self, asked: Timestamp) -> Result<Timestamp, ClockError> {
        let now = self.precise_now();
        if asked < now {
            return Err(ClockError::Backwards { now, asked });
        }
        let gap =
            Duration::try_from(asked.duration_since(now)).map_err(|_| ClockError::OutOfRange)?;
        self.advance(gap)
    }
}

/// A moment so many seconds later; the last date there is when that is past the calendar's end.
pub fn later(moment: Timestamp, seconds: i64) -> Timestamp {
    moment
        .checked_add(SignedDuration::from_secs(seconds))
        .unwrap_or(Timestamp::MAX)
}

fn whole_seconds(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

#[allow(
    clippy::disallowed_methods,
    reason = "the one place of this crate that reads the real time"
)]
fn real_now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().expect("a date in the test")
    }

    #[test]
    fn frozen_clock_stands_until_moved() {
        let clock = Clock::new(ClockMode::Frozen {
            at: moment("2026-05-01T10:00:00Z"),
        });
        assert_eq!(clock.now(), clock.now());
        assert_eq!(
            clock.advance(Duration::from_secs(90)),
            Ok(moment("2026-05-01T10:01:30Z"))
        );
        assert!(clock.is_frozen());
    }

    #[test]
    fn clock_never_goes_back() {
        let clock = Clock::new(ClockMode::Frozen {
            at: moment("2026-05-01T10:00:00Z"),
        });
        let asked = moment("2026-05-01T09:59:59Z");
        assert_eq!(
            clock.move_to(asked),
            Err(ClockError::Backwards {
                now: clock.now(),
                asked
            })
        );
        assert_eq!(
            clock.move_to(moment("2026-05-02T00:00:00Z")),
            Ok(moment("2026-05-02T00:00:00Z"))
        );
    }

    #[test]
    fn short_steps_are_taken_exactly() {
        let clock = Clock::new(ClockMode::Frozen {
            at: moment("2026-05-01T10:00:00Z"),
        });
        for to in ["2026-05-01T10:00:00.7Z", "2026-05-01T10:00:00.9Z"] {
            assert!(clock.move_to(moment(to)).is_ok());
            assert_eq!(clock.precise_now(), moment(to));
        }
        // Dates of the services have whole seconds nonetheless.
        assert_eq!(clock.now(), moment("2026-05-01T10:00:00Z"));
    }

    #[test]
    fn running_clock_can_run_ahead() {
        let clock = Clock::new(ClockMode::Running);
        let before = clock.now();
        let after = clock
            .advance(Duration::from_secs(900))
            .expect("a small step");
        assert!(after.duration_since(before).as_secs() >= 900);
        assert!(!clock.is_frozen());
    }

    #[test]
    fn step_past_the_calendar_is_refused() {
        let clock = Clock::new(ClockMode::Frozen {
            at: moment("2026-05-01T10:00:00Z"),
        });
        assert_eq!(
            clock.advance(Duration::from_secs(u64::MAX)),
            Err(ClockError::OutOfRange)
        );
        assert_eq!(
            clock.advance(Duration::from_secs(400_000_000_000)),
            Err(ClockError::OutOfRange)
        );
    }

    #[test]
    fn restored_frozen_clock_keeps_the_later_moment() {
        let clock = Clock::new(ClockMode::Frozen {
            at: moment("2026-05-01T10:00:00Z"),
        });
        clock.restore(ClockState::Frozen {
            at: moment("2026-06-01T10:00:00Z"),
        });
        assert_eq!(clock.now(), moment("2026-06-01T10:00:00Z"));
        clock.restore(ClockState::Frozen {
            at: moment("2026-01-01T10:00:00Z"),
        });
        assert_eq!(clock.now(), moment("2026-06-01T10:00:00Z"));
    }
}
