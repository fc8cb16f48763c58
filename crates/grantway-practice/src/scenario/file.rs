//! The form of a scenario file. `scenarios/in-order.toml` shows every field.

use serde::Deserialize;
use toml::Spanned;
use uuid::Uuid;

use crate::state::{Propagation, Quirks};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScenarioFile {
    pub id: String,
    pub title: String,
    pub teaches: String,
    pub client_id: Option<Spanned<Uuid>>,
    #[serde(default)]
    pub propagation: Propagation,
    #[serde(default)]
    pub quirks: Quirks,
    #[serde(rename = "tenant")]
    pub tenants: Vec<TenantFile>,
    #[serde(default, rename = "application")]
    pub applications: Vec<ApplicationFile>,
    #[serde(default, rename = "relationship")]
    pub relationships: Vec<RelationshipFile>,
    pub vendor_portal: VendorPortalFile,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TenantFile {
    /// Short name that other parts of the file use.
    pub key: Spanned<String>,
    pub id: Spanned<Uuid>,
    pub name: String,
    #[serde(default = "country")]
    pub country: String,
    pub initial_domain: Spanned<String>,
    pub domain: Spanned<String>,
    #[serde(default)]
    pub federated: bool,
    #[serde(default)]
    pub partner: bool,
    #[serde(default)]
    pub security_defaults: bool,
    #[serde(default, rename = "licence")]
    pub licences: Vec<LicenceFile>,
    #[serde(default, rename = "user")]
    pub users: Vec<UserFile>,
    #[serde(default, rename = "group")]
    pub groups: Vec<GroupFile>,
    #[serde(default, rename = "policy")]
    pub policies: Vec<PolicyFile>,
    /// Client ids that already have a service principal here.
    #[serde(default)]
    pub consented: Vec<ConsentFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LicenceFile {
    pub sku: Spanned<String>,
    pub enabled: i32,
    pub consumed: i32,
    #[serde(default = "enabled_status")]
    pub status: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserFile {
    pub id: Spanned<Uuid>,
    pub upn: Spanned<String>,
    pub name: String,
    #[serde(default)]
    pub job: Option<String>,
    pub password: String,
    #[serde(default)]
    pub must_change_password: bool,
    #[serde(default)]
    pub authenticator: bool,
    #[serde(default)]
    pub roles: Vec<Spanned<String>>,
    #[serde(default)]
    pub groups: Vec<Spanned<String>>,
    /// Shown in the list of people, with this description.
    #[serde(default)]
    pub plays: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupFile {
    pub id: Spanned<Uuid>,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PolicyFile {
    pub id: Uuid,
    pub name: String,
    pub state: String,
    pub conditions: toml::Value,
    pub grant_controls: toml::Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentFile {
    pub client_id: Spanned<Uuid>,
    #[serde(default)]
    pub scopes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApplicationFile {
    pub client_id: Spanned<Uuid>,
    pub name: String,
    pub owner_tenant: Uuid,
    pub publisher: String,
    #[serde(default)]
    pub verified_id: Option<String>,
    #[serde(default)]
    pub public_client: bool,
    #[serde(default)]
    pub client_secret: Option<String>,
    pub redirect_uris: Vec<Spanned<String>>,
    #[serde(default)]
    pub delegated: Vec<Spanned<String>>,
    #[serde(default)]
    pub application: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationshipFile {
    pub id: Spanned<String>,
    pub name: String,
    pub provider: Spanned<String>,
    pub customer: Spanned<String>,
    pub duration: String,
    pub days_left: i64,
    pub active_since_days: i64,
    pub roles: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VendorPortalFile {
    pub name: String,
    pub product: String,
    pub application: Spanned<Uuid>,
    pub legs: u8,
    #[serde(rename = "account")]
    pub accounts: Vec<VendorAccountFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VendorAccountFile {
    pub email: Spanned<String>,
    pub name: String,
    pub password: String,
    pub plays: String,
}

fn country() -> String {
    "US".to_owned()
}

fn enabled_status() -> String {
    "Enabled".to_owned()
}
