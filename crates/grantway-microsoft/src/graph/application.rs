//! Registrations of a tenant's own applications.
// facts: own-app-and-tokens §1.2, §1.3.

use std::collections::BTreeSet;

use grantway_core::{AppId, ObjectId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Graph;
use crate::http::call::{encode, odata_quote};
use crate::http::{Call, HttpError};

/// `application`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    /// Its object id.
    pub id: String,
    /// The client id.
    #[serde(default)]
    pub app_id: Option<String>,
    /// Not unique.
    #[serde(default)]
    pub display_name: Option<String>,
    /// The key that a client may choose; unique in the tenant.
    #[serde(default)]
    pub unique_name: Option<String>,
    /// Whose accounts may use it.
    #[serde(default)]
    pub sign_in_audience: Option<String>,
    /// What it has as a public client.
    #[serde(default)]
    pub public_client: Option<PublicClient>,
    /// What it may ask for.
    #[serde(default)]
    pub required_resource_access: Vec<RequiredAccess>,
}

/// `publicClientApplication`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicClient {
    /// Addresses to which answers may go.
    #[serde(default)]
    pub redirect_uris: BTreeSet<String>,
}

/// `requiredResourceAccess`: what may be asked for of one API.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequiredAccess {
    /// The API.
    pub resource_app_id: String,
    /// Its permissions, by id.
    #[serde(default)]
    pub resource_access: BTreeSet<AccessEntry>,
}

/// `resourceAccess`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AccessEntry {
    /// The permission's id.
    pub id: String,
    /// `Scope` for a delegated permission, `Role` for an app role.
    #[serde(rename = "type")]
    pub kind: String,
}

/// What a registration is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApplication<'a> {
    /// Name for people.
    pub display_name: &'a str,
    /// Whose accounts may use it. Without it Graph takes personal accounts too.
    pub audience: &'a str,
    /// Addresses to which answers may go.
    pub redirects: &'a BTreeSet<String>,
    /// What it may ask for.
    pub access: &'a [RequiredAccess],
}

impl NewApplication<'_> {
    fn body(&self) -> Value {
        json!({
            "displayName": self.display_name,
            "signInAudience": self.audience,
            "publicClient": { "redirectUris": self.redirects },
            "requiredResourceAccess": self.access,
        })
    }
}

const SELECT: &str =
    "id,appId,displayName,uniqueName,signInAudience,publicClient,requiredResourceAccess";

impl Graph {
    /// A registration by its object id. Scope: `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn application(&self, id: ObjectId) -> Result<Application, HttpError> {
        let call = Call::get(format!("/v1.0/applications/{id}")).query("$select", SELECT);
        self.service.send(&call).await?.json()
    }

    /// A registration by its client id. Scope: `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`]; 404 where the tenant owns no such application.
    pub async fn application_of(&self, app: AppId) -> Result<Application, HttpError> {
        let call = Call::get(format!("/v1.0/applications(appId='{app}')")).query("$select", SELECT);
        self.service.send(&call).await?.json()
    }

    /// Registrations of exactly that display name. Scope: `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn applications_named(
        &self,
        display_name: &str,
    ) -> Result<Vec<Application>, HttpError> {
        let call = Call::get("/v1.0/applications")
            .query(
                "$filter",
                format!("displayName eq {}", odata_quote(display_name)),
            )
            .query("$select", SELECT);
        self.service.list(&call).await
    }

    /// Makes a registration under a unique name, or gives the one of that name these values: keyed, so it may be repeated.
    /// The answer has the registration when it was made, and none (204) when it was there. Scope: `Application.ReadWrite.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn upsert_application(
        &self,
        unique_name: &str,
        application: &NewApplication<'_>,
    ) -> Result<Option<Application>, HttpError> {
        let path = format!(
            "/v1.0/applications(uniqueName={})",
            encode(&odata_quote(unique_name))
        );
        let call = Call::patch(path, application.body())
            .header("Prefer", "create-if-missing")
            .repeatable();
        let answer = self.service.send(&call).await?;
        if answer.has_body() {
            answer.json().map(Some)
        } else {
            Ok(None)
        }
    }

    /// Gives a registration these values. Scope: `Application.ReadWrite.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn change_application(
        &self,
        id: ObjectId,
        application: &NewApplication<'_>,
    ) -> Result<(), HttpError> {
        let call = Call::patch(format!("/v1.0/applications/{id}"), application.body()).repeatable();
        self.service.send(&call).await.map(drop)
    }

    /// Removes a registration, with its service principal in the same tenant. Scope: `Application.ReadWrite.All`. It stays in
    /// the recycle bin for 30 days.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn delete_application(&self, id: ObjectId) -> Result<(), HttpError> {
        self.service
            .send(&Call::delete(format!("/v1.0/applications/{id}")))
            .await
            .map(drop)
    }
}
