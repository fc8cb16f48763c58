//! Settings.

use grantway_microsoft::clouds::built_in_all;

use crate::app::App;
use crate::contract::{CloudLine, LaneLine, SettingsView};

impl App {
    pub(crate) async fn settings_view(&self) -> SettingsView {
        let world = self.world().await;
        let preferences = self.preferences();
        let clouds = if world.is_practice() {
            Vec::new()
        } else {
            built_in_all()
                .iter()
                .map(|cloud| CloudLine {
                    id: cloud.id().as_str().to_owned(),
                    name: cloud.name().to_owned(),
                })
                .collect()
        };
        let lanes = [(1, "clean"), (2, "private"), (3, "own")]
            .into_iter()
            .map(|(lane, name)| LaneLine {
                lane,
                name: self.catalogue.say(&format!("lane-{name}")),
                note: self.catalogue.say(&format!("lane-{name}-note")),
            });
        SettingsView {
            theme: preferences.theme,
            clouds,
            cloud: world.cloud.id().as_str().to_owned(),
            client_id: world
                .client
                .map(|client| client.to_string())
                .unwrap_or_default(),
            client_fixed: world.cloud.client_id().is_some(),
            redirect: world.cloud.redirect().to_string(),
            lanes: lanes.collect(),
            lane: preferences.lane,
            vault: self.catalogue.say(world.vault_key()),
            data: world.folder.display().to_string(),
            practice: world.is_practice(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}
