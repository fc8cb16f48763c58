//! Listing, adding and clearing fault rules.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Desk;
use super::error::ControlError;
use crate::faults::FaultRule;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    rules: Vec<FaultRule>,
}

pub(super) async fn list(State(desk): State<Desk>) -> Json<Value> {
    Json(json!({ "rules": desk.cloud.faults.list() }))
}

pub(super) async fn add(
    State(desk): State<Desk>,
    script: Result<Json<Script>, JsonRejection>,
) -> Result<Json<Value>, ControlError> {
    let Json(script) = script?;
    desk.cloud.faults.add(script.rules);
    desk.cloud.history.watch(desk.cloud.faults.needs_history());
    Ok(list(State(desk)).await)
}

pub(super) async fn clear(State(desk): State<Desk>) -> StatusCode {
    desk.cloud.faults.clear();
    desk.cloud.history.watch(false);
    StatusCode::NO_CONTENT
}
