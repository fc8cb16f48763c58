//! The signed-in person.

use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `user`, as `/me` gives it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// The object id.
    pub id: String,
    /// The name.
    pub display_name: Option<String>,
    /// The account.
    pub user_principal_name: Option<String>,
}

/// Something that a person is in: a group, a directory role or an administrative unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Membership {
    /// `#microsoft.graph.group`, `#microsoft.graph.directoryRole` and so on.
    #[serde(default, rename = "@odata.type")]
    pub kind: Option<String>,
    /// Its object id.
    pub id: String,
    /// Its name; absent where the token may not read it.
    #[serde(default)]
    pub display_name: Option<String>,
    /// The template of a directory role; absent where the token may not read it.
    #[serde(default)]
    pub role_template_id: Option<String>,
}

impl Membership {
    /// Whether it is a directory role.
    pub fn is_directory_role(&self) -> bool {
        self.kind.as_deref() == Some("#microsoft.graph.directoryRole")
            || self.role_template_id.is_some()
    }
}

impl Graph {
    /// The signed-in person. Scope: `User.Read`.
    ///
    /// # Errors
    /// See [`HttpError`]; 400 under GDAP, where the person is no object of the tenant.
    pub async fn me(&self) -> Result<Me, HttpError> {
        self.service
            .send(&Call::get("/v1.0/me").query("$select", "id,displayName,userPrincipalName"))
            .await?
            .json()
    }

    /// Everything that the signed-in person is in, through groups too. Scopes: `User.Read`; names of groups need `Group.ReadBasic.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn my_memberships(&self) -> Result<Vec<Membership>, HttpError> {
        self.service
            .list(
                &Call::get("/v1.0/me/transitiveMemberOf")
                    .query("$select", "id,displayName,roleTemplateId"),
            )
            .await
    }

    /// The same, without what comes through groups.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn my_direct_memberships(&self) -> Result<Vec<Membership>, HttpError> {
        self.service
            .list(&Call::get("/v1.0/me/memberOf").query("$select", "id,displayName,roleTemplateId"))
            .await
    }
}
