//! Which tenant a domain belongs to, asked of the sign-in service without signing in.
// facts: api-gdap-hardening §2.18, the issuer of the discovery document holds the tenant's id.

use grantway_core::{DomainName, TenantId};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde::Deserialize;

use crate::clouds::Cloud;
use crate::http::transport::Outgoing;
use crate::http::{HttpError, Repeat, Transport};

/// Why a domain's tenant is not known.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// No tenant of this cloud has that domain.
    #[error("{0} belongs to no tenant of this cloud")]
    Unknown(DomainName),
    /// The sign-in service could not be asked.
    #[error("the sign-in service could not be asked")]
    Http(#[from] HttpError),
    /// The document's issuer is not one of this cloud's tenants.
    #[error("the sign-in service answered something else than it promises")]
    Unreadable,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
}

/// The tenant of a domain.
///
/// # Errors
/// [`DiscoveryError::Unknown`] when the service does not know the domain.
pub async fn tenant_of(
    transport: &Transport,
    cloud: &Cloud,
    domain: &DomainName,
) -> Result<TenantId, DiscoveryError> {
    let url = cloud
        .login()
        .join(&format!("/{domain}/v2.0/.well-known/openid-configuration"));
    let make = || Outgoing {
        method: Method::GET,
        url: url.clone(),
        headers: HeaderMap::new(),
        body: None,
    };
    let answer = transport.exchange_unsigned(make, Repeat::Safe).await?;
    // 400 with AADSTS90002 is how an unknown domain is answered; some fronts say 404.
    if matches!(answer.status().as_u16(), 400 | 404) {
        return Err(DiscoveryError::Unknown(domain.clone()));
    }
    if !answer.status().is_success() {
        return Err(DiscoveryError::Unreadable);
    }
    let document: Document = answer.json()?;
    let tenant = document
        .issuer
        .trim_end_matches("/v2.0")
        .rsplit('/')
        .next()
        .and_then(|text| TenantId::parse(text).ok());
    tenant
        .filter(|tenant| document.issuer == cloud.issuer(tenant))
        .ok_or(DiscoveryError::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::scripted::{Bench, Server, json};
    use serde_json::json as value;

    const TENANT: &str = "11111111-1111-4111-8111-111111111111";

    #[tokio::test]
    async fn the_issuer_names_the_tenant() {
        let server = Server::start([]).await;
        let bench = Bench::of(&server);
        let domain = DomainName::parse("alder-dental.example").unwrap();
        let ask = || tenant_of(&bench.graphs.transport, &bench.graphs.cloud, &domain);
        server.then([
            json(
                200,
                value!({ "issuer": format!("http://127.0.0.1:{}/{TENANT}/v2.0", server.port) }),
            ),
            json(
                400,
                value!({ "error": "invalid_tenant", "error_description": "AADSTS90002" }),
            ),
            json(
                200,
                value!({ "issuer": format!("https://evil.test/{TENANT}/v2.0") }),
            ),
        ]);
        assert_eq!(ask().await.unwrap(), TenantId::parse(TENANT).unwrap());
        assert!(matches!(ask().await, Err(DiscoveryError::Unknown(_))));
        assert!(matches!(ask().await, Err(DiscoveryError::Unreadable)));
        assert_eq!(
            server.lines()[0],
            "GET /alder-dental.example/v2.0/.well-known/openid-configuration"
        );
    }
}
