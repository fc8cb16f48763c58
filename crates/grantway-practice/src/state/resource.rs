//! The resources that come with every tenant and what they offer to grant. Microsoft Graph is the one that this cloud serves.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use uuid::{Uuid, uuid};

use super::{AppRole, DelegatedScope};

/// App id of Microsoft Graph.
// facts: api-gdap-hardening §1.3
pub const GRAPH: Uuid = uuid!("00000003-0000-0000-c000-000000000000");
/// App id of Partner Center's API.
// facts: own-app-and-tokens §4
pub const PARTNER_CENTER: Uuid = uuid!("fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd");

/// A resource of Microsoft's own and what it offers to grant.
#[derive(Debug, Clone)]
pub struct ResourceOffer {
    /// App id.
    pub app_id: Uuid,
    /// Name.
    pub name: &'static str,
    /// Delegated scopes, `openid` and the like among them.
    pub scopes: Vec<DelegatedScope>,
    /// App roles.
    pub app_roles: Vec<AppRole>,
}

static OFFERS: LazyLock<Vec<ResourceOffer>> = LazyLock::new(|| {
    // Ids of scopes: facts own-app-and-tokens §2.3, §4; where none is given, one is derived from the name.
    let small = |app_id, name, scopes: &[(&str, &str, &str)]| ResourceOffer {
        app_id,
        name,
        scopes: scopes
            .iter()
            .map(|(value, id, title)| DelegatedScope {
                id: id.parse().unwrap_or_else(|_| derived_id(name, value)),
                value: (*value).to_owned(),
                title: (*title).to_owned(),
                admin_only: *value != "user_impersonation",
            })
            .collect(),
        app_roles: Vec::new(),
    };
    vec![
        graph(),
        small(
            PARTNER_CENTER,
            "Microsoft Partner Center",
            &[(
                "user_impersonation",
                "1cebfa2a-fb4d-419e-b5f9-839b4383e05a",
                "Access the partner API as you",
            )],
        ),
        small(
            uuid!("00000002-0000-0ff1-ce00-000000000000"),
            "Office 365 Exchange Online",
            &[(
                "Exchange.Manage",
                "ab4f2b77-0b06-4fc1-a9de-02113fc2ab7c",
                "Manage Exchange configuration",
            )],
        ),
        small(
            uuid!("c5393580-f805-4401-95e8-94b7a6ef2fc2"),
            "Office 365 Management APIs",
            &[(
                "ActivityFeed.Read",
                "594c1fb6-4f81-4475-ae41-0c394909246c",
                "Read activity data of the organisation",
            )],
        ),
        small(
            uuid!("797f4846-ba00-4fd7-ba43-dac1f8f63013"),
            "Windows Azure Service Management API",
            &[("user_impersonation", "-", "Manage cloud resources as you")],
        ),
        small(
            uuid!("fc780465-2017-40d4-a0c5-307022471b92"),
            "WindowsDefenderATP",
            &[("Alert.Read", "-", "Read alerts")],
        ),
    ]
});

/// The resources of Microsoft's own.
pub fn resource_offers() -> &'static [ResourceOffer] {
    &OFFERS
}

/// What a resource of Microsoft's own offers; none for any other app.
pub fn resource_offer(app_id: &Uuid) -> Option<&'static ResourceOffer> {
    OFFERS.iter().find(|offer| offer.app_id == *app_id)
}

/// What Microsoft Graph offers to grant.
pub fn graph_offer() -> &'static ResourceOffer {
    &OFFERS[0]
}

fn graph() -> ResourceOffer {
    let mut offer = ResourceOffer {
        app_id: GRAPH,
        name: "Microsoft Graph",
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
