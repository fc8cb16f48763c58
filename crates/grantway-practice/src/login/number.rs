//! The number that a page shows and the phone must be told.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use uuid::Uuid;

use super::flow::{Flow, Stage};
use super::{COOKIES, Login, proof};
use crate::clock::later;
use crate::ids::fingerprint;
use crate::page::{self, cookie};
use crate::state::{Authenticator, PhonePrompt, PromptOutcome};

/// How long a number is good, seconds of practice time.
pub const GOOD_FOR: i64 = 60;

/// How a prompt stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Waiting: the number and the seconds left.
    Waiting(u8, i64),
    /// Approved with the right number.
    Approved,
    /// Refused, or a wrong number.
    Denied,
    /// Too late, or gone with a reset.
    Lapsed,
}

/// Puts a new prompt on the phone and shows its number.
pub fn ask(login: &Login, flow: &mut Flow, registers: bool) {
    let Some(person) = flow.person.clone() else {
        flow.stage = Stage::Account;
        return;
    };
    let now = login.now();
    let prompt = login.cloud.ids.guid();
    let number = u8::try_from(10 + login.cloud.ids.below(90)).unwrap_or(10);
    login.cloud.write(|world| {
        let app = if registers {
            "Pairing this phone".to_owned()
        } else {
            proof::app_name(world, &flow.purpose)
        };
        world
            .phone
            .retain(|known| later(known.expires, 10 * GOOD_FOR) > now);
        world.phone.push(PhonePrompt {
            id: prompt,
            tenant: person.tenant,
            upn: person.upn.clone(),
            app,
            from: "this computer".to_owned(),
            number,
            created: now,
            expires: later(now, GOOD_FOR),
            outcome: PromptOutcome::Waiting,
        });
    });
    flow.stage = Stage::Number { prompt, registers };
}

/// How a prompt stands now.
pub fn standing(login: &Login, prompt: &Uuid) -> Standing {
    let now = login.now();
    login.cloud.read(|world| {
        let Some(prompt) = world.phone.iter().find(|known| known.id == *prompt) else {
            return Standing::Lapsed;
        };
        match prompt.outcome {
            PromptOutcome::Approved => Standing::Approved,
            PromptOutcome::Denied => Standing::Denied,
            PromptOutcome::Waiting if prompt.is_open(now) => {
                Standing::Waiting(prompt.number, prompt.expires.duration_since(now).as_secs())
            }
            PromptOutcome::Waiting => Standing::Lapsed,
        }
    })
}

/// Takes the phone's answer into the flow; true when the sign-in goes on.
pub fn take(login: &Login, flow: &mut Flow, prompt: Uuid, registers: bool) -> bool {
    let reason = match standing(login, &prompt) {
        Standing::Waiting(..) => return false,
        Standing::Approved => {
            flow.proved.phone = true;
            if registers {
                register(login, flow);
            }
            return true;
        }
        Standing::Denied => {
            "The phone said no, or a wrong number was typed there. You are not signed in."
        }
        Standing::Lapsed => "The phone was not answered within a minute. You are not signed in.",
    };
    proof::record(login, flow, super::Refusal::SecondProof.code());
    flow.stage = Stage::NumberFailed { registers, reason };
    false
}

/// `GET /signin/{flow}/phone`: how the prompt of a sign-in stands, for the script of its page.
pub async fn status(
    State(login): State<Arc<Login>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let browser = cookie::read(&headers, &format!("{COOKIES}_browser")).unwrap_or_default();
    let prompt = login
        .flows
        .look(&id, &fingerprint(&browser), |flow| match flow.stage {
            Stage::Number { prompt, .. } => Some(prompt),
            _ => None,
        });
    let answer = match prompt.map(|prompt| standing(&login, &prompt)) {
        Some(Standing::Waiting(_, left)) => json!({"state": "waiting", "seconds_left": left}),
        Some(Standing::Approved) => json!({"state": "approved"}),
        Some(Standing::Denied) => json!({"state": "denied"}),
        Some(Standing::Lapsed) | None => json!({"state": "lapsed"}),
    };
    page::json(StatusCode::OK, &answer)
}

fn register(login: &Login, flow: &Flow) {
    let Some(person) = flow.person.clone() else {
        return;
    };
    let (id, now) = (login.cloud.ids.guid(), login.now());
    login.cloud.write(|world| {
        if let Some(user) = world.user_mut(&person.tenant, &person.user) {
            user.authenticators.push(Authenticator {
                id,
                device_name: "Practice phone".to_owned(),
                app_version: "1.0".to_owned(),
                created: now,
            });
        }
    });
}
