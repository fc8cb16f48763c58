//! Entra's built-in roles that a GDAP relationship can hold: a table with its source in its head.

use std::sync::LazyLock;

use grantway_core::RoleId;

const TABLE: &str = include_str!("../data/entra-roles.txt");

/// With it among its roles a relationship cannot extend itself (facts: api-gdap-hardening §2.4).
pub const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

/// A built-in role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntraRole {
    /// Its template id, the same in all tenants.
    pub id: RoleId,
    /// Its name, as Microsoft writes it.
    pub name: &'static str,
    /// Microsoft labels it as privileged.
    pub privileged: bool,
}

impl EntraRole {
    /// Whether it may do everything.
    pub fn is_global_administrator(&self) -> bool {
        RoleId::parse(GLOBAL_ADMINISTRATOR) == Ok(self.id)
    }
}

/// The roles, by name.
pub fn entra_roles() -> &'static [EntraRole] {
    static ROLES: LazyLock<Vec<EntraRole>> = LazyLock::new(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(role).collect()
    });
    &ROLES
}

/// The role of that id.
pub fn entra_role(id: RoleId) -> Option<&'static EntraRole> {
    entra_roles().iter().find(|role| role.id == id)
}

fn role(line: &'static str) -> Option<EntraRole> {
    let mut parts = line.splitn(3, ' ');
    let id = RoleId::parse(parts.next()?).ok()?;
    let privileged = match parts.next()? {
        "P" => true,
        "-" => false,
        _ => return None,
    };
    Some(EntraRole {
        id,
        name: parts.next()?,
        privileged,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_line_is_a_role_of_its_own() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(entra_roles().len(), lines.count());
        let ids: BTreeSet<RoleId> = entra_roles().iter().map(|role| role.id).collect();
        let names: BTreeSet<&str> = entra_roles().iter().map(|role| role.name).collect();
        assert_eq!(ids.len(), entra_roles().len());
        assert_eq!(names.len(), entra_roles().len());
    }

    #[test]
    fn privileged_is_what_microsoft_labels_so() {
        let named = |name: &str| {
            let mut roles = entra_roles().iter();
            *roles.find(|role| role.name == name).expect(name)
        };
        assert!(named("Global Administrator").is_global_administrator());
        assert!(named("Global Administrator").privileged);
        assert!(named("Security Reader").privileged);
        assert!(!named("Exchange Administrator").privileged);
        assert!(!named("Reports Reader").is_global_administrator());
        let nobody = "00000000-0000-0000-0000-000000000001";
        assert_eq!(entra_role(RoleId::parse(nobody).unwrap()), None);
    }
}
