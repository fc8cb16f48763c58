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
    /// The scenario that this one changes; it was put in before the file is read.
    #[serde(default, rename = "base")]
    pub _base: Option<String>,
    /// Customers that are made up from a short description.
    #[serde(default)]
    pub customers: Option<CustomersFile>,
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
    /// Sells through another partner: Partner Center's API refuses it.
    #[serde(default)]
    pub indirect_reseller: bool,
    /// Whether Partner Center knows it as a customer.
    #[serde(default = "yes")]
    pub known_to_partner_center: bool,
    #[serde(default)]
    pub security_defaults: bool,
    #[serde(default = "yes")]
    pub audit_log: bool,
    #[serde(default = "yes")]
    pub authenticator_allowed: bool,
    #[serde(default)]
    pub multi_tenant_apps_refused: bool,
    /// Only administrators may register apps.
    #[serde(default)]
    pub apps_by_administrators: bool,
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

/// A crowd of customers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CustomersFile {
    /// How many, unless the scenario is asked for in another size.
    pub count: u32,
    /// Key of the provider's tenant.
    pub provider: Spanned<String>,
    /// The provider's group that holds the roles of every relationship.
    pub group: Spanned<String>,
    /// Roles of a relationship.
    pub roles: Vec<Spanned<String>>,
    /// The one of these roles that a relationship lacks which lacks one.
    pub missing_role: Spanned<String>,
    /// Scopes of Graph that the offered client holds where it is consented.
    pub scopes: Vec<String>,
    /// How common each state is.
    pub mix: Vec<ShareFile>,
}

/// How common a state is among the customers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShareFile {
    pub state: Spanned<CustomerState>,
    pub weight: u32,
}

/// What is special about a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum CustomerState {
    /// Nothing is missing.
    Ready,
    /// The relationship lacks a role.
    RoleMissing,
    /// There is no relationship.
    NoRelationship,
    /// The customer has not approved the relationship.
    Pending,
    /// No licence brings Conditional Access.
    NoP1,
    /// No licence brings a mailbox.
    NoMailbox,
    /// Security Defaults are on.
    SecurityDefaults,
    /// A policy that asks for MFA does not spare service providers.
    NoExclusion,
    /// A policy that blocks does not spare service providers.
    Blocked,
    /// A policy that is only reported does not spare service providers.
    ReportOnly,
    /// The audit log is off.
    AuditOff,
    /// The provider's administrator has a guest account.
    GuestTwin,
    /// The offered client is not known.
    NotConsented,
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
    /// Skips the second proof as long as nothing demands it.
    #[serde(default)]
    pub second_proof_skipped: bool,
    /// Sign-in name of the person whose guest account this is.
    #[serde(default)]
    pub guest_of: Option<Spanned<String>>,
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
    #[serde(default)]
    pub grant_controls: Option<toml::Value>,
    #[serde(default)]
    pub session_controls: Option<toml::Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentFile {
    pub client_id: Spanned<Uuid>,
    #[serde(default)]
    pub scopes: Vec<String>,
    /// App id of the resource; left out: Graph.
    #[serde(default)]
    pub resource: Option<Spanned<Uuid>>,
    #[serde(default = "yes")]
    pub enabled: bool,
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
    /// Whose accounts may use it, in Graph's word; those of any organisation when nothing is said.
    pub audience: Option<String>,
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
    #[serde(default = "no_extension")]
    pub auto_extend: String,
    /// `active`, `approvalPending` or `terminated`.
    #[serde(default = "active")]
    pub status: Spanned<String>,
    pub roles: Vec<Spanned<String>>,
    /// Groups of the provider's tenant that hold roles of it.
    #[serde(default, rename = "assignment")]
    pub assignments: Vec<AssignmentFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AssignmentFile {
    pub group: Spanned<String>,
    /// Left out: all roles of the relationship.
    #[serde(default)]
    pub roles: Option<Vec<Spanned<String>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VendorPortalFile {
    pub name: String,
    pub product: String,
    pub application: Spanned<Uuid>,
    pub legs: u8,
    /// Organizations beside those that are named after the provider's customers.
    #[serde(default)]
    pub organizations: Vec<String>,
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

fn yes() -> bool {
    true
}

fn active() -> Spanned<String> {
    Spanned::new(0..0, "active".to_owned())
}

fn no_extension() -> String {
    "PT0S".to_owned()
}

fn country() -> String {
    "US".to_owned()
}

fn enabled_status() -> String {
    "Enabled".to_owned()
}
