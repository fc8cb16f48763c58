//! Faults that Graph plays itself, since they have the form of its answers.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::json;

use super::answer::{Answer, Content, Refusal};
use super::caller::Caller;
use crate::faults::FaultAction;
use crate::gateway::retry_after;
use crate::state::AccessToken;

/// The answer that a fault puts in place of the real one; none when it only changes something about it.
pub(super) fn instead(action: &FaultAction, now: Timestamp) -> Option<Answer> {
    match action {
        FaultAction::Status {
            status,
            code,
            message,
            headers,
            html,
        } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let body = match html {
                Some(html) => Content::Html(html.clone()),
                None => Content::Error {
                    code: code
                        .clone()
                        .unwrap_or_else(|| default_code(status).to_owned()),
                    message: message
                        .clone()
                        .unwrap_or_else(|| "The practice cloud was told to fail here.".to_owned()),
                },
            };
            let mut answer = Answer::new(status, body);
            answer.seen.committed = Some(false);
            answer.headers = headers
                .iter()
                .filter_map(|(name, value)| Some((known_header(name)?, value.clone())))
                .collect();
            Some(answer)
        }
        FaultAction::Throttle {
            retry_after: wanted,
        } => {
            let refusal = Refusal::new(
                StatusCode::TOO_MANY_REQUESTS,
                "TooManyRequests",
                "Too many requests.",
            );
            let refusal = match wanted {
                Some(wanted) => refusal.header("retry-after", retry_after(wanted, now)),
                None => refusal,
            };
            Some(refusal.into())
        }
        _ => None,
    }
}

/// The challenge that a fault sends to a client that understands it and has not answered it yet.
// facts: own-app-and-tokens §5
pub(super) fn challenge(action: &FaultAction, caller: &Caller, login: &str) -> Option<Refusal> {
    if !matches!(action, FaultAction::ClaimsChallenge {})
        || !caller.token.cp1
        || caller.token.after_challenge
    {
        return None;
    }
    Some(insufficient_claims(&caller.token, login))
}

/// The challenge for a token that was issued too early.
pub(super) fn insufficient_claims(token: &AccessToken, login: &str) -> Refusal {
    let not_before = token.issued.as_second() + 1;
    let claims = json!({ "access_token": { "nbf": { "essential": true, "value": not_before.to_string() } } });
    let claims = STANDARD.encode(claims.to_string());
    let header = format!(
        "Bearer realm=\"\", authorization_uri=\"{login}/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{claims}\""
    );
    let message = "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp";
    Refusal::new(
        StatusCode::UNAUTHORIZED,
        "InvalidAuthenticationToken",
        message,
    )
    .header("www-authenticate", header)
}

fn default_code(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "Request_BadRequest",
        401 => "InvalidAuthenticationToken",
        403 => "Authorization_RequestDenied",
        404 => "Request_ResourceNotFound",
        409 => "Conflict",
        412 => "PreconditionFailed",
        429 => "TooManyRequests",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        _ => "InternalServerError",
    }
}

// Header names live as long as the program; a script may set the ones that clients look at.
fn known_header(name: &str) -> Option<&'static str> {
    [
        "retry-after",
        "www-authenticate",
        "location",
        "date",
        "x-ms-throttle-scope",
        "x-ms-throttle-information",
        "x-ms-throttle-limit-percentage",
        "content-type",
    ]
    .into_iter()
    .find(|known| known.eq_ignore_ascii_case(name))
}
