//! One measured number beside its ideal.

use std::time::Duration;

/// What was measured, and what it would be if nothing were in the way.
pub struct Number {
    name: String,
    value: f64,
    unit: &'static str,
    ideal: f64,
    /// Where it is not the one divided by the other.
    ratio: Option<f64>,
}

impl Number {
    /// Times in milliseconds.
    pub fn milliseconds(name: impl Into<String>, value: Duration, ideal: Duration) -> Self {
        let number = |time: Duration| time.as_secs_f64() * 1000.0;
        Self {
            name: name.into(),
            value: number(value),
            unit: "ms",
            ideal: number(ideal),
            ratio: None,
        }
    }

    /// Counts of requests.
    pub fn count(name: impl Into<String>, value: usize, ideal: usize) -> Self {
        Self {
            name: name.into(),
            value: value as f64,
            unit: "requests",
            ideal: ideal as f64,
            ratio: None,
        }
    }

    /// Counts of what should not be there at all. Its ratio is 1 where there is none, and more for each.
    pub fn none_of(name: impl Into<String>, value: usize) -> Self {
        Self {
            ratio: Some(1.0 + value as f64),
            ..Self::count(name, value, 0)
        }
    }

    /// Memory, beside what is enough.
    pub fn megabytes(name: impl Into<String>, value: f64, enough: f64) -> Self {
        Self {
            name: name.into(),
            value,
            unit: "MB",
            ideal: enough,
            ratio: None,
        }
    }

    /// One line of JSON, as `target/bench.json` lists them.
    pub fn line(&self) -> String {
        serde_json::json!({
            "name": self.name,
            "value": rounded(self.value),
            "unit": self.unit,
            "ideal": rounded(self.ideal),
            "ratio": rounded(self.ratio.unwrap_or(self.value / self.ideal)),
        })
        .to_string()
    }
}

/// The middle one of many: a disk now and then takes a long time for one write.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
