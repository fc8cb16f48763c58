//! A part of a setup under the watch: its requests, by the cloud's own record, and its time.

use std::time::{Duration, Instant};

use grantway_app::contract::{Call, Event};
use grantway_tests::{Requests, Stage};

/// What every answer takes.
pub const LATENCY: Duration = Duration::from_millis(100);

/// A part that has begun.
pub struct Part {
    began: Instant,
    after: u64,
}

impl Part {
    /// Begins now.
    pub async fn begin(stage: &Stage) -> Self {
        Self {
            after: stage.last_request().await,
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

    /// Its requests, but for those of the robot that signs in, and its time.
    pub async fn end(self, stage: &Stage) -> (Requests, Duration) {
        let took = self.began.elapsed();
        (stage.requests_after(self.after).await.without_pages(), took)
    }
}
