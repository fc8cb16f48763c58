//! What every tenant tells about itself to others.

use grantway_core::{DomainName, TenantId};
use serde::Deserialize;

use super::Graph;
use crate::http::call::{encode, odata_quote};
use crate::http::{Call, HttpError};

/// `tenantInformation`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TenantInformation {
    /// The tenant.
    pub tenant_id: String,
    /// Its name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Its default domain.
    #[serde(default)]
    pub default_domain_name: Option<String>,
}

impl Graph {
    /// A tenant by its id. Scope: `CrossTenantInformation.ReadBasic.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn tenant_of_id(&self, tenant: TenantId) -> Result<TenantInformation, HttpError> {
        self.tenant_information("ByTenantId", "tenantId", &tenant.to_string())
            .await
    }

    /// A tenant by one of its domains.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn tenant_of_domain(
        &self,
        domain: &DomainName,
    ) -> Result<TenantInformation, HttpError> {
        self.tenant_information("ByDomainName", "domainName", domain.as_str())
            .await
    }

    async fn tenant_information(
        &self,
        by: &str,
        parameter: &str,
        value: &str,
    ) -> Result<TenantInformation, HttpError> {
        let value = encode(&odata_quote(value));
        let path =
            format!("/v1.0/tenantRelationships/findTenantInformation{by}({parameter}={value})");
        self.service.send(&Call::get(path)).await?.json()
    }
}
