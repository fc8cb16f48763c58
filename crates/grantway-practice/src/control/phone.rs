//! The pretend phone: what waits on it, and what a person answers. The number itself is only on the sign-in page.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Desk;
use super::error::ControlError;
use crate::state::{PhoneAnswer, PromptOutcome};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    answer: Choice,
    number: Option<u8>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Choice {
    Approve,
    Deny,
}

pub(super) async fn list(State(desk): State<Desk>) -> Json<Value> {
    let now = desk.cloud.now();
    let prompts = desk.cloud.read(|world| {
        let open = world.phone.iter().filter(|prompt| prompt.is_open(now));
        open.map(|prompt| json!({ "id": prompt.id, "upn": prompt.upn, "app": prompt.app, "from": prompt.from, "expires": prompt.expires }))
            .collect::<Vec<_>>()
    });
    Json(json!({ "prompts": prompts }))
}

pub(super) async fn answer(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    answer: Result<Json<Answer>, JsonRejection>,
) -> Result<Json<Value>, ControlError> {
    let Json(answer) = answer?;
    let id: Uuid = id.parse().map_err(|_| ControlError::NoPrompt)?;
    let answer = match (answer.answer, answer.number) {
        (Choice::Approve, Some(number)) => PhoneAnswer::Approve(number),
        (Choice::Approve, None) => {
            return Err(ControlError::Input(
                "an approval needs `number`, the one that the sign-in page shows".to_owned(),
            ));
        }
        (Choice::Deny, _) => PhoneAnswer::Deny,
    };
    let now = desk.cloud.now();
    let outcome = desk.cloud.write(|world| {
        let prompt = world
            .phone
            .iter_mut()
            .find(|prompt| prompt.id == id && prompt.is_open(now));
        prompt.map(|prompt| prompt.answer(answer))
    });
    match outcome {
        Some(PromptOutcome::Approved) => Ok(Json(json!({ "outcome": "approved" }))),
        Some(_) => Ok(Json(json!({ "outcome": "denied" }))),
        None => Err(ControlError::NoPrompt),
    }
}
