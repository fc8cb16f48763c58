//! Which resource an address in a scope means.

use uuid::Uuid;

use crate::hosts::{Hosts, Service};

// facts: own-app-and-tokens §4
const KNOWN: [(&str, &str); 7] = [
    (
        "https://graph.microsoft.com",
        "00000003-0000-0000-c000-000000000000",
    ),
    (
        "https://management.azure.com",
        "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    ),
    (
        "https://api.partnercenter.microsoft.com",
        "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
    ),
    (
        "https://api.securitycenter.microsoft.com",
        "fc780465-2017-40d4-a0c5-307022471b92",
    ),
    (
        "https://api.security.microsoft.com",
        "8ee8fdad-f234-4243-8f3b-15c294843740",
    ),
    (
        "https://outlook.office365.com",
        "00000002-0000-0ff1-ce00-000000000000",
    ),
    (
        "https://manage.office.com",
        "c5393580-f805-4401-95e8-94b7a6ef2fc2",
    ),
];

/// The address that scopes without one belong to: this cloud's Graph.
pub fn graph(hosts: &Hosts) -> String {
    hosts.base(Service::Graph)
}

/// The app id of a resource named by address or by app id.
pub fn app_id(name: &str, hosts: &Hosts) -> Option<Uuid> {
    let wanted = if name.eq_ignore_ascii_case(&graph(hosts)) {
        KNOWN[0].0
    } else if name.eq_ignore_ascii_case(&hosts.base(Service::PartnerCenter)) {
        KNOWN[2].0
    } else {
        name
    };
    let known = KNOWN
        .iter()
        .find(|(address, id)| {
            address.eq_ignore_ascii_case(wanted) || id.eq_ignore_ascii_case(wanted)
        })
        .map(|(_, id)| *id)
        .unwrap_or(wanted);
    Uuid::parse_str(known).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::SocketAddr;

    #[test]
    fn the_real_and_the_practice_address_name_the_same_resource() {
        let at = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let hosts = Hosts {
            login: at(1),
            graph: at(2),
            vendor: at(3),
            federated: at(4),
            control: at(5),
            partner_center: at(6),
            portal: at(7),
        };
        let id = app_id("https://graph.microsoft.com", &hosts);
        assert!(id.is_some());
        assert_eq!(app_id("http://127.0.0.1:2", &hosts), id);
        assert_eq!(app_id("00000003-0000-0000-c000-000000000000", &hosts), id);
        let partner = app_id("https://api.partnercenter.microsoft.com", &hosts);
        assert_eq!(partner, Some(crate::state::PARTNER_CENTER));
        assert_eq!(app_id("http://127.0.0.1:6", &hosts), partner);
        assert_eq!(app_id("https://other.example", &hosts), None);
    }
}
