//! Which tenant a request is for, and whether an account may get tokens there.

use jiff::Timestamp;
use uuid::Uuid;

use super::conditional_access::Who;
use super::refusal::Refusal;
use crate::state::{Tenant, User, World};

/// The tenant part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// One tenant.
    Tenant(Uuid),
    /// The home tenant of whoever signs in.
    Organizations,
}

/// Where an account sits in a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The tenant.
    pub tenant: Uuid,
    /// How the account stands to it.
    pub who: Who,
    /// Template ids of the roles that count there.
    pub roles: Vec<Uuid>,
    /// Ids of the groups that count there.
    pub groups: Vec<Uuid>,
}

impl Seat {
    /// The object that the account is in this tenant; none for somebody who comes through a relationship.
    pub fn object(&self) -> Option<Uuid> {
        match self.who {
            Who::Member(id) | Who::Guest(id, _) => Some(id),
            Who::ServiceProvider(_) => None,
        }
    }

    /// The guest account, when it is one.
    pub fn guest(&self) -> Option<Uuid> {
        match self.who {
            Who::Guest(id, _) => Some(id),
            _ => None,
        }
    }
}

impl Authority {
    /// Reads the tenant part: an id, a domain, `organizations` or `common`.
    pub fn resolve(world: &World, text: &str) -> Result<Self, Refusal> {
        if text.eq_ignore_ascii_case("organizations") || text.eq_ignore_ascii_case("common") {
            return Ok(Self::Organizations);
        }
        let tenant = match Uuid::parse_str(text) {
            Ok(id) => world.tenant(&id),
            Err(_) => world.tenant_by_domain(text),
        };
        tenant
            .map(|tenant| Self::Tenant(tenant.id))
            .ok_or_else(|| Refusal::UnknownTenant(text.chars().take(100).collect()))
    }

    /// Where an account sits when it asks for tokens, or why there are none.
    ///
    /// A guest account comes first: whoever has one in a customer's tenant gets no roles from a relationship there. Without one, an
    /// account of a provider may ask in a customer's tenant where an active relationship gives one of its groups a role.
    // facts: own-app-and-tokens §2.2
    pub fn seat(
        self,
        world: &World,
        home: &Tenant,
        user: &User,
        now: Timestamp,
    ) -> Result<Seat, Refusal> {
        let asked = match self {
            Self::Organizations => home.id,
            Self::Tenant(id) => id,
        };
        if asked == home.id {
            return Ok(Seat {
                tenant: asked,
                who: Who::Member(user.id),
                roles: home.all_roles_of(&user.id, now),
                groups: home.groups_of(&user.id),
            });
        }
        let tenant = world.tenant(&asked);
        if let Some((tenant, guest)) =
            tenant.and_then(|tenant| Some((tenant, tenant.guest(&home.id, &user.id)?)))
        {
            if !guest.enabled {
                return Err(Refusal::Disabled);
            }
            return Ok(Seat {
                tenant: asked,
                who: Who::Guest(guest.id, home.id),
                roles: tenant.all_roles_of(&guest.id, now),
                groups: tenant.groups_of(&guest.id),
            });
        }
        let groups = home.groups_of(&user.id);
        let roles: Vec<Uuid> = world
            .relationships_between(home.id, asked)
            .flat_map(|relationship| relationship.roles_for(&groups, now))
            .collect();
        if roles.is_empty() {
            return Err(Refusal::WrongTenant {
                account: user.upn.clone(),
                tenant: tenant
                    .map_or_else(|| asked.to_string(), |tenant| tenant.display_name.clone()),
            });
        }
        Ok(Seat {
            tenant: asked,
            who: Who::ServiceProvider(home.id),
            roles,
            groups: Vec::new(),
        })
    }

    /// How the tenant is written in an issuer; a placeholder when it is not known yet.
    pub fn issuer_part(self) -> String {
        match self {
            Self::Tenant(id) => id.to_string(),
            Self::Organizations => "{tenantid}".to_owned(),
        }
    }
}
