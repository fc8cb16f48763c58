//! Microsoft Graph v1.0, as far as the setups of this cloud need it. Paths are read the OData way (keys in brackets or behind a
//! slash, any case), so the routes are matched here and not by the HTTP library.

mod answer;
mod app_policy;
mod application;
mod assignment;
mod audit_query;
mod authentication;
mod authentication_methods_policy;
mod authentication_strength;
mod batch;
mod body;
mod call;
mod caller;
mod conditional_access;
mod conditional_access_rules;
mod context;
mod contract;
mod customer;
mod deleted;
mod domain;
mod fault;
mod grant;
mod group;
mod kind;
mod licence;
mod me;
mod member;
mod membership;
mod odata;
mod operation;
mod organization;
mod path;
mod permission;
mod registration;
mod relationship;
mod relationship_edit;
mod relationship_request;
mod role_assignment;
mod role_definition;
mod role_schedule;
mod route;
mod security_defaults;
mod service_principal;
mod tenant_information;
mod throttle;
mod user;
mod user_edit;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;

use crate::cloud::Cloud;
use crate::faults::FaultAction;
use crate::gateway::{PlannedFault, RequestId};
use answer::Answer;
use call::Call;
use throttle::Throttle;

/// The routes of this service.
pub fn router(cloud: Arc<Cloud>) -> Router {
    let graph = Graph {
        cloud,
        throttle: Arc::new(Throttle::default()),
    };
    Router::new().fallback(handle).with_state(graph)
}

/// The Graph service of one practice cloud.
#[derive(Debug, Clone)]
struct Graph {
    cloud: Arc<Cloud>,
    throttle: Arc<Throttle>,
}

async fn handle(State(graph): State<Graph>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let request_id = parts
        .extensions
        .get::<RequestId>()
        .map_or_else(|| graph.cloud.ids.guid(), |RequestId(id)| *id);
    let fault = parts
        .extensions
        .get::<PlannedFault>()
        .map(|PlannedFault(action)| action.clone());
    // The gateway has read the body already and kept it within bounds.
    let bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_default();
    let headers = parts.headers;
    let (call, answer) = match Call::read(
        parts.method,
        &parts.uri,
        headers.clone(),
        &bytes,
        request_id,
    ) {
        Ok(call) => {
            let answer = graph.answer(&call, fault.as_ref());
            (Some(call), answer)
        }
        Err(refusal) => (None, refusal.into()),
    };
    answer.into_http(
        &headers,
        request_id,
        graph.cloud.now(),
        call.is_some_and(|call| call.is_batch()),
    )
}

impl Graph {
    /// Answers a call, a `$batch` or a single one.
    fn answer(&self, call: &Call, fault: Option<&FaultAction>) -> Answer {
        if call.is_batch() {
            batch::answer(self, call, fault)
        } else {
            self.answer_one(call, fault)
        }
    }

    /// Answers a single call: the fault script, the token, the limits, the permission, the route.
    fn answer_one(&self, call: &Call, fault: Option<&FaultAction>) -> Answer {
        let now = self.cloud.now();
        let caller = caller::identify(&self.cloud, call, now);
        if let Some(mut answer) = fault.and_then(|fault| fault::instead(fault, now)) {
            // The log tells who was turned away: whoever comes back too early is known by it.
            if let Ok(caller) = &caller {
                let seen = caller.seen();
                (answer.seen.tenant, answer.seen.user) = (seen.tenant, seen.user);
            }
            return answer;
        }
        let caller = match caller {
            Ok(caller) => caller,
            Err(refusal) => return refusal.into(),
        };
        let seen = caller.seen();
        let mut answer = self
            .answer_caller(call, fault, caller)
            .unwrap_or_else(Answer::from);
        answer.seen = seen;
        answer
    }

    fn answer_caller(
        &self,
        call: &Call,
        fault: Option<&FaultAction>,
        caller: caller::Caller,
    ) -> answer::Outcome {
        if let Some(refusal) = fault.and_then(|fault| {
            fault::challenge(
                fault,
                &caller,
                &self.cloud.hosts.base(crate::hosts::Service::Login),
            )
        }) {
            return Err(refusal);
        }
        let (route, keys) = route::find(call)?;
        self.throttle.take(
            &caller,
            call,
            route.template,
            self.cloud.clock.precise_now(),
        )?;
        permission::require(call, route.template, &caller)?;
        if caller.is_powerless() && !route.template.starts_with("/me") {
            return Err(answer::Refusal::denied());
        }
        let stale = match fault {
            Some(FaultAction::Stale { seconds }) if call.reads() => self
                .cloud
                .history
                .at(crate::clock::later(self.cloud.now(), -seconds)),
            _ => None,
        };
        let context = context::Context {
            cloud: &self.cloud,
            call,
            caller,
            now: self.cloud.now(),
            stale,
        };
        (route.handler)(&context, &keys)
    }
}
