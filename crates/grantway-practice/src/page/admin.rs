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

/// An API with the permissions that an app may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiLine {
    /// Name of the field.
    pub field: String,
    /// Name of the API.
    pub name: String,
    /// Names of the permissions.
    pub permissions: String,
}

/// An app registration, before and after it is made.
#[derive(Debug, Template)]
#[template(path = "admin_registration.html")]
pub struct PortalRegistrationPage {
    /// The frame.
    pub frame: Frame,
    /// Name of the organisation.
    pub tenant: String,
    /// Account.
    pub account: String,
    /// Client id, once it is made.
    pub client: Option<String>,
    /// Where the form goes.
    pub action: String,
    /// What was wrong with the last try.
    pub problem: Option<String>,
    /// Name of the app.
    pub name: String,
    /// Whose accounts it takes.
    pub account_types: String,
    /// What there is to choose from.
    pub account_type_list: Vec<&'static str>,
    /// Its platform.
    pub platform: String,
    /// What there is to choose from.
    pub platform_list: Vec<&'static str>,
    /// Rows of redirect addresses, by number.
    pub redirects: Vec<(usize, String)>,
    /// APIs.
    pub apis: Vec<ApiLine>,
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
