//! Directory roles that are given for a time, through Privileged Identity Management.
// facts: api-gdap-hardening §2.8, §3.4.

use grantway_core::{ObjectId, RoleId, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::{Graph, whole_seconds};
use crate::http::call::odata_quote;
use crate::http::{Call, HttpError};

/// `unifiedRoleAssignmentScheduleInstance`: a role that somebody holds now.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleInstance {
    /// Its id: no GUID.
    pub id: String,
    /// `/` for the whole tenant.
    #[serde(default)]
    pub directory_scope_id: Option<String>,
    /// `Assigned`, or `Activated` by its holder.
    #[serde(default)]
    pub assignment_type: Option<String>,
    /// `Direct`, or through a group.
    #[serde(default)]
    pub member_type: Option<String>,
    /// Since when.
    #[serde(default)]
    pub start_date_time: Option<Timestamp>,
    /// Until when; none without an end.
    #[serde(default)]
    pub end_date_time: Option<Timestamp>,
}

impl RoleInstance {
    /// Whether an administrator gave it to the holder itself, for the whole tenant.
    pub fn is_given(&self) -> bool {
        let is = |word: &Option<String>, wanted: &str| {
            word.as_deref()
                .is_none_or(|word| word.eq_ignore_ascii_case(wanted))
        };
        is(&self.directory_scope_id, "/")
            && is(&self.assignment_type, "Assigned")
            && is(&self.member_type, "Direct")
    }
}

const INSTANCES: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances";
const REQUESTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";

impl Graph {
    /// How a principal holds a role now. Scope: `RoleAssignmentSchedule.Read.Directory`.
    ///
    /// # Errors
    /// See [`HttpError`]; 400 `AadPremiumLicenseRequired` without Entra ID P2.
    pub async fn role_instances(
        &self,
        principal: ObjectId,
        role: RoleId,
    ) -> Result<Vec<RoleInstance>, HttpError> {
        let filter = format!(
            "principalId eq {} and roleDefinitionId eq {}",
            odata_quote(&principal.to_string()),
            odata_quote(&role.to_string())
        );
        self.service
            .list(&Call::get(INSTANCES).query("$filter", filter))
            .await
    }

    /// Gives a role for some hours from now on. Not repeated when its answer is lost. Scope: `RoleAssignmentSchedule.ReadWrite.Directory`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn give_role_for(
        &self,
        principal: ObjectId,
        role: RoleId,
        hours: u32,
        justification: &str,
    ) -> Result<(), HttpError> {
        let body = json!({
            "action": "adminAssign",
            "principalId": principal,
            "roleDefinitionId": role,
            "directoryScopeId": "/",
            "justification": justification,
            "scheduleInfo": {
                "startDateTime": whole_seconds(self.service.clock().now()),
                "expiration": { "type": "afterDuration", "duration": format!("PT{hours}H") },
            },
        });
        self.service
            .send(&Call::post(REQUESTS, body))
            .await
            .map(drop)
    }

    /// Takes a role away before its time is over. Not repeated when its answer is lost.
    ///
    /// # Errors
    /// See [`HttpError`]; 400 `RoleAssignmentDoesNotExist` when it is not held.
    pub async fn end_role(
        &self,
        principal: ObjectId,
        role: RoleId,
        justification: &str,
    ) -> Result<(), HttpError> {
        let body = json!({
            "action": "adminRemove",
            "principalId": principal,
            "roleDefinitionId": role,
            "directoryScopeId": "/",
            "justification": justification,
        });
        self.service
            .send(&Call::post(REQUESTS, body))
            .await
            .map(drop)
    }
}
