//! The control API, `/_practice/*`: looks behind the scenes, moves the clock, scripts faults, answers the pretend phone. Only who
//! holds the token may use it.

mod clock;
mod dump;
mod error;
mod faults;
mod people;
mod phone;
mod scenarios;

use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

pub use dump::dump;

use crate::cloud::Cloud;
use crate::scenario::ScenarioSource;
use error::ControlError;

/// What the control API works on.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The practice cloud.
    pub cloud: Arc<Cloud>,
    /// The token that callers must hold.
    pub token: String,
    /// The scenario that a reset goes back to.
    pub scenario: ScenarioSource,
}

/// The routes of the control API.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .route("/_practice/state", get(state))
        .route("/_practice/log", get(log))
        .route("/_practice/info", get(scenarios::info))
        .route("/_practice/clock", get(clock::show).post(clock::step))
        .route(
            "/_practice/faults",
            get(faults::list).post(faults::add).delete(faults::clear),
        )
        .route("/_practice/phone", get(phone::list))
        .route("/_practice/phone/{id}", post(phone::answer))
        .route("/_practice/people", get(people::list))
        .route("/_practice/scenarios", get(scenarios::list))
        .route("/_practice/reset", post(scenarios::reset))
        .fallback(|| async { ControlError::NotFound })
        .method_not_allowed_fallback(|| async { ControlError::Method })
        .layer(middleware::from_fn_with_state(desk.clone(), guard))
        .with_state(desk)
}

async fn guard(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let given = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    if !given.is_some_and(|given| bool::from(given.as_bytes().ct_eq(desk.token.as_bytes()))) {
        return ControlError::Token.into_response();
    }
    next.run(request).await
}

async fn state(State(desk): State<Desk>) -> Json<Value> {
    let now = desk.cloud.now();
    Json(desk.cloud.read(|world| dump(world, now)))
}

#[derive(Debug, Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

async fn log(
    State(desk): State<Desk>,
    query: Result<Query<After>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Value>, ControlError> {
    let Query(After { after }) = query.map_err(|error| ControlError::Input(error.body_text()))?;
    Ok(Json(json!(desk.cloud.log.after(after))))
}
