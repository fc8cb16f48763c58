//! An answer of an API, read to its end.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName};
use serde::de::DeserializeOwned;

use super::error::HttpError;

/// Status, headers and whole body.
#[derive(Clone)]
pub struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// The GUID that we sent along.
    pub(crate) client_request_id: String,
}

impl Answer {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// A header as text.
    pub fn header(&self, name: impl TryInto<HeaderName>) -> Option<&str> {
        self.headers.get(name.try_into().ok()?)?.to_str().ok()
    }

    /// The service's id of this exchange, or ours where it gave none: what support asks for.
    pub fn request_id(&self) -> &str {
        self.header("request-id")
            .or_else(|| self.header("x-ms-request-id"))
            .unwrap_or(&self.client_request_id)
    }

    /// Where a long operation can be followed.
    pub fn location(&self) -> Option<&str> {
        self.header("location")
    }

    /// Whether there is a body at all.
    pub fn has_body(&self) -> bool {
        !self.body.is_empty()
    }

    /// Whether the body claims to be JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.header("content-type").is_some_and(|value| {
            let kind = value
                .split(';')
                .next()
                .unwrap_or("")
                .trim()
                .to_ascii_lowercase();
            kind == "application/json" || kind.ends_with("+json")
        })
    }

    /// The body as a typed value.
    ///
    /// # Errors
    /// [`HttpError::Unreadable`] when it is not of that shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, HttpError> {
        serde_json::from_slice(&self.body).map_err(|source| HttpError::Unreadable {
            source,
            request_id: self.request_id().to_owned(),
        })
    }
}

impl std::fmt::Debug for Answer {
    /// The body stays out: it can hold a password or a token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
