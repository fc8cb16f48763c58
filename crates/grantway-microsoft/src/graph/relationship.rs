//! GDAP relationships, as the provider's tenant sees them.
// facts: api-gdap-hardening §2.3, §2.4.

use std::collections::BTreeSet;

use grantway_core::{RoleId, TenantId, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::Graph;
use crate::http::call::{encode, odata_quote};
use crate::http::{Call, HttpError};

/// `delegatedAdminRelationship`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Relationship {
    /// Two GUIDs joined by a dash.
    pub id: String,
    /// Unique among the provider's relationships.
    #[serde(default)]
    pub display_name: Option<String>,
    /// `created`, `approvalPending`, `active`, `terminated` …
    #[serde(default)]
    pub status: Option<String>,
    /// The customer; absent while anybody may accept.
    #[serde(default)]
    pub customer: Option<Customer>,
    /// The roles that it holds.
    #[serde(default)]
    pub access_details: Option<AccessDetails>,
    /// When it began.
    #[serde(default)]
    pub activated_date_time: Option<Timestamp>,
    /// When it ends.
    #[serde(default)]
    pub end_date_time: Option<Timestamp>,
    /// How long it is extended by itself: `PT0S`, `P0D` or `P180D`.
    #[serde(default)]
    pub auto_extend_duration: Option<String>,
    /// For `If-Match`.
    #[serde(default, rename = "@odata.etag")]
    pub etag: Option<String>,
}

impl Relationship {
    /// Its status, empty where the service gives none.
    pub fn status(&self) -> &str {
        self.status.as_deref().unwrap_or_default()
    }

    /// The roles that it holds.
    pub fn roles(&self) -> BTreeSet<RoleId> {
        let details = self.access_details.iter();
        details
            .flat_map(|details| &details.unified_roles)
            .filter_map(|role| RoleId::parse(&role.role_definition_id).ok())
            .collect()
    }
}

/// A relationship to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewRelationship<'a> {
    /// At most 50 characters, unique among the provider's relationships.
    pub name: &'a str,
    /// The customer, who alone may accept it.
    pub customer: TenantId,
    /// The customer's name.
    pub customer_name: &'a str,
    /// The roles.
    pub roles: &'a BTreeSet<RoleId>,
    /// How long it lasts, 1 to 730 days.
    pub days: u32,
    /// Whether it is extended by 180 days when it ends.
    pub extends_itself: bool,
}

/// `delegatedAdminRelationshipCustomerParticipant`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// The tenant.
    #[serde(default)]
    pub tenant_id: Option<String>,
    /// The name that Partner Center has.
    #[serde(default)]
    pub display_name: Option<String>,
}

/// `delegatedAdminAccessDetails`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessDetails {
    /// The roles.
    #[serde(default)]
    pub unified_roles: Vec<UnifiedRole>,
}

/// `unifiedRole`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnifiedRole {
    /// The role's template id.
    pub role_definition_id: String,
}

/// `delegatedAdminRelationshipRequest`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RelationshipRequest {
    /// Its id.
    pub id: String,
    /// `lockForApproval`, `terminate` …
    #[serde(default)]
    pub action: Option<String>,
    /// `created`, `pending`, `succeeded`, `failed`.
    #[serde(default)]
    pub status: Option<String>,
}

/// What a provider may ask of a relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestedAction {
    /// Offers it to the customer; the roles are fixed from then on.
    LockForApproval,
    /// Ends it.
    Terminate,
}

const ROOT: &str = "/v1.0/tenantRelationships/delegatedAdminRelationships";

/// The most that a page holds.
const LONGEST_PAGE: &str = "300";

impl Graph {
    /// All relationships with a customer, in every state. Scope: `DelegatedAdminRelationship.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn relationships_with(
        &self,
        customer: TenantId,
    ) -> Result<Vec<Relationship>, HttpError> {
        let filter = format!(
            "customer/tenantId eq {}",
            odata_quote(&customer.to_string())
        );
        self.service
            .list(
                &Call::get(ROOT)
                    .query("$filter", filter)
                    .query("$top", LONGEST_PAGE),
            )
            .await
    }

    /// All relationships with all customers, in every state. Scope: `DelegatedAdminRelationship.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn relationships(&self) -> Result<Vec<Relationship>, HttpError> {
        let call = Call::get(ROOT).query("$top", LONGEST_PAGE);
        self.service.list(&call).await
    }

    /// One relationship.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn relationship(&self, id: &str) -> Result<Relationship, HttpError> {
        self.service
            .send(&Call::get(format!("{ROOT}/{}", encode(id))))
            .await?
            .json()
    }

    /// Makes a relationship; it gives nothing until it is locked and the customer approves it. Scope:
    /// `DelegatedAdminRelationship.ReadWrite.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn create_relationship(
        &self,
        new: &NewRelationship<'_>,
    ) -> Result<Relationship, HttpError> {
        let roles: Vec<_> = new
            .roles
            .iter()
            .map(|role| json!({ "roleDefinitionId": role }))
            .collect();
        let body = json!({
            "displayName": new.name,
            "duration": format!("P{}D", new.days),
            "autoExtendDuration": if new.extends_itself { "P180D" } else { "PT0S" },
            "customer": { "tenantId": new.customer, "displayName": new.customer_name },
            "accessDetails": { "unifiedRoles": roles },
        });
        self.service.send(&Call::post(ROOT, body)).await?.json()
    }

    /// Deletes a relationship that was never offered. Scope: `DelegatedAdminRelationship.ReadWrite.All`.
    ///
    /// # Errors
    /// See [`HttpError`]; 404 when it is gone.
    pub async fn delete_relationship(&self, id: &str, etag: &str) -> Result<(), HttpError> {
        let call = Call::delete(format!("{ROOT}/{}", encode(id))).if_match(etag);
        self.service.send(&call).await.map(|_| ())
    }

    /// Asks to lock or end a relationship. Scope: `DelegatedAdminRelationship.ReadWrite.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn request_of_relationship(
        &self,
        id: &str,
        action: RequestedAction,
    ) -> Result<RelationshipRequest, HttpError> {
        let action = match action {
            RequestedAction::LockForApproval => "lockForApproval",
            RequestedAction::Terminate => "terminate",
        };
        self.service
            .send(&Call::post(
                format!("{ROOT}/{}/requests", encode(id)),
                json!({ "action": action }),
            ))
            .await?
            .json()
    }
}
