//! One API in one tenant, in one person's name: every call goes through here, with its token, its waits and its repeats.

use std::sync::Arc;
use std::time::Duration;

use grantway_core::{Actor, AppId, Fault, FaultKind, TenantId, Text};
use reqwest::StatusCode;
use reqwest::header::{
    AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::answer::Answer;
use super::call::{Call, Pace, Repeat};
use super::error::{HttpError, Refusal};
use super::gate::{Gates, Scope, later};
use super::origin::Origin;
use super::redact::SafeUrl;
use super::retry_after;
use super::tokens::{TokenWanted, Tokens};
use super::transport::{Outgoing, Transport};
use crate::clouds::Cloud;
use crate::sign_in::challenge;

/// An API that tokens are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Api {
    /// Microsoft Graph.
    Graph,
    /// Azure Resource Manager.
    Arm,
    /// Partner Center.
    PartnerCenter,
}

impl Api {
    /// Where the API is in a cloud; none where the cloud lacks it.
    pub fn origin(self, cloud: &Cloud) -> Option<&Origin> {
        match self {
            Self::Graph => Some(cloud.graph()),
            Self::Arm => cloud.arm(),
            Self::PartnerCenter => cloud.partner_center(),
        }
    }
}

/// An API in one tenant.
#[derive(Clone)]
pub struct Service {
    pub(crate) transport: Arc<Transport>,
    pub(crate) cloud: Arc<Cloud>,
    pub(crate) tokens: Arc<dyn Tokens>,
    pub(crate) gates: Arc<Gates>,
    pub(crate) api: Api,
    pub(crate) tenant: TenantId,
    pub(crate) actor: Option<Actor>,
}

impl Service {
    /// An API of `cloud` in `tenant`, called in the name of `actor`. `gates` is shared by all services of the process.
    pub fn new(
        transport: Arc<Transport>,
        cloud: Arc<Cloud>,
        tokens: Arc<dyn Tokens>,
        gates: Arc<Gates>,
        api: Api,
        (tenant, actor): (TenantId, Option<Actor>),
    ) -> Self {
        Self {
            transport,
            cloud,
            tokens,
            gates,
            api,
            tenant,
            actor,
        }
    }

    /// The tenant.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The clock that waiting goes by.
    pub fn clock(&self) -> &dyn grantway_core::ports::Clock {
        self.transport.clock.as_ref()
    }

    /// Whose limits count: they hold for a client in a tenant.
    pub(crate) fn scope(&self) -> Scope {
        // Without an actor no call leaves, so nobody's limits are touched.
        let client = self.actor.as_ref().map(|actor| actor.client);
        (self.tenant, client.unwrap_or(AppId::from_uuid(Uuid::nil())))
    }

    /// Sends a call and returns the answer when it is a success. Waits, refreshes and repeats as far as that is safe.
    ///
    /// # Errors
    /// See [`HttpError`]; an error says what is known about the effect.
    pub async fn send(&self, call: &Call) -> Result<Answer, HttpError> {
        let origin = self
            .api
            .origin(&self.cloud)
            .ok_or_else(|| HttpError::Malformed("the cloud lacks this API".into()))?;
        self.send_to(origin.join(&call.path_and_query()), call)
            .await
    }

    /// The same for a whole address, as a `nextLink` or a `Location` gives it.
    pub(crate) async fn send_to(&self, url: url::Url, call: &Call) -> Result<Answer, HttpError> {
        if !self.cloud.takes_tokens(&url) {
            return Err(HttpError::ForeignHost(SafeUrl::of(&url)));
        }
        let rule = self.transport.limits.retry;
        let mut wanted = TokenWanted {
            tenant: self.tenant,
            actor: self.actor.clone(),
            api: self.api,
            refused: false,
            claims: None,
        };
        let (mut throttled, mut failed) = (0, 0);
        loop {
            self.wait_for_gate().await?;
            if call.pace == Pace::OnePerSecond {
                self.gates.turn(self.tenant, self.clock()).await;
            }
            let outgoing = self.outgoing(url.clone(), call, &wanted).await?;
            let answer = match self.transport.exchange(outgoing).await {
                Ok(answer) => answer,
                Err(error) => {
                    failed += 1;
                    let nothing_sent = matches!(error, HttpError::Offline { .. });
                    let lost = matches!(error, HttpError::AnswerLost { .. })
                        && call.repeat == Repeat::Safe;
                    if (nothing_sent || lost) && failed < rule.failed_tries {
                        self.rest(rule.backoff(failed, self.transport.random()))
                            .await;
                        continue;
                    }
                    return Err(error);
                }
            };
            let status = answer.status;
            if status.is_success() {
                return if answer.has_body() && !answer.is_json() {
                    Err(HttpError::WebPage {
                        to: SafeUrl::of(&url),
                    })
                } else {
                    Ok(answer)
                };
            }
            if status == StatusCode::UNAUTHORIZED {
                self.after_unauthorized(&answer, &mut wanted)?;
                continue;
            }
            if status == StatusCode::TOO_MANY_REQUESTS {
                throttled += 1;
                let wait = self.throttle_wait(&answer, throttled);
                let until = later(self.clock().now(), wait);
                self.gates.close(self.scope(), until);
                if throttled >= rule.throttled_tries {
                    return Err(HttpError::Throttled {
                        until,
                        request_id: Some(answer.request_id().to_owned()),
                    });
                }
                continue;
            }
            if status.is_server_error() && call.repeat == Repeat::Safe {
                failed += 1;
                let wait = asked_wait(&answer)
                    .unwrap_or_else(|| rule.backoff(failed, self.transport.random()));
                if wait > rule.patience {
                    let until = later(self.clock().now(), wait);
                    return Err(HttpError::Throttled {
                        until,
                        request_id: Some(answer.request_id().to_owned()),
                    });
                }
                if failed < rule.failed_tries {
                    self.rest(wait).await;
                    continue;
                }
            }
            return Err(final_error(&answer, &url, call));
        }
    }

    async fn rest(&self, wait: Duration) {
        self.clock()
            .sleep_until(later(self.clock().now(), wait))
            .await;
    }

    /// Sits out a quiet time, or hands it back when it is longer than the patience of a call.
    async fn wait_for_gate(&self) -> Result<(), HttpError> {
        let scope = self.scope();
        while let Some(until) = self.gates.closed_until(scope, self.clock().now()) {
            let wait = until.duration_since(self.clock().now());
            if wait.unsigned_abs() > self.transport.limits.retry.patience {
                return Err(HttpError::Throttled {
                    until,
                    request_id: None,
                });
            }
            self.clock().sleep_until(until).await;
        }
        Ok(())
    }

    pub(crate) fn throttle_wait(&self, answer: &Answer, tried: u32) -> Duration {
        asked_wait(answer).unwrap_or_else(|| {
            self.transport
                .limits
                .retry
                .backoff(tried, self.transport.random())
        })
    }

    async fn outgoing(
        &self,
        url: url::Url,
        call: &Call,
        wanted: &TokenWanted,
    ) -> Result<Outgoing, HttpError> {
        let token = self
            .tokens
            .token(wanted)
            .await
            .map_err(|fault| HttpError::NoToken(Box::new(fault)))?;
        let mut headers = HeaderMap::new();
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", token.secret.expose_secret()))
            .map_err(|_| HttpError::Malformed("the token cannot stand in a header".into()))?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
        for (name, value) in &call.headers {
            let value = HeaderValue::from_str(value)
                .map_err(|_| HttpError::Malformed(format!("header {name}")))?;
            let name = HeaderName::try_from(*name)
                .map_err(|_| HttpError::Malformed(format!("header {name}")))?;
            headers.insert(name, value);
        }
        if call.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let body = call.body.as_ref().map(|body| body.to_string().into_bytes());
        Ok(Outgoing {
            method: call.method.clone(),
            url,
            headers,
            body,
        })
    }

    /// After a 401: one new token, or one answer to a claims challenge; then it is a person's turn.
    // facts: own-app-and-tokens §5, unhandled challenges make an endless loop.
    fn after_unauthorized(
        &self,
        answer: &Answer,
        wanted: &mut TokenWanted,
    ) -> Result<(), HttpError> {
        let claims = answer
            .header("www-authenticate")
            .and_then(challenge::claims_of);
        let again = wanted.refused;
        wanted.refused = true;
        match (claims, again, wanted.claims.is_some()) {
            (Some(claims), _, false) => wanted.claims = Some(claims),
            (None, false, _) => {}
            (Some(claims), _, true) => {
                let kind = FaultKind::SignInNeeded {
                    because: Text::new("sign-in-because-claims-challenge"),
                    claims: Some(claims),
                };
                let fault = Fault::new(
                    kind,
                    Text::verbatim(""),
                    "the service keeps asking for more proof",
                )
                .with_request_id(answer.request_id());
                return Err(HttpError::NoToken(Box::new(fault)));
            }
            (None, true, _) => return Err(HttpError::Refused(Refusal::of(answer, false))),
        }
        Ok(())
    }
}

/// The wait that an answer asks for, where it asks for one that can be read.
fn asked_wait(answer: &Answer) -> Option<Duration> {
    retry_after::wait(answer.header(RETRY_AFTER), answer.header("date"))
}

/// What an error answer means for a call that is not sent again.
pub(crate) fn final_error(answer: &Answer, url: &url::Url, call: &Call) -> HttpError {
    let status = answer.status;
    if status == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
        return HttpError::Offline {
            to: SafeUrl::of(url),
            why: "a proxy in between wants a sign-in".into(),
        };
    }
    let gateway = status.is_server_error();
    if status.is_redirection() || (answer.has_body() && !answer.is_json() && !gateway) {
        return HttpError::WebPage {
            to: SafeUrl::of(url),
        };
    }
    HttpError::Refused(Refusal::of(answer, gateway && call.repeat == Repeat::Never))
}
