//! Conditional Access policies: one request a second in a tenant, for everybody together.
// facts: api-gdap-hardening §2.9 to §2.11, §4.1.

use std::sync::Arc;

use grantway_core::{Actor, Fault, TenantId, Text, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Graph;
use crate::http::call::encode;
use crate::http::shared::SharedReads;
use crate::http::{Call, HttpError};

/// `conditionalAccessPolicy`. What it says stays as Graph writes it: it is sent back whole, in parts, and nothing may get lost.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessPolicy {
    /// Its id.
    pub id: String,
    /// Not unique.
    #[serde(default)]
    pub display_name: Option<String>,
    /// `enabled`, `disabled`, `enabledForReportingButNotEnforced`.
    #[serde(default)]
    pub state: Option<String>,
    /// When it was made.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
    /// When and for whom it counts.
    #[serde(default)]
    pub conditions: Value,
    /// What it asks for; null where it only has session controls.
    #[serde(default)]
    pub grant_controls: Value,
    /// How long a sign-in counts and the like; null without.
    #[serde(default)]
    pub session_controls: Value,
}

impl AccessPolicy {
    /// Whom it includes and excludes.
    pub fn users(&self) -> &Value {
        &self.conditions["users"]
    }
}

/// Lists of policies that several steps and questions share, by tenant and by who asks.
pub type PolicyLists = SharedReads<(TenantId, Option<Actor>), Arc<Vec<AccessPolicy>>>;

/// What reading policies needs.
pub const READ: &[&str] = &["Policy.Read.All"];

/// What would do where a read is refused: the permission, and the role.
pub const READERS: &[&str] = &["Policy.Read.All", "Security Reader"];

const ROOT: &str = "/v1.0/identity/conditionalAccess/policies";

fn one(id: &str) -> String {
    format!("{ROOT}/{}", encode(id))
}

impl Graph {
    /// All policies. Who asks at the same time, or right after, shares one request. Scope: `Policy.Read.All`.
    ///
    /// # Errors
    /// A fault, since it is shared; the caller says what it was doing.
    pub async fn access_policies(&self, doing: Text) -> Result<Arc<Vec<AccessPolicy>>, Fault> {
        let key = (self.tenant(), self.service.actor.clone());
        let service = self.service.clone();
        let now = service.clock().now();
        let for_all = doing.clone();
        let answer = self
            .policies
            .get(key, now, || async move {
                // No `$select`: nearly everything is used.
                let call = Call::get(ROOT).one_per_second();
                let all = service
                    .list(&call)
                    .await
                    .map_err(|error| error.into_fault(for_all, READERS))?;
                Ok((Arc::new(all), service.clock().now()))
            })
            .await;
        answer.map_err(|fault| Fault { doing, ..fault })
    }

    /// One policy, from the list that others may be reading, or by itself where the list does not have it (yet). None when it is gone.
    ///
    /// # Errors
    /// As [`Graph::access_policies`].
    pub async fn access_policy_seen(
        &self,
        id: &str,
        doing: Text,
    ) -> Result<Option<AccessPolicy>, Fault> {
        let all = self.access_policies(doing.clone()).await?;
        if let Some(policy) = all.iter().find(|policy| policy.id == id) {
            return Ok(Some(policy.clone()));
        }
        match self.access_policy(id).await {
            Err(error) if error.is_not_found() => Ok(None),
            other => other
                .map(Some)
                .map_err(|error| error.into_fault(doing, READERS)),
        }
    }

    /// One policy as it is now. Scope: `Policy.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn access_policy(&self, id: &str) -> Result<AccessPolicy, HttpError> {
        let call = Call::get(one(id)).one_per_second();
        self.service.send(&call).await?.json()
    }

    /// Makes a policy. Not repeated when its answer is lost. Scopes: `Policy.Read.All`, `Policy.ReadWrite.ConditionalAccess`,
    /// `Application.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn create_access_policy(&self, body: Value) -> Result<AccessPolicy, HttpError> {
        let answer = self
            .service
            .send(&Call::post(ROOT, body).one_per_second())
            .await;
        self.policies_changed();
        answer?.json()
    }

    /// Changes whom a policy includes and excludes; everything else of it stays. Not repeated when its answer is lost: what stands in
    /// the list may be somebody else's by then.
    ///
    /// # Errors
    /// See [`HttpError`].
    // How parts of `users` would be merged is not documented, so it goes whole; policies have no ETag.
    pub async fn change_access_policy_users(
        &self,
        id: &str,
        users: &Value,
    ) -> Result<(), HttpError> {
        let body = json!({ "conditions": { "users": users } });
        self.change_access_policy(Call::patch(one(id), body)).await
    }

    /// Switches a policy.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn switch_access_policy(&self, id: &str, state: &str) -> Result<(), HttpError> {
        let body = json!({ "state": state });
        self.change_access_policy(Call::patch(one(id), body).repeatable())
            .await
    }

    /// Removes a policy.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn delete_access_policy(&self, id: &str) -> Result<(), HttpError> {
        self.change_access_policy(Call::delete(one(id))).await
    }

    async fn change_access_policy(&self, call: Call) -> Result<(), HttpError> {
        let answer = self.service.send(&call.one_per_second()).await;
        self.policies_changed();
        answer.map(drop)
    }

    fn policies_changed(&self) {
        let tenant = self.tenant();
        self.policies.forget(|(of, _)| *of == tenant);
    }
}
