//! Groups.
// facts: api-gdap-hardening §2.6, §2.7.

use grantway_core::{ObjectId, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Graph;
use crate::http::call::odata_quote;
use crate::http::{Call, HttpError};

/// `group`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Its object id.
    pub id: String,
    /// Not unique.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Holds our marker.
    #[serde(default)]
    pub description: Option<String>,
    /// The key that a client may choose; unique in the tenant.
    #[serde(default)]
    pub unique_name: Option<String>,
    /// Whether it can carry access.
    #[serde(default)]
    pub security_enabled: Option<bool>,
    /// Whether it gets mail.
    #[serde(default)]
    pub mail_enabled: Option<bool>,
    /// The part in front of its address.
    #[serde(default)]
    pub mail_nickname: Option<String>,
    /// When it was made.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
    /// `Unified`, `DynamicMembership`; empty for a plain security group.
    #[serde(default)]
    pub group_types: Vec<String>,
    /// Whether directory roles may be given to it.
    #[serde(default)]
    pub is_assignable_to_role: Option<bool>,
    /// Whether it comes from a directory of one's own.
    #[serde(default)]
    pub on_premises_sync_enabled: Option<bool>,
}

/// A security group to be made.
#[derive(Debug, Clone)]
pub struct NewGroup<'a> {
    /// Name for people.
    pub display_name: &'a str,
    /// At most 64 ASCII characters.
    pub mail_nickname: &'a str,
    /// A sentence with our marker.
    pub description: &'a str,
}

const SELECT_KIND: &str = "id,displayName,securityEnabled,mailEnabled,groupTypes,isAssignableToRole,onPremisesSyncEnabled";

const SELECT: &str = "id,displayName,description,uniqueName,securityEnabled,mailEnabled,mailNickname,createdDateTime";

impl NewGroup<'_> {
    fn body(&self) -> Value {
        json!({
            "displayName": self.display_name,
            "mailNickname": self.mail_nickname,
            "description": self.description,
            "mailEnabled": false,
            "securityEnabled": true,
            "groupTypes": [],
        })
    }
}

impl Graph {
    /// A group by its id. Scope: `Group.ReadBasic.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn group(&self, id: ObjectId) -> Result<Group, HttpError> {
        self.service
            .send(&Call::get(format!("/v1.0/groups/{id}")).query("$select", SELECT))
            .await?
            .json()
    }

    /// The same, with what kind of group it is. Scope: `Group.ReadBasic.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn kind_of_group(&self, id: ObjectId) -> Result<Group, HttpError> {
        self.service
            .send(&Call::get(format!("/v1.0/groups/{id}")).query("$select", SELECT_KIND))
            .await?
            .json()
    }

    /// Groups of exactly that display name.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn groups_named(&self, display_name: &str) -> Result<Vec<Group>, HttpError> {
        self.groups_where(format!("displayName eq {}", odata_quote(display_name)))
            .await
    }

    /// The same, with what kind of groups they are. Scope: `GroupMember.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn kinds_of_groups_named(&self, display_name: &str) -> Result<Vec<Group>, HttpError> {
        let filter = format!("displayName eq {}", odata_quote(display_name));
        self.service
            .list(
                &Call::get("/v1.0/groups")
                    .query("$filter", filter)
                    .query("$select", SELECT_KIND),
            )
            .await
    }

    /// Groups of that unique name: one or none.
    ///
    /// # Errors
    /// See [`HttpError`]; 400 where the service does not filter by it.
    pub async fn groups_of_unique_name(&self, unique_name: &str) -> Result<Vec<Group>, HttpError> {
        self.groups_where(format!("uniqueName eq {}", odata_quote(unique_name)))
            .await
    }

    async fn groups_where(&self, filter: String) -> Result<Vec<Group>, HttpError> {
        self.service
            .list(
                &Call::get("/v1.0/groups")
                    .query("$filter", filter)
                    .query("$select", SELECT),
            )
            .await
    }

    /// Makes a group under a unique name, or finds that it is there: keyed, so it may be repeated. The answer has the group
    /// when it was made, and none (204) when it was there. Scope: `Group.ReadWrite.All`.
    ///
    /// # Errors
    /// See [`HttpError`]; a 4xx where the service does not know upsert for groups.
    // The same way as for applications; for groups not seen against the real service, hence the caller's way round it.
    pub async fn upsert_group(
        &self,
        unique_name: &str,
        group: &NewGroup<'_>,
    ) -> Result<Option<Group>, HttpError> {
        let path = format!(
            "/v1.0/groups(uniqueName={})",
            crate::http::call::encode(&odata_quote(unique_name))
        );
        let call = Call::patch(path, group.body())
            .header("Prefer", "create-if-missing")
            .repeatable();
        let answer = self.service.send(&call).await?;
        if answer.has_body() {
            answer.json().map(Some)
        } else {
            Ok(None)
        }
    }

    /// Makes a group without a unique name. Not repeated when its answer is lost.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn create_group(&self, group: &NewGroup<'_>) -> Result<Group, HttpError> {
        self.service
            .send(&Call::post("/v1.0/groups", group.body()))
            .await?
            .json()
    }

    /// Puts name and description of a group back.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn change_group(
        &self,
        id: ObjectId,
        display_name: &str,
        description: &str,
    ) -> Result<(), HttpError> {
        let body = json!({ "displayName": display_name, "description": description });
        self.service
            .send(&Call::patch(format!("/v1.0/groups/{id}"), body).repeatable())
            .await
            .map(drop)
    }

    /// Removes a group. Scope: `Group.ReadWrite.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn delete_group(&self, id: ObjectId) -> Result<(), HttpError> {
        self.service
            .send(&Call::delete(format!("/v1.0/groups/{id}")))
            .await
            .map(drop)
    }
}
