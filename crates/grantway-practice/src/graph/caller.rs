//! Who calls: the token, the tenant, the roles that count there.

use axum::http::StatusCode;
use jiff::Timestamp;
use uuid::Uuid;

use super::answer::Refusal;
use super::call::Call;
use crate::cloud::Cloud;
use crate::gateway::Seen;
use crate::hosts::Service;
use crate::state::{AccessToken, GRAPH, World, role_by_name};

/// Who calls.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub token: AccessToken,
    /// Template ids of the roles in the token's tenant, from the directory or from a relationship.
    pub roles: Vec<Uuid>,
    /// Whether the account is in the group that acts for a partner, in its own tenant.
    pub admin_agent: bool,
}

impl Caller {
    /// Whether the caller holds one of these roles, or Global Administrator.
    pub fn has_role(&self, names: &[&str]) -> bool {
        names
            .iter()
            .chain(&["Global Administrator"])
            .filter_map(|name| role_by_name(name))
            .any(|role| self.roles.contains(&role.template))
    }

    /// Refuses a caller without one of these roles.
    pub fn require_role(&self, names: &[&str]) -> Result<(), Refusal> {
        if self.has_role(names) {
            Ok(())
        } else {
            Err(Refusal::denied())
        }
    }

    /// Whether the token carries one of these scopes.
    pub fn has_scope(&self, names: &[&str]) -> bool {
        names.iter().any(|name| {
            self.token
                .scopes
                .iter()
                .any(|scope| scope.eq_ignore_ascii_case(name))
        })
    }

    /// Whether a provider's account acts in a customer's tenant, where it is no object.
    pub fn is_foreign(&self) -> bool {
        self.token.tenant != self.token.home_tenant && self.token.guest.is_none()
    }

    /// The object that the account is in the token's tenant; it is none there when a provider's account acts.
    pub fn object(&self) -> Uuid {
        self.token.guest.unwrap_or(self.token.user)
    }

    /// Whether somebody of another tenant has no role here: such a caller reads nothing of the directory.
    pub fn is_powerless(&self) -> bool {
        self.token.tenant != self.token.home_tenant && self.roles.is_empty()
    }

    pub fn seen(&self) -> Seen {
        Seen {
            tenant: Some(self.token.tenant),
            user: Some(self.token.user),
            scopes: Some(self.token.scopes.clone()),
            committed: None,
        }
    }
}

/// Finds out who calls.
pub(super) fn identify(cloud: &Cloud, call: &Call, now: Timestamp) -> Result<Caller, Refusal> {
    let Some(value) = call.header("authorization") else {
        return Err(unauthorized(cloud, "Access token is empty."));
    };
    let Some((_, token)) = value
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
    else {
        return Err(unauthorized(
            cloud,
            "Access token validation failure. Invalid scheme.",
        ));
    };
    cloud.read(|world| {
        let Some(token) = world.tokens.find_access_token(token.trim(), now) else {
            return Err(unauthorized(
                cloud,
                "Lifetime validation failed, the token is expired.",
            ));
        };
        if token.resource != GRAPH {
            return Err(unauthorized(
                cloud,
                "Access token validation failure. Invalid audience.",
            ));
        }
        let home = world.tenant(&token.home_tenant);
        let user = home.and_then(|tenant| tenant.users.get(&token.user));
        let Some(user) = user.filter(|user| user.enabled) else {
            return Err(unauthorized(cloud, "The user is disabled or was deleted."));
        };
        // Revoked sign-ins are noticed at once by clients that understand challenges, by others when their token lapses.
        if token.cp1 && !user.accepts_sign_in_of(token.issued) {
            return Err(super::fault::insufficient_claims(
                token,
                &cloud.hosts.base(Service::Login),
            ));
        }
        let admin_agent = home
            .and_then(|tenant| tenant.admin_agents())
            .is_some_and(|group| group.members.contains(&token.user));
        Ok(Caller {
            roles: roles(world, token, now),
            admin_agent,
            token: token.clone(),
        })
    })
}

fn roles(world: &World, token: &AccessToken, now: Timestamp) -> Vec<Uuid> {
    let Some(home) = world.tenant(&token.home_tenant) else {
        return Vec::new();
    };
    if token.tenant == token.home_tenant {
        return home.all_roles_of(&token.user, now);
    }
    if let Some(guest) = &token.guest {
        return world
            .tenant(&token.tenant)
            .map(|tenant| tenant.all_roles_of(guest, now))
            .unwrap_or_default();
    }
    let groups = home.groups_of(&token.user);
    world
        .relationships_between(token.home_tenant, token.tenant)
        .flat_map(|relationship| relationship.roles_for(&groups, now))
        .collect()
}

fn unauthorized(cloud: &Cloud, message: &str) -> Refusal {
    Refusal::new(
        StatusCode::UNAUTHORIZED,
        "InvalidAuthenticationToken",
        message,
    )
    .header("www-authenticate", challenge_header(cloud))
}

/// The header that tells a client where to get a token.
fn challenge_header(cloud: &Cloud) -> String {
    let login = cloud.hosts.base(Service::Login);
    format!(
        "Bearer realm=\"\", authorization_uri=\"{login}/common/oauth2/authorize\", client_id=\"{GRAPH}\""
    )
}
