//! Scenario files: the worlds that practice starts from. A file is TOML; what is wrong in it is named by line and field.

mod base;
mod build;
mod builtin;
mod error;
mod file;
mod names;

use std::path::PathBuf;

use jiff::Timestamp;

pub use builtin::{Scenario, builtin, builtins};
pub use error::ScenarioError;
pub use names::is_practice_name;

use crate::ids::Ids;
use crate::state::World;

/// Where a scenario comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScenarioSource {
    /// One that is built in, by its id. One with a crowd of customers may be asked for in a size: `many-customers:1000`.
    Builtin(String),
    /// A file.
    File(PathBuf),
    /// The text of a file.
    Text(String),
}

impl Default for ScenarioSource {
    fn default() -> Self {
        Self::Builtin("in-order".to_owned())
    }
}

impl ScenarioSource {
    /// Reads the text of the scenario.
    ///
    /// # Errors
    /// When there is no such built-in scenario, or the file cannot be read.
    pub fn text(&self) -> Result<String, ScenarioError> {
        match self {
            Self::Builtin(id) => builtin(sized(id).0)
                .map(|scenario| scenario.text.to_owned())
                .ok_or_else(|| ScenarioError::UnknownBuiltin { id: id.clone() }),
            Self::File(path) => {
                std::fs::read_to_string(path).map_err(|source| ScenarioError::Unreadable {
                    path: path.clone(),
                    source,
                })
            }
            Self::Text(text) => Ok(text.clone()),
        }
    }

    /// Reads the scenario and builds its world. `start` is the practice time at which it begins.
    ///
    /// # Errors
    /// When the scenario cannot be read or is wrong.
    pub fn world(&self, ids: &Ids, start: Timestamp) -> Result<World, ScenarioError> {
        let size = match self {
            Self::Builtin(id) => sized(id).1,
            Self::File(_) | Self::Text(_) => None,
        };
        build::world(&base::whole(&self.text()?)?, ids, start, size)
    }
}

/// An id and the size behind its colon.
fn sized(id: &str) -> (&str, Option<u32>) {
    match id.split_once(':') {
        Some((name, size)) => match size.parse() {
            Ok(size) => (name, Some(size)),
            Err(_) => (id, None),
        },
        None => (id, None),
    }
}
