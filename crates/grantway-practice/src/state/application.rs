//! A registered application: what the consent page shows and where answers may go.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

/// An application registration. It lives in its owner's tenant; other tenants get a service principal when they consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Client id.
    pub client_id: Uuid,
    /// Name on the consent page.
    pub name: String,
    /// Tenant that registered it. It need not be a tenant of this world.
    pub owner_tenant: Uuid,
    /// Who publishes it.
    pub publisher: Publisher,
    /// `true` for an app without a secret.
    pub public_client: bool,
    /// SHA-256 of the client secret in hexadecimal digits, for an app that has one.
    pub secret_hash: Option<String>,
    /// Addresses that answers may go to. `{vendor}` and the like stand for this cloud's hosts: `Hosts::expand` fills them in.
    pub redirect_uris: Vec<String>,
    /// What it asks for with `.default` and admin consent.
    pub requested: Vec<RequestedPermissions>,
    /// Whether users of other tenants may use it.
    pub multi_tenant: bool,
    /// Whose accounts may use it, in Graph's word.
    pub audience: String,
    /// Object id of the registration.
    pub object_id: Uuid,
    /// A unique name chosen by its maker, the alternate key.
    pub unique_name: Option<String>,
    /// When it was registered.
    pub created: Timestamp,
    /// Who registered it, where that is known.
    pub registered_by: Option<Uuid>,
    /// Whether it signs people in without consent and without a service principal: the portals of this cloud.
    pub preauthorized: bool,
}

/// Who publishes an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// Name of the publisher.
    pub name: String,
    /// Partner id of the verification; none when the publisher is unverified.
    pub verified_id: Option<String>,
}

/// Permissions asked of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedPermissions {
    /// App id of the resource.
    pub resource: Uuid,
    /// Delegated scopes.
    pub delegated: Vec<String>,
    /// Application permissions (app roles).
    pub application: Vec<String>,
}

impl Application {
    /// Whether an answer may go to `asked`. `registered` are the expanded redirect addresses.
    ///
    /// The port of an `http://localhost` address is ignored; everything else must be equal, the path's case included.
    // facts: own-app-and-tokens §1.2
    pub fn redirect_allowed(registered: &[String], asked: &str) -> bool {
        if registered.iter().any(|known| known == asked) {
            return true;
        }
        let Some(asked) = localhost_without_port(asked) else {
            return false;
        };
        registered
            .iter()
            .filter_map(|known| localhost_without_port(known))
            .any(|known| known == asked)
    }
}

fn localhost_without_port(address: &str) -> Option<Url> {
    let mut url = Url::parse(address).ok()?;
    let local = url.scheme() == "http" && url.host_str() == Some("localhost");
    if !local || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some()
    {
        return None;
    }
    url.set_port(None).ok()?;
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(asked: &str) -> bool {
        let registered = [
            "http://localhost/cb/practice".to_owned(),
            "http://127.0.0.1:9000/cb".to_owned(),
        ];
        Application::redirect_allowed(&registered, asked)
    }

    #[test]
    fn port_of_localhost_is_ignored() {
        assert!(allowed("http://localhost:43210/cb/practice"));
        assert!(allowed("http://localhost/cb/practice"));
    }

    #[test]
    fn everything_else_must_be_equal() {
        for other in [
            "http://localhost:43210/CB/practice",
            "http://localhost:43210/cb/practice/",
            "https://localhost/cb/practice",
            "http://localhost.example/cb/practice",
            "http://user@localhost/cb/practice",
            "http://localhost/cb/practice#x",
            "http://localhost/cb/practice?x=1",
            "http://127.0.0.1:9001/cb",
            "not an address",
        ] {
            assert!(!allowed(other), "{other}");
        }
    }
}
