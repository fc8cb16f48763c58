//! The session as a state machine: events in, effects out.
//!
//! Engines do not say which frame navigates, so a host is judged where the main frame is certain: when WebKit asks about the main
//! frame's response, and in any case when the main frame commits. Before that only the form of an address is judged.

mod judge;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::address::{Address, Site};
use crate::event::{Button, Effect, Event, NavigationKind, SessionEnd};
use crate::lanes::{Lane, block};
use crate::legs::Legs;
use crate::phrase::Phrase;
use crate::redirect::RedirectVerdict;
use crate::report::{AuthorizeSeen, RefuseReason, SessionReport};
use crate::spec::SessionSpec;
use crate::strip::{NoteKind, Severity, StripButton, StripNote, StripView};

/// Where hosts were reached from is kept for at most this many; a page that opens more frames than that gains nothing.
const MOST_ORIGINS: usize = 256;
/// A session that has a minute left says so.
const LAST_SECONDS: u32 = 60;

/// One clean session.
#[derive(Debug, Clone)]
pub struct Session {
    spec: SessionSpec,
    /// The site of the page that is shown; none before the first page and on our own blocked page.
    shown: Option<Site>,
    /// The site of the last page that was allowed; a blocked page does not change it.
    committed: Option<Site>,
    /// The site that the last navigation went to, for chains of redirects.
    last_hop: Option<Site>,
    /// How many hand-overs lie between a sign-in host and an unknown site; none if it was not reached from one.
    origins: BTreeMap<Site, Option<u8>>,
    /// Federated hosts that were accepted, with their depth.
    accepted: BTreeMap<Site, u8>,
    /// Federated hosts about which the person said no.
    declined: BTreeSet<Site>,
    asking: Option<Question>,
    legs: Legs,
    note: Option<StripNote>,
    said_time_short: bool,
    over: bool,
    report: SessionReport,
}

#[derive(Debug, Clone)]
struct Question {
    site: Site,
    url: Url,
    depth: u8,
}

impl Session {
    /// Starts with nothing shown.
    pub fn new(spec: SessionSpec) -> Self {
        let note = spec.opening_note.clone();
        Session {
            spec,
            shown: None,
            committed: None,
            last_hop: None,
            origins: BTreeMap::new(),
            accepted: BTreeMap::new(),
            declined: BTreeSet::new(),
            asking: None,
            legs: Legs::default(),
            note,
            said_time_short: false,
            over: false,
            report: SessionReport::default(),
        }
    }

    /// What it was opened with.
    pub fn spec(&self) -> &SessionSpec {
        &self.spec
    }

    /// Whether it has ended. Everything is refused from then on.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// What it saw so far.
    pub fn report(&self) -> SessionReport {
        let mut report = self.report.clone();
        report.prompts_seen = self.legs.prompts();
        report.silent_sign_ins = self.legs.silent();
        report
    }

    /// Takes in what happened and says what to do. A question (`…Asked`) is answered by exactly one `Allow` or `Refuse`, which comes first.
    pub fn on(&mut self, event: Event) -> Vec<Effect> {
        if self.over {
            return match event {
                Event::NavigationAsked { .. }
                | Event::ResponseAsked { .. }
                | Event::NewWindowAsked { .. }
                | Event::DownloadAsked
                | Event::PermissionAsked => {
                    vec![Effect::Refuse {
                        reason: RefuseReason::Over,
                    }]
                }
                _ => Vec::new(),
            };
        }
        match event {
            Event::NavigationAsked { url, kind } => self.navigation(&url, kind),
            Event::ResponseAsked {
                url,
                main_frame: true,
            } => self.main_response(&url),
            Event::ResponseAsked {
                url,
                main_frame: false,
            } => match Address::read(&url, self.spec.practice) {
                Ok(_) => vec![Effect::Allow],
                Err(reason) => self.refuse(reason, host_of(&url), false),
            },
            Event::PageStarted { url } => self.page_started(&url),
            Event::PageFinished { .. } => Vec::new(),
            Event::TitleChanged { title } => self.title(&title),
            Event::NewWindowAsked { url } => self.new_window(&url),
            Event::DownloadAsked => self.refuse(RefuseReason::Download, None, true),
            Event::PermissionAsked => self.refuse(RefuseReason::Permission, None, false),
            Event::FederatedAnswer { host, yes } => self.federated(&host, yes),
            Event::Button(button) => self.button(button),
            Event::WindowClosed => self.end(SessionEnd::Closed),
            Event::Tick { seconds_open } => self.tick(seconds_open),
        }
    }

    fn navigation(&mut self, text: &str, kind: NavigationKind) -> Vec<Effect> {
        if let (Some(redirect), Ok(url)) = (&self.spec.redirect, Url::parse(text)) {
            match redirect.judge(&url) {
                RedirectVerdict::Elsewhere => {}
                RedirectVerdict::Ignored(why) => {
                    self.report.ignored_redirects = self.report.ignored_redirects.saturating_add(1);
                    return self.refuse(RefuseReason::Redirect(why), None, false);
                }
                RedirectVerdict::Answer(answer_url) => {
                    let mut effects = vec![Effect::Refuse {
                        reason: RefuseReason::Captured,
                    }];
                    effects.extend(self.end(SessionEnd::Redirected { answer_url }));
                    return effects;
                }
            }
        }
        let (site, url) = match Address::read(text, self.spec.practice) {
            Ok(Address::Blank) => return vec![Effect::Allow],
            Ok(Address::Page { site, url }) => (site, url),
            Err(reason) => return self.refuse(reason, host_of(text), true),
        };
        if let Some(known) = self.imitates(&site) {
            return self.refuse(RefuseReason::LookAlike(known), Some(site.to_string()), true);
        }
        if self.is_sign_in(&site) || self.accepted.contains_key(&site) {
            let authorize = self.is_sign_in(&site) && is_authorize(&url);
            if authorize {
                self.report.saw_authorize(AuthorizeSeen {
                    client_id: parameter(&url, "client_id"),
                    host: site.to_string(),
                });
            }
            self.legs.towards_sign_in(
                authorize,
                matches!(kind, NavigationKind::Form | NavigationKind::Unknown),
            );
        } else if self.spec.lists(&site) {
            self.legs.towards_elsewhere();
        } else {
            self.note_origin(&site, kind);
        }
        self.last_hop = Some(site);
        vec![Effect::Allow]
    }

    fn main_response(&mut self, text: &str) -> Vec<Effect> {
        match Address::read(text, self.spec.practice) {
            Ok(Address::Blank) => vec![Effect::Allow],
            Err(reason) => self.refuse(reason, host_of(text), true),
            Ok(Address::Page { site, url }) => match self.judge(&site) {
                Ok(()) => vec![Effect::Allow],
                Err(RefuseReason::Asking) => {
                    let mut effects = vec![Effect::Refuse {
                        reason: RefuseReason::Asking,
                    }];
                    effects.extend(self.ask(site, url));
                    effects
                }
                Err(reason) => self.refuse(reason, Some(site.to_string()), true),
            },
        }
    }

    fn page_started(&mut self, text: &str) -> Vec<Effect> {
        let (site, url) = match Address::read(text, self.spec.practice) {
            Ok(Address::Blank) => {
                self.shown = None;
                return vec![self.strip()];
            }
            Ok(Address::Page { site, url }) => (site, url),
            Err(reason) => {
                let host = host_of(text);
                let mut effects = vec![Effect::ShowBlockedPage {
                    host: host.clone().unwrap_or_default(),
                }];
                self.shown = None;
                effects.extend(self.refuse(reason, host, true).split_off(1));
                return effects;
            }
        };
        match self.judge(&site) {
            Ok(()) => {
                if !self.spec.lists(&site) && !self.accepted.contains_key(&site) {
                    // Remembered from an earlier session: from here on it is part of this one.
                    let depth = self.candidate_depth(&site).unwrap_or(1);
                    self.accepted.insert(site.clone(), depth);
                }
                if self.is_sign_in(&site) || self.accepted.contains_key(&site) {
                    self.legs.shows_sign_in();
                } else {
                    self.legs.leaves();
                }
                self.report.saw_host(site.to_string());
                if self.shown.as_ref() != Some(&site)
                    && self
                        .note
                        .as_ref()
                        .is_some_and(|note| note.kind == NoteKind::Refused)
                {
                    self.note = None;
                }
                self.committed = Some(site.clone());
                self.shown = Some(site);
                vec![self.strip()]
            }
            Err(reason) => {
                self.shown = None;
                let mut effects = vec![Effect::ShowBlockedPage {
                    host: site.to_string(),
                }];
                match reason {
                    RefuseReason::Asking => effects.extend(self.ask(site, url)),
                    other => effects.extend(
                        self.refuse(other, Some(site.to_string()), true)
                            .split_off(1),
                    ),
                }
                effects
            }
        }
    }

    fn new_window(&mut self, text: &str) -> Vec<Effect> {
        match Address::read(text, self.spec.practice) {
            Ok(Address::Page { site, url })
                if self
                    .spec
                    .planned_windows
                    .iter()
                    .any(|rule| rule.covers(&site)) =>
            {
                // In place: the page keeps the session, its handlers and its strip, and no window is left behind.
                vec![
                    Effect::Refuse {
                        reason: RefuseReason::NewWindow,
                    },
                    Effect::Load { url },
                ]
            }
            _ => self.refuse(RefuseReason::NewWindow, host_of(text), true),
        }
    }

    fn title(&mut self, title: &str) -> Vec<Effect> {
        // A page can write what it likes into its title, so a title only ever suggests another way.
        match block::from_title(title) {
            Some((kind, code)) if self.note.is_none() => self.offer(kind, Some(code)),
            _ => Vec::new(),
        }
    }

    fn federated(&mut self, host: &str, yes: bool) -> Vec<Effect> {
        let Some(question) = self
            .asking
            .take_if(|question| question.site.to_string() == host)
        else {
            return Vec::new();
        };
        self.note = None;
        if !yes {
            self.declined.insert(question.site);
            return self.end(SessionEnd::Stopped);
        }
        self.report
            .accepted_federated_hosts
            .push(question.site.to_string());
        self.accepted.insert(question.site, question.depth);
        vec![self.strip(), Effect::Load { url: question.url }]
    }

    fn button(&mut self, button: Button) -> Vec<Effect> {
        match button {
            Button::StartOver => self.end(SessionEnd::StartOver),
            Button::Stop => self.end(SessionEnd::Stopped),
            Button::PrivateBrowser => self.end(SessionEnd::ToLane(Lane::PrivateBrowser)),
            Button::OwnBrowser => self.end(SessionEnd::ToLane(Lane::OwnBrowser)),
            Button::PageShowsError => {
                self.note = Some(StripNote {
                    kind: NoteKind::WhichError,
                    severity: Severity::Warn,
                    text: Phrase::plain("strip-ask-error"),
                    code: Some("GW-SES-0301".to_owned()),
                    buttons: [
                        Button::ErrorIsKey,
                        Button::ErrorIsDevice,
                        Button::ErrorIsOther,
                    ]
                    .map(StripButton::new)
                    .to_vec(),
                });
                vec![self.strip()]
            }
            Button::ErrorIsKey => self.offer(block::Block::Key, None),
            Button::ErrorIsDevice => self.offer(block::Block::Device, None),
            Button::ErrorIsOther => self.offer(block::Block::Other, None),
            Button::CopyLink if self.spec.link_can_be_copied() => {
                self.note = Some(StripNote {
                    kind: NoteKind::Message,
                    severity: Severity::Info,
                    text: Phrase::plain("strip-copied"),
                    code: None,
                    buttons: Vec::new(),
                });
                vec![
                    Effect::CopyLink {
                        url: self.spec.start_url.clone(),
                    },
                    self.strip(),
                ]
            }
            Button::CopyLink => Vec::new(),
            Button::FederatedYes | Button::FederatedNo => match self
                .asking
                .as_ref()
                .map(|question| question.site.to_string())
            {
                Some(host) => self.federated(&host, button == Button::FederatedYes),
                None => Vec::new(),
            },
        }
    }

    fn offer(&mut self, why: block::Block, code: Option<String>) -> Vec<Effect> {
        let lanes = block::lanes(why, &self.spec);
        self.note = Some(block::note(why, code, &lanes));
        vec![Effect::OfferLanes { lanes }, self.strip()]
    }

    fn tick(&mut self, seconds_open: u32) -> Vec<Effect> {
        let limit = self.spec.time_limit_seconds;
        if seconds_open >= limit {
            return self.end(SessionEnd::TimedOut);
        }
        if limit - seconds_open <= LAST_SECONDS && !self.said_time_short {
            self.said_time_short = true;
            if self.note.is_none() {
                self.note = Some(StripNote {
                    kind: NoteKind::Message,
                    severity: Severity::Warn,
                    text: Phrase::plain("strip-time-short"),
                    code: Some("GW-SES-0302".to_owned()),
                    buttons: Vec::new(),
                });
                return vec![self.strip()];
            }
        }
        Vec::new()
    }

    fn end(&mut self, end: SessionEnd) -> Vec<Effect> {
        self.legs.leaves();
        self.over = true;
        self.asking = None;
        vec![Effect::End(end)]
    }

    fn refuse(&mut self, reason: RefuseReason, host: Option<String>, say: bool) -> Vec<Effect> {
        self.report.refuse(reason.clone(), host.clone());
        let mut effects = vec![Effect::Refuse {
            reason: reason.clone(),
        }];
        // A question that waits for the person is never pushed aside by what a page does.
        let free = self.asking.is_none();
        if say
            && free
            && let Some(note) = view::refusal_note(&reason, host.as_deref())
            && self.note.as_ref() != Some(&note)
        {
            self.note = Some(note);
            effects.push(self.strip());
        }
        effects
    }

    fn ask(&mut self, site: Site, url: Url) -> Vec<Effect> {
        let host = site.to_string();
        // The question must not change under the person's finger.
        if self.asking.as_ref().is_some_and(|asked| asked.site != site) {
            self.report.refuse(RefuseReason::NotInStep, Some(host));
            return Vec::new();
        }
        let depth = self.candidate_depth(&site).unwrap_or(1);
        self.note = Some(view::question_note(
            &self.spec,
            &host,
            depth,
            self.committed.as_ref(),
        ));
        self.asking = Some(Question { site, url, depth });
        vec![Effect::AskFederated { host }, self.strip()]
    }

    /// The strip as it stands.
    pub fn strip_view(&self) -> StripView {
        view::strip(self)
    }

    fn strip(&self) -> Effect {
        Effect::ShowStrip(Box::new(self.strip_view()))
    }
}

/// The host, with a port where there is one, of a text that may be no address.
fn host_of(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let host = url.host_str().filter(|host| !host.is_empty())?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// Endpoints at which a sign-in or a consent begins.
fn is_authorize(url: &Url) -> bool {
    let path = url.path();
    path.ends_with("/authorize") || path.ends_with("/adminconsent")
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.chars().take(64).collect())
}

#[cfg(test)]
mod tests;
