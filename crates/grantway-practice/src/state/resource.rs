//! The resources that come with every tenant and what they offer to grant. Microsoft Graph is the one that this cloud serves.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use uuid::{Uuid, uuid};

use super::{AppRole, DelegatedScope};

/// App id of Microsoft Graph.
// facts: api-gdap-hardening §1.3
pub const GRAPH: Uuid = uuid!("00000003-0000-0000-c000-000000000000");

/// What Microsoft Graph offers to grant.
#[derive(Debug, Clone)]
pub struct GraphOffer {
    /// Delegated scopes, `openid` and the like among them.
    pub scopes: Vec<DelegatedScope>,
    /// App roles.
    pub app_roles: Vec<AppRole>,
}

static OFFER: LazyLock<GraphOffer> = LazyLock::new(|| {
    let mut offer = GraphOffer {
        scopes: Vec::new(),
        app_roles: Vec::new(),
    };
    for line in include_str!("../../data/graph-scopes.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let parts: Vec<&str> = line.splitn(5, '|').collect();
        let [kind, value, id, consent, title] = parts[..] else {
            continue;
        };
        let id = id.parse().unwrap_or_else(|_| derived_id(kind, value));
        let (value, title) = (value.to_owned(), title.to_owned());
        match kind {
            "delegated" => offer.scopes.push(DelegatedScope {
                id,
                value,
                title,
                admin_only: consent == "admin",
            }),
            _ => offer.app_roles.push(AppRole { id, value, title }),
        }
    }
    offer
});

/// What Microsoft Graph offers to grant.
pub fn graph_offer() -> &'static GraphOffer {
    &OFFER
}

fn derived_id(kind: &str, value: &str) -> Uuid {
    let hash = Sha256::digest(format!("{kind}|{value}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_offer_is_read() {
        let lines = include_str!("../../data/graph-scopes.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(
            graph_offer().scopes.len() + graph_offer().app_roles.len(),
            lines
        );
        let user_read = graph_offer()
            .scopes
            .iter()
            .find(|scope| scope.value == "User.Read")
            .expect("User.Read is offered");
        assert_eq!(user_read.id, uuid!("e1fe6dd8-ba31-4d61-89e7-88639da4683d"));
        assert!(!user_read.admin_only);
    }
}
