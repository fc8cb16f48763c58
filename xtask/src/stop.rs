//! Why a command could not go on: what happened, and what a person does about it.

use std::fmt;

/// The reason why a command ends without having done its work.
#[derive(Debug)]
pub struct Stop {
    what: String,
    remedy: Option<String>,
}

impl Stop {
    /// `what` is a sentence without its full stop.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: None,
        }
    }

    /// Adds what to do about it.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.", self.what)?;
        match &self.remedy {
            Some(remedy) => write!(f, "\n  What to do: {remedy}."),
            None => Ok(()),
        }
    }
}

/// Turns an I/O error into a stop that names the thing it was about.
pub fn about(thing: impl fmt::Display) -> impl FnOnce(std::io::Error) -> Stop {
    move |error| Stop::new(format!("{thing}: {error}"))
}
