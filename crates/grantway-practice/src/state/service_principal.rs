//! An application's stand-in inside a tenant, and what it was granted there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::application::Application;

/// A service principal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePrincipal {
    /// Object id in this tenant.
    pub id: Uuid,
    /// Client id of the application.
    pub app_id: Uuid,
    /// Name shown to people.
    pub display_name: String,
    /// Tenant that registered the application.
    pub owner_tenant: Uuid,
    /// Verified publisher's name and partner id; none when unverified.
    pub verified_publisher: Option<(String, String)>,
    /// Name of the publisher, verified or not.
    pub publisher_name: Option<String>,
    /// Whether it may be used.
    pub enabled: bool,
    /// Delegated scopes that it offers, when it is a resource.
    pub scopes: Vec<DelegatedScope>,
    /// App roles that it offers, when it is a resource.
    pub app_roles: Vec<AppRole>,
    /// When it was made.
    pub created: Timestamp,
    /// From when on other calls than the one that made it can read it.
    pub visible_from: Timestamp,
}

impl ServicePrincipal {
    /// What an application looks like in a tenant that knows it.
    pub fn of(id: Uuid, app: &Application, created: Timestamp, visible_from: Timestamp) -> Self {
        Self {
            id,
            app_id: app.client_id,
            display_name: app.name.clone(),
            owner_tenant: app.owner_tenant,
            verified_publisher: app
                .publisher
                .verified_id
                .clone()
                .map(|verified| (app.publisher.name.clone(), verified)),
            publisher_name: Some(app.publisher.name.clone()),
            enabled: true,
            scopes: Vec::new(),
            app_roles: Vec::new(),
            created,
            visible_from,
        }
    }
}

/// A delegated scope that a resource offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegatedScope {
    /// Id of the scope.
    pub id: Uuid,
    /// Its name, `User.Read`.
    pub value: String,
    /// What it allows, for the consent page.
    pub title: String,
    /// Whether only an administrator may grant it.
    pub admin_only: bool,
}

/// An app role that a resource offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppRole {
    /// Id of the role.
    pub id: Uuid,
    /// Its name.
    pub value: String,
    /// What it allows, for the consent page.
    pub title: String,
}

/// Delegated scopes that a client may use on a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegatedGrant {
    /// Id of the grant.
    pub id: String,
    /// Service principal of the client.
    pub client: Uuid,
    /// Service principal of the resource.
    pub resource: Uuid,
    /// For whom.
    pub reach: GrantReach,
    /// Scopes, in the order granted.
    pub scopes: Vec<String>,
    /// From when on Graph honours it.
    pub effective_from: Timestamp,
}

/// For whom a delegated grant counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GrantReach {
    /// Everybody in the tenant: an administrator's consent.
    AllPrincipals,
    /// One user.
    Principal(Uuid),
}

/// An app role that a client holds on a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppRoleAssignment {
    /// Id of the assignment.
    pub id: String,
    /// Id of the app role.
    pub role: Uuid,
    /// Service principal of the client.
    pub principal: Uuid,
    /// Service principal of the resource.
    pub resource: Uuid,
    /// When it was made.
    pub created: Timestamp,
}
