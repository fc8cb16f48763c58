//! Scheme, host and port of a service, and nothing else.

use std::fmt;

use url::Url;

/// An origin such as `https://graph.example`: an address without user, path, query or fragment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin(Url);

impl Origin {
    /// The origin that an address consists of; none when there is more in it.
    pub fn of(url: Url) -> Option<Self> {
        let bare = matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        bare.then_some(Self(url))
    }

    /// The address of a path on this origin. The path begins with `/` and may bring a query.
    pub fn join(&self, path_and_query: &str) -> Url {
        let mut url = self.0.clone();
        let (path, query) = match path_and_query.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path_and_query, None),
        };
        url.set_path(path);
        url.set_query(query);
        url
    }

    /// Whether an address is on this origin, and carries no user name in front of the host.
    pub fn contains(&self, url: &Url) -> bool {
        self.0.origin() == url.origin() && url.username().is_empty() && url.password().is_none()
    }

    /// The origin as an address.
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn origin() -> Origin {
        Origin::of(Url::parse("https://graph.example").unwrap()).unwrap()
    }

    #[test]
    fn more_than_an_origin_is_refused() {
        for text in [
            "https://a.test/x",
            "https://a.test/?q",
            "https://u@a.test/",
            "https://a.test/#f",
            "mailto:a@b.test",
        ] {
            assert!(Origin::of(Url::parse(text).unwrap()).is_none(), "{text}");
        }
    }

    #[test]
    fn look_alikes_are_not_contained() {
        for text in [
            "http://graph.example/",
            "https://graph.example:444/",
            "https://graph.example.evil.test/",
            "https://graph.example@evil.test/",
            "https://user@graph.example/",
        ] {
            assert!(!origin().contains(&Url::parse(text).unwrap()), "{text}");
        }
        assert!(origin().contains(&Url::parse("https://GRAPH.example:443/v1.0/me").unwrap()));
    }

    proptest! {
        #[test]
        fn joining_never_leaves(path in "\\PC{0,60}") {
            let rooted = format!("/{path}");
            prop_assert!(origin().contains(&origin().join(&rooted)));
            prop_assert!(origin().contains(&origin().join(&path)));
        }
    }
}
