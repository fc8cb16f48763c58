//! Which tenant a domain belongs to: the sign-in service's own discovery document says it, without a sign-in.
// facts: api-gdap-hardening §2.18; an unknown domain is answered with 400 and AADSTS90002.

use grantway_core::{DomainName, TenantId};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde::Deserialize;

use crate::clouds::Cloud;
use crate::http::HttpError;
use crate::http::Transport;
use crate::http::transport::Outgoing;

/// Why the tenant of a domain is not known.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// No tenant of this cloud has that domain.
    #[error("no tenant has the domain {0}")]
    Unknown(DomainName),
    /// The service could not be asked.
    #[error("the sign-in service could not be asked")]
    Http(#[source] HttpError),
    /// The answer is not what the service promises.
    #[error("the sign-in service answered something else than it promises")]
    Unreadable,
}

/// Asks the cloud's sign-in service which tenant has the domain.
///
/// # Errors
/// See [`DiscoveryError`].
pub async fn tenant_of(
    transport: &Transport,
    cloud: &Cloud,
    domain: &DomainName,
) -> Result<TenantId, DiscoveryError> {
    #[derive(Deserialize)]
    struct Document {
        issuer: String,
    }
    let url = cloud
        .login()
        .join(&format!("/{domain}/v2.0/.well-known/openid-configuration"));
    let outgoing = Outgoing {
        method: Method::GET,
        url,
        headers: HeaderMap::new(),
        body: None,
    };
    let answer = transport
        .exchange(outgoing)
        .await
        .map_err(DiscoveryError::Http)?;
    if answer.status().is_client_error() {
        return Err(DiscoveryError::Unknown(domain.clone()));
    }
    let document: Document = answer.json().map_err(DiscoveryError::Http)?;
    // The issuer is `{login}/{tenant id}/v2.0`, whichever name was asked for.
    let tenant = document
        .issuer
        .split('/')
        .find_map(|part| TenantId::parse(part).ok());
    let tenant = tenant.ok_or(DiscoveryError::Unreadable)?;
    if document.issuer.trim_end_matches('/') == cloud.issuer(&tenant).trim_end_matches('/') {
        Ok(tenant)
    } else {
        Err(DiscoveryError::Unreadable)
    }
}
