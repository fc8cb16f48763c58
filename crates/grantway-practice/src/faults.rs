//! Fault scripts: rules that match requests and say what goes wrong with them. Counting is exact, so a run with the same requests
//! meets the same faults.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::hosts::Service;

mod glob;

/// A rule: which requests, and what happens to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Which requests.
    #[serde(rename = "match", default)]
    pub matches: FaultMatch,
    /// What happens. An action without fields may also be written as a plain word.
    #[serde(deserialize_with = "word_or_table")]
    pub action: FaultAction,
}

fn word_or_table<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<FaultAction, D::Error> {
    use serde::de::Error;
    let value = serde_json::Value::deserialize(deserializer)?;
    let table = match value {
        serde_json::Value::String(word) => serde_json::json!({ word: {} }),
        other => other,
    };
    serde_json::from_value(table).map_err(D::Error::custom)
}

/// Which requests a rule is about. What is left out matches everything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FaultMatch {
    /// Service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// HTTP method, any case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Path: `*` stands for a part between slashes, `**` for anything. Case does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The first matching request that it happens to, counted from 1 when the rule is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<u64>,
    /// How many requests it happens to, one after the other. Left out: one when `nth` is given, all otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// Only requests that may change something (not GET, HEAD or OPTIONS).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub write_only: bool,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultAction {
    /// An error instead of the answer; nothing is changed.
    Status {
        /// HTTP status.
        status: u16,
        /// Error code in the body.
        #[serde(default)]
        code: Option<String>,
        /// Error text in the body.
        #[serde(default)]
        message: Option<String>,
        /// More headers.
        #[serde(default)]
        headers: std::collections::BTreeMap<String, String>,
        /// An HTML page instead of an error body, as a gateway or a captive portal sends it.
        #[serde(default)]
        html: Option<String>,
    },
    /// 429; nothing is changed.
    Throttle {
        /// Seconds to wait, or a date; left out: no header.
        #[serde(default)]
        retry_after: Option<RetryAfter>,
    },
    /// The answer comes late, in real milliseconds.
    Delay {
        /// Real milliseconds.
        milliseconds: u64,
    },
    /// The connection is reset before anything is done.
    DropBefore {},
    /// What was asked is done, then the connection is reset without an answer.
    DropAfterCommit {},
    /// What was asked is done; the answer breaks off in the middle of its body.
    CutBody {},
    /// No answer comes; nothing is changed.
    Hang {},
    /// Reads answer with what was true so many seconds ago.
    Stale {
        /// Seconds of practice time.
        seconds: i64,
    },
    /// 401 with a claims challenge, to clients that declared that they understand it.
    ClaimsChallenge {},
}

/// The value of a `Retry-After` header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RetryAfter {
    /// So many seconds.
    Seconds(i64),
    /// `"date"` for a date two seconds later; any other text is sent as it is.
    Text(String),
}

impl FaultAction {
    /// The action's name in a script.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Throttle { .. } => "throttle",
            Self::Delay { .. } => "delay",
            Self::DropBefore {} => "drop_before",
            Self::DropAfterCommit {} => "drop_after_commit",
            Self::CutBody {} => "cut_body",
            Self::Hang {} => "hang",
            Self::Stale { .. } => "stale",
            Self::ClaimsChallenge {} => "claims_challenge",
        }
    }

    /// Whether it can happen to a part of a batch as well; the others need a connection of their own.
    pub fn fits_batch_part(&self) -> bool {
        matches!(
            self,
            Self::Status { .. }
                | Self::Throttle { .. }
                | Self::Stale { .. }
                | Self::ClaimsChallenge {}
        )
    }
}

/// The rules in force, and how often each has matched.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Mutex<Vec<Counted>>,
}

#[derive(Debug, Clone)]
struct Counted {
    rule: FaultRule,
    matched: u64,
    played: u64,
}

/// A rule with its counters, as the control API lists it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FaultStanding {
    /// The rule.
    #[serde(flatten)]
    pub rule: FaultRule,
    /// How many requests matched since it was added.
    pub matched: u64,
    /// How many it happened to.
    pub played: u64,
}

impl Faults {
    /// Adds rules behind those in force.
    pub fn add(&self, rules: Vec<FaultRule>) {
        self.lock().extend(rules.into_iter().map(|rule| Counted {
            rule,
            matched: 0,
            played: 0,
        }));
    }

    /// Takes all rules away.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The rules with their counters.
    pub fn list(&self) -> Vec<FaultStanding> {
        self.lock()
            .iter()
            .map(|counted| FaultStanding {
                rule: counted.rule.clone(),
                matched: counted.matched,
                played: counted.played,
            })
            .collect()
    }

    /// Whether a rule needs earlier states.
    pub fn needs_history(&self) -> bool {
        self.lock()
            .iter()
            .any(|counted| matches!(counted.rule.action, FaultAction::Stale { .. }))
    }

    /// Counts a request on all rules and answers what the first due rule does to it.
    pub fn decide(&self, service: Service, method: &str, path: &str) -> Option<FaultAction> {
        let mut due = None;
        for counted in self
            .lock()
            .iter_mut()
            .filter(|counted| counted.rule.matches.covers(service, method, path))
        {
            counted.matched += 1;
            if due.is_none() && counted.rule.matches.is_due(counted.matched) {
                counted.played += 1;
                due = Some(counted.rule.action.clone());
            }
        }
        due
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Counted>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FaultMatch {
    fn covers(&self, service: Service, method: &str, path: &str) -> bool {
        let writes = !matches!(
            method.to_ascii_uppercase().as_str(),
            "GET" | "HEAD" | "OPTIONS"
        );
        self.service.is_none_or(|wanted| wanted == service)
            && self
                .method
                .as_ref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self
                .path
                .as_ref()
                .is_none_or(|pattern| glob::matches(pattern, path))
            && (!self.write_only || writes)
    }

    fn is_due(&self, count: u64) -> bool {
        let first = self.nth.unwrap_or(1);
        let times = self.times.or(self.nth.map(|_| 1));
        count >= first && times.is_none_or(|times| count - first < times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> FaultRule {
        serde_json::from_str(text).expect("a rule in the test")
    }

    fn played(faults: &Faults, count: usize) -> Vec<bool> {
        (0..count)
            .map(|_| {
                faults
                    .decide(Service::Graph, "POST", "/v1.0/groups")
                    .is_some()
            })
            .collect()
    }

    #[test]
    fn nth_alone_happens_once() {
        let faults = Faults::default();
        faults.add(vec![rule(
            r#"{"match":{"nth":2},"action":{"drop_before":{}}}"#,
        )]);
        assert_eq!(played(&faults, 4), [false, true, false, false]);
        assert_eq!(faults.list()[0].matched, 4);
        assert_eq!(faults.list()[0].played, 1);
    }

    #[test]
    fn times_counts_from_nth() {
        let faults = Faults::default();
        faults.add(vec![rule(
            r#"{"match":{"nth":2,"times":2},"action":{"hang":{}}}"#,
        )]);
        assert_eq!(played(&faults, 5), [false, true, true, false, false]);
    }

    #[test]
    fn without_counts_it_always_happens() {
        let faults = Faults::default();
        faults.add(vec![rule(r#"{"action":{"throttle":{"retry_after":2}}}"#)]);
        assert_eq!(played(&faults, 3), [true, true, true]);
        faults.clear();
        assert_eq!(played(&faults, 1), [false]);
    }

    #[test]
    fn service_method_path_and_writes_are_compared() {
        let faults = Faults::default();
        faults.add(vec![rule(
            r#"{"match":{"service":"graph","method":"post","path":"/v1.0/groups/*/members/$ref","write_only":true},"action":{"cut_body":{}}}"#,
        )]);
        assert!(
            faults
                .decide(Service::Graph, "POST", "/v1.0/groups/a/members/$ref")
                .is_some()
        );
        assert!(
            faults
                .decide(Service::Graph, "DELETE", "/v1.0/groups/a/members/$ref")
                .is_none()
        );
        assert!(
            faults
                .decide(Service::Login, "POST", "/v1.0/groups/a/members/$ref")
                .is_none()
        );
        assert!(
            faults
                .decide(Service::Graph, "POST", "/v1.0/groups/a/b/members/$ref")
                .is_none()
        );
        let writes = Faults::default();
        writes.add(vec![rule(
            r#"{"match":{"write_only":true},"action":{"hang":{}}}"#,
        )]);
        assert!(writes.decide(Service::Graph, "GET", "/x").is_none());
    }

    #[test]
    fn first_due_rule_wins_and_the_others_count_on() {
        let faults = Faults::default();
        faults.add(vec![
            rule(r#"{"match":{"nth":1},"action":{"drop_before":{}}}"#),
            rule(r#"{"match":{"nth":2},"action":{"drop_after_commit":{}}}"#),
        ]);
        let names: Vec<_> = (0..3)
            .map(|_| {
                faults
                    .decide(Service::Graph, "GET", "/")
                    .map(|action| action.name())
            })
            .collect();
        assert_eq!(
            names,
            [Some("drop_before"), Some("drop_after_commit"), None]
        );
    }

    #[test]
    fn unknown_fields_are_refused() {
        assert!(
            serde_json::from_str::<FaultRule>(r#"{"match":{"nht":1},"action":{"hang":{}}}"#)
                .is_err()
        );
        assert!(serde_json::from_str::<FaultRule>(r#"{"action":{"explode":{}}}"#).is_err());
    }

    #[test]
    fn action_without_fields_may_be_a_word() {
        assert_eq!(
            rule(r#"{"action":"drop_after_commit"}"#),
            rule(r#"{"action":{"drop_after_commit":{}}}"#)
        );
        assert_eq!(
            rule(r#"{"action":"throttle"}"#).action,
            FaultAction::Throttle { retry_after: None }
        );
        assert!(serde_json::from_str::<FaultRule>(r#"{"action":"delay"}"#).is_err());
    }

    #[test]
    fn retry_after_takes_numbers_and_texts() {
        let seconds = rule(r#"{"action":{"throttle":{"retry_after":2}}}"#).action;
        assert_eq!(
            seconds,
            FaultAction::Throttle {
                retry_after: Some(RetryAfter::Seconds(2))
            }
        );
        let date = rule(r#"{"action":{"throttle":{"retry_after":"date"}}}"#).action;
        assert_eq!(
            date,
            FaultAction::Throttle {
                retry_after: Some(RetryAfter::Text("date".into()))
            }
        );
    }
}
