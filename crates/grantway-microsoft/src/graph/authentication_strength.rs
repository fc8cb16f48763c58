//! Authentication strengths.
// facts: api-gdap-hardening §1.3, §2.9.

use serde::Deserialize;
use serde_json::json;

use super::Graph;
use crate::http::call::encode;
use crate::http::{Call, HttpError};

/// `authenticationStrengthPolicy`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationStrength {
    /// Its id.
    pub id: String,
    /// Not unique.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Holds our marker.
    #[serde(default)]
    pub description: Option<String>,
    /// Combinations of proofs that count.
    #[serde(default)]
    pub allowed_combinations: Vec<String>,
}

const ROOT: &str = "/v1.0/policies/authenticationStrengthPolicies";
const SELECT: &str = "id,displayName,description,allowedCombinations";

fn one(id: &str) -> String {
    format!("{ROOT}/{}", encode(id))
}

impl Graph {
    /// All strengths, those built in too. Scope: `Policy.Read.AuthenticationMethod`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn authentication_strengths(&self) -> Result<Vec<AuthenticationStrength>, HttpError> {
        self.service
            .list(&Call::get(ROOT).query("$select", SELECT))
            .await
    }

    /// One strength by its id.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn authentication_strength(
        &self,
        id: &str,
    ) -> Result<AuthenticationStrength, HttpError> {
        self.service
            .send(&Call::get(one(id)).query("$select", SELECT))
            .await?
            .json()
    }

    /// Makes a strength of the tenant's own. Not repeated when its answer is lost. Scope: `Policy.ReadWrite.ConditionalAccess`.
    ///
    /// # Errors
    /// See [`HttpError`]; 400 where the tenant has 15 already.
    pub async fn create_authentication_strength(
        &self,
        name: &str,
        description: &str,
        combinations: &[String],
    ) -> Result<AuthenticationStrength, HttpError> {
        let body = json!({
            "displayName": name,
            "description": description,
            "policyType": "custom",
            "allowedCombinations": combinations,
        });
        self.service.send(&Call::post(ROOT, body)).await?.json()
    }

    /// Removes a strength of the tenant's own.
    ///
    /// # Errors
    /// See [`HttpError`]; 400 while a policy asks for it.
    pub async fn delete_authentication_strength(&self, id: &str) -> Result<(), HttpError> {
        self.service.send(&Call::delete(one(id))).await.map(drop)
    }
}
