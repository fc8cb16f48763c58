//! Showing and moving the practice clock.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Desk;
use super::error::ControlError;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    advance_seconds: Option<u64>,
    to: Option<Timestamp>,
}

pub(super) async fn show(State(desk): State<Desk>) -> Json<Value> {
    Json(shown(&desk))
}

pub(super) async fn step(
    State(desk): State<Desk>,
    step: Result<Json<Step>, JsonRejection>,
) -> Result<Json<Value>, ControlError> {
    let Json(step) = step?;
    let moved = match (step.advance_seconds, step.to) {
        (Some(seconds), None) => desk.cloud.clock.advance(Duration::from_secs(seconds)),
        (None, Some(to)) => desk.cloud.clock.move_to(to),
        _ => {
            return Err(ControlError::Input(
                "give either `advance_seconds` or `to`".to_owned(),
            ));
        }
    };
    moved.map_err(|error| ControlError::Conflict(error.to_string()))?;
    Ok(Json(shown(&desk)))
}

// With its fraction of a second: whoever waits for a part of a second by this clock has to see it pass.
fn shown(desk: &Desk) -> Value {
    json!({ "now": desk.cloud.clock.precise_now(), "mode": if desk.cloud.clock.is_frozen() { "frozen" } else { "running" } })
}
