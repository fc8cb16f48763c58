//! Accounts.
// facts: api-gdap-hardening §2.8.

use grantway_core::{ObjectId, Timestamp, Upn};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use super::Graph;
use crate::http::call::{encode, odata_quote};
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
    /// Where mail goes; of a guest the address that was invited.
    #[serde(default)]
    pub mail: Option<String>,
    /// `Member` or `Guest`; absent unless it is asked for.
    #[serde(default)]
    pub user_type: Option<String>,
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

impl User {
    /// Whether it is a guest account, or a member account from outside, of that person. That an account of the tenant itself has that mail
    /// address is not enough.
    fn stands_for(&self, home: &Upn) -> bool {
        let is = |text: &Option<String>, wanted: &str| {
            text.as_deref()
                .is_some_and(|text| text.eq_ignore_ascii_case(wanted))
        };
        let name = self.user_principal_name.as_deref().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        let from_outside = is(&self.user_type, "Guest") || name.contains("#ext#");
        name.starts_with(&external_name(home).to_ascii_lowercase())
            || (is(&self.mail, home.as_str()) && from_outside)
    }
}

/// How the name of an account begins that stands for a person of another tenant.
fn external_name(home: &Upn) -> String {
    format!("{}_{}#EXT#@", home.name(), home.domain())
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

    /// Accounts that stand for a person of another tenant. Scope: `User.Read.All`.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn accounts_standing_for(&self, home: &Upn) -> Result<Vec<User>, HttpError> {
        let filter = format!(
            "mail eq {} or startswith(userPrincipalName,{})",
            odata_quote(home.as_str()),
            odata_quote(&external_name(home)),
        );
        let call = Call::get("/v1.0/users")
            .query("$filter", filter)
            .query("$select", "id,displayName,userPrincipalName,mail,userType");
        let mut users: Vec<User> = self.service.list(&call).await?;
        users.retain(|user| user.stands_for(home));
        Ok(users)
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
