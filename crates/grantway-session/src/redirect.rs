//! The answer of a sign-in comes back as a redirect; this decides which address is that answer.

use std::collections::HashSet;
use std::fmt;

use url::Url;

/// The redirect that a session waits for.
#[derive(Clone)]
pub struct Redirect {
    /// The address that was sent, without a query: `http://localhost:PORT/cb/global`.
    pub url: Url,
    /// The one-time state that was sent with it.
    pub state: String,
}

impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirect")
            .field("url", &self.url.as_str())
            .field("state", &"…")
            .finish()
    }
}

/// The whole address of a captured answer. It holds a one-time code, so it neither prints nor logs.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerUrl(Url);

impl AnswerUrl {
    /// Wraps an address that arrived at a redirect.
    pub fn new(url: Url) -> Self {
        AnswerUrl(url)
    }

    /// The address with its secrets, for the one who redeems the code.
    pub fn expose(&self) -> &Url {
        &self.0
    }
}

impl fmt::Debug for AnswerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnswerUrl(…)")
    }
}

/// What an address is to the redirect that a session waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectVerdict {
    /// Another address altogether.
    Elsewhere,
    /// It goes to the redirect's address or beside it, but is no answer to this session: it is stopped, counted, and the session waits on.
    Ignored(IgnoredRedirect),
    /// The answer.
    Answer(AnswerUrl),
}

/// Why an address at the redirect is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IgnoredRedirect {
    /// Same host and port, another path or scheme.
    OtherPath,
    /// A parameter that decides stands there twice.
    DuplicateParameter,
    /// Neither `code`, `error` nor `admin_consent`, or `code` beside another.
    NoSingleResult,
    /// The state is missing or is not the one that was sent.
    WrongState,
}

impl Redirect {
    /// Judges `url`. Scheme, host, port and path must be equal to what was sent; path comparison is case sensitive.
    pub fn judge(&self, url: &Url) -> RedirectVerdict {
        let same_place = url.host() == self.url.host()
            && url.port_or_known_default() == self.url.port_or_known_default();
        if !same_place {
            return RedirectVerdict::Elsewhere;
        }
        let exact = url.scheme() == self.url.scheme()
            && url.path() == self.url.path()
            && url.username().is_empty()
            && url.password().is_none();
        if !exact {
            return RedirectVerdict::Ignored(IgnoredRedirect::OtherPath);
        }
        let mut seen = HashSet::new();
        let mut state = None;
        for (name, value) in url.query_pairs() {
            if !seen.insert(name.to_string()) {
                return RedirectVerdict::Ignored(IgnoredRedirect::DuplicateParameter);
            }
            if name == "state" {
                state = Some(value.into_owned());
            }
        }
        // An admin-consent refusal carries `admin_consent` and `error` together; a code never comes with either.
        // facts: clean-session §4, §5
        let results = (
            seen.contains("code"),
            seen.contains("error"),
            seen.contains("admin_consent"),
        );
        match results {
            (true, false, false) | (false, true, _) | (false, false, true) => {}
            _ => return RedirectVerdict::Ignored(IgnoredRedirect::NoSingleResult),
        }
        match state {
            Some(state) if same_text(&state, &self.state) => {
                RedirectVerdict::Answer(AnswerUrl(url.clone()))
            }
            _ => RedirectVerdict::Ignored(IgnoredRedirect::WrongState),
        }
    }
}

/// Compares without telling by its duration where two texts of equal length differ.
fn same_text(a: &str, b: &str) -> bool {
    !b.is_empty()
        && a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |found, (x, y)| found | (x ^ y))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn redirect() -> Redirect {
        Redirect {
            url: "http://localhost:4999/cb/global".parse().unwrap(),
            state: "s-123".into(),
        }
    }

    fn judge(text: &str) -> RedirectVerdict {
        redirect().judge(&text.parse().unwrap())
    }

    #[test]
    fn the_exact_address_with_the_right_state_is_the_answer() {
        for text in [
            "http://localhost:4999/cb/global?code=abc&state=s-123",
            "http://localhost:4999/cb/global?state=s-123&error=access_denied&error_description=no",
            "http://localhost:4999/cb/global?admin_consent=True&tenant=x&state=s-123",
            "http://localhost:4999/cb/global?admin_consent=True&error=access_denied&state=s-123",
            "http://localhost:4999/cb/global?code=abc&state=s-123#_=_",
        ] {
            assert!(matches!(judge(text), RedirectVerdict::Answer(_)), "{text}");
        }
    }

    #[test]
    fn anything_else_at_the_address_is_ignored_with_its_reason() {
        use IgnoredRedirect::*;
        for (text, why) in [
            (
                "http://localhost:4999/cb/global?code=abc&state=other",
                WrongState,
            ),
            (
                "http://localhost:4999/cb/global?code=abc&state=s-1234",
                WrongState,
            ),
            ("http://localhost:4999/cb/global?code=abc", WrongState),
            (
                "http://localhost:4999/cb/global?code=a&code=b&state=s-123",
                DuplicateParameter,
            ),
            (
                "http://localhost:4999/cb/global?code=a&state=s-123&state=s-123",
                DuplicateParameter,
            ),
            (
                "http://localhost:4999/cb/global?state=s-123",
                NoSingleResult,
            ),
            (
                "http://localhost:4999/cb/global?code=a&error=b&state=s-123",
                NoSingleResult,
            ),
            (
                "http://localhost:4999/cb/practice?code=abc&state=s-123",
                OtherPath,
            ),
            (
                "http://localhost:4999/cb/global/?code=abc&state=s-123",
                OtherPath,
            ),
            (
                "http://localhost:4999/cb/GLOBAL?code=abc&state=s-123",
                OtherPath,
            ),
            (
                "https://localhost:4999/cb/global?code=abc&state=s-123",
                OtherPath,
            ),
            (
                "http://u@localhost:4999/cb/global?code=abc&state=s-123",
                OtherPath,
            ),
        ] {
            assert_eq!(judge(text), RedirectVerdict::Ignored(why), "{text}");
        }
    }

    #[test]
    fn other_places_are_elsewhere() {
        for text in [
            "http://localhost:5000/cb/global?code=abc&state=s-123",
            "http://127.0.0.1:4999/cb/global?code=abc&state=s-123",
            "http://localhost.evil.test:4999/cb/global?code=1&state=s-123",
        ] {
            assert_eq!(judge(text), RedirectVerdict::Elsewhere, "{text}");
        }
    }

    #[test]
    fn an_empty_expected_state_matches_nothing() {
        let redirect = Redirect {
            state: String::new(),
            ..redirect()
        };
        let url = "http://localhost:4999/cb/global?code=abc&state="
            .parse()
            .unwrap();
        assert_eq!(
            redirect.judge(&url),
            RedirectVerdict::Ignored(IgnoredRedirect::WrongState)
        );
    }

    #[test]
    fn secrets_do_not_print() {
        let RedirectVerdict::Answer(answer) =
            judge("http://localhost:4999/cb/global?code=abc&state=s-123")
        else {
            panic!("no answer")
        };
        assert!(!format!("{answer:?} {:?}", redirect()).contains("abc"));
        assert!(!format!("{:?}", redirect()).contains("s-123"));
    }

    proptest! {
        #[test]
        fn only_the_sent_state_ever_matches(state in "[A-Za-z0-9_-]{0,40}") {
            let verdict = judge(&format!("http://localhost:4999/cb/global?code=x&state={state}"));
            prop_assert_eq!(matches!(verdict, RedirectVerdict::Answer(_)), state == "s-123");
        }

        #[test]
        fn no_other_address_is_an_answer(text in "http://[a-z0-9.]{1,12}(:[0-9]{1,4})?/[a-zA-Z/]{0,12}\\?code=x&state=s-123") {
            if let Ok(url) = Url::parse(&text) {
                prop_assert!(!matches!(redirect().judge(&url), RedirectVerdict::Answer(_)) || text.starts_with("http://localhost:4999/cb/global?"));
            }
        }
    }
}
