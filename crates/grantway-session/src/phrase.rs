//! What the strip says, as an id and values; a catalogue has the sentences.

use crate::party::Party;

/// A sentence or label of the strip, before it is put into a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The catalogue's id.
    pub id: &'static str,
    /// Values to put in, by name.
    pub values: Vec<(&'static str, Value)>,
}

/// A value inside a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// What the person has to compare, such as a host or a tenant. It stands out. It may come from a page, so it is text and nothing else.
    Shown(String),
    /// Chooses among wordings of the sentence.
    Word(&'static str),
    /// A count; chooses singular or plural too.
    Number(u32),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Shown(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Shown(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Value::Shown(text.clone())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Number(number)
    }
}

impl From<Party> for Value {
    fn from(party: Party) -> Self {
        Value::Word(match party {
            Party::Provider => "provider",
            Party::Customer => "customer",
            Party::Vendor => "vendor",
        })
    }
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
    pub fn with(id: &'static str, name: &'static str, value: impl Into<Value>) -> Self {
        Phrase::plain(id).and(name, value)
    }

    /// Adds a value.
    pub fn and(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}
