//! What Graph answers: a status, a body, headers; and the form of its errors.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::gateway::{Seen, http_date};

/// The result of a handler.
pub(super) type Outcome = Result<Answer, Refusal>;

/// An answer, good or bad.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub status: StatusCode,
    pub headers: Vec<(&'static str, String)>,
    pub body: Content,
    pub seen: Seen,
}

/// A body.
#[derive(Debug, Clone)]
pub(super) enum Content {
    None,
    Json(Value),
    Html(String),
    // The dates and ids of its inner error are known only when it leaves.
    Error { code: String, message: String },
}

/// An error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub status: StatusCode,
    pub code: String,
    pub message: String,
    pub headers: Vec<(&'static str, String)>,
}

impl Answer {
    pub fn ok(body: Value) -> Self {
        Self::new(StatusCode::OK, Content::Json(body))
    }

    pub fn created(body: Value) -> Self {
        Self::new(StatusCode::CREATED, Content::Json(body))
    }

    pub fn no_content() -> Self {
        Self::new(StatusCode::NO_CONTENT, Content::None)
    }

    pub fn accepted() -> Self {
        Self::new(StatusCode::ACCEPTED, Content::None)
    }

    pub fn new(status: StatusCode, body: Content) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
            seen: Seen::default(),
        }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The body as JSON, with the ids of the request in an error.
    pub fn json_body(
        &self,
        request_id: Uuid,
        client_request_id: &str,
        now: Timestamp,
    ) -> Option<Value> {
        match &self.body {
            Content::None | Content::Html(_) => None,
            Content::Json(value) => Some(value.clone()),
            Content::Error { code, message } => Some(json!({
                "error": {
                    "code": code,
                    "message": message,
                    "innerError": {
                        "date": now.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
                        "request-id": request_id,
                        "client-request-id": client_request_id,
                    },
                },
            })),
        }
    }

    /// The answer as it goes over the wire. `asked` are the request's headers.
    pub fn into_http(
        self,
        asked: &HeaderMap,
        request_id: Uuid,
        now: Timestamp,
        batch: bool,
    ) -> Response<Body> {
        let client_request_id = asked
            .get("client-request-id")
            .and_then(|value| value.to_str().ok())
            .map_or_else(|| request_id.to_string(), str::to_owned);
        let body = match &self.body {
            Content::Html(page) => Some(("text/html; charset=utf-8".to_owned(), page.clone())),
            _ => self.json_body(request_id, &client_request_id, now).map(|value| {
                let kind = match (&self.body, batch) {
                    (Content::Error { .. }, _) | (_, true) => "application/json",
                    _ => "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
                };
                (kind.to_owned(), value.to_string())
            }),
        };
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = self.status;
        let mut put = |name: &'static str, value: &str| {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            {
                answer.headers_mut().insert(name, value);
            }
        };
        put("cache-control", "no-cache");
        put("request-id", &request_id.to_string());
        put("client-request-id", &client_request_id);
        put(
            "x-ms-ags-diagnostic",
            r#"{"ServerInfo":{"DataCenter":"Practice","Slice":"E","Ring":"1","ScaleUnit":"000","RoleInstance":"PRACTICE"}}"#,
        );
        put("odata-version", "4.0");
        put("date", &http_date(now));
        for (name, value) in &self.headers {
            put(name, value);
        }
        if let Some((kind, text)) = body {
            if let Ok(kind) = HeaderValue::try_from(kind) {
                answer.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
            *answer.body_mut() = Body::from(text);
        }
        answer.extensions_mut().insert(self.seen);
        answer
    }
}

impl Refusal {
    pub fn new(status: StatusCode, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
            headers: Vec::new(),
        }
    }

    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Request_BadRequest", message)
    }

    /// A query option that OData itself does not understand.
    pub fn bad_query(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    /// A query option that is good OData, but not offered here.
    pub fn unsupported_query(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", message)
    }

    // facts: api-gdap-hardening §4.3
    pub fn not_found(id: impl std::fmt::Display) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "Request_ResourceNotFound",
            format!(
                "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
            ),
        )
    }

    pub fn denied() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        )
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same refusal under another code.
    pub fn named(mut self, code: &str) -> Self {
        code.clone_into(&mut self.code);
        self
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let body = Content::Error {
            code: refusal.code,
            message: refusal.message,
        };
        Self {
            headers: refusal.headers,
            ..Self::new(refusal.status, body)
        }
    }
}

/// A moment as Graph writes it.
pub(super) fn moment(at: Timestamp) -> Value {
    Value::String(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// A JSON object from `json!`.
pub(super) fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
