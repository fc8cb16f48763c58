//! What a `scope` parameter asks for.

use std::collections::BTreeSet;

/// Microsoft Graph, the resource that a scope without an address belongs to.
pub const GRAPH_APP_ID: &str = "00000003-0000-0000-c000-000000000000";

/// A parsed `scope` parameter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes {
    /// `openid`, `profile`, `email`, `offline_access`, as far as asked.
    pub openid: BTreeSet<String>,
    /// Permissions by resource address (without trailing slash); `.default` is kept as a name.
    pub resources: Vec<(String, Vec<String>)>,
}

/// Why a `scope` parameter is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopeError {
    /// Nothing was asked for.
    Empty,
    /// `.default` and named permissions of the same resource in one request.
    Mixed,
    /// This text is no scope.
    Malformed(String),
}

const OPENID: [&str; 4] = ["openid", "profile", "email", "offline_access"];

impl Scopes {
    /// Parses a space-separated list. `graph` is the address that names without an address belong to.
    pub fn parse(text: &str, graph: &str) -> Result<Self, ScopeError> {
        let mut found = Self::default();
        for word in text.split_ascii_whitespace() {
            if OPENID.contains(&word) {
                found.openid.insert(word.to_owned());
                continue;
            }
            let (resource, name) = split(word, graph)?;
            let at = match found.resources.iter().position(|(r, _)| *r == resource) {
                Some(at) => at,
                None => {
                    found.resources.push((resource, Vec::new()));
                    found.resources.len() - 1
                }
            };
            let names = &mut found.resources[at].1;
            if !names.iter().any(|n| n.eq_ignore_ascii_case(&name)) {
                names.push(name);
            }
        }
        if found.openid.is_empty() && found.resources.is_empty() {
            return Err(ScopeError::Empty);
        }
        let mixed =
            |names: &Vec<String>| names.len() > 1 && names.iter().any(|name| name == ".default");
        if found.resources.iter().any(|(_, names)| mixed(names)) {
            return Err(ScopeError::Mixed);
        }
        Ok(found)
    }

    /// Whether a refresh token was asked for.
    pub fn offline(&self) -> bool {
        self.openid.contains("offline_access")
    }

    /// Whether an id token was asked for.
    pub fn openid(&self) -> bool {
        self.openid.contains("openid")
    }
}

fn split(word: &str, graph: &str) -> Result<(String, String), ScopeError> {
    let malformed = || ScopeError::Malformed(word.to_owned());
    let (resource, name) = if word.contains("://") {
        // Names hold no slash, so the last one ends the resource, however many slashes that has.
        let (resource, name) = word.rsplit_once('/').ok_or_else(malformed)?;
        (resource.trim_end_matches('/'), name)
    } else if let Some((app, name)) = word.split_once('/') {
        // `{resource app id}/{name}` is allowed as well.
        (app, name)
    } else {
        (graph, word)
    };
    let named = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    if !named || resource.ends_with(':') || resource.is_empty() {
        return Err(malformed());
    }
    Ok((resource.to_owned(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAPH: &str = "https://graph.microsoft.com";

    #[test]
    fn names_without_an_address_belong_to_graph() {
        let scopes = Scopes::parse(
            "openid offline_access User.Read https://graph.microsoft.com/Group.Read.All",
            GRAPH,
        )
        .unwrap();
        assert!(scopes.openid() && scopes.offline());
        assert_eq!(
            scopes.resources,
            [(
                GRAPH.to_owned(),
                vec!["User.Read".to_owned(), "Group.Read.All".to_owned()]
            )]
        );
    }

    #[test]
    fn an_identifier_that_ends_in_a_slash_is_the_same_resource() {
        let scopes = Scopes::parse("https://management.azure.com//.default", GRAPH).unwrap();
        assert_eq!(scopes.resources[0].0, "https://management.azure.com");
    }

    #[test]
    fn static_and_named_scopes_do_not_mix() {
        assert_eq!(
            Scopes::parse("User.Read .default", GRAPH),
            Err(ScopeError::Mixed)
        );
        assert_eq!(Scopes::parse("  ", GRAPH), Err(ScopeError::Empty));
        assert_eq!(
            Scopes::parse("https://", GRAPH),
            Err(ScopeError::Malformed("https://".to_owned()))
        );
    }
}
