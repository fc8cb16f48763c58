//! An application's stand-in inside a tenant, and what it was granted there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::application::Application;
use super::resource::{ResourceOffer, resource_offer};

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
    /// Whether only those may use it who are assigned to it.
    #[serde(default)]
    pub assignment_required: bool,
    /// When it was made.
    pub created: Timestamp,
    /// From when on other calls than the one that made it can read it.
    pub visible_from: Timestamp,
}

/// The tenant that Microsoft registers its own applications in.
const MICROSOFT: Uuid = uuid::uuid!("f8cdef31-a31e-4b4a-93e4-5f571e91255a");

impl ServicePrincipal {
    /// What a resource of Microsoft's own looks like in a tenant.
    pub fn of_resource(
        id: Uuid,
        offer: &ResourceOffer,
        created: Timestamp,
        visible_from: Timestamp,
    ) -> Self {
        Self {
            id,
            app_id: offer.app_id,
            display_name: offer.name.to_owned(),
            owner_tenant: MICROSOFT,
            verified_publisher: None,
            publisher_name: Some("Microsoft Services".to_owned()),
            enabled: true,
            assignment_required: false,
            created,
            visible_from,
        }
    }

    /// Delegated scopes that it offers, when it is a resource.
    pub fn scopes(&self) -> &'static [DelegatedScope] {
        resource_offer(&self.app_id).map_or(&[], |offer| &offer.scopes)
    }

    /// App roles that it offers, when it is a resource.
    pub fn app_roles(&self) -> &'static [AppRole] {
        resource_offer(&self.app_id).map_or(&[], |offer| &offer.app_roles)
    }

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
            assignment_required: false,
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
