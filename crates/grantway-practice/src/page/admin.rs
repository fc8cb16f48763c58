//! Pages of the admin portal.

use askama::Template;

use super::Frame;

/// Where the portal's places are listed.
#[derive(Debug, Template)]
#[template(path = "admin_home.html")]
pub struct PortalHomePage {
    /// The frame.
    pub frame: Frame,
    /// Name of the organisation.
    pub tenant: String,
    /// Account.
    pub account: String,
    /// Guard of the forms.
    pub csrf: String,
}

/// Goes on to what the address names behind its `#`.
#[derive(Debug, Template)]
#[template(path = "admin_link.html")]
pub struct PortalLinkPage {
    /// The frame.
    pub frame: Frame,
}

impl PortalLinkPage {
    fn script(&self) -> &'static str {
        super::link_script()
    }
}

/// Says something.
#[derive(Debug, Template)]
#[template(path = "admin_note.html")]
pub struct PortalNotePage {
    /// The frame.
    pub frame: Frame,
    /// Heading.
    pub heading: String,
    /// What there is to say.
    pub text: String,
}

/// A provider's request.
#[derive(Debug, Template)]
#[template(path = "admin_request.html")]
pub struct PortalRequestPage {
    /// The frame.
    pub frame: Frame,
    /// Where the form goes.
    pub action: String,
    /// Account.
    pub account: String,
    /// Name of the organisation.
    pub tenant: String,
    /// Name of the provider.
    pub provider: String,
    /// Name of the request.
    pub name: String,
    /// How long it lasts.
    pub days: i64,
    /// Whether it extends itself.
    pub extends: bool,
    /// Names of the roles.
    pub roles: Vec<String>,
    /// Guard of the forms.
    pub csrf: String,
}

/// A relationship in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationshipLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name of the provider.
    pub provider: String,
    /// Status.
    pub status: &'static str,
    /// How many roles.
    pub roles: usize,
}

/// What providers hold in the organisation.
#[derive(Debug, Template)]
#[template(path = "admin_relationships.html")]
pub struct PortalRelationshipsPage {
    /// The frame.
    pub frame: Frame,
    /// Name of the organisation.
    pub tenant: String,
    /// The relationships.
    pub relationships: Vec<RelationshipLine>,
    /// Guard of the forms.
    pub csrf: String,
}

/// Whether the audit log records.
#[derive(Debug, Template)]
#[template(path = "admin_audit.html")]
pub struct PortalAuditPage {
    /// The frame.
    pub frame: Frame,
    /// Name of the organisation.
    pub tenant: String,
    /// Whether it records.
    pub recording: bool,
    /// Where the form goes.
    pub action: String,
    /// Guard of the forms.
    pub csrf: String,
}
