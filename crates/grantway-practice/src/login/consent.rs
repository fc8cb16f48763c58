//! What an app asks for in a tenant, what of it is granted, who may grant the rest, and the granting.

use jiff::Timestamp;
use uuid::Uuid;

use super::authority::Seat;
use super::refusal::Refusal;
use super::resource;
use super::scope::Scopes;
use crate::clock::later;
use crate::cloud::Cloud;
use crate::hosts::Hosts;
use crate::ids::Ids;
use crate::page::Right;
use crate::state::{
    AppRoleAssignment, Application, DelegatedGrant, GRAPH, GrantReach, ServicePrincipal, Tenant,
    World, role_by_name,
};

/// What an app asks for, by resource app id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Delegated scopes.
    pub delegated: Vec<(Uuid, Vec<String>)>,
    /// App roles.
    pub application: Vec<(Uuid, Vec<String>)>,
    /// Asked with `.default`: the registered list, and no new prompt once anything of it is granted.
    pub registered: bool,
}

/// How far somebody's consent reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Power {
    /// For themselves, and only what no administrator must grant.
    Own,
    /// Delegated scopes for the whole tenant.
    Delegated,
    /// App roles too.
    All,
}

impl Asked {
    /// What `scopes` mean for `app` in a tenant, checked against what the resources there offer.
    pub fn read(
        tenant: &Tenant,
        app: &Application,
        scopes: &Scopes,
        hosts: &Hosts,
    ) -> Result<Self, Refusal> {
        let mut asked = Self::default();
        for (name, wanted) in &scopes.resources {
            let resource = resource_in(tenant, name, hosts)?;
            if wanted.iter().any(|scope| scope == ".default") {
                asked.registered = true;
                continue;
            }
            let mut found = Vec::new();
            for scope in wanted {
                let known = resource
                    .scopes()
                    .iter()
                    .find(|known| known.value.eq_ignore_ascii_case(scope));
                let known = known.ok_or_else(|| Refusal::UnknownScope(scope.clone()))?;
                found.push(known.value.clone());
            }
            asked.delegated.push((resource.app_id, found));
        }
        if asked.registered {
            for entry in &app.requested {
                if !entry.delegated.is_empty() {
                    asked
                        .delegated
                        .push((entry.resource, entry.delegated.clone()));
                }
                if !entry.application.is_empty() {
                    asked
                        .application
                        .push((entry.resource, entry.application.clone()));
                }
            }
        }
        Ok(asked)
    }

    /// Whether something is missing that a page must ask for.
    // facts: own-app-and-tokens §3: `.default` never prompts again once the API has a grant, named scopes ask for what is missing.
    pub fn is_missing(&self, tenant: &Tenant, app: &Application, user: &Uuid) -> bool {
        let Some(client) = tenant.service_principal_by_app(&app.client_id) else {
            return true;
        };
        let delegated = self.delegated.iter().any(|(resource, wanted)| {
            let granted = granted(tenant, &client.id, resource, user);
            if self.registered {
                granted.is_empty()
            } else {
                wanted.iter().any(|scope| !granted.contains(scope))
            }
        });
        let roles = !self.application.is_empty()
            && !tenant
                .app_role_assignments
                .values()
                .any(|assignment| assignment.principal == client.id);
        delegated || roles
    }

    /// Whether a person with this power may consent.
    pub fn is_within(&self, power: Power, tenant: &Tenant, app: &Application) -> bool {
        match power {
            Power::All => true,
            Power::Delegated => self.application.is_empty(),
            // Risk-based step-up: people may not consent to a foreign app of an unverified publisher.
            // facts: own-app-and-tokens §1.5
            Power::Own if app.publisher.verified_id.is_none() && app.owner_tenant != tenant.id => {
                false
            }
            Power::Own => {
                self.application.is_empty()
                    && !self.delegated.iter().any(|(resource, wanted)| {
                        wanted
                            .iter()
                            .any(|scope| is_admin_only(tenant, resource, scope))
                    })
            }
        }
    }

    /// The list for the consent page.
    pub fn rights(&self, tenant: &Tenant) -> Vec<Right> {
        let mut rights = Vec::new();
        for (resource, wanted) in &self.delegated {
            let principal = tenant.service_principal_by_app(resource);
            rights.extend(wanted.iter().map(|value| {
                Right {
                    words: principal
                        .and_then(|p| p.scopes().iter().find(|scope| scope.value == *value))
                        .map_or_else(|| value.clone(), |scope| scope.title.clone()),
                    value: value.clone(),
                    application: false,
                }
            }));
        }
        for (resource, wanted) in &self.application {
            let principal = tenant.service_principal_by_app(resource);
            rights.extend(wanted.iter().map(|value| {
                Right {
                    words: principal
                        .and_then(|p| p.app_roles().iter().find(|role| role.value == *value))
                        .map_or_else(|| value.clone(), |role| role.title.clone()),
                    value: value.clone(),
                    application: true,
                }
            }));
        }
        rights
    }
}

/// The scopes that a client holds for a user on a resource, in the order granted.
pub fn granted(tenant: &Tenant, client: &Uuid, resource: &Uuid, user: &Uuid) -> Vec<String> {
    let Some(resource) = tenant.service_principal_by_app(resource) else {
        return Vec::new();
    };
    let mut scopes: Vec<String> = Vec::new();
    for grant in tenant.delegated_grants.values() {
        let counts = match grant.reach {
            GrantReach::AllPrincipals => true,
            GrantReach::Principal(id) => id == *user,
        };
        if grant.client == *client && grant.resource == resource.id && counts {
            for scope in &grant.scopes {
                if !scopes.contains(scope) {
                    scopes.push(scope.clone());
                }
            }
        }
    }
    scopes
}

/// The resource's service principal in a tenant.
pub fn resource_in<'a>(
    tenant: &'a Tenant,
    name: &str,
    hosts: &Hosts,
) -> Result<&'a ServicePrincipal, Refusal> {
    resource::app_id(name, hosts)
        .and_then(|id| tenant.service_principal_by_app(&id))
        .ok_or_else(|| Refusal::UnknownResource(name.to_owned(), tenant.display_name.clone()))
}

/// The resource that a request is for: the first one that it names, else Graph.
pub fn first_resource(scopes: &Scopes, hosts: &Hosts) -> Uuid {
    scopes
        .resources
        .first()
        .and_then(|(name, _)| resource::app_id(name, hosts))
        .unwrap_or(GRAPH)
}

/// Whether somebody may use an app at all: where assignment is required, only who is assigned to it, directly or through a group.
// facts: own-app-and-tokens §1.3, §3
pub fn may_use(tenant: &Tenant, app: &ServicePrincipal, seat: &Seat) -> bool {
    !app.assignment_required
        || tenant.app_role_assignments.values().any(|assignment| {
            assignment.resource == app.id
                && (seat.object() == Some(assignment.principal)
                    || seat.groups.contains(&assignment.principal))
        })
}

/// How far the consent of somebody with these roles reaches.
// facts: own-app-and-tokens §1.2
pub fn power_of(roles: &[Uuid]) -> Power {
    let holds = |name: &str| role_by_name(name).is_some_and(|role| roles.contains(&role.template));
    if holds("Global Administrator") || holds("Privileged Role Administrator") {
        Power::All
    } else if holds("Cloud Application Administrator") || holds("Application Administrator") {
        Power::Delegated
    } else {
        Power::Own
    }
}

/// Takes away what the app holds for everybody on the resources that an administrator's link names: the link puts its own list in
/// the place of it.
// facts: own-app-and-tokens §2.3: it may replace earlier tenant-wide consent. That other resources keep theirs is a guess.
pub fn withdraw(world: &mut World, tenant: &Uuid, app: &Application, asked: &Asked) {
    let Some(tenant) = world.tenant_mut(tenant) else {
        return;
    };
    let Some(client) = tenant
        .service_principal_by_app(&app.client_id)
        .map(|client| client.id)
    else {
        return;
    };
    let resources: Vec<Uuid> = asked
        .delegated
        .iter()
        .filter_map(|(resource, _)| Some(tenant.service_principal_by_app(resource)?.id))
        .collect();
    tenant.delegated_grants.retain(|_, grant| {
        grant.client != client
            || grant.reach != GrantReach::AllPrincipals
            || !resources.contains(&grant.resource)
    });
}

/// Writes the consent: the app's service principal, the grants and the app roles.
pub fn grant(
    cloud: &Cloud,
    world: &mut World,
    tenant: &Uuid,
    app: &Application,
    asked: &Asked,
    reach: GrantReach,
) {
    let (now, propagation) = (cloud.now(), world.propagation);
    let Some(tenant) = world.tenant_mut(tenant) else {
        return;
    };
    let client = service_principal(&cloud.ids, tenant, app, now, propagation.new_object);
    for (resource, wanted) in &asked.delegated {
        let Some(resource) = tenant.service_principal_by_app(resource).map(|sp| sp.id) else {
            continue;
        };
        let known = tenant.delegated_grants.values_mut().find(|grant| {
            grant.client == client && grant.resource == resource && grant.reach == reach
        });
        match known {
            Some(grant) => {
                for scope in wanted {
                    if !grant.scopes.contains(scope) {
                        grant.scopes.push(scope.clone());
                    }
                }
            }
            None => {
                let id = cloud.ids.secret();
                tenant.delegated_grants.insert(
                    id.clone(),
                    DelegatedGrant {
                        id,
                        client,
                        resource,
                        reach,
                        scopes: wanted.clone(),
                        effective_from: later(now, propagation.consent),
                    },
                );
            }
        }
    }
    for (resource, wanted) in &asked.application {
        let Some(principal) = tenant.service_principal_by_app(resource) else {
            continue;
        };
        let resource = principal.id;
        let roles: Vec<Uuid> = principal
            .app_roles()
            .iter()
            .filter(|role| wanted.contains(&role.value))
            .map(|role| role.id)
            .collect();
        for role in roles {
            let held = tenant.app_role_assignments.values().any(|assignment| {
                assignment.principal == client
                    && assignment.resource == resource
                    && assignment.role == role
            });
            if !held {
                let id = cloud.ids.secret();
                tenant.app_role_assignments.insert(
                    id.clone(),
                    AppRoleAssignment {
                        id,
                        role,
                        principal: client,
                        resource,
                        created: now,
                    },
                );
            }
        }
    }
}

/// Finds or makes the service principal of an app and answers its object id.
fn service_principal(
    ids: &Ids,
    tenant: &mut Tenant,
    app: &Application,
    now: Timestamp,
    delay: i64,
) -> Uuid {
    if let Some(known) = tenant.service_principal_by_app(&app.client_id) {
        return known.id;
    }
    let id = ids.guid();
    let principal = ServicePrincipal::of(id, app, now, later(now, delay));
    tenant.service_principals.insert(id, principal);
    id
}

fn is_admin_only(tenant: &Tenant, resource: &Uuid, scope: &str) -> bool {
    tenant
        .service_principal_by_app(resource)
        .and_then(|principal| {
            principal
                .scopes()
                .iter()
                .find(|known| known.value.eq_ignore_ascii_case(scope))
        })
        .is_none_or(|known| known.admin_only)
}
