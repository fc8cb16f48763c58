//! A part of a setup under the watch: its requests, by the cloud's own record, and its time.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use grantway_app::contract::{Call, Event};
use grantway_tests::Stage;
use serde_json::Value;

use crate::number::Number;

/// What every answer takes.
pub const LATENCY: Duration = Duration::from_millis(100);

/// Which requests are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// Those to Graph.
    Graph,
    /// Those to every service, sign-in and Partner Center too.
    All,
}

/// A part that has begun.
pub struct Part {
    began: Instant,
    after: u64,
}

impl Part {
    /// Begins now.
    pub async fn begin(stage: &Stage) -> Self {
        Self {
            after: last(&stage.ask("log").await),
            began: Instant::now(),
        }
    }

    /// Applies an approved plan to its end or its next person. The sign-in with the right to change is the robot's time, not
    /// ours: the watch begins when its window is closed.
    pub async fn of_apply(stage: &Stage, id: &str) -> Self {
        let mut heard = stage.host.listen();
        let mut part = Self::begin(stage).await;
        let sign_in = Call::SignIn {
            id: id.into(),
            seat: "provider".into(),
            lane: None,
        };
        stage.call(sign_in).await;
        while !matches!(heard.recv().await, Ok(Event::Show { .. }) | Err(_)) {}
        part.began = Instant::now();
        stage.app.settled(id).await;
        part
    }

    /// Its numbers: requests beside the distinct ones, and time beside what so many distinct ones take at best.
    pub async fn end(
        self,
        stage: &Stage,
        [requests, wall]: [String; 2],
        counts: Counts,
        ideal: impl FnOnce(usize) -> Duration,
    ) -> [Number; 2] {
        let took = self.began.elapsed();
        let log = stage.ask("log").await;
        let rows = log.as_array().into_iter().flatten();
        let sent: Vec<String> = rows
            .filter(|row| row["seq"].as_u64().is_some_and(|seq| seq > self.after))
            .filter(|row| counts == Counts::All || row["service"] == "graph")
            .map(|row| {
                let part = |name: &str| row[name].to_string();
                ["service", "method", "path", "query", "tenant"]
                    .map(part)
                    .join(" ")
            })
            .collect();
        let distinct: BTreeSet<&String> = sent.iter().collect();
        [
            Number::count(requests, sent.len(), distinct.len()),
            Number::milliseconds(wall, took, ideal(distinct.len())),
        ]
    }
}

fn last(log: &Value) -> u64 {
    log.as_array()
        .and_then(|rows| rows.last())
        .and_then(|row| row["seq"].as_u64())
        .unwrap_or(0)
}
