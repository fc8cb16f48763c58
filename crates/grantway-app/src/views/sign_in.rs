//! Sign in: seats, scopes, lanes.

use grantway_core::{Place, Text};
use grantway_session::lanes::Lane;

use super::words;
use crate::app::{App, Subject};
use crate::contract::{
    LaneView, PartyName, ScopeLine, Seat, SeatState, SessionView, Sign, SignInPage,
};
use crate::use_cases::Stage;
use crate::world::{Purpose, lock};

impl App {
    pub(crate) fn sign_in_page(&self, subject: &Subject) -> SignInPage {
        if !subject.pattern.signs_in_first(&subject.answers) {
            return SignInPage {
                sentence: self.catalogue.say("sign-in-later"),
                ready: true,
                seats: Vec::new(),
                blocked: None,
            };
        }
        let seats: Vec<Seat> = subject
            .pattern
            .seats()
            .iter()
            .filter_map(|spec| self.seat(subject, spec.id, Stage::Read))
            .collect();
        SignInPage {
            sentence: self.catalogue.say("sign-in-sentence"),
            ready: !seats.is_empty() && seats.iter().all(|seat| seat.state == SeatState::Taken),
            seats,
            blocked: (subject.setup_client().is_none() && subject.world.client().is_none())
                .then(|| self.catalogue.say("sign-in-no-client")),
        }
    }

    /// A seat, with what a stage asks for.
    pub(crate) fn seat(&self, subject: &Subject, id: &str, stage: Stage) -> Option<Seat> {
        let spec = subject
            .pattern
            .seats()
            .into_iter()
            .find(|spec| spec.id == id)?;
        let place = subject.place(spec.party)?;
        let session = self.session_view(subject, &Purpose::Seat(id.to_owned()));
        let signed_in = subject.state.sign_ins.get(&place.tenant);
        let complete =
            signed_in.is_some() && subject.missing_scopes(stage, place.tenant).is_empty();
        let state = match (&session, complete) {
            (Some(_), _) => SeatState::Open,
            (None, true) => SeatState::Taken,
            (None, false) => SeatState::Empty,
        };
        let scopes = subject
            .scopes(stage, place.tenant)
            .into_iter()
            .map(|scope| ScopeLine {
                what: self.scope_text(&scope),
                scope,
            });
        Some(Seat {
            id: id.to_owned(),
            party: self.expected(subject, place),
            state,
            sign: match state {
                SeatState::Empty => Sign::NeedsYou,
                SeatState::Open => Sign::Running,
                SeatState::Taken => Sign::Pass,
            },
            account: signed_in.map(|sign_in| format!("{}, {}", sign_in.name, sign_in.account)),
            needs: self.text(&spec.needs),
            why: self.catalogue.say(match stage {
                Stage::Read => "sign-in-why-read",
                Stage::Apply => "sign-in-why-apply",
                Stage::Undo => "sign-in-why-undo",
            }),
            notice: subject.setup_client().map(|own| self.text(&own.notice)),
            scopes: scopes.collect(),
            lanes: self.lanes(false),
            session,
        })
    }

    fn expected(&self, subject: &Subject, place: &Place) -> PartyName {
        let domain = subject.domain_of(place);
        let name = if domain.is_empty() || domain == place.name {
            place.name.clone()
        } else {
            format!("{} ({domain})", place.name)
        };
        PartyName {
            name,
            ..words::place(place)
        }
    }

    /// What a permission is for, in plain words; its own name where the catalogue has none.
    fn scope_text(&self, scope: &str) -> String {
        let key = format!("scope-{}", scope.to_ascii_lowercase().replace('.', "-"));
        self.catalogue
            .find(&key)
            .unwrap_or_else(|| self.catalogue.say("scope-other"))
    }

    /// The ways in, the default one first.
    pub(crate) fn lanes(&self, link: bool) -> Vec<LaneView> {
        let default = self.preferences().lane;
        let mut lanes: Vec<LaneView> = [
            (1, Lane::CleanWindow, "clean"),
            (2, Lane::PrivateBrowser, "private"),
            (3, Lane::OwnBrowser, "own"),
        ]
        .into_iter()
        .map(|(lane, which, name)| {
            let off = !self.host.has_lane(which);
            let note = if off {
                "lane-no-browser".to_owned()
            } else {
                format!("lane-{name}-note")
            };
            LaneView {
                lane,
                label: self.catalogue.say(&format!("lane-{name}")),
                note: self.catalogue.say(&note),
                off,
            }
        })
        .collect();
        if link {
            lanes.push(LaneView {
                lane: 4,
                label: self.catalogue.say("lane-link"),
                note: self.catalogue.say("lane-link-note"),
                off: false,
            });
        }
        lanes.sort_by_key(|lane| (lane.off, lane.lane != default, lane.lane));
        lanes
    }

    /// The open session, if it is for that purpose.
    pub(crate) fn session_view(&self, subject: &Subject, purpose: &Purpose) -> Option<SessionView> {
        let sessions = lock(&subject.world.sessions);
        let session = sessions
            .get(&subject.id)
            .filter(|session| &session.purpose == purpose)?;
        let seen = u8::try_from(session.report.prompts_seen).unwrap_or(u8::MAX);
        let key = match (session.lane, purpose) {
            (1, Purpose::Seat(_)) => "session-window-seat",
            (1, Purpose::Task(_)) => "session-window-task",
            (1, Purpose::Page { .. }) => "session-window-page",
            _ => "session-browser",
        };
        Some(SessionView {
            lane: session.lane,
            prompts_seen: seen,
            prompts_expected: session.expected_prompts,
            has_window: session.lane == 1,
            sentence: self.text(&Text::new(key)),
        })
    }
}
