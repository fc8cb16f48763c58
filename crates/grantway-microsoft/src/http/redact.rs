//! What may be printed of addresses and of the words of a server: enough to find a fault, nothing that opens a door.

use std::fmt;

use url::Url;

/// An address as it may be printed: scheme, host, path and the names of the parameters; no user, no values, no fragment.
#[derive(Clone, PartialEq, Eq)]
pub struct SafeUrl(String);

impl SafeUrl {
    /// Leaves out what may be secret.
    pub fn of(url: &Url) -> Self {
        let mut text = format!("{}://{}", url.scheme(), url.host_str().unwrap_or(""));
        if let Some(port) = url.port() {
            text.push_str(&format!(":{port}"));
        }
        text.push_str(url.path());
        let names: Vec<_> = url
            .query_pairs()
            .map(|(name, _)| format!("{}=…", plain(&name)))
            .collect();
        if !names.is_empty() {
            text.push('?');
            text.push_str(&names.join("&"));
        }
        Self(text)
    }
}

/// A parameter's name is printed when it looks like one: a bare secret may stand where a name would.
fn plain(name: &str) -> &str {
    let looks_like_a_name = name.len() <= 32
        && name
            .chars()
            .all(|c| c.is_ascii_alphabetic() || "_-$.".contains(c));
    if looks_like_a_name { name } else { "…" }
}

impl fmt::Display for SafeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SafeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const LONGEST: usize = 600;

/// The words of a server, cut to a readable length, without anything that looks like a token.
pub fn words(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().take(LONGEST * 4).chain(std::iter::once(' ')) {
        if c.is_ascii_alphanumeric() || "-_.+/=~%".contains(c) {
            run.push(c);
            continue;
        }
        out.push_str(if looks_secret(&run) { "…" } else { &run });
        run.clear();
        out.push(if c.is_control() { ' ' } else { c });
        if out.len() > LONGEST {
            out.push('…');
            break;
        }
    }
    out.trim().to_owned()
}

/// A signed token, or a long run of letters and digits that is neither a GUID nor an address nor a word.
fn looks_secret(run: &str) -> bool {
    if run.contains("eyJ")
        || run.starts_with("0.A")
        || run.starts_with("1.A")
        || run.starts_with("M.C")
    {
        return true;
    }
    let longest_part = run.split(['/', '.', '=']).map(str::len).max().unwrap_or(0);
    longest_part > 36 && run.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_stay_and_values_go() {
        let url =
            Url::parse("http://u:pw@localhost:4711/cb/global?code=0.AVerySecret&state=xyz#frag")
                .unwrap();
        assert_eq!(
            SafeUrl::of(&url).to_string(),
            "http://localhost:4711/cb/global?code=…&state=…"
        );
        assert_eq!(
            format!("{:?}", SafeUrl::of(&url)),
            SafeUrl::of(&url).to_string()
        );
    }

    #[test]
    fn a_secret_in_the_place_of_a_name_goes_too() {
        let url = Url::parse("http://localhost/cb?0.AVerySecretCode123").unwrap();
        assert!(!SafeUrl::of(&url).to_string().contains("Secret"));
    }

    #[test]
    fn words_keep_sentences_and_guids() {
        let text = "AADSTS50020: User 'a@b.test' does not exist. Trace ID: 8f4c2a10-0000-4000-8000-0000000a6d21";
        assert_eq!(words(text), text);
    }

    #[test]
    fn words_lose_tokens() {
        let token = "eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJ4In0.c2ln";
        let refresh = "0.AXoAq1s2d3f4g5h6j7k8l9";
        let bare = "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2";
        let safe = words(&format!("got {token} and {refresh} and \"{bare}\""));
        for secret in [token, refresh, bare] {
            assert!(!safe.contains(secret), "{safe}");
        }
    }

    proptest! {
        #[test]
        fn no_value_is_ever_printed(secret in "[A-Za-z0-9]{12,40}", name in "[a-z]{1,8}") {
            let mut url = Url::parse("https://login.example/path").unwrap();
            url.query_pairs_mut().append_pair(&name, &format!("Q{secret}Q"));
            url.set_fragment(Some(&format!("Q{secret}Q")));
            let marker = format!("Q{secret}Q");
            prop_assert!(!SafeUrl::of(&url).to_string().contains(&marker));
        }

        #[test]
        fn words_are_bounded(text in "\\PC{0,5000}") {
            prop_assert!(words(&text).chars().count() <= LONGEST * 2);
        }
    }
}
