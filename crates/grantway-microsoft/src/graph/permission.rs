//! What an application was granted: delegated scopes and app roles, and their names.
// facts: api-gdap-hardening §2.16.

use std::collections::BTreeSet;

use grantway_core::{AppId, ObjectId, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::Graph;
use crate::http::{Call, HttpError};

/// `oAuth2PermissionGrant`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DelegatedGrant {
    /// Its id.
    pub id: String,
    /// `AllPrincipals` or `Principal`.
    #[serde(default)]
    pub consent_type: Option<String>,
    /// The person it is for; none when it is for everyone.
    #[serde(default)]
    pub principal_id: Option<String>,
    /// The API's service principal.
    #[serde(default)]
    pub resource_id: Option<String>,
    /// Scopes, with blanks between them.
    #[serde(default)]
    pub scope: Option<String>,
}

/// A delegated permission grant for one person, to be made.
#[derive(Debug, Clone)]
pub struct NewPersonalGrant<'a> {
    /// The application's service principal.
    pub client: ObjectId,
    /// The API's service principal.
    pub resource: ObjectId,
    /// The person.
    pub person: ObjectId,
    /// The permissions.
    pub scopes: &'a BTreeSet<String>,
}

/// Permissions as a grant carries them: with blanks between them.
fn joined(scopes: &BTreeSet<String>) -> String {
    scopes
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

/// `appRoleAssignment`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppRoleGrant {
    /// The role's id inside the API.
    #[serde(default)]
    pub app_role_id: Option<String>,
    /// The API's service principal.
    #[serde(default)]
    pub resource_id: Option<String>,
    /// The API's name.
    #[serde(default)]
    pub resource_display_name: Option<String>,
    /// When it was granted.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
}

/// An API with the names of what it grants.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiNames {
    /// The API's name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Its app roles.
    #[serde(default)]
    pub app_roles: Vec<AppRole>,
}

/// An API with what it lets people delegate.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiOffer {
    /// The object id of its service principal.
    pub id: String,
    /// The API's name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Its delegated permissions.
    #[serde(default)]
    pub oauth2_permission_scopes: Vec<AppRole>,
}

/// `appRole` or `permissionScope`: what of both is used is the same.
#[derive(Debug, Clone, Deserialize)]
pub struct AppRole {
    /// Its id.
    pub id: String,
    /// Such as `AuditLog.Read.All`.
    #[serde(default)]
    pub value: Option<String>,
}

impl Graph {
    /// Delegated grants of an application. Scope: `Directory.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn delegated_grants(
        &self,
        service_principal: ObjectId,
    ) -> Result<Vec<DelegatedGrant>, HttpError> {
        self.service
            .list(&Call::get(format!(
                "/v1.0/servicePrincipals/{service_principal}/oauth2PermissionGrants"
            )))
            .await
    }

    /// App roles of an application. Scope: `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn app_role_grants(
        &self,
        service_principal: ObjectId,
    ) -> Result<Vec<AppRoleGrant>, HttpError> {
        self.service
            .list(&Call::get(format!(
                "/v1.0/servicePrincipals/{service_principal}/appRoleAssignments"
            )))
            .await
    }

    /// Lets an application do something in one person's name. Nobody is asked, and it takes effect at once. Scope:
    /// `DelegatedPermissionGrant.ReadWrite.All`. Not repeated when its answer is lost.
    ///
    /// # Errors
    /// See [`HttpError`]; 409 where the person's grant to that API is there already.
    pub async fn grant_to_person(
        &self,
        grant: &NewPersonalGrant<'_>,
    ) -> Result<DelegatedGrant, HttpError> {
        let body = json!({
            "clientId": grant.client,
            "consentType": "Principal",
            "principalId": grant.person,
            "resourceId": grant.resource,
            "scope": joined(grant.scopes),
        });
        self.service
            .send(&Call::post("/v1.0/oauth2PermissionGrants", body))
            .await?
            .json()
    }

    /// Gives a delegated grant these permissions and no others. Scope: `DelegatedPermissionGrant.ReadWrite.All`.
    ///
    /// # Errors
    /// See [`HttpError`]; 404 when it is gone.
    pub async fn change_delegated_grant(
        &self,
        id: &str,
        scopes: &BTreeSet<String>,
    ) -> Result<(), HttpError> {
        let body = json!({ "scope": joined(scopes) });
        let call = Call::patch(format!("/v1.0/oauth2PermissionGrants/{id}"), body).repeatable();
        self.service.send(&call).await.map(drop)
    }

    /// What an API lets people delegate. Scope: `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`]; 404 where the tenant does not have the API.
    pub async fn api_offer(&self, api: AppId) -> Result<ApiOffer, HttpError> {
        let call = Call::get(format!("/v1.0/servicePrincipals(appId='{api}')"))
            .query("$select", "id,displayName,oauth2PermissionScopes");
        self.service.send(&call).await?.json()
    }

    /// Takes a delegated grant away. Scope: `DelegatedPermissionGrant.ReadWrite.All`.
    ///
    /// # Errors
    /// See [`HttpError`]; 404 when it is gone.
    pub async fn delete_delegated_grant(&self, id: &str) -> Result<(), HttpError> {
        self.service
            .send(&Call::delete(format!("/v1.0/oauth2PermissionGrants/{id}")))
            .await
            .map(|_| ())
    }

    /// Names of an API and of its app roles. Scope: `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn api_names(&self, service_principal: ObjectId) -> Result<ApiNames, HttpError> {
        let call = Call::get(format!("/v1.0/servicePrincipals/{service_principal}"))
            .query("$select", "id,displayName,appRoles");
        self.service.send(&call).await?.json()
    }
}
