//! What an address is, before any list of hosts is asked: the scheme, port and form rules.

use std::fmt;

use url::{Host, Url};

use crate::report::RefuseReason;

/// A place that a page can come from, in the only two forms that a session shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Site {
    /// A host by https on port 443; lower case, ASCII (punycode for other scripts).
    Https {
        /// The host name.
        host: String,
    },
    /// A service of the practice cloud: http on 127.0.0.1.
    Loopback {
        /// Its port.
        port: u16,
    },
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Site::Https { host } => f.write_str(host),
            Site::Loopback { port } => write!(f, "127.0.0.1:{port}"),
        }
    }
}

/// An address that passed the form rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `about:blank` and `about:srcdoc`: an empty page or a frame written by its parent. Carries no host of its own.
    Blank,
    /// A web page.
    Page {
        /// Where it comes from.
        site: Site,
        /// The whole address.
        url: Url,
    },
}

impl Address {
    /// Judges the form of `text`; which hosts are allowed is asked later.
    ///
    /// Live sessions take https on port 443 of a named host. Practice sessions take http on 127.0.0.1 and nothing else, so a practice
    /// session never reaches a real service and a live one never reaches loopback.
    pub fn read(text: &str, practice: bool) -> Result<Address, RefuseReason> {
        let url = Url::parse(text).map_err(|_| RefuseReason::Unreadable)?;
        match url.scheme() {
            "about" => {
                return match url.path() {
                    "blank" | "srcdoc" => Ok(Address::Blank),
                    _ => Err(RefuseReason::Scheme("about".to_owned())),
                };
            }
            "http" | "https" => {}
            other => return Err(RefuseReason::Scheme(other.to_owned())),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(RefuseReason::UserInfo);
        }
        let site = match (url.host(), practice) {
            (Some(Host::Ipv4(ip)), true)
                if ip == std::net::Ipv4Addr::LOCALHOST && url.scheme() == "http" =>
            {
                Site::Loopback {
                    port: url.port_or_known_default().unwrap_or(80),
                }
            }
            (_, true) => return Err(RefuseReason::OutsidePractice),
            (Some(Host::Ipv4(_) | Host::Ipv6(_)), false) => return Err(RefuseReason::RawAddress),
            (Some(Host::Domain(_)), false) if url.scheme() != "https" => {
                return Err(RefuseReason::NotEncrypted);
            }
            (Some(Host::Domain(host)), false) => {
                // A single label or a trailing dot is never a public sign-in host.
                if !host.contains('.') || host.ends_with('.') || host.ends_with(".localhost") {
                    return Err(RefuseReason::RawAddress);
                }
                match url.port() {
                    None => Site::Https {
                        host: host.to_ascii_lowercase(),
                    },
                    Some(port) => return Err(RefuseReason::Port(port)),
                }
            }
            (None, false) => return Err(RefuseReason::Unreadable),
        };
        Ok(Address::Page { site, url })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_schemes_are_refused_in_both_modes() {
        for text in [
            "tauri://localhost/index.html",
            "ipc://localhost/secret",
            "asset://localhost/x",
            "file:///etc/hostname",
            "data:text/html,hi",
            "blob:https://a.example/x",
            "filesystem:https://a/x",
            "mailto:a@b.example",
            "ms-settings:privacy",
            "myapp://cb?code=1",
            "javascript:alert(1)",
            "about:config",
            "ws://a.example/",
            "ftp://a.example/",
            "view-source:https://a.example/",
        ] {
            for practice in [true, false] {
                assert!(
                    matches!(Address::read(text, practice), Err(RefuseReason::Scheme(_))),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn a_live_session_takes_https_on_443_of_a_named_host() {
        let ok = Address::read("https://Login.MicrosoftOnline.com:443/x?y#z", false).unwrap();
        assert!(
            matches!(ok, Address::Page { site: Site::Https { host }, .. } if host == "login.microsoftonline.com")
        );
        for (text, why) in [
            (
                "http://login.microsoftonline.com/",
                RefuseReason::NotEncrypted,
            ),
            (
                "https://login.microsoftonline.com:8443/",
                RefuseReason::Port(8443),
            ),
            ("https://127.0.0.1/", RefuseReason::RawAddress),
            ("https://[::1]/", RefuseReason::RawAddress),
            ("https://2130706433/", RefuseReason::RawAddress),
            ("http://tauri.localhost/", RefuseReason::NotEncrypted),
            ("https://tauri.localhost/", RefuseReason::RawAddress),
            ("https://intranet/", RefuseReason::RawAddress),
            (
                "https://login.microsoftonline.com./",
                RefuseReason::RawAddress,
            ),
            (
                "https://login.microsoftonline.com@evil.test/",
                RefuseReason::UserInfo,
            ),
            ("http://[bad", RefuseReason::Unreadable),
            ("", RefuseReason::Unreadable),
        ] {
            assert_eq!(Address::read(text, false), Err(why), "{text}");
        }
    }

    #[test]
    fn a_practice_session_stays_on_this_computer() {
        assert!(matches!(
            Address::read("http://127.0.0.1:4101/a", true),
            Ok(Address::Page {
                site: Site::Loopback { port: 4101 },
                ..
            })
        ));
        for text in [
            "https://login.microsoftonline.com/",
            "https://127.0.0.1:4101/",
            "http://localhost:4101/",
            "http://127.0.0.2:4101/",
            "http://[::1]:4101/",
            "http://192.168.0.1/",
        ] {
            assert_eq!(
                Address::read(text, true),
                Err(RefuseReason::OutsidePractice),
                "{text}"
            );
        }
    }

    #[test]
    fn blank_frames_pass() {
        assert_eq!(Address::read("about:blank", false), Ok(Address::Blank));
        assert_eq!(Address::read("about:srcdoc", true), Ok(Address::Blank));
    }
}
