//! Settings.

use grantway_core::desired::{ClientChoice, Desired};
use grantway_microsoft::clouds::built_in_all;
use grantway_patterns::{Answers, Origin, Profile};

use crate::app::App;
use crate::cloud_file::read_cloud_file;
use crate::contract::{CloudFileLine, CloudLine, LaneLine, SettingsView};
use crate::world::{World, lock};

impl App {
    pub(crate) async fn settings_view(&self) -> SettingsView {
        let world = self.world().await;
        let preferences = self.preferences();
        let cloud_file = self.cloud_file_line(&world);
        let clouds = if world.is_practice() || cloud_file.is_some() {
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
            chooses_cloud_file: self.order.cloud.is_none() && self.host.chooses_files(),
            cloud_file,
            clouds,
            cloud: world.cloud.id().as_str().to_owned(),
            client_id: world
                .client()
                .map(|client| client.to_string())
                .unwrap_or_default(),
            client_fixed: world.client() == world.cloud.client_id() && world.client().is_some(),
            client_setup: self.client_setup(),
            redirect: world.cloud.redirect().to_string(),
            lanes: lanes.collect(),
            lane: preferences.lane,
            vault: self.catalogue.say(world.vault_key()),
            data: world.folder.display().to_string(),
            practice: world.is_practice(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// The profile whose setups may choose the client ID, where there is one.
    fn client_setup(&self) -> Option<String> {
        let library = self.library();
        let mut profiles = library.offered();
        let chooses = |(profile, _): &(&Profile, Origin)| {
            let pattern = grantway_patterns::pattern(&profile.pattern);
            pattern
                .is_some_and(|pattern| pattern.kinds(&Answers::new()).contains(&ClientChoice::KIND))
        };
        profiles
            .find(chooses)
            .map(|(profile, _)| profile.id.clone())
    }

    /// The cloud file that is in use. A chosen one that could not be used is not, and can still be removed.
    fn cloud_file_line(&self, world: &World) -> Option<CloudFileLine> {
        let name = world.cloud.name().to_owned();
        if let Some(given) = &self.order.cloud {
            return (given.is_practice() == world.is_practice()).then(|| CloudFileLine {
                name,
                place: self.catalogue.say("settings-cloud-file-given"),
                removable: false,
            });
        }
        let path = self.preferences().cloud_file?;
        let is_used =
            read_cloud_file(&path).is_ok_and(|cloud| cloud.is_practice() == world.is_practice());
        let is_broken = lock(&self.cloud_problem).is_some();
        (is_used || is_broken).then(|| CloudFileLine {
            name: if is_broken {
                self.catalogue.say("settings-cloud-file-unused")
            } else {
                name
            },
            place: path.display().to_string(),
            removable: true,
        })
    }
}
