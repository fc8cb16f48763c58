//! A user account.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::fingerprint;

/// A user account of a tenant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    /// Object id.
    pub id: Uuid,
    /// Sign-in name.
    pub upn: String,
    /// Name shown to people.
    pub display_name: String,
    /// Part before the @ of the mail address.
    pub mail_nickname: String,
    /// First name.
    pub given_name: Option<String>,
    /// Family name.
    pub surname: Option<String>,
    /// Job title.
    pub job_title: Option<String>,
    /// Mail address.
    pub mail: Option<String>,
    /// Two-letter country code for licences.
    pub usage_location: Option<String>,
    /// Member or guest.
    pub kind: UserKind,
    /// Whether the account may sign in.
    pub enabled: bool,
    /// The password.
    pub password: Password,
    /// Whether the next sign-in must change the password.
    pub must_change_password: bool,
    /// When the password was last set.
    pub last_password_change: Timestamp,
    /// Registered Authenticator apps.
    pub authenticators: Vec<Authenticator>,
    /// When the account was made.
    pub created: Timestamp,
    /// From when on other calls than the one that made it can read it.
    pub visible_from: Timestamp,
    /// Whose guest account this is, when its person is in a tenant of this world.
    #[serde(default)]
    pub guest_of: Option<GuestOf>,
    /// Sign-ins before this moment count no more: somebody revoked them.
    #[serde(default)]
    pub sessions_valid_from: Option<Timestamp>,
    /// The second proof is skipped at sign-in as long as nothing demands it, as on a device that is remembered.
    #[serde(default)]
    pub second_proof_skipped: bool,
}

/// The home account of a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestOf {
    /// Home tenant.
    pub tenant: Uuid,
    /// Account there.
    pub user: Uuid,
}

impl User {
    /// Whether a sign-in of a moment still counts.
    pub fn accepts_sign_in_of(&self, moment: Timestamp) -> bool {
        moment >= self.last_password_change
            && self.sessions_valid_from.is_none_or(|from| moment >= from)
    }
}

/// Member or guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserKind {
    /// Belongs to the tenant.
    Member,
    /// Invited from elsewhere.
    Guest,
}

/// A password: readable only where the scenario file wrote it down as a training aid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Password {
    /// From the scenario file; shown in the list of people.
    Practice(String),
    /// Set by somebody during practice; only its fingerprint is kept.
    Hashed(String),
}

impl Password {
    /// A password that somebody chose during practice.
    pub fn chosen(text: &str) -> Self {
        Self::Hashed(fingerprint(text))
    }

    /// Whether a typed password is the right one.
    pub fn accepts(&self, typed: &str) -> bool {
        match self {
            Self::Practice(text) => text == typed,
            Self::Hashed(hash) => *hash == fingerprint(typed),
        }
    }
}

/// A registered Authenticator app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authenticator {
    /// Method id.
    pub id: Uuid,
    /// Name of the phone.
    pub device_name: String,
    /// Version of the app.
    pub app_version: String,
    /// When it was registered.
    pub created: Timestamp,
}
