//! The words of a clean session's window: phrases of the session room as runs of text, in which values stand out.

use fluent_bundle::{FluentArgs, FluentValue};
use grantway_session::{Phrase, Value};

use super::{Catalogue, missing};

/// Private signs around a value while a sentence is put together. They are taken out of values first, so only Grantway sets them.
const OPENS: char = '\u{e000}';
const CLOSES: char = '\u{e001}';

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text; never empty.
    pub text: String,
    /// Whether it stands out: it is what the person has to compare.
    pub bold: bool,
}

impl Catalogue {
    /// The sentence for a phrase in runs.
    pub fn spans(&self, phrase: &Phrase) -> Vec<Span> {
        let mut args = FluentArgs::new();
        for (name, value) in &phrase.values {
            args.set(
                *name,
                match value {
                    Value::Shown(text) => {
                        FluentValue::from(format!("{OPENS}{}{CLOSES}", harmless(text)))
                    }
                    Value::Word(word) => FluentValue::from(*word),
                    Value::Number(number) => FluentValue::from(*number),
                },
            );
        }
        let sentence = self
            .format(phrase.id, None, &args)
            .unwrap_or_else(|| missing(phrase.id));
        let mut spans = Vec::new();
        let mut bold = false;
        for run in sentence.split_inclusive([OPENS, CLOSES]) {
            let text = run.trim_end_matches([OPENS, CLOSES]);
            if !text.is_empty() {
                spans.push(Span {
                    text: text.to_owned(),
                    bold,
                });
            }
            bold = run.ends_with(OPENS);
        }
        spans
    }

    /// The sentence for a phrase as one text.
    pub fn phrase(&self, phrase: &Phrase) -> String {
        self.spans(phrase)
            .into_iter()
            .map(|span| span.text)
            .collect()
    }
}

/// A value without what would change the text around it: our own signs, line ends and other controls, and the marks that
/// turn the direction of writing.
fn harmless(value: &str) -> String {
    value
        .chars()
        .filter(|letter| {
            !matches!(
                letter,
                &OPENS
                    | &CLOSES
                    | '\u{61c}'
                    | '\u{200e}'
                    | '\u{200f}'
                    | '\u{202a}'..='\u{202e}'
                    | '\u{2066}'..='\u{2069}'
            )
        })
        .map(|letter| {
            if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                letter
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use grantway_session::Party;

    fn span(text: &str, bold: bool) -> Span {
        Span {
            text: text.to_owned(),
            bold,
        }
    }

    #[test]
    fn values_stand_out_and_the_sentence_does_not() {
        let spans =
            Catalogue::english().spans(&Phrase::with("strip-refused-host", "host", "evil.example"));
        assert_eq!(
            spans,
            [
                span("Stopped: the page wanted to open ", false),
                span("evil.example", true),
                span(", which is not part of this step.", false),
            ]
        );
    }

    #[test]
    fn words_and_counts_are_part_of_the_sentence() {
        let catalogue = Catalogue::english();
        for (party, word) in [
            (Party::Provider, "provider"),
            (Party::Customer, "customer"),
            (Party::Vendor, "vendor"),
        ] {
            let spans = catalogue.spans(
                &Phrase::with("strip-ask-federated", "host", "sso.example").and("party", party),
            );
            assert_eq!(
                spans,
                [
                    span("Microsoft hands the sign-in to ", false),
                    span("sso.example", true),
                    span(&format!(". Is that the {word}’s own sign-in page?"), false),
                ]
            );
        }
        let missing =
            |count: u32| catalogue.phrase(&Phrase::with("strip-prompt-missing", "expected", count));
        assert!(missing(1).contains("needs 1 sign-in."), "{}", missing(1));
        assert!(missing(2).contains("needs 2 sign-ins."), "{}", missing(2));
    }

    #[test]
    fn a_value_can_neither_forge_emphasis_nor_leave_its_place() {
        let catalogue = Catalogue::english();
        for hostile in [
            "{ $known }",
            "\u{e001}: all is well. \u{e000}",
            "a\u{e000}\u{e000}b\u{e001}\u{e001}",
            "a\nStopped: nothing",
            "\u{202e}elpmaxe.live\u{2066}",
            "a\u{2028}b\u{0}c\u{1b}[1m",
            "<b>bold</b>&amp;",
        ] {
            let spans = catalogue.spans(
                &Phrase::with("strip-refused-look-alike", "host", hostile).and("known", hostile),
            );
            let bold: Vec<bool> = spans.iter().map(|span| span.bold).collect();
            assert_eq!(bold, [false, true, false, true, false], "{hostile:?}");
            assert_eq!(spans[0].text, "Stopped: ");
            assert_eq!(spans[2].text, " imitates ");
            assert_eq!(spans[4].text, ". Type no password there.");
            assert_eq!(spans[1], spans[3]);
            let kept = &spans[1].text;
            assert!(
                !kept.contains([
                    OPENS, CLOSES, '\n', '\u{202e}', '\u{2066}', '\u{2028}', '\0'
                ]),
                "{kept:?}"
            );
        }
        let text = catalogue.phrase(&Phrase::with("strip-refused-host", "host", "{ $host } <b>"));
        assert!(text.contains("open { $host } <b>,"), "{text}");
        // What is nothing but signs leaves no empty run.
        let spans = catalogue.spans(&Phrase::with("strip-refused-host", "host", "\u{e000}"));
        assert!(spans.iter().all(|span| !span.bold), "{spans:?}");
    }

    #[test]
    fn no_sentence_carries_the_signs_itself() {
        assert!(!super::super::ENGLISH.contains([OPENS, CLOSES]));
    }
}
