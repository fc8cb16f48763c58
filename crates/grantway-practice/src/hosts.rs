//! Where each service of the practice cloud listens.

use std::net::SocketAddr;

/// A service of the practice cloud. Each has its own port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Sign-in, consent and tokens.
    Login,
    /// Microsoft Graph.
    Graph,
    /// The vendor's portal.
    Vendor,
    /// A sign-in page of a federated domain.
    Federated,
    /// The control API.
    Control,
    /// Partner Center's API.
    #[serde(rename = "partner_center")]
    PartnerCenter,
    /// The admin portal of tenants.
    Portal,
}

impl Service {
    /// All services, in the order in which their ports are given.
    pub const ALL: [Self; 7] = [
        Self::Login,
        Self::Graph,
        Self::Vendor,
        Self::Federated,
        Self::Control,
        Self::PartnerCenter,
        Self::Portal,
    ];

    /// The service's short name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Graph => "graph",
            Self::Vendor => "vendor",
            Self::Federated => "federated",
            Self::Control => "control",
            Self::PartnerCenter => "partner_center",
            Self::Portal => "portal",
        }
    }
}

/// The addresses of all services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hosts {
    /// Sign-in service.
    pub login: SocketAddr,
    /// Graph.
    pub graph: SocketAddr,
    /// Vendor's portal.
    pub vendor: SocketAddr,
    /// Federated sign-in page.
    pub federated: SocketAddr,
    /// Control API.
    pub control: SocketAddr,
    /// Partner Center's API.
    pub partner_center: SocketAddr,
    /// Admin portal.
    pub portal: SocketAddr,
}

impl Hosts {
    /// The address of a service.
    pub fn address(&self, service: Service) -> SocketAddr {
        match service {
            Service::Login => self.login,
            Service::Graph => self.graph,
            Service::Vendor => self.vendor,
            Service::Federated => self.federated,
            Service::Control => self.control,
            Service::PartnerCenter => self.partner_center,
            Service::Portal => self.portal,
        }
    }

    /// `127.0.0.1:PORT` of a service: the only `Host` header that it takes.
    pub fn authority(&self, service: Service) -> String {
        self.address(service).to_string()
    }

    /// `http://127.0.0.1:PORT` of a service, without a slash at the end.
    pub fn base(&self, service: Service) -> String {
        format!("http://{}", self.address(service))
    }

    /// Fills `{login}`, `{graph}`, `{vendor}` and the like in an address of a scenario file.
    pub fn expand(&self, text: &str) -> String {
        Service::ALL.iter().fold(text.to_owned(), |text, service| {
            text.replace(&format!("{{{}}}", service.name()), &self.base(*service))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_become_addresses() {
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
        assert_eq!(
            hosts.expand("{vendor}/back?x={login}"),
            "http://127.0.0.1:3/back?x=http://127.0.0.1:1"
        );
        assert_eq!(hosts.authority(Service::Graph), "127.0.0.1:2");
    }
}
