//! Applications as they are present in a tenant.
// facts: api-gdap-hardening §2.16, §2.17.

use std::collections::BTreeSet;

use grantway_core::{AppId, ObjectId};
use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `servicePrincipal`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePrincipal {
    /// Its object id.
    pub id: String,
    /// The application.
    #[serde(default)]
    pub app_id: Option<String>,
    /// Its name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// The tenant that owns the application.
    #[serde(default)]
    pub app_owner_organization_id: Option<String>,
    /// The publisher's badge.
    #[serde(default)]
    pub verified_publisher: Option<VerifiedPublisher>,
    /// Whether it may sign in.
    #[serde(default)]
    pub account_enabled: Option<bool>,
}

/// `verifiedPublisher`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifiedPublisher {
    /// The publisher's name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Its id at Microsoft.
    #[serde(default)]
    pub verified_publisher_id: Option<String>,
}

const SELECT: &str = "id,appId,displayName,appOwnerOrganizationId,verifiedPublisher,accountEnabled";

impl Graph {
    /// An application by its client id. Scope: `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`]; 404 when nobody has consented to it.
    pub async fn service_principal_of(&self, app: AppId) -> Result<ServicePrincipal, HttpError> {
        self.service
            .send(
                &Call::get(format!("/v1.0/servicePrincipals(appId='{app}')"))
                    .query("$select", SELECT),
            )
            .await?
            .json()
    }

    /// Makes an application known in the tenant. Scope: `Application.ReadWrite.All`. Not repeated when its answer is lost.
    ///
    /// # Errors
    /// See [`HttpError`]; 409 where it is known already, 400 for a registration that is only a moment old.
    pub async fn create_service_principal(
        &self,
        app: AppId,
    ) -> Result<ServicePrincipal, HttpError> {
        let body = serde_json::json!({ "appId": app });
        self.service
            .send(&Call::post("/v1.0/servicePrincipals", body))
            .await?
            .json()
    }

    /// An application by its object id.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn service_principal(&self, id: ObjectId) -> Result<ServicePrincipal, HttpError> {
        self.service
            .send(&Call::get(format!("/v1.0/servicePrincipals/{id}")).query("$select", SELECT))
            .await?
            .json()
    }

    /// Object ids of all applications. Scope: `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn service_principal_ids(&self) -> Result<BTreeSet<String>, HttpError> {
        #[derive(Deserialize)]
        struct OnlyId {
            id: String,
        }
        let call = Call::get("/v1.0/servicePrincipals")
            .query("$select", "id")
            .query("$top", "999");
        let all: Vec<OnlyId> = self.service.list(&call).await?;
        Ok(all.into_iter().map(|principal| principal.id).collect())
    }

    /// Removes an application with its grants. Scope: `Application.ReadWrite.All`. It stays in the recycle bin for 30 days.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn delete_service_principal(&self, id: ObjectId) -> Result<(), HttpError> {
        self.service
            .send(&Call::delete(format!("/v1.0/servicePrincipals/{id}")))
            .await
            .map(drop)
    }
}
