//! What a person will read, before it is put into a language.
//!
//! Core and patterns name a message and its arguments; the catalogue of the app room turns both into
//! a sentence. Text that comes from data (a vendor profile, a server's answer) is passed as an argument
//! or as [`Text::verbatim`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A value inside a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A count; the catalogue chooses singular or plural by it.
    Number(i64),
    /// A name, a date, an id.
    Text(String),
    /// Another message, put into the language first.
    Message(Text),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.into())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Arg::Text(text.clone())
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Arg::Message(text)
    }
}

/// A message of the catalogue with its arguments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The id in the catalogue, such as `check-p1-title`.
    pub key: String,
    /// The arguments by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, Arg>,
}

impl Text {
    /// The key of text that is shown as it stands.
    pub const VERBATIM: &'static str = "verbatim";

    /// A message without arguments.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            args: BTreeMap::new(),
        }
    }

    /// Text that is data already: a profile's sentence, a name, a number that Microsoft gave.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self::new(Self::VERBATIM).with("text", text.into())
    }

    /// The same message with one more argument.
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.into(), value.into());
        self
    }
}
