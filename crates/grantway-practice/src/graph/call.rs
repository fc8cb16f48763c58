//! A call of Graph, read once from HTTP or from a part of a batch.

use axum::http::{HeaderMap, Method, StatusCode, Uri};
use serde_json::Value;
use uuid::Uuid;

use super::answer::Refusal;
use super::odata::Options;
use super::path::{Step, steps};

/// A call.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub method: Method,
    /// Path behind the version, as it was written.
    pub path: String,
    pub steps: Vec<Step>,
    pub options: Options,
    pub headers: HeaderMap,
    pub body: Option<Value>,
    pub request_id: Uuid,
    /// Whether it came on beta.
    pub beta: bool,
}

impl Call {
    pub fn read(
        method: Method,
        uri: &Uri,
        headers: HeaderMap,
        bytes: &[u8],
        request_id: Uuid,
    ) -> Result<Self, Refusal> {
        let path = uri.path();
        // Searches in the audit log are in use on beta as well.
        if let Some(path) = path
            .strip_prefix("/beta")
            .filter(|path| path.starts_with("/security/auditLog/"))
        {
            let v1 = format!("/v1.0{path}");
            let query = uri
                .query()
                .map(|query| format!("?{query}"))
                .unwrap_or_default();
            let uri = format!("{v1}{query}")
                .parse()
                .map_err(|_| no_resource(path))?;
            let mut call = Self::read(method, &uri, headers, bytes, request_id)?;
            call.beta = true;
            return Ok(call);
        }
        let Some(path) = path
            .strip_prefix("/v1.0")
            .filter(|path| path.is_empty() || path.starts_with('/'))
        else {
            return Err(match path.starts_with("/beta/") {
                true => no_resource(path.trim_start_matches("/beta/")),
                false => Refusal::new(
                    StatusCode::BAD_REQUEST,
                    "BadRequest",
                    format!(
                        "Invalid version: {}",
                        path.split('/').nth(1).unwrap_or_default()
                    ),
                ),
            });
        };
        let body = match bytes {
            [] => None,
            bytes => Some(serde_json::from_slice(bytes).map_err(|_| {
                Refusal::new(StatusCode::BAD_REQUEST, "BadRequest", "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.")
            })?),
        };
        if body.is_some() && !is_json(&headers) {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Request_BadRequest",
                "A supported MIME type could not be found that matches the content type of the request.",
            ));
        }
        Self::new(method, path, uri.query(), headers, body, request_id)
    }

    pub fn new(
        method: Method,
        path: &str,
        query: Option<&str>,
        headers: HeaderMap,
        body: Option<Value>,
        request_id: Uuid,
    ) -> Result<Self, Refusal> {
        let steps = steps(path).ok_or_else(|| no_resource(path.trim_start_matches('/')))?;
        let options = Options::read(query.unwrap_or_default())?;
        Ok(Self {
            method,
            path: path.to_owned(),
            steps,
            options,
            headers,
            body,
            request_id,
            beta: false,
        })
    }

    pub fn is_batch(&self) -> bool {
        matches!(&self.steps[..], [Step::Name(name)] if name.eq_ignore_ascii_case("$batch"))
    }

    pub fn reads(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Whether a `Prefer` header names something.
    pub fn prefers(&self, wanted: &str) -> bool {
        self.headers
            .get_all("prefer")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|value| value.trim().eq_ignore_ascii_case(wanted))
    }
}

/// A path that leads nowhere.
pub(super) fn no_resource(path: &str) -> Refusal {
    let first = path
        .split(['/', '('])
        .find(|part| !part.is_empty())
        .unwrap_or_default();
    Refusal::bad_query(format!("Resource not found for the segment '{first}'."))
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.to_ascii_lowercase().starts_with("application/json"))
}
