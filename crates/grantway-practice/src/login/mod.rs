//! The sign-in service: OAuth 2.0 and OpenID Connect as Entra's v2.0 endpoints speak them, and the pages between a request
//! and its answer. What a person has done so far in one sign-in is a [`flow::Flow`]; everything that lasts is in the world.

mod authority;
mod conditional_access;
mod consent;
mod discovery;
mod entry;
mod finish;
mod flow;
mod keys;
mod number;
mod pages;
mod password;
mod pkce;
mod proof;
#[cfg(test)]
mod protocol;
mod redirect;
mod refusal;
mod request;
mod resource;
mod scope;
mod steps;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use jiff::Timestamp;

use crate::cloud::Cloud;
use crate::hosts::Service;

pub use refusal::Refusal;

/// Prefix of this service's cookies. Cookies do not know ports, so each service has its own.
const COOKIES: &str = "pclogin";

/// The sign-in service of one practice cloud.
struct Login {
    cloud: Arc<Cloud>,
    flows: flow::Flows,
}

impl Login {
    fn now(&self) -> Timestamp {
        self.cloud.now()
    }

    fn base(&self) -> String {
        self.cloud.hosts.base(Service::Login)
    }

    /// An id to quote and the time, for error texts.
    fn trace(&self) -> (String, String) {
        (self.cloud.ids.guid().to_string(), self.now().to_string())
    }
}

/// The routes of this service.
pub fn router(cloud: Arc<Cloud>) -> Router {
    let login = Login {
        cloud,
        flows: flow::Flows::default(),
    };
    Router::new()
        .route(
            "/{tenant}/v2.0/.well-known/openid-configuration",
            get(discovery::configuration),
        )
        .route("/{tenant}/discovery/v2.0/keys", get(discovery::key_set))
        .route(
            "/{tenant}/oauth2/v2.0/authorize",
            get(entry::authorize).post(entry::authorize_form),
        )
        .route("/{tenant}/oauth2/v2.0/token", post(token::token))
        .route("/{tenant}/oauth2/v2.0/logout", get(finish::log_out))
        .route("/{tenant}/v2.0/adminconsent", get(entry::admin_consent))
        .route("/{tenant}/adminconsent", get(entry::admin_consent_v1))
        .route("/security-info", get(entry::security_info))
        .route("/signin/{flow}", get(steps::again).post(steps::step))
        .route("/signin/{flow}/phone", get(number::status))
        .route("/signin/{flow}/federated", get(steps::federated))
        .route("/sign-out", post(finish::sign_out))
        .with_state(Arc::new(login))
}
