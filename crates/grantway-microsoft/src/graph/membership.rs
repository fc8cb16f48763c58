//! Members of groups.
// facts: api-gdap-hardening §2.7.

use grantway_core::ObjectId;
use serde::Deserialize;
use serde_json::json;

use super::Graph;
use super::person::Membership;
use crate::http::{Call, HttpError};

/// A member, by id alone.
#[derive(Debug, Clone, Deserialize)]
pub struct Member {
    /// Its object id.
    pub id: String,
}

/// A member with its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamedMember {
    /// Its object id.
    pub id: String,
    /// What people see.
    #[serde(default)]
    pub display_name: Option<String>,
}

impl Graph {
    /// Direct members of a group with their names. Scope: `GroupMember.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn named_members(&self, group: ObjectId) -> Result<Vec<NamedMember>, HttpError> {
        self.service
            .list(
                &Call::get(format!("/v1.0/groups/{group}/members"))
                    .query("$select", "id,displayName")
                    .query("$top", "999"),
            )
            .await
    }

    /// Direct members of a group. Scope: `Group.ReadBasic.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn members(&self, group: ObjectId) -> Result<Vec<Member>, HttpError> {
        self.service
            .list(
                &Call::get(format!("/v1.0/groups/{group}/members"))
                    .query("$select", "id")
                    .query("$top", "999"),
            )
            .await
    }

    /// Everything that an account is in, through groups too: the member's side of a membership.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn memberships_of(&self, user: ObjectId) -> Result<Vec<Membership>, HttpError> {
        let path = format!("/v1.0/users/{user}/transitiveMemberOf");
        self.service
            .list(
                &Call::get(path)
                    .query("$select", "id,displayName")
                    .query("$top", "999"),
            )
            .await
    }

    /// Adds a member. Scope: `GroupMember.ReadWrite.All`. A second time it is refused as already there, so nothing doubles.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn add_member(&self, group: ObjectId, member: ObjectId) -> Result<(), HttpError> {
        let body = json!({ "@odata.id": self.reference(&member.to_string()) });
        self.service
            .send(&Call::post(format!("/v1.0/groups/{group}/members/$ref"), body).repeatable())
            .await
            .map(drop)
    }

    /// Removes a member.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn remove_member(&self, group: ObjectId, member: ObjectId) -> Result<(), HttpError> {
        self.service
            .send(&Call::delete(format!(
                "/v1.0/groups/{group}/members/{member}/$ref"
            )))
            .await
            .map(drop)
    }
}
