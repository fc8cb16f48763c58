//! What the control API answers when it cannot do what it was asked.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why the control API refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum ControlError {
    #[error("the control token is missing or wrong; the cloud file has it under [control]")]
    Token,
    #[error("the control API has no such address")]
    NotFound,
    #[error("this address does not take that method")]
    Method,
    #[error("{0}")]
    Input(String),
    #[error("no prompt of that id waits on the phone; it was answered, or it lapsed")]
    NoPrompt,
    #[error("{0}")]
    Conflict(String),
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let (status, code) = match self {
            Self::Token => (StatusCode::UNAUTHORIZED, "token"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "method"),
            Self::Input(_) => (StatusCode::BAD_REQUEST, "input"),
            Self::NoPrompt => (StatusCode::NOT_FOUND, "no_prompt"),
            Self::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
        };
        (
            status,
            Json(json!({ "error": { "code": code, "message": self.to_string() } })),
        )
            .into_response()
    }
}

impl From<axum::extract::rejection::JsonRejection> for ControlError {
    fn from(rejection: axum::extract::rejection::JsonRejection) -> Self {
        Self::Input(rejection.body_text())
    }
}
