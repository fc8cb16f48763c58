//! The documents that tell a client where everything is.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use serde_json::json;

use super::Login;
use super::authority::Authority;
use super::keys::SigningKey;
use crate::hosts::Service;
use crate::page;

/// `GET /{tenant}/v2.0/.well-known/openid-configuration`
pub async fn configuration(
    State(login): State<Arc<Login>>,
    Path(tenant): Path<String>,
) -> Response {
    let authority = match login.cloud.read(|world| Authority::resolve(world, &tenant)) {
        Ok(authority) => authority,
        Err(refusal) => {
            let (request, time) = login.trace();
            return page::json(
                StatusCode::BAD_REQUEST,
                &json!({
                    "error": "invalid_tenant",
                    "error_description": refusal.description(&request, &time),
                    "error_codes": [refusal.code()],
                    "timestamp": time,
                    "trace_id": request,
                    "correlation_id": request,
                }),
            );
        }
    };
    let base = login.base();
    let issuer = authority.issuer_part();
    let named = match authority {
        Authority::Tenant(id) => id.to_string(),
        Authority::Organizations => "organizations".to_owned(),
    };
    let document = json!({
        "issuer": format!("{base}/{issuer}/v2.0"),
        "authorization_endpoint": format!("{base}/{named}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/{named}/oauth2/v2.0/token"),
        "end_session_endpoint": format!("{base}/{named}/oauth2/v2.0/logout"),
        "jwks_uri": format!("{base}/{named}/discovery/v2.0/keys"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "nbf", "auth_time", "nonce", "preferred_username", "name", "tid", "oid", "ver"
        ],
        "request_uri_parameter_supported": false,
        "cloud_instance_name": "practice.invalid",
        "msgraph_host": login.cloud.hosts.authority(Service::Graph),
    });
    page::json(StatusCode::OK, &document)
}

/// `GET /{tenant}/discovery/v2.0/keys`
pub async fn key_set(State(login): State<Arc<Login>>, Path(_tenant): Path<String>) -> Response {
    match SigningKey::of_this_process() {
        Ok(key) => page::json(
            StatusCode::OK,
            &key.key_set(&format!("{}/{{tenantid}}/v2.0", login.base())),
        ),
        Err(problem) => {
            tracing::error!(%problem, "no signing key");
            page::json(
                StatusCode::INTERNAL_SERVER_ERROR,
                &json!({"error": "server_error"}),
            )
        }
    }
}
