//! The frame.

use grantway_core::Party;

use super::words::initials;
use crate::app::App;
use crate::contract::FrameView;
use crate::problem::Problem;
use crate::world::lock;

impl App {
    pub(crate) async fn frame_view(&self) -> Result<FrameView, Problem> {
        let world = self.world().await;
        let home = self.home_view().await?;
        let setups = world.setups().await?;
        let provider = setups.iter().rev().find_map(|(_, state)| {
            let (_, places) = crate::answers::read(state);
            places
                .into_iter()
                .find(|place| place.party == Party::Provider)
                .map(|place| place.name)
        });
        let open = lock(&world.sessions).len();
        let identity = provider.unwrap_or_else(|| {
            self.catalogue.say(if world.is_practice() {
                "frame-identity-practice"
            } else {
                "frame-identity-none"
            })
        });
        let note = match (open, world.is_practice()) {
            (0, true) => self.catalogue.say("frame-note-practice"),
            (0, false) => self.catalogue.say("frame-note-no-session"),
            _ => self.catalogue.say("frame-note-session-open"),
        };
        Ok(FrameView {
            practice: world.is_practice(),
            practice_available: self.order.practice.is_some(),
            waiting: home.waiting,
            initials: initials(&identity),
            identity,
            note,
            theme: self.preferences().theme,
            cloud_problem: lock(&self.cloud_problem)
                .as_ref()
                .map(|problem| problem.view(&self.catalogue)),
            read_only: self.read_only_view(&world),
        })
    }
}
