//! Directory roles and who holds them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A built-in directory role. Its template id is the same in all tenants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleDefinition {
    /// Name shown to people.
    pub name: &'static str,
    /// Template id.
    pub template: Uuid,
}

macro_rules! roles {
    ($($name:literal = $template:literal),* $(,)?) => {
        /// The built-in directory roles that the practice cloud knows.
        // facts: api-gdap-hardening §1.1
        pub const ROLES: &[RoleDefinition] = &[$(RoleDefinition { name: $name, template: uuid::uuid!($template) }),*];
    };
}

roles! {
    "Application Administrator" = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
    "Authentication Policy Administrator" = "0526716b-113d-4c15-b2c8-68e3c22b9f80",
    "Cloud Application Administrator" = "158c047a-c907-4556-b7ef-446551a6b5f7",
    "Conditional Access Administrator" = "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
    "Directory Readers" = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
    "Exchange Administrator" = "29232cdf-9323-42fd-ade2-1d097af3e4de",
    "Global Administrator" = "62e90394-69f5-4237-9190-012177145e10",
    "Global Reader" = "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
    "Groups Administrator" = "fdd7a751-b60b-444a-984c-02652fe8fa1c",
    "Intune Administrator" = "3a2c62db-5318-420d-8d74-23affee5d9d5",
    "Privileged Authentication Administrator" = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
    "Privileged Role Administrator" = "e8611ab8-c189-46e8-94e1-60213ab1f814",
    "Reports Reader" = "4a5d8f65-41da-4de4-8968-e035b65339cf",
    "Security Administrator" = "194ae4cb-b126-40b2-bd5b-6091b380977d",
    "Security Operator" = "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
    "Security Reader" = "5d6b6bb7-de71-4623-b4af-96380a352509",
    "Teams Administrator" = "69091246-20e8-4a56-aa4d-066075b2a7a8",
    "User Administrator" = "fe930be7-5e62-47db-91af-98c3a49a38b1",
}

/// A role by its template id.
pub fn role_by_template(template: &Uuid) -> Option<&'static RoleDefinition> {
    ROLES.iter().find(|role| role.template == *template)
}

/// A role by its name, compared without regard to case.
pub fn role_by_name(name: &str) -> Option<&'static RoleDefinition> {
    ROLES
        .iter()
        .find(|role| role.name.eq_ignore_ascii_case(name))
}

/// A directory role held by a user, group or service principal in the whole tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleAssignment {
    /// Id of the assignment.
    pub id: String,
    /// Template id of the role.
    pub role: Uuid,
    /// Object id of the holder.
    pub principal: Uuid,
    /// From when on it counts.
    pub effective_from: Timestamp,
    /// From when on other calls than the one that made it can read it.
    pub visible_from: Timestamp,
    /// When it ends by itself; none when it stays until somebody takes it away.
    #[serde(default)]
    pub ends: Option<Timestamp>,
}

impl RoleAssignment {
    /// Whether it has not ended by itself.
    pub fn is_there(&self, now: Timestamp) -> bool {
        self.ends.is_none_or(|end| now < end)
    }
}

/// A request for a role that ends by itself, or for taking a role away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRequest {
    /// Id of the request.
    pub id: Uuid,
    /// `adminAssign` or `adminRemove`.
    pub action: String,
    /// Template id of the role.
    pub role: Uuid,
    /// Object id of the holder.
    pub principal: Uuid,
    /// Why.
    pub justification: Option<String>,
    /// Who asked.
    pub asked_by: Uuid,
    /// When it was made.
    pub created: Timestamp,
    /// When the role begins.
    pub starts: Timestamp,
    /// When the role ends; none for never.
    pub ends: Option<Timestamp>,
    /// How long, as it was asked: `PT8H`.
    pub duration: Option<String>,
    /// Id of the assignment that it made; none for a request that took one away.
    pub assignment: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_templates_are_unique() {
        for (index, role) in ROLES.iter().enumerate() {
            assert!(
                ROLES[index + 1..]
                    .iter()
                    .all(|other| other.name != role.name && other.template != role.template)
            );
        }
    }

    #[test]
    fn roles_are_found_by_name_and_template() {
        let role = role_by_name("global administrator").expect("a built-in role");
        assert_eq!(role_by_template(&role.template), Some(role));
        assert_eq!(role_by_name("Emperor"), None);
    }
}
