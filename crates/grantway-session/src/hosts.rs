//! Host rules: which hosts a step may show.

use std::fmt;
use std::str::FromStr;

use crate::address::Site;

/// One allowed host, or a family of hosts.
///
/// Live rules name hosts reached by https on port 443. Practice rules name a loopback address with its port, because every
/// practice service has a port of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum HostRule {
    /// Exactly this host, such as `login.microsoftonline.com`.
    Exact(String),
    /// Every host below this one, but not the host itself: `*.certauth.login.microsoftonline.com`.
    Below(String),
    /// A service of the practice cloud: `127.0.0.1` and this port.
    Loopback(u16),
}

/// Why a text is no host rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostRuleError {
    /// Empty, or characters that no host name has.
    #[error("\"{0}\" is no host name")]
    NotAHost(String),
    /// A port is only meaningful for the practice cloud on 127.0.0.1.
    #[error("\"{0}\" names a port; only 127.0.0.1 may have one")]
    PortOfRealHost(String),
    /// A family so wide that it would cover a whole public suffix.
    #[error("\"{0}\" covers a whole top-level domain")]
    TooWide(String),
}

impl HostRule {
    /// Whether `site` falls under this rule.
    pub fn covers(&self, site: &Site) -> bool {
        match (self, site) {
            (HostRule::Exact(host), Site::Https { host: seen }) => host == seen,
            (HostRule::Below(suffix), Site::Https { host: seen }) => seen
                .strip_suffix(suffix.as_str())
                .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
            (HostRule::Loopback(port), Site::Loopback { port: seen }) => port == seen,
            _ => false,
        }
    }

    /// The host name that a look-alike would imitate; none for a practice service.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            HostRule::Exact(host) | HostRule::Below(host) => Some(host),
            HostRule::Loopback(_) => None,
        }
    }
}

impl FromStr for HostRule {
    type Err = HostRuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_ascii_lowercase();
        if let Some(port) = lower.strip_prefix("127.0.0.1:") {
            return match port.parse::<u16>() {
                Ok(port) if port != 0 => Ok(HostRule::Loopback(port)),
                _ => Err(HostRuleError::NotAHost(text.to_owned())),
            };
        }
        if let Some((_, port)) = lower.rsplit_once(':')
            && port.chars().all(|c| c.is_ascii_digit())
        {
            return Err(HostRuleError::PortOfRealHost(text.to_owned()));
        }
        let (name, family) = match lower.strip_prefix("*.") {
            Some(rest) => (rest, true),
            None => (lower.as_str(), false),
        };
        if family && !name.is_empty() && crate::registrable_domain(name).is_none() {
            return Err(HostRuleError::TooWide(text.to_owned()));
        }
        if !is_host_name(name) {
            return Err(HostRuleError::NotAHost(text.to_owned()));
        }
        Ok(if family {
            HostRule::Below(name.to_owned())
        } else {
            HostRule::Exact(name.to_owned())
        })
    }
}

impl fmt::Display for HostRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HostRule::Exact(host) => f.write_str(host),
            HostRule::Below(host) => write!(f, "*.{host}"),
            HostRule::Loopback(port) => write!(f, "127.0.0.1:{port}"),
        }
    }
}

/// ASCII host name with at least two labels whose last is no number (that would be an IP address).
fn is_host_name(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    let well_formed = labels.iter().all(|label| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    });
    well_formed
        && labels.len() >= 2
        && labels
            .last()
            .is_some_and(|last| last.chars().any(|c| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn https(host: &str) -> Site {
        Site::Https {
            host: host.to_owned(),
        }
    }

    #[test]
    fn reads_the_three_forms_and_writes_them_back() {
        for text in [
            "login.microsoftonline.com",
            "*.certauth.login.microsoftonline.us",
            "127.0.0.1:4101",
        ] {
            assert_eq!(text.parse::<HostRule>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_rule() {
        for text in [
            "",
            "*",
            "*.com",
            "*.co.uk",
            "localhost",
            "127.0.0.1",
            "127.0.0.1:0",
            "127.0.0.1:99999",
            "10.0.0.1",
            "a..b",
            "https://a.b",
            "a.b/c",
            "-a.b",
            "a b.c",
        ] {
            assert!(text.parse::<HostRule>().is_err(), "{text:?} was taken");
        }
        assert_eq!(
            "login.live.com:8443".parse::<HostRule>(),
            Err(HostRuleError::PortOfRealHost("login.live.com:8443".into()))
        );
        assert_eq!(
            "*.com".parse::<HostRule>(),
            Err(HostRuleError::TooWide("*.com".into()))
        );
    }

    #[test]
    fn an_exact_rule_covers_one_host_only() {
        let rule: HostRule = "login.microsoftonline.com".parse().unwrap();
        assert!(rule.covers(&https("login.microsoftonline.com")));
        for other in [
            "evil-login.microsoftonline.com",
            "a.login.microsoftonline.com",
            "login.microsoftonline.com.evil.test",
            "microsoftonline.com",
        ] {
            assert!(!rule.covers(&https(other)), "{other}");
        }
        assert!(!rule.covers(&Site::Loopback { port: 443 }));
    }

    #[test]
    fn a_family_covers_what_is_below_but_not_beside() {
        let rule: HostRule = "*.auth.microsoft.com".parse().unwrap();
        assert!(rule.covers(&https("x.auth.microsoft.com")));
        assert!(rule.covers(&https("x.y.auth.microsoft.com")));
        for other in [
            "auth.microsoft.com",
            "evilauth.microsoft.com",
            ".auth.microsoft.com",
            "x.auth.microsoft.com.evil.test",
        ] {
            assert!(!rule.covers(&https(other)), "{other}");
        }
    }

    #[test]
    fn a_practice_rule_compares_the_port() {
        let rule: HostRule = "127.0.0.1:4101".parse().unwrap();
        assert!(rule.covers(&Site::Loopback { port: 4101 }));
        assert!(!rule.covers(&Site::Loopback { port: 4102 }));
        assert!(!rule.covers(&https("127.0.0.1")));
    }
}
