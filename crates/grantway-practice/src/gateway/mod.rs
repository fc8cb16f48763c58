//! What stands in front of every service: one port each, the host check, fault scripts, latency, the request log, the traffic file
//! and the state file.

mod connection;
mod fault_answer;
mod keeper;
mod traffic;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use jiff::Timestamp;
use tower::ServiceExt;
use uuid::Uuid;

pub(crate) use connection::serve;
pub(crate) use fault_answer::{http_date, retry_after};
pub(crate) use keeper::StateKeeper;
pub(crate) use traffic::Traffic;

use crate::cloud::Cloud;
use crate::faults::FaultAction;
use crate::hosts::Service;
use crate::log::{LogEntry, without_secrets};

/// The largest request body that is taken, bytes.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// The id that the gateway gives to a request; services show it in their answers.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(pub Uuid);

/// A fault that the service plays itself, since it knows the form of its answers.
#[derive(Debug, Clone)]
pub struct PlannedFault(pub FaultAction);

/// What a service tells the gateway about a request, as an extension of its answer.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Tenant that the request was for.
    pub tenant: Option<Uuid>,
    /// Account that asked.
    pub user: Option<Uuid>,
    /// Scopes of the token that it carried.
    pub scopes: Option<Vec<String>>,
    /// Whether it changed the world; left out, a write that succeeded counts as one.
    pub committed: Option<bool>,
}

/// The connection is to be closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the fault script drops this connection")]
pub(crate) struct Dropped;

/// The gateway of one service.
#[derive(Debug, Clone)]
pub(crate) struct Gateway {
    pub cloud: Arc<Cloud>,
    pub service: Service,
    pub router: Router,
    pub traffic: Option<Arc<Traffic>>,
    pub keeper: Option<Arc<StateKeeper>>,
    pub latency: Option<Duration>,
}

impl Gateway {
    /// Answers a request, or says that the connection is to be dropped.
    pub async fn answer(&self, request: Request<Body>) -> Result<Response<Body>, Dropped> {
        let id = self.cloud.ids.guid();
        if !self.host_is_right(&request) {
            return Ok((
                StatusCode::FORBIDDEN,
                format!(
                    "This practice service answers at {} only.\n",
                    self.cloud.hosts.authority(self.service)
                ),
            )
                .into_response());
        }
        let (parts, body) = request.into_parts();
        let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
            return Ok((
                StatusCode::PAYLOAD_TOO_LARGE,
                "The request is larger than 4 MiB or broke off.\n",
            )
                .into_response());
        };
        let asked = Asked {
            id,
            at: self.cloud.now(),
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(str::to_owned),
            client_request_id: parts
                .headers
                .get("client-request-id")
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            body: body.clone(),
        };
        let fault = match self.service {
            Service::Control => None,
            service => self
                .cloud
                .faults
                .decide(service, asked.method.as_str(), &asked.path),
        };
        if let Some(latency) = self.latency.filter(|_| self.service != Service::Control) {
            tokio::time::sleep(latency).await;
        }
        let mut request = Request::from_parts(parts, Body::from(body));
        request.extensions_mut().insert(RequestId(id));
        match &fault {
            Some(FaultAction::Delay { milliseconds }) => {
                tokio::time::sleep(Duration::from_millis(*milliseconds)).await
            }
            Some(FaultAction::DropBefore {}) => {
                self.log(
                    &asked,
                    None,
                    &Seen {
                        committed: Some(false),
                        ..Seen::default()
                    },
                    &fault,
                );
                return Err(Dropped);
            }
            Some(FaultAction::Hang {}) => {
                self.log(
                    &asked,
                    None,
                    &Seen {
                        committed: Some(false),
                        ..Seen::default()
                    },
                    &fault,
                );
                return std::future::pending().await;
            }
            Some(action @ (FaultAction::Status { .. } | FaultAction::Throttle { .. }))
                if self.service != Service::Graph =>
            {
                let answer = fault_answer::answer(action, self.cloud.now());
                self.log(
                    &asked,
                    Some(answer.status()),
                    &Seen {
                        committed: Some(false),
                        ..Seen::default()
                    },
                    &fault,
                );
                return Ok(answer);
            }
            Some(action) => {
                request
                    .extensions_mut()
                    .insert(PlannedFault(action.clone()));
            }
            None => {}
        }
        let before = self.cloud.generation();
        let answer = match self.router.clone().oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        let answer = self.finish(&asked, answer, &fault, before).await;
        match fault {
            Some(FaultAction::DropAfterCommit {}) => Err(Dropped),
            Some(FaultAction::CutBody {}) => Ok(fault_answer::cut(answer).await),
            _ => Ok(answer),
        }
    }

    fn host_is_right(&self, request: &Request<Body>) -> bool {
        let wanted = self.cloud.hosts.authority(self.service);
        let mut named = request.headers().get_all(header::HOST).iter();
        let first = named
            .next()
            .is_some_and(|value| value.as_bytes() == wanted.as_bytes());
        first && named.next().is_none()
    }

    // Notes what was done before anything is answered, so that a dropped answer is in log and files as well.
    async fn finish(
        &self,
        asked: &Asked,
        answer: Response<Body>,
        fault: &Option<FaultAction>,
        before: u64,
    ) -> Response<Body> {
        let seen = answer
            .extensions()
            .get::<Seen>()
            .cloned()
            .unwrap_or_default();
        self.log(asked, Some(answer.status()), &seen, fault);
        if let Some(keeper) = &self.keeper
            && self.cloud.generation() != before
        {
            keeper.save(&self.cloud).await;
        }
        let Some(traffic) = self
            .traffic
            .as_ref()
            .filter(|_| self.service == Service::Graph)
        else {
            return answer;
        };
        let (parts, body) = answer.into_parts();
        let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
            return (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The practice service could not read its own answer.\n",
            )
                .into_response();
        };
        traffic.record(asked, parts.status, &bytes, seen.scopes.as_deref());
        Response::from_parts(parts, Body::from(bytes))
    }

    fn log(
        &self,
        asked: &Asked,
        status: Option<StatusCode>,
        seen: &Seen,
        fault: &Option<FaultAction>,
    ) {
        if self.service == Service::Control {
            return;
        }
        let reads = matches!(asked.method, Method::GET | Method::HEAD | Method::OPTIONS);
        let committed = seen.committed.unwrap_or(
            !reads && status.is_some_and(|status| status.is_success() || status.is_redirection()),
        );
        self.cloud.log.add(LogEntry {
            seq: 0,
            at: asked.at,
            service: self.service,
            method: asked.method.to_string(),
            path: asked.path.clone(),
            query: asked.query.as_deref().map(without_secrets),
            status: status.map(|status| status.as_u16()),
            tenant: seen.tenant,
            user: seen.user,
            committed,
            request_id: asked.id,
            client_request_id: asked.client_request_id.clone(),
            fault: fault.as_ref().map(FaultAction::name),
        });
    }
}

/// What was asked, kept while the request itself goes to the service.
pub(crate) struct Asked {
    pub id: Uuid,
    /// Practice time when it came.
    pub at: Timestamp,
    pub method: Method,
    pub path: String,
    pub query: Option<String>,
    pub client_request_id: Option<String>,
    pub body: Bytes,
}
