//! Tasks: what a person does in a clean session, with what they need at hand.

use serde::{Deserialize, Serialize};

use super::step::CheckStep;
use crate::change::Scope;
use crate::desired::{DesiredState, Known};
use crate::ids::AppId;
use crate::text::Text;

/// Which act the person performs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Grants an application what it asks for.
    Consent,
    /// Does on a page what has no API.
    Portal,
    /// Signs in to an application, which shows that one can.
    SignIn,
}

/// Where a task starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalAddress {
    /// The page's name in the cloud's list of portals; the cloud's address wins.
    pub portal: String,
    /// The address where the cloud has none of that name: a vendor's own site.
    pub fallback: Option<String>,
    /// Hosts beside the sign-in hosts and the start page's that the task may visit.
    pub hosts: Vec<String>,
}

/// A value that the person copies into the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum CopyValue {
    /// Shown and copied.
    Plain {
        /// Its name on the page.
        label: Text,
        /// The value.
        text: Known<String>,
    },
    /// Copied from the vault by the backend, never shown.
    Secret {
        /// Its name on the page.
        label: Text,
        /// Its name in the vault.
        secret: String,
    },
}

/// Something that the person should see before going on, and otherwise stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Expectation {
    /// What it is: "Publisher".
    pub label: Text,
    /// What it must be: "Contoso Ltd, verified".
    pub value: Text,
}

/// A sign-in that is a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignInAs {
    /// The application.
    pub client: Known<String>,
    /// The delegated permissions that are asked for.
    pub scopes: Vec<Scope>,
    /// The setup works in its name from then on: nobody has signed in before it. Otherwise it only shows that one can, and
    /// nothing of it is kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub takes_seat: bool,
}

/// A value that a page shows to the person and that no API gives: they type it in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AskedValue {
    /// Its name on the page.
    pub label: Text,
    /// Where it stands, in a few words.
    pub hint: Text,
    /// An example.
    pub placeholder: String,
    /// What it is.
    pub shape: ValueShape,
}

/// What a value that a person gives is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueShape {
    /// The client id of an application.
    ClientId,
}

impl ValueShape {
    /// The value as it is kept; none where it is no such thing.
    pub fn read(self, given: &str) -> Option<String> {
        match self {
            Self::ClientId => AppId::parse(given.trim()).ok().map(|id| id.to_string()),
        }
    }
}

/// What a person does in a clean session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Which act.
    pub kind: TaskKind,
    /// Where it starts; a sign-in starts at the sign-in service.
    pub address: PortalAddress,
    /// The application that is signed in to, where that is the act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignInAs>,
    /// The path through the page and the acts on it, in order.
    pub instructions: Vec<Text>,
    /// What to copy.
    pub values: Vec<CopyValue>,
    /// What the person brings back from the page: the task's output `given`. It is not done without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<AskedValue>,
    /// What must be seen.
    pub expect: Vec<Expectation>,
    /// How often credentials are asked for when nothing interferes.
    pub expected_prompts: u8,
    /// What a person does when they were asked less often: remove what came of it and start over clean.
    pub if_interfered: Option<Text>,
    /// The read that shows that it was done.
    pub verify: Option<CheckStep>,
    /// The object that the act leaves behind: proved like a change and removed at take back.
    pub effect: Option<DesiredState>,
    /// How a person removes that object where take back leaves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<Text>,
    /// How a person removes what they have made where nobody else may: take back lists it as left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stays: Option<Text>,
}
