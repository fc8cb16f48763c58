//! What a session saw, without secrets: counts, hosts and reasons. No paths, no parameters but the client's id.

use std::fmt;

use crate::redirect::IgnoredRedirect;

/// Why something that a page wanted was refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RefuseReason {
    /// The address cannot be read.
    Unreadable,
    /// A scheme that no sign-in page needs, such as `tauri` or `mailto`.
    Scheme(String),
    /// Plain http outside the practice cloud.
    NotEncrypted,
    /// A name or password inside the address, as in `https://known.example@evil.test`.
    UserInfo,
    /// An IP address or a name without a public domain.
    RawAddress,
    /// A port other than 443.
    Port(u16),
    /// The practice cloud leads away from this computer.
    OutsidePractice,
    /// The name imitates this known host.
    LookAlike(String),
    /// The host is not part of this step.
    NotInStep,
    /// More than four hosts handed the sign-in on to each other.
    TooDeep,
    /// The person is being asked about this host.
    Asking,
    /// The redirect's address, but no answer to this session.
    Redirect(IgnoredRedirect),
    /// The answer itself: it is captured before its request leaves.
    Captured,
    /// A file wanted to be saved.
    Download,
    /// Camera, microphone, place, notifications and the like.
    Permission,
    /// A window that the step does not plan.
    NewWindow,
    /// The session is over.
    Over,
}

impl RefuseReason {
    /// The id that a person can quote, shown beside the note.
    pub fn code(&self) -> &'static str {
        match self {
            RefuseReason::Unreadable => "GW-SES-0201",
            RefuseReason::Scheme(_) => "GW-SES-0202",
            RefuseReason::NotInStep | RefuseReason::Asking => "GW-SES-0203",
            RefuseReason::LookAlike(_) => "GW-SES-0204",
            RefuseReason::NotEncrypted => "GW-SES-0205",
            RefuseReason::RawAddress | RefuseReason::Port(_) => "GW-SES-0206",
            RefuseReason::UserInfo => "GW-SES-0207",
            RefuseReason::OutsidePractice => "GW-SES-0208",
            RefuseReason::TooDeep => "GW-SES-0209",
            RefuseReason::Download => "GW-SES-0210",
            RefuseReason::Permission => "GW-SES-0211",
            RefuseReason::NewWindow => "GW-SES-0212",
            RefuseReason::Redirect(_) => "GW-SES-0213",
            RefuseReason::Captured | RefuseReason::Over => "GW-SES-0214",
        }
    }
}

/// One refusal. Equal ones are counted, not repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub reason: RefuseReason,
    /// The host, with a port where there is one; none when the address has no host.
    pub host: Option<String>,
    /// How often.
    pub count: u32,
}

/// A request to an authorize or admin-consent endpoint that passed through the session.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizeSeen {
    /// The client (application) id that asked, if the address names one.
    pub client_id: Option<String>,
    /// The sign-in host.
    pub host: String,
}

impl fmt::Debug for AuthorizeSeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at {}",
            self.client_id.as_deref().unwrap_or("no client id"),
            self.host
        )
    }
}

/// The record of one session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionReport {
    /// Sign-ins that are over, in which a page of a sign-in host was shown and something was sent from it.
    pub prompts_seen: u32,
    /// Sign-ins that passed without any page: something signed the person in silently.
    pub silent_sign_ins: u32,
    /// Addresses at the redirect that were no answer.
    pub ignored_redirects: u32,
    /// What was refused.
    pub refused: Vec<Refusal>,
    /// Hosts whose pages were shown, in order of first sight.
    pub hosts_seen: Vec<String>,
    /// Sign-in and consent requests that passed, in order.
    pub authorize_requests: Vec<AuthorizeSeen>,
    /// Hosts that the person accepted in this session.
    pub accepted_federated_hosts: Vec<String>,
}

/// A hostile page can ask for as much as it likes; the report stops growing here.
const MOST_ROWS: usize = 64;

impl SessionReport {
    pub(crate) fn refuse(&mut self, reason: RefuseReason, host: Option<String>) {
        if let Some(row) = self
            .refused
            .iter_mut()
            .find(|row| row.reason == reason && row.host == host)
        {
            row.count = row.count.saturating_add(1);
        } else if self.refused.len() < MOST_ROWS {
            self.refused.push(Refusal {
                reason,
                host,
                count: 1,
            });
        }
    }

    pub(crate) fn saw_host(&mut self, host: String) {
        if self.hosts_seen.len() < MOST_ROWS && !self.hosts_seen.contains(&host) {
            self.hosts_seen.push(host);
        }
    }

    pub(crate) fn saw_authorize(&mut self, seen: AuthorizeSeen) {
        if self.authorize_requests.len() < MOST_ROWS {
            self.authorize_requests.push(seen);
        }
    }
}
