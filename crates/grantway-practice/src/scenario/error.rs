//! What can be wrong with a scenario.

use std::path::PathBuf;

use thiserror::Error;

/// Why a scenario cannot be used.
#[derive(Debug, Error)]
pub enum ScenarioError {
    /// There is no built-in scenario of that id.
    #[error("there is no built-in scenario `{id}`; `grantway-practice --help` lists them")]
    UnknownBuiltin {
        /// The id.
        id: String,
    },
    /// The file cannot be read.
    #[error("the scenario file {} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The text is not TOML, or a field is missing, unknown or of the wrong kind.
    #[error("line {line} of the scenario: {message}")]
    Form {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A field holds something that does not fit the rest.
    #[error("line {line} of the scenario, field `{field}`: {message}")]
    Field {
        /// Line, from 1.
        line: usize,
        /// The field.
        field: &'static str,
        /// What is wrong.
        message: String,
    },
}

/// The line of a byte offset, from 1.
pub(super) fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}
