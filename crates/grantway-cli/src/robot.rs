//! The robot person in place of a window: it signs in through the practice cloud's real pages, and the rules of the
//! clean session watch it exactly as they watch a webview.

use std::sync::{Arc, Mutex, PoisonError};

use grantway_app::host::{HostError, SessionOrder, SessionOutcome};
use grantway_practice::ControlAddress;
use grantway_practice::robot::{Consent, Observer, Person, Phone, Robot, Verdict};
use grantway_session::{Effect, Event, NavigationKind, Session, SessionEnd, SessionReport};

/// What the robot does where a person would choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// On consent pages.
    pub consent: Consent,
    /// On the phone.
    pub phone: Phone,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            consent: Consent::Accept,
            phone: Phone::Approve,
        }
    }
}

/// People that the robot can be, apart from the account whose name and password it was handed.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// Accounts with their passwords, in the order in which they are tried.
    pub people: Vec<(String, String)>,
    /// What was copied for the session, in order.
    pub copied: Vec<String>,
}

/// What a session has brought beside its outcome.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Why the robot could not pass it.
    pub stuck: &'a Mutex<Option<String>>,
    /// The client ID that its last page has shown.
    pub shown: &'a Mutex<Option<String>>,
}

/// The password that the robot chooses when a page asks for a new one: the same for an account in every process, so
/// that a run that was cut off between two processes can be taken up.
pub fn chosen_password(upn: &str) -> String {
    // Not made of the account's name: sign-in services refuse that.
    let sum = upn.bytes().fold(7u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    format!("Chosen-Quartz-{}-Lantern", sum % 10_000)
}

/// Watches the robot as the owner of a window would.
struct Watch {
    session: Session,
    end: Option<SessionEnd>,
    ear: Arc<dyn Fn(SessionReport) + Send + Sync>,
    started_over: bool,
}

impl Watch {
    /// Feeds an event and carries out what comes back; `false` when a navigation is refused.
    fn tell(&mut self, event: Event) -> bool {
        let mut allowed = true;
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            for effect in self.session.on(event) {
                match effect {
                    Effect::Refuse { .. } => allowed = false,
                    // The robot knows its organisation's own sign-in page.
                    Effect::AskFederated { host } => {
                        allowed = true;
                        events.push(Event::FederatedAnswer { host, yes: true });
                    }
                    Effect::End(end) => {
                        self.started_over |= end == SessionEnd::StartOver;
                        self.end = Some(end);
                    }
                    _ => {}
                }
            }
        }
        (self.ear)(self.session.report());
        allowed
    }
}

impl Observer for Watch {
    fn navigating(&mut self, url: &str) -> Verdict {
        let allowed = self.tell(Event::NavigationAsked {
            url: url.to_owned(),
            kind: NavigationKind::Unknown,
        });
        if allowed && self.end.is_none() {
            Verdict::Go
        } else {
            Verdict::Stop
        }
    }

    fn committed(&mut self, url: &str, title: &str, _is_form_post: bool) {
        self.tell(Event::PageStarted {
            url: url.to_owned(),
        });
        self.tell(Event::PageFinished {
            url: url.to_owned(),
        });
        self.tell(Event::TitleChanged {
            title: title.to_owned(),
        });
    }
}

/// Runs a session by robot. What the robot cannot pass ends the session as a closed window would.
pub async fn attend(
    order: SessionOrder,
    control: ControlAddress,
    cast: &Cast,
    manner: Manner,
    seen: Seen<'_>,
) -> Result<SessionOutcome, HostError> {
    let people: Vec<Person> = cast
        .people
        .iter()
        .map(|(upn, password)| Person {
            upn: upn.clone(),
            password: password.clone(),
            new_password: Some(chosen_password(upn)),
            consent: manner.consent,
            phone: manner.phone,
        })
        .collect();
    let start = order.spec.start_url.to_string();
    let mut watch = Watch {
        session: Session::new(order.spec),
        end: None,
        ear: order.ear,
        started_over: false,
    };
    let robot = Robot::new(control).map_err(|error| HostError::Refused(error.to_string()))?;
    let mut robot = robot.with_copied(cast.copied.clone());
    match robot.walk(&start, &people, &mut watch).await {
        Ok(walk) => {
            *seen.shown.lock().unwrap_or_else(PoisonError::into_inner) = walk.client_id;
        }
        Err(error) => {
            tracing::info!(%error, "the robot could not go on");
            *seen.stuck.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_string());
        }
    }
    if watch.end.is_none() {
        watch.tell(Event::WindowClosed);
    }
    Ok(SessionOutcome {
        end: watch.end.unwrap_or(SessionEnd::Closed),
        report: watch.session.report(),
    })
}
