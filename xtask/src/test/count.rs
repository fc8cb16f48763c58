//! Counts what a runner says about its tests, from the runner's own closing lines.

use std::fmt;

use crate::process::Finished;

/// How many passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
}

impl Count {
    /// One thing that failed.
    pub const FAILED: Self = Self {
        passed: 0,
        failed: 1,
    };

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// A program that is one check as a whole: its exit status decides.
pub fn whole(finished: &Finished) -> Count {
    if finished.success {
        Count {
            passed: 1,
            failed: 0,
        }
    } else {
        Count::FAILED
    }
}

/// `test result: ok. 3 passed; 0 failed; …`, once a test binary.
pub fn cargo(finished: &Finished) -> Count {
    let lines = finished
        .output
        .lines()
        .filter_map(|line| line.trim().strip_prefix("test result: "));
    consistent(
        finished,
        lines.map(|line| Count {
            passed: before(line, "passed"),
            failed: before(line, "failed"),
        }),
    )
}

/// `Tests  1 failed | 11 passed (12)`.
pub fn vitest(finished: &Finished) -> Count {
    let lines = finished
        .output
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Tests "));
    consistent(
        finished,
        lines.map(|line| Count {
            passed: before(line, "passed"),
            failed: before(line, "failed"),
        }),
    )
}

/// Lines of their own: `12 passed (30.1s)`, `1 failed`, `2 flaky`, `3 did not run`, `1 interrupted`. Flaky is not passed.
pub fn playwright(finished: &Finished) -> Count {
    let lines = finished
        .output
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let counts = lines.filter_map(|line| {
        let (number, rest) = line.split_once(' ')?;
        let number = number.parse().ok()?;
        // `12 passed (30.1s)` is a closing line; `12 passed through …` is a test's own words.
        let ends = |word: &str| {
            rest.strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
        };
        if ends("passed") {
            Some(Count {
                passed: number,
                failed: 0,
            })
        } else if ["failed", "flaky", "did not run", "interrupted"]
            .into_iter()
            .any(ends)
        {
            Some(Count {
                passed: 0,
                failed: number,
            })
        } else {
            None
        }
    });
    consistent(finished, counts)
}

/// Our own drivers close with `N passed, N failed` alone on a line.
pub fn driver(finished: &Finished) -> Count {
    let line = finished.output.lines().rev().find_map(|line| {
        let (passed, failed) = line.trim().split_once(" passed, ")?;
        Some(Count {
            passed: passed.parse().ok()?,
            failed: failed.strip_suffix(" failed")?.parse().ok()?,
        })
    });
    consistent(finished, line.into_iter())
}

/// The number right before a word, in `3 passed; 0 failed` or `1 failed | 11 passed (12)`.
fn before(line: &str, word: &str) -> usize {
    let words: Vec<&str> = line
        .split([' ', ';', '|', ','])
        .filter(|part| !part.is_empty())
        .collect();
    words
        .windows(2)
        .find(|pair| pair[1] == word)
        .and_then(|pair| pair[0].parse().ok())
        .unwrap_or(0)
}

/// A run that failed without a failed test, and one that ran no test, count as a failure.
fn consistent(finished: &Finished, counts: impl Iterator<Item = Count>) -> Count {
    let sum = counts.fold(Count::default(), Count::and);
    let silent = if finished.success {
        sum == Count::default()
    } else {
        sum.failed == 0
    };
    if silent { sum.and(Count::FAILED) } else { sum }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(success: bool, output: &str) -> Finished {
        Finished {
            success,
            output: output.to_owned(),
        }
    }

    fn count(passed: usize, failed: usize) -> Count {
        Count { passed, failed }
    }

    #[test]
    fn cargo_is_summed_over_test_binaries() {
        let text = "test a ... ok\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\n\ntest result: FAILED. 4 passed; 1 failed; 0 ignored\n";
        assert_eq!(cargo(&ran(false, text)), count(7, 1));
    }

    #[test]
    fn a_build_that_fails_is_a_failure() {
        assert_eq!(
            cargo(&ran(false, "error: could not compile\n")),
            count(0, 1)
        );
        assert_eq!(
            cargo(&ran(
                false,
                "test result: ok. 3 passed; 0 failed\nerror: could not compile\n"
            )),
            count(3, 1)
        );
    }

    #[test]
    fn a_run_without_tests_is_a_failure() {
        assert_eq!(
            cargo(&ran(
                true,
                "test result: ok. 0 passed; 0 failed; 0 ignored\n"
            )),
            count(0, 1)
        );
        assert_eq!(driver(&ran(true, "")), count(0, 1));
    }

    #[test]
    fn vitest_and_playwright_are_read_as_they_print() {
        assert_eq!(
            vitest(&ran(
                true,
                " Test Files  2 passed (2)\n      Tests  12 passed (12)\n"
            )),
            count(12, 0)
        );
        assert_eq!(
            vitest(&ran(false, "      Tests  1 failed | 11 passed (12)\n")),
            count(11, 1)
        );
        assert_eq!(
            playwright(&ran(true, "Running 12 tests\n\n  12 passed (30.1s)\n")),
            count(12, 0)
        );
        assert_eq!(
            playwright(&ran(
                false,
                "  1 failed\n    a.spec.ts\n  2 flaky\n  3 did not run\n  6 passed (1m)\n"
            )),
            count(6, 6)
        );
        assert_eq!(
            playwright(&ran(true, "2 passed through a gate\n  6 passed (1m)\n")),
            count(6, 0)
        );
    }

    #[test]
    fn a_drivers_last_such_line_counts() {
        assert_eq!(
            driver(&ran(true, "1 passed, 0 failed\nthen\n5 passed, 0 failed\n")),
            count(5, 0)
        );
        assert_eq!(driver(&ran(false, "5 passed, 0 failed\n")), count(5, 1));
    }
}
