//! The requests of a part of a setup, by the cloud's own record.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::Stage;

/// Requests, in the order in which the cloud took them.
#[derive(Debug, Clone)]
pub struct Requests(Vec<Value>);

impl Stage {
    /// The place of the last request so far.
    pub async fn last_request(&self) -> u64 {
        let log = self.ask("log").await;
        let last = log.as_array().and_then(|rows| rows.last());
        last.and_then(|row| row["seq"].as_u64()).unwrap_or(0)
    }

    /// The requests after that place.
    pub async fn requests_after(&self, place: u64) -> Requests {
        let log = self.ask("log").await;
        let rows = log.as_array().into_iter().flatten();
        let after = rows.filter(|row| row["seq"].as_u64().is_some_and(|seq| seq > place));
        Requests(after.cloned().collect())
    }
}

impl Requests {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of one service.
    pub fn of_service(&self, service: &str) -> Self {
        self.only(|row| row["service"] == service)
    }

    /// Those to Graph and Partner Center with a token of that tenant.
    pub fn in_tenant(&self, tenant: &str) -> Self {
        self.only(|row| row["tenant"] == tenant)
    }

    /// Those whose path has these words in it.
    pub fn about(&self, words: &str) -> Self {
        self.only(|row| {
            row["path"]
                .as_str()
                .is_some_and(|path| path.contains(words))
        })
    }

    /// Those of a program: the sign-in service's pages are a person's.
    pub fn without_pages(&self) -> Self {
        self.only(|row| {
            let is_token = |path: &str| path.ends_with("/oauth2/v2.0/token");
            row["service"] != "login" || row["path"].as_str().is_some_and(is_token)
        })
    }

    /// Those that were answered with what was asked for.
    pub fn granted(&self) -> Self {
        self.only(|row| row["status"].as_u64().is_some_and(|status| status < 300))
    }

    /// Those before the first write that took effect, and the rest.
    pub fn at_first_write(&self) -> (Self, Self) {
        let is_write = |row: &Value| {
            row["service"] == "graph"
                && row["committed"] == true
                && row["method"] != "GET"
                // A search of the audit log is asked for by a POST, and changes nothing.
                && !row["path"].as_str().is_some_and(|path| path.ends_with("/auditLog/queries"))
        };
        let first = self.0.iter().position(is_write).unwrap_or(self.0.len());
        let (before, rest) = self.0.split_at(first);
        (Self(before.to_vec()), Self(rest.to_vec()))
    }

    /// How many different ones there are.
    pub fn distinct(&self) -> usize {
        self.0.iter().map(key).collect::<BTreeSet<String>>().len()
    }

    /// Those that were sent more than once, with how often.
    pub fn repeated(&self) -> BTreeMap<String, usize> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for row in &self.0 {
            *counts.entry(key(row)).or_default() += 1;
        }
        counts.retain(|_, count| *count > 1);
        counts
    }

    /// How many were asked for quiet by a fault script.
    pub fn throttled(&self) -> usize {
        self.only(|row| row["fault"] == "throttle").len()
    }

    /// Those that came again before so many seconds had passed since they were asked for quiet.
    pub fn early_retries(&self, seconds: i64) -> Vec<String> {
        let mut quiet: HashMap<String, jiff::Timestamp> = HashMap::new();
        let mut early = Vec::new();
        for row in &self.0 {
            let at = row["at"].as_str().and_then(|at| at.parse().ok());
            let at: jiff::Timestamp = at.expect("the log has a time in each row");
            let key = key(row);
            if quiet.get(&key).is_some_and(|until| at < *until) {
                early.push(format!("{key} at {at}"));
            }
            if row["fault"] == "throttle" {
                quiet.insert(key, at + jiff::SignedDuration::from_secs(seconds));
            }
        }
        early
    }

    fn only(&self, is_wanted: impl Fn(&Value) -> bool) -> Self {
        Self(
            self.0
                .iter()
                .filter(|row| is_wanted(row))
                .cloned()
                .collect(),
        )
    }
}

/// What makes a request the same as another one.
fn key(row: &Value) -> String {
    let part = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
    ["service", "method", "path", "query", "tenant"]
        .map(part)
        .join(" ")
}
