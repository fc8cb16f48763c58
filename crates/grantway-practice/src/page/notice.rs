//! Pages that only tell something.

use askama::Template;

use super::Frame;

/// An error that does not go back to the app.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame.
    pub frame: Frame,
    /// Heading.
    pub heading: String,
    /// What happened.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// `AADSTS…`.
    pub code: String,
    /// Id to quote.
    pub request: String,
    /// Practice time.
    pub time: String,
}

/// A way in which an account proves itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodLine {
    /// Short name for programs.
    pub kind: &'static str,
    /// Name for people.
    pub name: String,
    /// When and on what.
    pub detail: String,
}

/// The end of the first sign-in.
#[derive(Debug, Template)]
#[template(path = "all_set.html")]
pub struct AllSetPage {
    /// The frame.
    pub frame: Frame,
    /// Account.
    pub upn: String,
    /// Whether another account may be chosen.
    pub can_change: bool,
    /// Where the other-account form goes.
    pub action: String,
    /// Registered methods.
    pub methods: Vec<MethodLine>,
    /// Where signing out goes.
    pub sign_out: String,
}

/// Nobody is signed in any more.
#[derive(Debug, Template)]
#[template(path = "signed_out.html")]
pub struct SignedOutPage {
    /// The frame.
    pub frame: Frame,
}
