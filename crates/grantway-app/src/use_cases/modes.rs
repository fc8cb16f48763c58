//! Practice, its clock and phone; settings.

use std::sync::Arc;

use grantway_core::AppId;
use grantway_core::journal::Entry;
use grantway_microsoft::clouds::built_in;
use grantway_microsoft::control::{Control, ControlError};

use crate::app::App;
use crate::contract::{Event, FormOutcome, Screen, SettingsChange};
use crate::problem::Problem;
use crate::world::{JournalOf, World};

impl From<ControlError> for Problem {
    fn from(error: ControlError) -> Self {
        match error {
            ControlError::Refused(detail) => {
                Problem::new("problem-practice-refused", "GW-PRA-0004").with("detail", detail)
            }
            other => Problem::new("problem-practice-silent", "GW-PRA-0003")
                .with("detail", other.to_string()),
        }
    }
}

impl World {
    /// The practice controls; a problem outside practice mode.
    pub(crate) fn controls(&self) -> Result<&Control, Problem> {
        self.control
            .as_ref()
            .ok_or_else(|| Problem::new("problem-not-practice", "GW-PRA-0005"))
    }
}

impl App {
    /// Loads a scenario afresh. Setups of the old one are put away: their tenants are gone.
    pub(crate) async fn load_scenario(self: &Arc<Self>, scenario: &str) -> Result<(), Problem> {
        let world = self.world().await;
        let controls = world.controls()?;
        world.stop_everything(&*self.host).await;
        controls.load(scenario).await?;
        // The registration that it names was in a tenant of the old scenario.
        self.kept.enter_client(&world.cloud, None)?;
        for (id, state) in world.setups().await? {
            for actor in state.sign_ins.values().filter_map(|s| s.actor().ok()) {
                world.tokens.forget(&actor).await?;
            }
            world.engine.record(&id, Entry::Closed).await?;
        }
        if let Some(clock) = &world.practice_clock {
            clock.look().await?;
        }
        self.everything_changed();
        Ok(())
    }

    pub(crate) async fn move_clock(&self, seconds: u32) -> Result<(), Problem> {
        let world = self.world().await;
        world.controls()?;
        if let Some(clock) = &world.practice_clock {
            clock.advance(seconds).await?;
        }
        self.everything_changed();
        Ok(())
    }

    pub(crate) async fn answer_phone(&self, id: &str, number: Option<u8>) -> Result<(), Problem> {
        let world = self.world().await;
        world.controls()?.answer_prompt(id, number).await?;
        self.host.emit(Event::Changed {
            screens: vec![Screen::Practice],
        });
        Ok(())
    }

    pub(crate) async fn change_settings(
        self: &Arc<Self>,
        change: SettingsChange,
    ) -> Result<FormOutcome, Problem> {
        let world = self.world().await;
        let wrong = |problem: Problem| {
            Ok(FormOutcome {
                stored: false,
                problems: vec![problem.view(&self.catalogue)],
            })
        };
        let live_cloud = change
            .cloud
            .clone()
            .unwrap_or_else(|| world.cloud.id().as_str().to_owned());
        if let Some(cloud) = &change.cloud
            && built_in(cloud).is_none()
        {
            return wrong(
                Problem::new("problem-no-such-cloud", "GW-CLD-0001")
                    .with("cloud", cloud.clone())
                    .of_field("cloud"),
            );
        }
        let client = change.client_id.as_deref().map(str::trim);
        if let Some(id) = client
            && !id.is_empty()
            && AppId::parse(id).is_err()
        {
            return wrong(
                Problem::new("problem-client-id", "GW-CLD-0002")
                    .with("id", id.to_owned())
                    .of_field("clientId"),
            );
        }
        if change.lane.is_some_and(|lane| !(1..=3).contains(&lane)) {
            return wrong(Problem::new("problem-lane", "GW-CLD-0003").of_field("lane"));
        }
        // Another client ID is looked up with the next sign-in.
        let reopen = !world.is_practice() && change.cloud.is_some();
        let client = client.map(str::to_owned);
        self.change_preferences(|preferences| {
            preferences.theme = change.theme.unwrap_or(preferences.theme);
            preferences.lane = change.lane.unwrap_or(preferences.lane);
            if let Some(id) = client {
                if id.is_empty() {
                    preferences.client_ids.remove(&live_cloud);
                } else {
                    preferences.client_ids.insert(live_cloud.clone(), id);
                }
            }
            if let Some(cloud) = change.cloud {
                preferences.cloud = cloud;
            }
        })?;
        if reopen {
            self.reopen(JournalOf::OldWorld).await?;
        }
        self.host.emit(Event::Changed {
            screens: vec![Screen::Settings, Screen::Frame],
        });
        Ok(FormOutcome {
            stored: true,
            problems: Vec::new(),
        })
    }
}
