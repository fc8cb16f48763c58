//! Which roles of a GDAP relationship a group of the provider holds.
// facts: api-gdap-hardening §2.5.

use std::collections::BTreeSet;

use grantway_core::{ObjectId, RoleId, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Graph;
use super::relationship::AccessDetails;
use crate::http::call::encode;
use crate::http::{Call, HttpError};

/// `delegatedAdminAccessAssignment`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    /// Its id.
    pub id: String,
    /// `pending`, `active`, `deleting`, `deleted`, `error`.
    #[serde(default)]
    pub status: Option<String>,
    /// The group.
    #[serde(default)]
    pub access_container: Option<AccessContainer>,
    /// The roles.
    #[serde(default)]
    pub access_details: Option<AccessDetails>,
    /// When it was made.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
    /// For `If-Match`.
    #[serde(default, rename = "@odata.etag")]
    pub etag: Option<String>,
}

/// `delegatedAdminAccessContainer`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessContainer {
    /// The group's object id.
    pub access_container_id: String,
}

/// What a change of roles is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RolesChanged {
    /// They were so already.
    Already,
    /// It is under way; the operation's id where the service gave one.
    UnderWay(Option<String>),
}

impl Assignment {
    /// Template ids of its roles; those that are no ids are left out.
    pub fn roles(&self) -> BTreeSet<RoleId> {
        let roles = self
            .access_details
            .iter()
            .flat_map(|details| &details.unified_roles);
        roles
            .filter_map(|role| RoleId::parse(&role.role_definition_id).ok())
            .collect()
    }

    /// Whether it is gone or going.
    pub fn is_gone(&self) -> bool {
        matches!(self.status.as_deref(), Some("deleting" | "deleted"))
    }

    /// Whether it belongs to that group.
    pub fn is_of(&self, group: ObjectId) -> bool {
        self.access_container
            .as_ref()
            .is_some_and(|container| ObjectId::parse(&container.access_container_id) == Ok(group))
    }
}

fn root(relationship: &str) -> String {
    format!(
        "/v1.0/tenantRelationships/delegatedAdminRelationships/{}/accessAssignments",
        encode(relationship)
    )
}

fn access_details(roles: &BTreeSet<RoleId>) -> Value {
    let roles: Vec<Value> = roles
        .iter()
        .map(|role| json!({ "roleDefinitionId": role.to_string() }))
        .collect();
    json!({ "unifiedRoles": roles })
}

impl Graph {
    /// All assignments of a relationship, deleted ones too. Scope: `DelegatedAdminRelationship.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn access_assignments(
        &self,
        relationship: &str,
    ) -> Result<Vec<Assignment>, HttpError> {
        self.service.list(&Call::get(root(relationship))).await
    }

    /// One assignment, with its ETag.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn access_assignment(
        &self,
        relationship: &str,
        id: &str,
    ) -> Result<Assignment, HttpError> {
        let answer = self
            .service
            .send(&Call::get(format!("{}/{}", root(relationship), encode(id))))
            .await?;
        let mut assignment: Assignment = answer.json()?;
        if assignment.etag.is_none() {
            assignment.etag = answer.header("etag").map(str::to_owned);
        }
        Ok(assignment)
    }

    /// Gives a group roles. Scope: `DelegatedAdminRelationship.ReadWrite.All`. Not repeated when its answer is lost.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn create_access_assignment(
        &self,
        relationship: &str,
        group: ObjectId,
        roles: &BTreeSet<RoleId>,
    ) -> Result<Assignment, HttpError> {
        let body = json!({
            "accessContainer": { "accessContainerId": group.to_string(), "accessContainerType": "securityGroup" },
            "accessDetails": access_details(roles),
        });
        self.service
            .send(&Call::post(root(relationship), body))
            .await?
            .json()
    }

    /// Changes the roles, when the assignment is still the one that was read.
    ///
    /// # Errors
    /// See [`HttpError`]; 412 when somebody else was faster.
    pub async fn change_access_assignment(
        &self,
        relationship: &str,
        id: &str,
        etag: &str,
        roles: &BTreeSet<RoleId>,
    ) -> Result<RolesChanged, HttpError> {
        let call = Call::patch(
            format!("{}/{}", root(relationship), encode(id)),
            json!({ "accessDetails": access_details(roles) }),
        );
        let answer = self.service.send(&call.if_match(etag)).await?;
        if answer.status().as_u16() != 202 {
            return Ok(RolesChanged::Already);
        }
        let operation = answer
            .location()
            .and_then(|location| location.rsplit('/').next())
            .filter(|id| !id.is_empty());
        Ok(RolesChanged::UnderWay(operation.map(str::to_owned)))
    }

    /// Takes the roles away, when the assignment is still the one that was read.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn delete_access_assignment(
        &self,
        relationship: &str,
        id: &str,
        etag: &str,
    ) -> Result<(), HttpError> {
        let call = Call::delete(format!("{}/{}", root(relationship), encode(id))).if_match(etag);
        self.service.send(&call).await.map(drop)
    }
}
