//! Which permissions a call needs, from Microsoft's published map.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::answer::Refusal;
use super::call::Call;
use super::caller::Caller;

static MAP: LazyLock<HashMap<String, Vec<Permission>>> = LazyLock::new(|| {
    include_str!("../../data/graph-permissions.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.split_whitespace();
            let (method, template) = (parts.next()?, parts.next()?);
            Some((key(method, template), parts.map(Permission::read).collect()))
        })
        .collect()
});

/// A permission that allows a call, and those of which one is due beside it.
#[derive(Debug)]
struct Permission {
    name: &'static str,
    beside: Vec<&'static str>,
}

impl Permission {
    fn read(text: &'static str) -> Self {
        let (name, beside) = text.split_once('+').unwrap_or((text, ""));
        Self {
            name,
            beside: beside.split(',').filter(|name| !name.is_empty()).collect(),
        }
    }
}

fn key(method: &str, template: &str) -> String {
    let template = template.to_ascii_lowercase();
    // A function's parameter counts as a key: `f(name={})` is `f/{}` here.
    let template = match template.split_once('(') {
        Some((function, _)) => format!("{function}/{{}}"),
        None => template,
    };
    format!("{method} {template}")
}

/// Whether the map has a call at all.
#[cfg(test)]
pub(super) fn is_mapped(method: &str, template: &str) -> bool {
    MAP.contains_key(&key(method, template))
}

/// Refuses a caller whose token carries no permission for the call.
pub(super) fn require(call: &Call, template: &str, caller: &Caller) -> Result<(), Refusal> {
    let allowed = MAP.get(&key(call.method.as_str(), template));
    let fits = allowed.is_some_and(|allowed| {
        allowed.iter().any(|permission| {
            caller.has_scope(&[permission.name])
                && (permission.beside.is_empty() || caller.has_scope(&permission.beside))
        })
    });
    if fits { Ok(()) } else { Err(Refusal::denied()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_knows_calls_and_what_is_due_beside() {
        assert!(is_mapped("POST", "/groups"));
        assert!(is_mapped(
            "GET",
            "/tenantRelationships/findTenantInformationByDomainName/{}"
        ));
        let policy = &MAP[&key(
            "PATCH",
            "/policies/identitySecurityDefaultsEnforcementPolicy",
        )];
        assert!(
            policy
                .iter()
                .any(|permission| permission.name == "Policy.ReadWrite.SecurityDefaults")
        );
    }
}
