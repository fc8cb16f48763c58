//! Accounts.
// facts: api-gdap-hardening §2.8.

use grantway_core::{ObjectId, Timestamp, Upn};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use super::Graph;
use crate::http::call::encode;
use crate::http::{Call, HttpError};

/// `user`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The object id.
    pub id: String,
    /// The account's name.
    #[serde(default)]
    pub user_principal_name: Option<String>,
    /// What people see.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Whether it may sign in; absent where the token may not read it.
    #[serde(default)]
    pub account_enabled: Option<bool>,
    /// When it was made; absent where the token may not read it.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
    /// When its password was changed last.
    #[serde(default)]
    pub last_password_change_date_time: Option<Timestamp>,
}

/// An account to be made.
#[derive(Debug)]
pub struct NewUser<'a> {
    /// The account's name, in a verified domain.
    pub upn: &'a Upn,
    /// What people see.
    pub display_name: &'a str,
    /// At most 64 ASCII characters.
    pub mail_nickname: &'a str,
    /// The first password, which the first sign-in must change.
    pub password: &'a SecretString,
}

const SELECT: &str =
    "id,userPrincipalName,displayName,accountEnabled,createdDateTime,lastPasswordChangeDateTime";

impl Graph {
    /// An account by its id. Scope: `User.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn user(&self, id: ObjectId) -> Result<User, HttpError> {
        self.user_at(&id.to_string()).await
    }

    /// An account by its name.
    ///
    /// # Errors
    /// See [`HttpError`]; 404 when there is none.
    pub async fn user_named(&self, upn: &Upn) -> Result<User, HttpError> {
        self.user_at(upn.as_str()).await
    }

    async fn user_at(&self, key: &str) -> Result<User, HttpError> {
        self.service
            .send(&Call::get(format!("/v1.0/users/{}", encode(key))).query("$select", SELECT))
            .await?
            .json()
    }

    /// Makes an account. Scope: `User.ReadWrite.All`. Not repeated when its answer is lost.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn create_user(&self, user: &NewUser<'_>) -> Result<User, HttpError> {
        let body = json!({
            "accountEnabled": true,
            "displayName": user.display_name,
            "mailNickname": user.mail_nickname,
            "userPrincipalName": user.upn.as_str(),
            "passwordProfile": { "password": user.password.expose_secret(), "forceChangePasswordNextSignIn": true },
        });
        self.service
            .send(&Call::post("/v1.0/users", body))
            .await?
            .json()
    }

    /// Removes an account; it stays in the recycle bin for 30 days.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn delete_user(&self, id: ObjectId) -> Result<(), HttpError> {
        self.service
            .send(&Call::delete(format!("/v1.0/users/{id}")))
            .await
            .map(drop)
    }
}
