//! What a session is opened with.

use url::Url;

use crate::hosts::HostRule;
use crate::party::Party;
use crate::phrase::Phrase;
use crate::redirect::Redirect;
use crate::strip::StripNote;

/// A quarter of an hour: longer than any sign-in with registration takes, short enough that a forgotten window wipes itself.
pub const DEFAULT_TIME_LIMIT_SECONDS: u32 = 15 * 60;

/// Everything that a clean session needs to know before it opens.
#[derive(Debug, Clone)]
pub struct SessionSpec {
    /// Names the session in logs and events; unique while the app runs.
    pub id: String,
    /// Whose sign-in it is.
    pub party: Party,
    /// The organisation's name, shown after "expects".
    pub party_name: String,
    /// The tenant that must sign in, as shown: its id or its domain. None where any tenant may.
    pub expected_tenant: Option<String>,
    /// The first page.
    pub start_url: Url,
    /// The answer to wait for; none for pages that send nothing back to us.
    pub redirect: Option<Redirect>,
    /// Where credentials are typed: the cloud's sign-in hosts.
    pub sign_in_hosts: Vec<HostRule>,
    /// What this step needs besides, such as a vendor's portal.
    pub step_hosts: Vec<HostRule>,
    /// Hosts whose new windows open in place of the page. Other new windows are refused.
    pub planned_windows: Vec<HostRule>,
    /// How many times credentials must be asked for. 0: not counted on the strip.
    pub expected_prompts: u8,
    /// Whether this is the practice cloud.
    pub practice: bool,
    /// Hosts of the party's own sign-in pages that the person accepted earlier.
    pub remembered_hosts: Vec<String>,
    /// After this many seconds the session ends by itself.
    pub time_limit_seconds: u32,
    /// A note to open with, such as that the last sign-in was to another tenant.
    pub opening_note: Option<StripNote>,
    /// Whether the private browser and the own browser can be offered. False where no browser was found.
    pub browsers_found: bool,
}

impl SessionSpec {
    /// The title of the session's window; whoever opens it makes it unique.
    pub fn window_title(&self) -> Phrase {
        Phrase::with("strip-window-title", "party", self.party)
    }

    /// Whether the link may be copied for a colleague's machine: only where nothing comes back to this one.
    pub fn link_can_be_copied(&self) -> bool {
        self.redirect.is_none()
    }

    /// Whether `host` (with a port, in practice) belongs to this step.
    pub fn lists(&self, site: &crate::Site) -> bool {
        self.sign_in_hosts
            .iter()
            .chain(&self.step_hosts)
            .any(|rule| rule.covers(site))
    }
}
