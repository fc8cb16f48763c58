//! The pages on which a person consents, or learns that somebody else must.

use askama::Template;

use super::Frame;

/// A permission that an app asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// What it allows, in plain words.
    pub words: String,
    /// Its name.
    pub value: String,
    /// Whether the app uses it without a signed-in person.
    pub application: bool,
}

/// Shows who asks for what.
#[derive(Debug, Template)]
#[template(path = "consent.html")]
pub struct ConsentPage {
    /// The frame.
    pub frame: Frame,
    /// Account.
    pub upn: String,
    /// Whether another account may be chosen.
    pub can_change: bool,
    /// Where the form goes.
    pub action: String,
    /// Name of the app.
    pub app: String,
    /// Name of the publisher, when it has one.
    pub publisher: Option<String>,
    /// Whether the publisher is verified.
    pub verified: bool,
    /// Name of the tenant.
    pub tenant: String,
    /// What is asked for.
    pub rights: Vec<Right>,
    /// Whether the consent counts for the whole organisation in any case.
    pub whole_organisation: bool,
    /// Whether the person may give it for the whole organisation.
    pub can_tick: bool,
}

/// Says that an administrator must consent.
#[derive(Debug, Template)]
#[template(path = "approval_needed.html")]
pub struct ApprovalNeededPage {
    /// The frame.
    pub frame: Frame,
    /// Account.
    pub upn: String,
    /// Whether another account may be chosen.
    pub can_change: bool,
    /// Where the form goes.
    pub action: String,
    /// Name of the app.
    pub app: String,
    /// Name of the tenant.
    pub tenant: String,
    /// Id to quote.
    pub request: String,
}
