//! Sessions: windows and browsers for one party of one setup.

use std::sync::Arc;
use std::time::Duration;

use grantway_core::ids::SetupId;
use grantway_core::journal::Ending;
use grantway_core::{Party, Place};
use grantway_session::lanes::Lane;
use grantway_session::{
    DEFAULT_TIME_LIMIT_SECONDS, HostRule, Redirect, SessionEnd, SessionReport, SessionSpec,
};
use url::Url;
use uuid::Uuid;

use crate::app::{App, Subject};
use crate::contract::{Event, PhaseName};
use crate::host::{BrowserOrder, SessionOrder, SessionOutcome};
use crate::problem::Problem;
use crate::world::{OpenSession, Purpose, World, lock};

/// The lane of a number, as the UI has it.
pub(crate) fn lane_of(number: u8) -> Option<Lane> {
    match number {
        1 => Some(Lane::CleanWindow),
        2 => Some(Lane::PrivateBrowser),
        3 => Some(Lane::OwnBrowser),
        4 => Some(Lane::CopyLink),
        _ => None,
    }
}

/// The number of a lane.
pub(crate) fn number_of(lane: Lane) -> u8 {
    match lane {
        Lane::CleanWindow => 1,
        Lane::PrivateBrowser => 2,
        Lane::OwnBrowser => 3,
        Lane::CopyLink => 4,
    }
}

/// What a window is opened for.
#[derive(Clone)]
pub(crate) struct Errand<'a> {
    /// Whose it is.
    pub place: &'a Place,
    /// The first page.
    pub start: Url,
    /// The answer to wait for.
    pub redirect: Option<Redirect>,
    /// Hosts beside the sign-in hosts.
    pub hosts: Vec<HostRule>,
    /// How often credentials will be asked for.
    pub expected_prompts: u8,
}

impl Subject {
    /// The rules for a clean window.
    pub(crate) fn session_spec(&self, app: &App, id: String, errand: Errand<'_>) -> SessionSpec {
        let sign_in_hosts = self
            .world
            .cloud
            .sign_in_hosts()
            .iter()
            .filter_map(|host| host.to_string().parse().ok())
            .collect();
        let domain = self.domain_of(errand.place);
        let remembered_hosts = app
            .preferences()
            .remembered_hosts
            .get(&domain)
            .cloned()
            .unwrap_or_default();
        let party = match errand.place.party {
            Party::Provider => grantway_session::Party::Provider,
            Party::Customer => grantway_session::Party::Customer,
            Party::Vendor => grantway_session::Party::Vendor,
        };
        SessionSpec {
            id,
            party,
            party_name: errand.place.name.clone(),
            expected_tenant: Some(errand.place.tenant.to_string()),
            start_url: errand.start,
            redirect: errand.redirect,
            sign_in_hosts,
            planned_windows: errand.hosts.clone(),
            step_hosts: errand.hosts,
            expected_prompts: errand.expected_prompts,
            practice: self.world.is_practice(),
            remembered_hosts,
            time_limit_seconds: DEFAULT_TIME_LIMIT_SECONDS,
            opening_note: None,
            browsers_found: app.host.has_lane(Lane::PrivateBrowser)
                || app.host.has_lane(Lane::OwnBrowser),
        }
    }

    /// The domain that the answers gave for a place: under it, accepted sign-in hosts are remembered. Empty where the answers
    /// name several of its party: what is accepted for one customer is none of another's.
    pub(crate) fn domain_of(&self, place: &Place) -> String {
        let named = self.pattern.tenants(&self.answers);
        let mut of_party = named.iter().filter(|named| named.party == place.party);
        match (of_party.next(), of_party.next()) {
            (Some(only), None) => only.domain.to_string(),
            _ => String::new(),
        }
    }
}

impl App {
    /// Notes that a session is open. One at a time for each setup: two windows of the same look would be confused.
    pub(crate) fn open_session(
        &self,
        subject: &Subject,
        purpose: Purpose,
        lane: u8,
        expected_prompts: u8,
    ) -> Result<String, Problem> {
        let id = Uuid::to_string(&self.order.ids.guid());
        let mut sessions = lock(&subject.world.sessions);
        if sessions.contains_key(&subject.id) {
            return Err(Problem::new("problem-session-open", "GW-SES-0001"));
        }
        let session = OpenSession {
            id: id.clone(),
            lane,
            purpose,
            expected_prompts,
            report: SessionReport::default(),
            finished: false,
            prompts_said: None,
            given: None,
            stopped: false,
        };
        sessions.insert(subject.id.clone(), session);
        drop(sessions);
        self.changed(&subject.id);
        Ok(id)
    }

    /// Notes that it is closed, and remembers the federated hosts that the person accepted in it.
    pub(crate) fn close_session(&self, subject: &Subject, place: &Place) -> Option<OpenSession> {
        let closed = lock(&subject.world.sessions).remove(&subject.id);
        let accepted = closed
            .as_ref()
            .map(|session| session.report.accepted_federated_hosts.clone())
            .unwrap_or_default();
        let domain = subject.domain_of(place);
        if !accepted.is_empty() && !domain.is_empty() {
            let kept = self.change_preferences(|preferences| {
                let hosts = preferences.remembered_hosts.entry(domain).or_default();
                hosts.extend(accepted);
                hosts.sort();
                hosts.dedup();
            });
            if let Err(problem) = kept {
                tracing::warn!(id = problem.id, "an accepted host is not remembered");
            }
        }
        self.changed(&subject.id);
        let purpose = closed.as_ref().map(|session| &session.purpose);
        let is_page = matches!(purpose, Some(Purpose::Page { .. }));
        self.host.emit(Event::Show {
            setup: subject.id.to_string(),
            // A check that is mended does not lead away from the checks.
            phase: (is_page && subject.state.takes_checks()).then_some(PhaseName::Check),
        });
        closed
    }

    /// Runs a clean window to its end.
    pub(crate) async fn window(
        self: &Arc<Self>,
        subject: &Subject,
        spec: SessionSpec,
    ) -> Result<SessionOutcome, Problem> {
        let (app, world, setup) = (
            Arc::clone(self),
            Arc::clone(&subject.world),
            subject.id.clone(),
        );
        let ear = Arc::new(move |report: SessionReport| {
            if hear(&world, &setup, report) {
                app.changed(&setup);
            }
        });
        let catalogue = Arc::clone(&self.catalogue);
        let outcome = self
            .host
            .run_session(SessionOrder {
                spec,
                ear,
                catalogue,
            })
            .await?;
        hear(&subject.world, &subject.id, outcome.report.clone());
        Ok(outcome)
    }

    /// Shows a person pages that send nothing back, until they say that it is done or it ends otherwise.
    pub(crate) async fn visit(
        self: &Arc<Self>,
        subject: &Subject,
        id: String,
        mut lane: Lane,
        errand: Errand<'_>,
    ) -> Result<Ending, Problem> {
        loop {
            if lane != Lane::CleanWindow {
                self.browser(id.clone(), lane, errand.start.clone()).await?;
                return Ok(self.until_finished(subject).await);
            }
            let spec = subject.session_spec(self, id.clone(), errand.clone());
            match self.window(subject, spec).await?.end {
                SessionEnd::StartOver => {}
                SessionEnd::ToLane(other) => {
                    lane = other;
                    if let Some(session) = lock(&subject.world.sessions).get_mut(&subject.id) {
                        session.lane = number_of(other);
                    }
                    self.changed(&subject.id);
                }
                SessionEnd::TimedOut => return Ok(Ending::TimedOut),
                SessionEnd::Redirected { .. } => return Ok(Ending::Finished),
                SessionEnd::Stopped | SessionEnd::Closed => {
                    let finished = lock(&subject.world.sessions)
                        .get(&subject.id)
                        .is_some_and(|session| session.finished);
                    return Ok(if finished {
                        Ending::Finished
                    } else {
                        Ending::Stopped
                    });
                }
            }
        }
    }

    /// A browser of the person's own cannot be watched: the person says when it is done.
    async fn until_finished(&self, subject: &Subject) -> Ending {
        loop {
            match lock(&subject.world.sessions).get(&subject.id) {
                Some(session) if session.finished => return Ending::Finished,
                Some(session) if session.stopped => return Ending::Stopped,
                Some(_) => {}
                None => return Ending::Stopped,
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Returns when the open session was stopped.
    pub(crate) async fn until_stopped(&self, subject: &Subject) {
        loop {
            match lock(&subject.world.sessions).get(&subject.id) {
                Some(session) if !session.stopped => {}
                _ => return,
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }

    /// Starts a browser and returns when it is over, as far as that can be known.
    pub(crate) async fn browser(&self, id: String, lane: Lane, url: Url) -> Result<(), Problem> {
        if !self.host.has_lane(lane) {
            return Err(Problem::new("problem-no-browser", "GW-SES-0002"));
        }
        Ok(self
            .host
            .run_browser(BrowserOrder { id, lane, url })
            .await?)
    }

    pub(crate) async fn show_session(&self, id: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        if let Some(session) = lock(&subject.world.sessions).get(&subject.id) {
            self.host.show_session(&session.id);
        }
        Ok(())
    }

    pub(crate) async fn stop_session(&self, id: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let session = lock(&subject.world.sessions)
            .get_mut(&subject.id)
            .map(|session| {
                session.stopped = true;
                session.id.clone()
            });
        if let Some(session) = session {
            self.host.stop_session(&session);
        }
        Ok(())
    }
}

/// The rule for the start page's own host.
pub(crate) fn own_host(start: &Url) -> Option<HostRule> {
    let mut own = start.host_str()?.to_owned();
    if let Some(port) = start.port() {
        own.push_str(&format!(":{port}"));
    }
    own.parse().ok()
}

fn hear(world: &World, setup: &SetupId, report: SessionReport) -> bool {
    let mut sessions = lock(&world.sessions);
    let Some(session) = sessions.get_mut(setup) else {
        return false;
    };
    let moved = session.report != report;
    session.report = report;
    moved
}
