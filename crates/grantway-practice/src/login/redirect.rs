//! Redirect addresses: whether one is registered, and how an answer is put on it.
//! facts: clean-session §4, api-b2b-mto-siem (redirect rules): http only for the own computer, the port of a loopback
//! address is ignored, the path counts and is case-sensitive.

use url::{Host, Url};

/// Whether `asked` is one of the `registered` redirect addresses of an app.
pub fn is_registered(asked: &str, registered: &[String]) -> bool {
    let Ok(asked) = Url::parse(asked) else {
        return false;
    };
    if asked.fragment().is_some() || !asked.username().is_empty() || asked.password().is_some() {
        return false;
    }
    registered
        .iter()
        .filter_map(|uri| Url::parse(uri).ok())
        .any(|uri| matches(&asked, &uri))
}

/// The redirect address with `answer` added to its query.
pub fn with_answer(redirect: &str, answer: &[(&str, &str)]) -> Option<Url> {
    let mut url = Url::parse(redirect).ok()?;
    url.query_pairs_mut().extend_pairs(answer);
    Some(url)
}

/// Scheme, host and port of an address, as a content policy names it.
pub fn origin(address: &str) -> Option<String> {
    let origin = Url::parse(address).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

fn matches(asked: &Url, registered: &Url) -> bool {
    let same_port = is_loopback(registered)
        || asked.port_or_known_default() == registered.port_or_known_default();
    asked.scheme() == registered.scheme()
        && asked.host() == registered.host()
        && same_port
        && asked.path() == registered.path()
        && asked.query() == registered.query()
}

// `[::1]` is left out on purpose: Entra does not support it.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Vec<String> {
        vec!["http://localhost/cb/practice".to_owned()]
    }

    #[test]
    fn the_port_of_a_loopback_address_is_ignored() {
        assert!(is_registered("http://localhost:49731/cb/practice", &ours()));
        assert!(is_registered("http://localhost/cb/practice", &ours()));
    }

    #[test]
    fn path_case_host_scheme_and_user_count() {
        for asked in [
            "http://localhost/cb/Practice",
            "http://localhost/cb/practice/",
            "http://localhost/cb/practice?x=1",
            "https://localhost/cb/practice",
            "http://127.0.0.1/cb/practice",
            "http://[::1]/cb/practice",
            "http://x@localhost/cb/practice",
            "http://localhost.evil.example/cb/practice",
            "http://localhost/cb/practice#f",
            "nonsense",
        ] {
            assert!(!is_registered(asked, &ours()), "{asked}");
        }
    }

    #[test]
    fn a_port_counts_where_the_host_is_no_loopback() {
        let uris = vec!["https://app.example/back".to_owned()];
        assert!(is_registered("https://app.example/back", &uris));
        assert!(!is_registered("https://app.example:8443/back", &uris));
    }

    #[test]
    fn an_answer_keeps_what_the_address_carried() {
        let url = with_answer("http://localhost/cb?x=1", &[("code", "a b"), ("state", "&")]);
        assert_eq!(
            url.map(String::from).as_deref(),
            Some("http://localhost/cb?x=1&code=a+b&state=%26")
        );
    }
}
