//! Preferences: what the app should look like and which way it goes by default. No secret, no run.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::contract::Theme;

/// The preferences as a host keeps them. Fields that an older version did not know get their defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The theme.
    pub theme: Theme,
    /// The mode that the app was left in; none on a fresh machine, which starts in practice.
    pub practice: Option<bool>,
    /// The chosen live cloud.
    pub cloud: String,
    /// The file of a cloud of one's own; it stands in for the clouds of the mode that it is of.
    pub cloud_file: Option<PathBuf>,
    /// The client id for each live cloud.
    pub client_ids: BTreeMap<String, String>,
    /// The lane that is tried first, 1 to 3.
    pub lane: u8,
    /// Hosts of sign-in pages that a person accepted as their organisation's own, by domain.
    pub remembered_hosts: BTreeMap<String, Vec<String>>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            practice: None,
            cloud: "global".into(),
            cloud_file: None,
            client_ids: BTreeMap::new(),
            lane: 1,
            remembered_hosts: BTreeMap::new(),
        }
    }
}

impl Preferences {
    /// Reads what a host kept; what cannot be read is as good as nothing, since nothing in it is needed to go on.
    pub fn read(kept: Option<String>) -> Self {
        let Some(json) = kept else {
            return Self::default();
        };
        serde_json::from_str(&json).unwrap_or_else(|error| {
            tracing::warn!(%error, "the preferences cannot be read; the defaults are used");
            Self::default()
        })
    }

    /// As JSON.
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("preferences have string keys only")
    }
}
