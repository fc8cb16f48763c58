//! A tenant and what its directory holds.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    AppRoleAssignment, AuditLog, AuthenticationStrength, ConditionalAccessPolicy, DelegatedGrant,
    Deleted, Group, RoleAssignment, RoleRequest, ServicePrincipal, Sku, User,
};

/// A tenant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tenant {
    /// Tenant id.
    pub id: Uuid,
    /// Name of the organisation.
    pub display_name: String,
    /// Two-letter country code.
    pub country: String,
    /// When the tenant was made.
    pub created: Timestamp,
    /// Its domains; the first is the initial one.
    pub domains: Vec<Domain>,
    /// Users by id.
    pub users: BTreeMap<Uuid, User>,
    /// Groups by id.
    pub groups: BTreeMap<Uuid, Group>,
    /// Service principals by id.
    pub service_principals: BTreeMap<Uuid, ServicePrincipal>,
    /// Directory role assignments by their id.
    pub role_assignments: BTreeMap<String, RoleAssignment>,
    /// Delegated permission grants by their id.
    pub delegated_grants: BTreeMap<String, DelegatedGrant>,
    /// App role assignments by their id.
    pub app_role_assignments: BTreeMap<String, AppRoleAssignment>,
    /// Bought licences.
    pub skus: Vec<Sku>,
    /// Whether Security Defaults are on.
    pub security_defaults: bool,
    /// Conditional Access policies by id.
    pub conditional_access: BTreeMap<Uuid, ConditionalAccessPolicy>,
    /// Deleted objects that can still be restored.
    pub recycle_bin: BTreeMap<Uuid, Deleted>,
    /// Authentication strengths of the tenant's own, by id.
    #[serde(default)]
    pub strengths: BTreeMap<Uuid, AuthenticationStrength>,
    /// Whether people may register the Authenticator app.
    #[serde(default = "yes")]
    pub authenticator_allowed: bool,
    /// Requests for roles that end by themselves, by id.
    #[serde(default)]
    pub role_requests: BTreeMap<Uuid, RoleRequest>,
    /// The unified audit log.
    #[serde(default)]
    pub audit_log: AuditLog,
    /// Whether a policy keeps people from registering apps for several tenants.
    #[serde(default)]
    pub multi_tenant_apps_refused: bool,
    /// Only administrators may register apps.
    #[serde(default)]
    pub apps_by_administrators: bool,
    /// What a partner is to Partner Center; none for a tenant that is no partner.
    #[serde(default)]
    pub partner: Option<Partner>,
}

/// What a partner is to Partner Center.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Sells through another partner: Partner Center's API then refuses every call.
    pub indirect_reseller: bool,
    /// The customers that Partner Center knows of.
    pub customers: BTreeSet<Uuid>,
}

fn yes() -> bool {
    true
}

/// A domain of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// The name, lower case.
    pub name: String,
    /// Who checks passwords.
    pub kind: DomainKind,
    /// Whether ownership was proved.
    pub verified: bool,
    /// Whether it is the default for new users.
    pub default: bool,
    /// Whether it came with the tenant.
    pub initial: bool,
}

/// Who checks the passwords of a domain's users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DomainKind {
    /// The sign-in service itself.
    Managed,
    /// The federated sign-in page.
    Federated,
}

impl Tenant {
    /// A user by sign-in name, compared without regard to case.
    pub fn user_by_upn(&self, upn: &str) -> Option<&User> {
        self.users
            .values()
            .find(|user| user.upn.eq_ignore_ascii_case(upn))
    }

    /// The service principal of an application.
    pub fn service_principal_by_app(&self, app_id: &Uuid) -> Option<&ServicePrincipal> {
        self.service_principals
            .values()
            .find(|principal| principal.app_id == *app_id)
    }

    /// A domain by name, compared without regard to case.
    pub fn domain(&self, name: &str) -> Option<&Domain> {
        self.domains
            .iter()
            .find(|domain| domain.name.eq_ignore_ascii_case(name))
    }

    /// The default domain's name.
    pub fn default_domain(&self) -> &str {
        self.domains
            .iter()
            .find(|domain| domain.default)
            .or(self.domains.first())
            .map_or("", |domain| domain.name.as_str())
    }

    /// The domain that came with the tenant.
    pub fn initial_domain(&self) -> &str {
        self.domains
            .iter()
            .find(|domain| domain.initial)
            .or(self.domains.first())
            .map_or("", |domain| domain.name.as_str())
    }

    /// Template ids of the directory roles that a user or service principal holds at a moment.
    pub fn roles_of(&self, principal: &Uuid, now: Timestamp) -> Vec<Uuid> {
        self.role_assignments
            .values()
            .filter(|assignment| {
                assignment.principal == *principal
                    && assignment.effective_from <= now
                    && assignment.is_there(now)
            })
            .map(|assignment| assignment.role)
            .collect()
    }

    /// Ids of the groups that hold an object, directly or through other groups.
    pub fn groups_of(&self, member: &Uuid) -> Vec<Uuid> {
        let mut found: Vec<Uuid> = Vec::new();
        let mut open = vec![*member];
        while let Some(current) = open.pop() {
            for group in self.groups.values() {
                if group.members.contains(&current) && !found.contains(&group.id) {
                    found.push(group.id);
                    open.push(group.id);
                }
            }
        }
        found
    }

    /// The roles that a user holds at a moment, directly and through groups.
    pub fn all_roles_of(&self, user: &Uuid, now: Timestamp) -> Vec<Uuid> {
        let groups = self.groups_of(user);
        std::iter::once(user)
            .chain(&groups)
            .flat_map(|holder| self.roles_of(holder, now))
            .collect()
    }

    /// The guest account that a person of another tenant has here.
    pub fn guest(&self, home: &Uuid, user: &Uuid) -> Option<&User> {
        self.users.values().find(|known| {
            known
                .guest_of
                .is_some_and(|of| of.tenant == *home && of.user == *user)
        })
    }

    /// Whether a licence in force brings a service.
    pub fn has_plan(&self, names: &[&str]) -> bool {
        self.skus.iter().any(|sku| {
            matches!(sku.status.as_str(), "Enabled" | "Warning")
                && sku
                    .plans
                    .iter()
                    .any(|plan| names.contains(&plan.name.as_str()) && plan.status != "Disabled")
        })
    }

    /// Whether the tenant has what Conditional Access needs.
    pub fn has_p1(&self) -> bool {
        self.has_plan(&["AAD_PREMIUM", "AAD_PREMIUM_P2"])
    }

    /// Whether the tenant has what roles that end by themselves need.
    pub fn has_p2(&self) -> bool {
        self.has_plan(&["AAD_PREMIUM_P2", "Entra_Identity_Governance"])
    }

    /// The group that only a partner's tenant has; its members act for customers.
    // facts: api-gdap-hardening §2.6: there is no well-known id, only the name.
    pub fn admin_agents(&self) -> Option<&Group> {
        self.groups
            .values()
            .find(|group| group.display_name == "AdminAgents")
    }
}
