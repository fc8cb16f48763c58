//! Pages of the vendor's portal.

use askama::Template;

use super::Frame;

/// Asks for the portal account.
#[derive(Debug, Template)]
#[template(path = "vendor_sign_in.html")]
pub struct PortalSignInPage {
    /// The frame.
    pub frame: Frame,
    /// What is already in the field.
    pub account: String,
    /// What was wrong with the last try.
    pub wrong: Option<String>,
}

/// A tenant that is connected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationLine {
    /// Id of the integration.
    pub id: String,
    /// Name of the tenant.
    pub tenant: String,
    /// How many permissions the vendor holds there.
    pub permissions: usize,
    /// The account that connected it.
    pub account: String,
}

/// What is connected.
#[derive(Debug, Template)]
#[template(path = "vendor_integrations.html")]
pub struct IntegrationsPage {
    /// The frame.
    pub frame: Frame,
    /// Something to tell once.
    pub notice: Option<String>,
    /// What is connected.
    pub integrations: Vec<IntegrationLine>,
    /// Guard of the forms.
    pub csrf: String,
}

/// What can be connected.
#[derive(Debug, Template)]
#[template(path = "vendor_add.html")]
pub struct AddPage {
    /// The frame.
    pub frame: Frame,
    /// Guard of the forms.
    pub csrf: String,
}

/// A tenant was connected.
#[derive(Debug, Template)]
#[template(path = "vendor_connected.html")]
pub struct ConnectedPage {
    /// The frame.
    pub frame: Frame,
    /// Name of the tenant.
    pub tenant: String,
    /// The account that signed in last.
    pub account: String,
    /// Name of the app.
    pub app: String,
    /// How many permissions the vendor holds there now.
    pub permissions: usize,
}

/// A tenant in the table of mappings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingLine {
    /// Id of the tenant.
    pub id: String,
    /// Name of the tenant.
    pub tenant: String,
    /// The organization that it is mapped to; empty where it is to none.
    pub organization: String,
    /// Another tenant was mapped to the same organization before it.
    pub is_second: bool,
}

/// The tenants that the integration reaches, with their organizations.
#[derive(Debug, Template)]
#[template(path = "vendor_mappings.html")]
pub struct MappingsPage {
    /// The frame.
    pub frame: Frame,
    /// Something to tell once.
    pub notice: Option<String>,
    /// The tenants.
    pub tenants: Vec<MappingLine>,
    /// The organizations.
    pub organizations: Vec<String>,
    /// Guard of the forms.
    pub csrf: String,
}
