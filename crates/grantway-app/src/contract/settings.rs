//! Settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The theme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Theme {
    /// As the desktop has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A cloud to choose.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CloudLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A cloud that a file describes.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CloudFileLine {
    /// The cloud's name.
    pub name: String,
    /// Where the file is, or that it was given at this start.
    pub place: String,
    /// It can be left here.
    pub removable: bool,
}

/// A default lane to choose.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LaneLine {
    /// 1 to 3.
    pub lane: u8,
    /// Its name.
    pub name: String,
    /// What it means.
    pub note: String,
}

/// Settings as they are.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SettingsView {
    /// The theme.
    pub theme: Theme,
    /// The cloud file that is in use.
    pub cloud_file: Option<CloudFileLine>,
    /// A cloud file can be chosen here.
    pub chooses_cloud_file: bool,
    /// Clouds to choose from; empty where there is one: in practice mode, and while a cloud file is in use.
    pub clouds: Vec<CloudLine>,
    /// The chosen cloud.
    pub cloud: String,
    /// The client ID for the chosen cloud, if one was entered.
    pub client_id: String,
    /// The client ID is the practice cloud's and cannot be changed.
    pub client_fixed: bool,
    /// The profile of the setup that makes a registration and enters its client ID.
    pub client_setup: Option<String>,
    /// The redirect URI that the app registration needs.
    pub redirect: String,
    /// Default lanes to choose from.
    pub lanes: Vec<LaneLine>,
    /// The chosen default lane.
    pub lane: u8,
    /// Where secrets are kept: "the keychain of this computer".
    pub vault: String,
    /// Where the journal is.
    pub data: String,
    /// Practice mode is on.
    pub practice: bool,
    /// The version.
    pub version: String,
}

/// A change of settings; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct SettingsChange {
    /// The theme.
    pub theme: Option<Theme>,
    /// The cloud's id.
    pub cloud: Option<String>,
    /// The client ID; empty forgets it.
    pub client_id: Option<String>,
    /// The default lane.
    pub lane: Option<u8>,
}
