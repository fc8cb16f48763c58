//! A host that a list allows: one exact host with an optional port, or every host below a domain.

use std::fmt;

use url::{Host, Url};

/// `login.example`, `127.0.0.1:4711` or `*.auth.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPattern {
    host: Host,
    port: Option<u16>,
    below: bool,
}

/// Why a text is no host of a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostPatternError {
    /// Neither a domain name nor an address, or one with a scheme, path or user in it.
    #[error("\"{0}\" is not a host with an optional port")]
    NotAHost(String),
    /// `*.` in front of an address, a single label, or somewhere else than in front.
    #[error("\"{0}\" has a wildcard where none can be")]
    Wildcard(String),
}

impl HostPattern {
    /// Reads `host`, `host:port`, or `*.domain` (at least two labels below the star).
    pub fn parse(text: &str) -> Result<Self, HostPatternError> {
        let not_a_host = || HostPatternError::NotAHost(text.to_owned());
        let (below, rest) = match text.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if rest.contains('*') {
            return Err(HostPatternError::Wildcard(text.to_owned()));
        }
        // A scheme without a default port, so that the port that was written stays visible.
        let url = Url::parse(&format!("tokens://{rest}")).map_err(|_| not_a_host())?;
        let plain = rest
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
        let name = url
            .host_str()
            .filter(|host| !host.is_empty() && plain)
            .ok_or_else(not_a_host)?;
        let host = Host::parse(name).map_err(|_| not_a_host())?;
        let domain_of_two_labels = matches!(&host, Host::Domain(domain) if domain.contains('.'));
        if below && !domain_of_two_labels {
            return Err(HostPatternError::Wildcard(text.to_owned()));
        }
        Ok(Self {
            host,
            port: url.port(),
            below,
        })
    }

    /// Whether the address is on this host. Without a port in the pattern only the scheme's own port fits.
    pub fn matches(&self, url: &Url) -> bool {
        let Some(host) = url.host() else { return false };
        let port_fits = match self.port {
            Some(port) => url.port_or_known_default() == Some(port),
            None => url.port().is_none(),
        };
        let host_fits = match (&self.host, host) {
            (Host::Domain(wanted), Host::Domain(seen)) if self.below => seen
                .strip_suffix(wanted.as_str())
                .is_some_and(|front| front.len() > 1 && front.ends_with('.')),
            (wanted, seen) => *wanted == seen.to_owned(),
        };
        port_fits && host_fits
    }

    /// Whether every host of the pattern is this computer.
    pub fn is_loopback(&self) -> bool {
        !self.below && is_loopback(&self.host)
    }

    /// Whether it stands for all hosts below a domain.
    pub fn is_wildcard(&self) -> bool {
        self.below
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.below { "*." } else { "" };
        write!(f, "{star}{}", self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

/// Whether a host is this computer. The name `localhost` does not count: it resolves to what a hosts file says.
pub(crate) fn is_loopback<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn exact_host_needs_the_default_port() {
        let pattern = HostPattern::parse("login.example.test").unwrap();
        assert!(pattern.matches(&url("https://login.example.test/x")));
        assert!(pattern.matches(&url("https://LOGIN.example.test:443/x")));
        assert!(!pattern.matches(&url("https://login.example.test:8443/")));
        assert!(!pattern.matches(&url("https://login.example.test.evil.test/")));
        assert!(!pattern.matches(&url("https://login.example.test@evil.test/")));
    }

    #[test]
    fn port_belongs_to_the_host() {
        let pattern = HostPattern::parse("127.0.0.1:4711").unwrap();
        assert!(pattern.matches(&url("http://127.0.0.1:4711/")));
        assert!(!pattern.matches(&url("http://127.0.0.1:4712/")));
        assert!(!pattern.matches(&url("http://localhost:4711/")));
        assert!(pattern.is_loopback());
        assert_eq!(pattern.to_string(), "127.0.0.1:4711");
    }

    #[test]
    fn star_stands_for_what_is_below_and_not_for_the_domain() {
        let pattern = HostPattern::parse("*.auth.example.test").unwrap();
        assert!(pattern.matches(&url("https://a.auth.example.test/")));
        assert!(pattern.matches(&url("https://a.b.auth.example.test/")));
        assert!(!pattern.matches(&url("https://auth.example.test/")));
        assert!(!pattern.matches(&url("https://evilauth.example.test/")));
        assert!(!pattern.matches(&url("https://.auth.example.test/")));
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for text in [
            "",
            "https://a.test",
            "a.test/x",
            "user@a.test",
            "a b",
            "a.test:99999",
        ] {
            assert!(
                matches!(HostPattern::parse(text), Err(HostPatternError::NotAHost(_))),
                "{text}"
            );
        }
        for text in ["*.test", "*", "a.*.test", "*.127.0.0.1"] {
            assert!(HostPattern::parse(text).is_err(), "{text}");
        }
    }
}
