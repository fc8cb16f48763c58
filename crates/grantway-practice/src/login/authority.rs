//! Which tenant a request is for, and whether an account may get tokens there.

use jiff::Timestamp;
use uuid::Uuid;

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

    /// The tenant that tokens are for when this account asks, or why there are none.
    ///
    /// An account of a provider may ask in a customer's tenant where an active relationship gives one of its groups a role.
    // facts: own-app-and-tokens §2.2
    pub fn tenant_for(
        self,
        world: &World,
        home: &Tenant,
        user: &User,
        now: Timestamp,
    ) -> Result<Uuid, Refusal> {
        let asked = match self {
            Self::Organizations => return Ok(home.id),
            Self::Tenant(id) if id == home.id => return Ok(id),
            Self::Tenant(id) => id,
        };
        let groups = home.groups_of(&user.id);
        let reaches = world
            .relationships_between(&home.id, &asked)
            .any(|relationship| !relationship.roles_for(&groups, now).is_empty());
        if reaches {
            Ok(asked)
        } else {
            Err(Refusal::WrongTenant {
                account: user.upn.clone(),
                tenant: world
                    .tenant(&asked)
                    .map_or_else(|| asked.to_string(), |tenant| tenant.display_name.clone()),
            })
        }
    }

    /// How the tenant is written in an issuer; a placeholder when it is not known yet.
    pub fn issuer_part(self) -> String {
        match self {
            Self::Tenant(id) => id.to_string(),
            Self::Organizations => "{tenantid}".to_owned(),
        }
    }
}
