//! One exchange over the network: sent once, read to its end, bounded in time and size.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use grantway_core::ports::{Clock, Ids};
use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::answer::Answer;
use super::error::HttpError;
use super::redact::{self, SafeUrl};
use super::retry::RetryRule;
use crate::clouds::Cloud;

/// Bounds of every exchange.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until the connection stands.
    pub connect: Duration,
    /// Between two pieces of an answer, and until its first.
    pub idle: Duration,
    /// From the first byte out to the last byte in.
    pub total: Duration,
    /// Longest body in bytes.
    pub body: usize,
    /// Trying again.
    pub retry: RetryRule,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            total: Duration::from_secs(100),
            body: 8 * 1024 * 1024,
            retry: RetryRule::default(),
        }
    }
}

/// The HTTP client with its clock and its source of ids. One per cloud, shared.
pub struct Transport {
    client: reqwest::Client,
    pub(crate) limits: Limits,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
}

/// A request on its way out.
pub(crate) struct Outgoing {
    pub method: Method,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Option<Vec<u8>>,
}

/// Why no client could be built: the platform's TLS set-up is unusable.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot be built")]
pub struct TransportError(#[source] reqwest::Error);

impl Transport {
    /// A client for one cloud: https alone for a live one; for a practice one, which is plain HTTP on this computer, no
    /// proxy and no certificates, which take their time to be read.
    ///
    /// # Errors
    /// When the platform's TLS set-up is unusable.
    pub fn new(
        cloud: &Cloud,
        limits: Limits,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Result<Self, TransportError> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(limits.connect)
            .read_timeout(limits.idle)
            .timeout(limits.total)
            .user_agent(concat!("Grantway/", env!("CARGO_PKG_VERSION")));
        let builder = if cloud.is_practice() {
            builder.no_proxy().tls_certs_only([])
        } else {
            builder.https_only(true)
        };
        let client = builder.build().map_err(TransportError)?;
        Ok(Self {
            client,
            limits,
            clock,
            ids,
        })
    }

    /// The clock that all waiting goes by.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// The source of ids and randomness.
    pub fn ids(&self) -> &Arc<dyn Ids> {
        &self.ids
    }

    /// A uniformly random number.
    pub(crate) fn random(&self) -> u64 {
        let mut bytes = [0; 8];
        self.ids.bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    /// Sends once and reads the whole answer, whatever its status. No token is added here.
    pub(crate) async fn exchange(&self, outgoing: Outgoing) -> Result<Answer, HttpError> {
        let to = SafeUrl::of(&outgoing.url);
        let client_request_id = self.ids.guid().to_string();
        let mut request = self
            .client
            .request(outgoing.method, outgoing.url)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(
                HeaderName::from_static("client-request-id"),
                &client_request_id,
            )
            .headers(outgoing.headers);
        if let Some(body) = outgoing.body {
            request = request.body(body);
        }
        let lost = |error: reqwest::Error| classify(&to, error, &client_request_id);
        let mut response = request.send().await.map_err(lost)?;
        let limit = self.limits.body;
        if response
            .content_length()
            .is_some_and(|length| length > limit as u64)
        {
            return Err(HttpError::TooLong { to, limit });
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(lost)? {
            if body.len() + piece.len() > limit {
                return Err(HttpError::TooLong { to, limit });
            }
            body.extend_from_slice(&piece);
        }
        let answer = Answer {
            status,
            headers,
            body,
            client_request_id,
        };
        tracing::debug!(to = %to, status = status.as_u16(), request_id = answer.request_id(), "answered");
        Ok(answer)
    }
}

/// Sorts a network error by whether anything can have been sent.
fn classify(to: &SafeUrl, error: reqwest::Error, client_request_id: &str) -> HttpError {
    // The error's own text repeats the address with its query.
    let error = error.without_url();
    let why = chain(&error);
    let to = to.clone();
    if error.is_builder() {
        return HttpError::Malformed(why);
    }
    if error.is_connect() {
        let lower = why.to_ascii_lowercase();
        let tls = lower.contains("certificate")
            || lower.contains("unknownissuer")
            || lower.contains("badsignature");
        return if tls {
            HttpError::Untrusted { to, why }
        } else {
            HttpError::Offline { to, why }
        };
    }
    HttpError::AnswerLost {
        to,
        why,
        client_request_id: client_request_id.to_owned(),
    }
}

/// The causes of an error in one line, redacted.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    redact::words(&text)
}

#[cfg(test)]
pub(crate) mod testing {
    //! A clock that jumps instead of waiting, and ids that count.

    use std::sync::Mutex;
    use std::sync::atomic::{AtomicU64, Ordering};

    use grantway_core::Timestamp;
    use grantway_core::ports::{Clock, Ids};
    use uuid::Uuid;

    pub struct FakeClock(Mutex<Timestamp>);

    impl Default for FakeClock {
        fn default() -> Self {
            Self(Mutex::new("2026-11-22T10:00:00Z".parse().unwrap()))
        }
    }

    #[async_trait::async_trait]
    impl Clock for FakeClock {
        fn now(&self) -> Timestamp {
            *self.0.lock().unwrap()
        }

        async fn sleep_until(&self, moment: Timestamp) {
            let mut now = self.0.lock().unwrap();
            *now = (*now).max(moment);
        }
    }

    #[derive(Default)]
    pub struct CountedIds(AtomicU64);

    impl Ids for CountedIds {
        fn guid(&self) -> Uuid {
            Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::SeqCst)))
        }

        fn bytes(&self, buffer: &mut [u8]) {
            for byte in buffer {
                *byte = (self.0.fetch_add(1, Ordering::SeqCst) % 251) as u8;
            }
        }
    }
}
