//! Clouds as data: where people sign in, where the APIs are, and which hosts belong to them.
//!
//! The public clouds are built in; any other one, the practice cloud among them, comes as a file of the same shape
//! ([`Cloud::from_toml`], [`Cloud::from_json`]). A [`Cloud`] can only be made by parsing, so every address in it is already
//! known to fit its [`Kind`].

mod builtin;
mod file;
mod host;

use std::collections::BTreeMap;
use std::fmt;

use secrecy::SecretString;
use url::Url;

use crate::http::origin::Origin;
use grantway_core::ids::{AppId, TenantId};

pub use builtin::{built_in, built_in_all};
pub use file::CloudFileError;
pub use host::{HostPattern, HostPatternError};

/// Name of a cloud: lower-case letters, digits and hyphens, at most 32 characters. It ends the redirect address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloudId(String);

impl CloudId {
    /// Takes a name that fits the rule, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (!text.is_empty() && text.len() <= 32 && text.chars().all(fits))
            .then(|| Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CloudId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether what is done here is real. The address of the practice control exists only in the variant that may use it.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Real tenants. Every address is https.
    Live,
    /// A simulation on this computer. Every address is on the loopback interface.
    Practice(Option<Control>),
}

/// Where the practice cloud takes orders (clock, faults, phone), and the token that it asks for.
#[derive(Clone, Debug)]
pub struct Control {
    /// Base address, on the loopback interface.
    pub url: Url,
    /// Bearer token of this one run.
    pub token: SecretString,
}

/// A cloud: its sign-in service, its APIs, its pages.
#[derive(Clone, Debug)]
pub struct Cloud {
    id: CloudId,
    redirect_segment: CloudId,
    kind: Kind,
    name: String,
    login: Origin,
    graph: Origin,
    arm: Option<Origin>,
    partner_center: Option<Origin>,
    client_id: Option<AppId>,
    sign_in_hosts: Vec<HostPattern>,
    portals: BTreeMap<String, Url>,
}

/// Who a sign-in is addressed to. `common` is not offered: it lets personal accounts and any tenant in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// One tenant.
    Tenant(TenantId),
    /// Any work account, for the first sign-in when the tenant is not known yet.
    Organizations,
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant(id) => id.fmt(f),
            Self::Organizations => f.write_str("organizations"),
        }
    }
}

impl Cloud {
    /// Name of the cloud in files and settings.
    pub fn id(&self) -> &CloudId {
        &self.id
    }

    /// Live or practice.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Whether this is a simulation on this computer.
    pub fn is_practice(&self) -> bool {
        matches!(self.kind, Kind::Practice(_))
    }

    /// Name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Origin of the sign-in service.
    pub fn login(&self) -> &Origin {
        &self.login
    }

    /// Origin of Graph.
    pub fn graph(&self) -> &Origin {
        &self.graph
    }

    /// Origin of the Azure Resource Manager, where the cloud has one.
    pub fn arm(&self) -> Option<&Origin> {
        self.arm.as_ref()
    }

    /// Origin of the Partner Center API, where the cloud has one.
    pub fn partner_center(&self) -> Option<&Origin> {
        self.partner_center.as_ref()
    }

    /// The client that Grantway uses here, where the cloud brings one.
    pub fn client_id(&self) -> Option<AppId> {
        self.client_id
    }

    /// Hosts of the sign-in pages.
    pub fn sign_in_hosts(&self) -> &[HostPattern] {
        &self.sign_in_hosts
    }

    /// Whether an address is one of this cloud's sign-in pages: right scheme, right host and port.
    pub fn is_sign_in_page(&self, url: &Url) -> bool {
        let scheme = if self.is_practice() { "http" } else { "https" };
        url.scheme() == scheme && self.sign_in_hosts.iter().any(|host| host.matches(url))
    }

    /// A named start page as it is opened for a tenant. Profiles name the key; the cloud knows the address, and whether the
    /// tenant stands in it.
    pub fn portal(&self, key: &str, tenant: TenantId) -> Option<Url> {
        let address = self.portals.get(key)?.as_str();
        let mut filled = address.to_owned();
        // In a path the braces are escaped, in a query they are not.
        for place in ["%7Btenant%7D", "{tenant}"] {
            filled = filled.replace(place, &tenant.to_string());
        }
        Url::parse(&filled).ok()
    }

    /// The redirect address as it is registered: without a port, since the sign-in service ignores it for localhost.
    // facts: own-app-and-tokens §1.2; one path per authorization server keeps answers of two clouds apart (clean-session §5).
    pub fn redirect(&self) -> Url {
        Url::parse(&format!("http://localhost{}", self.redirect_path()))
            .expect("a fixed origin and a checked path segment")
    }

    /// The redirect address of a client that is only lent: this computer alone, as clients of Microsoft's own are registered.
    // facts: own-app-and-tokens §1.4: 14d82eec-… takes `http://localhost` with any port, and no path.
    pub fn lent_redirect() -> Url {
        Url::parse("http://localhost").expect("a fixed address")
    }

    /// Path of the redirect address, e.g. `/cb/global`.
    pub fn redirect_path(&self) -> String {
        format!("/cb/{}", self.redirect_segment)
    }

    /// `{login}/{authority}/oauth2/v2.0/authorize`
    pub fn authorize_url(&self, authority: &Authority) -> Url {
        self.login
            .join(&format!("/{authority}/oauth2/v2.0/authorize"))
    }

    /// `{login}/{authority}/oauth2/v2.0/token`
    pub fn token_url(&self, authority: &Authority) -> Url {
        self.login.join(&format!("/{authority}/oauth2/v2.0/token"))
    }

    /// The issuer that an id token of this tenant names.
    pub fn issuer(&self, tenant: &TenantId) -> String {
        self.login.join(&format!("/{tenant}/v2.0")).to_string()
    }

    /// Whether a token of ours may travel to this address: an API of this cloud, by exact scheme, host and port.
    pub fn takes_tokens(&self, url: &Url) -> bool {
        [
            Some(&self.graph),
            self.arm.as_ref(),
            self.partner_center.as_ref(),
        ]
        .into_iter()
        .flatten()
        .any(|origin| origin.contains(url))
    }
}
