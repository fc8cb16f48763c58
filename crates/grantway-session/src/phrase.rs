//! The strip's sentences as ids with values, so that a catalogue can translate them; English is the built-in wording.

/// A sentence or label of the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The catalogue's id.
    pub id: &'static str,
    /// Values to put in, by name.
    pub values: Vec<(&'static str, String)>,
}

/// A run of text; values stand out in bold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is bold.
    pub bold: bool,
}

impl Phrase {
    /// A sentence without values.
    pub fn plain(id: &'static str) -> Self {
        Phrase {
            id,
            values: Vec::new(),
        }
    }

    /// A sentence with one value.
    pub fn with(id: &'static str, name: &'static str, value: impl Into<String>) -> Self {
        Phrase {
            id,
            values: vec![(name, value.into())],
        }
    }

    /// Adds a value.
    pub fn and(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The English wording in runs; what a value filled in is bold.
    pub fn english(&self) -> Vec<Span> {
        self.fill(english(self.id))
    }

    /// The English wording as one text, for screen readers.
    pub fn english_text(&self) -> String {
        self.english().into_iter().map(|span| span.text).collect()
    }

    /// Fills a catalogue's pattern with this phrase's values. `{name}` marks a value.
    pub fn fill(&self, pattern: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut push = |text: &str, bold: bool| {
            if !text.is_empty() {
                spans.push(Span {
                    text: text.to_owned(),
                    bold,
                });
            }
        };
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else {
                break;
            };
            push(before, false);
            match self.values.iter().find(|(known, _)| *known == name) {
                // The party is a word of the sentence; everything else is what the person must compare.
                Some((_, value)) => push(value, name != "party"),
                None => push(name, false),
            }
            rest = tail;
        }
        push(rest, false);
        spans
    }
}

/// Every id with its English wording.
pub const ENGLISH: &[(&str, &str)] = &[
    ("strip-start-over", "Start over clean"),
    ("strip-private-browser", "Open in private browser"),
    ("strip-own-browser", "Use my own browser"),
    ("strip-stop", "Stop"),
    ("strip-page-error", "This page shows an error"),
    ("strip-copy-link", "Copy the link"),
    ("strip-expects", "expects"),
    ("strip-sign-ins", "Sign-ins seen {seen} of {expected}"),
    ("strip-practice", "Practice"),
    ("strip-https", "https"),
    ("strip-on-this-computer", "on this computer"),
    ("strip-opening", "Opening the first page"),
    ("strip-blocked", "Nothing is shown"),
    ("strip-federated-yes", "Yes, go there"),
    ("strip-federated-no", "No, stop"),
    (
        "strip-ask-federated",
        "Microsoft hands the sign-in to {host}. Is that the {party}’s own sign-in page?",
    ),
    (
        "strip-ask-federated-practice",
        "The practice cloud hands the sign-in to {host}. Is that the {party}’s own sign-in page?",
    ),
    (
        "strip-ask-federated-next",
        "{from} hands the sign-in on to {host}. Is that the {party}’s own sign-in page?",
    ),
    (
        "strip-refused-host",
        "Stopped: the page wanted to open {host}, which is not part of this step.",
    ),
    (
        "strip-refused-look-alike",
        "Stopped: {host} imitates {known}. Type no password there.",
    ),
    (
        "strip-refused-not-encrypted",
        "Stopped: {host} does not encrypt the connection.",
    ),
    (
        "strip-refused-address",
        "Stopped: {host} is no named host on the usual port.",
    ),
    (
        "strip-refused-user-info",
        "Stopped: the address of {host} carries a user name to look like another.",
    ),
    (
        "strip-refused-outside-practice",
        "Stopped: the practice cloud never leaves this computer, and the page wanted to.",
    ),
    (
        "strip-refused-too-deep",
        "Stopped: five hosts handed the sign-in on to each other, {host} is the last.",
    ),
    (
        "strip-refused-download",
        "Stopped: the page wanted to save a file. A clean session saves nothing.",
    ),
    (
        "strip-refused-window",
        "Stopped: the page wanted another window. This step needs none.",
    ),
    ("strip-ask-error", "What does the page speak of?"),
    ("strip-error-key", "A passkey or smart card"),
    ("strip-error-device", "A managed device"),
    ("strip-error-other", "Something else"),
    (
        "strip-passkey",
        "This sign-in wants a passkey. This window cannot use one; your browser can.",
    ),
    (
        "strip-passkey-no-browser",
        "This sign-in wants a passkey. This window cannot use one, and Grantway found no browser here.",
    ),
    (
        "strip-device-rule",
        "Your company lets only managed devices sign in. No private window can show that this one is.",
    ),
    (
        "strip-other-error",
        "Start over clean, or go on in a browser. The page itself says what it misses.",
    ),
    (
        "strip-wrong-tenant",
        "You signed in to {signed_in}, not {expected}. Nothing was changed. Start over with the right account.",
    ),
    (
        "strip-copied",
        "The link is on the clipboard. Grantway reads the effect; nothing comes back to this window.",
    ),
    (
        "strip-time-short",
        "This session ends in one minute and is emptied.",
    ),
    (
        "strip-prompt-missing",
        "Something signed you in without asking. This step needs {expected} sign-ins. Start over clean.",
    ),
];

fn english(id: &str) -> &str {
    ENGLISH
        .iter()
        .find(|(known, _)| *known == id)
        .map_or(id, |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_bold_and_the_rest_is_not() {
        let spans = Phrase::with("strip-refused-host", "host", "evil.example").english();
        assert_eq!(spans.len(), 3);
        assert_eq!(
            spans[1],
            Span {
                text: "evil.example".into(),
                bold: true
            }
        );
        assert!(!spans[0].bold && !spans[2].bold);
    }

    #[test]
    fn wording_follows_the_house_rules() {
        for (id, text) in ENGLISH {
            assert!(!text.contains('!'), "{id}");
            for word in ["please", "sorry", "oops", "successfully"] {
                assert!(!text.to_lowercase().contains(word), "{id}: {word}");
            }
        }
    }

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<_> = ENGLISH.iter().map(|(id, _)| id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), ENGLISH.len());
    }

    #[test]
    fn a_value_is_never_read_as_a_pattern() {
        let text = Phrase::with("strip-refused-host", "host", "{party}").english_text();
        assert!(text.contains("{party}"));
    }
}
