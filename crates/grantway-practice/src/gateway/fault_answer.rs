//! Answers that a fault script asks for, for services whose answers are pages or OAuth errors, and bodies that break off.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use futures_util::StreamExt;
use jiff::Timestamp;
use serde_json::json;

use crate::clock::later;
use crate::faults::{FaultAction, RetryAfter};

/// The answer of a `status` or `throttle` action.
pub(super) fn answer(action: &FaultAction, now: Timestamp) -> Response<Body> {
    match action {
        FaultAction::Status {
            status,
            code,
            message,
            headers,
            html,
        } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut answer = match html {
                Some(html) => (
                    status,
                    [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
                    html.clone(),
                )
                    .into_response(),
                None => {
                    let body = json!({
                        "error": code.as_deref().unwrap_or("server_error"),
                        "error_description": message.as_deref().unwrap_or("The practice cloud was told to fail here."),
                    });
                    (status, axum::Json(body)).into_response()
                }
            };
            for (name, value) in headers {
                if let (Ok(name), Ok(value)) =
                    (HeaderName::try_from(name), HeaderValue::try_from(value))
                {
                    answer.headers_mut().insert(name, value);
                }
            }
            answer
        }
        FaultAction::Throttle {
            retry_after: wanted,
        } => {
            let body = json!({ "error": "temporarily_unavailable", "error_description": "Too many requests." });
            let mut answer = (StatusCode::TOO_MANY_REQUESTS, axum::Json(body)).into_response();
            if let Some(value) = wanted
                .as_ref()
                .and_then(|wanted| HeaderValue::try_from(retry_after(wanted, now)).ok())
            {
                answer.headers_mut().insert(header::RETRY_AFTER, value);
            }
            answer
        }
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The text of a `Retry-After` header.
pub(crate) fn retry_after(wanted: &RetryAfter, now: Timestamp) -> String {
    match wanted {
        RetryAfter::Seconds(seconds) => seconds.to_string(),
        RetryAfter::Text(text) if text == "date" => http_date(later(now, 2)),
        RetryAfter::Text(text) => text.clone(),
    }
}

/// A moment as HTTP headers write it.
pub(crate) fn http_date(moment: Timestamp) -> String {
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&moment)
        .unwrap_or_default()
}

/// The same answer, whose body breaks off in the middle although the headers promise all of it.
pub(super) async fn cut(answer: Response<Body>) -> Response<Body> {
    let (mut parts, body) = answer.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_default();
    let promised = bytes.len().max(2);
    parts.headers.remove(header::TRANSFER_ENCODING);
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(promised));
    let half = bytes.slice(..bytes.len() / 2);
    let first = futures_util::stream::once(async move { Ok(half) });
    let break_off = futures_util::stream::once(async {
        // The first half has to be on its way before the connection ends.
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err::<Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
    });
    Response::from_parts(parts, Body::from_stream(first.chain(break_off)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_written_as_asked() {
        let now: Timestamp = "2026-05-01T10:00:00Z".parse().expect("a date in the test");
        assert_eq!(retry_after(&RetryAfter::Seconds(-1), now), "-1");
        assert_eq!(
            retry_after(&RetryAfter::Text("date".into()), now),
            "Fri, 01 May 2026 10:00:02 GMT"
        );
        assert_eq!(retry_after(&RetryAfter::Text("abc".into()), now), "abc");
    }
}
