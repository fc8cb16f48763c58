//! The catalogue: every sentence of the product in one file per language.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use grantway_core::Text;
use grantway_core::text::Arg;
use unic_langid::langid;

mod spans;

pub use spans::Span;

/// The English catalogue as the UI gets it too.
pub const ENGLISH: &str = include_str!("../catalogue/en.ftl");

/// Messages of one language.
pub struct Catalogue {
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    /// The English catalogue. What does not parse is left out here and caught by a test.
    pub fn english() -> Self {
        let resource = match FluentResource::try_new(ENGLISH.to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                tracing::error!(
                    count = errors.len(),
                    "the catalogue has parts that do not parse"
                );
                resource
            }
        };
        let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
        // Isolating marks would stand in file names, tests and copied text.
        bundle.set_use_isolating(false);
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(count = errors.len(), "the catalogue has messages twice");
        }
        Self { bundle }
    }

    /// The sentence for a text.
    pub fn text(&self, text: &Text) -> String {
        if text.key == Text::VERBATIM {
            return match text.args.get("text") {
                Some(Arg::Text(verbatim)) => verbatim.clone(),
                Some(Arg::Number(number)) => number.to_string(),
                Some(Arg::Message(inner)) => self.text(inner),
                None => String::new(),
            };
        }
        self.pattern(&text.key, None, text)
            .unwrap_or_else(|| missing(&text.key))
    }

    /// The sentence for a message without arguments.
    pub fn say(&self, key: &str) -> String {
        self.text(&Text::new(key))
    }

    /// The sentence for a message, if there is one of that name.
    pub fn find(&self, key: &str) -> Option<String> {
        self.pattern(key, None, &Text::new(key))
    }

    /// An attribute of a message (`.what`, `.why`, `.todo`), with the arguments of the text.
    pub fn attribute(&self, text: &Text, attribute: &str) -> Option<String> {
        self.pattern(&text.key, Some(attribute), text)
    }

    fn pattern(&self, key: &str, attribute: Option<&str>, text: &Text) -> Option<String> {
        let mut args = FluentArgs::new();
        for (name, arg) in &text.args {
            let value = match arg {
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Text(text) => FluentValue::from(text.clone()),
                Arg::Message(inner) => FluentValue::from(self.text(inner)),
            };
            args.set(name.clone(), value);
        }
        self.format(key, attribute, &args)
    }

    fn format(&self, key: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let sentence = self
            .bundle
            .format_pattern(pattern, Some(args), &mut errors)
            .into_owned();
        for error in &errors {
            tracing::error!(key, %error, "a message lacks an argument");
        }
        Some(sentence)
    }
}

fn missing(key: &str) -> String {
    tracing::error!(key, "a message is missing from the catalogue");
    key.replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_parses_and_no_message_is_there_twice() {
        let resource = FluentResource::try_new(ENGLISH.to_owned())
            .map_err(|(_, errors)| errors)
            .expect("every message parses");
        let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
        bundle
            .add_resource(resource)
            .expect("no message is there twice");
    }

    #[test]
    fn verbatim_text_is_shown_as_it_stands() {
        let catalogue = Catalogue::english();
        assert_eq!(catalogue.text(&Text::verbatim("{ $x } <b>")), "{ $x } <b>");
    }

    /// The Rust sources whose sentences are in the catalogue, this room's own included.
    fn sources() -> Vec<std::path::PathBuf> {
        let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        rust_files(
            ["app", "core", "microsoft", "patterns"]
                .map(|room| crates.join(format!("grantway-{room}/src")))
                .into(),
        )
    }

    fn rust_files(mut folders: Vec<std::path::PathBuf>) -> Vec<std::path::PathBuf> {
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder)
                .expect("the folder is there")
                .flatten()
            {
                let path = entry.path();
                if path.is_dir() {
                    if path.file_name().is_none_or(|name| name != "tests") {
                        folders.push(path);
                    }
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    files.push(path);
                }
            }
        }
        files
    }

    /// The Rust sources of a clean session's window and the desktop's own dialogs.
    fn window_sources() -> Vec<std::path::PathBuf> {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        rust_files(vec![
            root.join("crates/grantway-session/src"),
            root.join("src-tauri/src"),
        ])
    }

    /// The messages that only those name.
    const OF_WINDOWS: [&str; 4] = ["strip-", "blocked-", "passphrase-", "file-dialog-"];

    #[test]
    fn every_phrase_of_a_window_is_there_and_none_is_left_over() {
        let mut named = std::collections::BTreeSet::new();
        for file in window_sources() {
            let text = std::fs::read_to_string(&file).expect("readable");
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            named.extend(
                text.split('"')
                    .filter(|part| {
                        OF_WINDOWS.iter().any(|start| part.starts_with(start))
                            && part
                                .chars()
                                .all(|letter| letter.is_ascii_lowercase() || letter == '-')
                    })
                    .map(str::to_owned),
            );
        }
        let there: std::collections::BTreeSet<String> = ENGLISH
            .lines()
            .filter_map(|line| line.split_once(" =").map(|(id, _)| id.to_owned()))
            .filter(|id| OF_WINDOWS.iter().any(|start| id.starts_with(start)))
            .collect();
        let missing: Vec<_> = named.difference(&there).collect();
        let left_over: Vec<_> = there.difference(&named).collect();
        assert!(
            missing.is_empty() && left_over.is_empty(),
            "missing: {missing:#?}, left over: {left_over:#?}"
        );
        assert!(named.len() > 40, "the sources were not read: {named:?}");
    }

    #[test]
    fn every_message_that_rust_names_is_there() {
        let catalogue = Catalogue::english();
        let mut missing = Vec::new();
        for file in sources().into_iter().chain(window_sources()) {
            let text = std::fs::read_to_string(&file).expect("readable");
            // Tests at the end of a file name messages of their own.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            for opener in ["Text::new(", ".say(", "Problem::new("] {
                for part in text.split(opener).skip(1) {
                    let part = part.trim_start();
                    let Some(key) = part
                        .strip_prefix('"')
                        .and_then(|rest| rest.split('"').next())
                    else {
                        continue;
                    };
                    if !catalogue.bundle.has_message(key) {
                        missing.push(format!("{key} in {}", file.display()));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
