//! What the origin strip shows, as data; a platform draws it with its own widgets.

use crate::event::Button;
use crate::lookalike::DisplayHost;
use crate::party::Party;
use crate::phrase::Phrase;

/// The whole strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripView {
    /// Whether the practice mark stands before the host.
    pub practice: bool,
    /// The host of the page that is shown; none before the first page and on our own blocked page.
    pub host: Option<DisplayHost>,
    /// What stands in the host's place while there is none.
    pub no_host: Phrase,
    /// How the page came.
    pub connection: Option<Connection>,
    /// The party, for mark, colour and word.
    pub party: Party,
    /// The organisation that is expected.
    pub party_name: String,
    /// The tenant that is expected, shortened where it is a long id.
    pub tenant: Option<String>,
    /// Sign-ins seen and expected; none where they are not counted.
    pub sign_ins: Option<(u32, u32)>,
    /// The buttons of the first row, left to right.
    pub buttons: Vec<StripButton>,
    /// The button in the second row for errors that only the person can see.
    pub page_error: Option<StripButton>,
    /// The row below, when there is something to say.
    pub note: Option<StripNote>,
}

impl StripView {
    /// The party's word.
    pub fn party_phrase(&self) -> Phrase {
        Phrase::with("strip-party", "party", self.party)
    }

    /// What stands between the party's word and its name.
    pub fn expects_phrase(&self) -> Phrase {
        Phrase::plain("strip-expects")
    }

    /// The mark of the practice cloud.
    pub fn practice_phrase(&self) -> Option<Phrase> {
        self.practice.then(|| Phrase::plain("strip-practice"))
    }

    /// How many sign-ins were seen; none where they are not counted.
    pub fn sign_ins_phrase(&self) -> Option<Phrase> {
        self.sign_ins.map(|(seen, expected)| {
            Phrase::with("strip-sign-ins", "seen", seen.to_string()).and("expected", expected)
        })
    }

    /// What a screen reader calls the whole strip.
    pub fn name_phrase(&self) -> Phrase {
        Phrase::plain("strip-name")
    }

    /// What a screen reader says for the address.
    pub fn address_phrase(&self) -> Phrase {
        match &self.host {
            Some(host) => Phrase::with("strip-address", "host", host.spoken()),
            None => self.no_host.clone(),
        }
    }
}

/// How a page came. Never a padlock: engines report a start for pages with a bad certificate too (facts: clean-session §1 row 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// "https"
    Https,
    /// "on this computer"
    ThisComputer,
}

impl Connection {
    /// Its words.
    pub fn phrase(self) -> Phrase {
        Phrase::plain(match self {
            Connection::Https => "strip-https",
            Connection::ThisComputer => "strip-on-this-computer",
        })
    }
}

/// A button of the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripButton {
    /// What it does.
    pub button: Button,
    /// Its label.
    pub label: Phrase,
    /// The way out of what the note says: drawn strongly.
    pub emphasised: bool,
    /// Whether it can be pressed.
    pub enabled: bool,
}

impl StripButton {
    pub(crate) fn new(button: Button) -> Self {
        let id = match button {
            Button::StartOver => "strip-start-over",
            Button::PrivateBrowser => "strip-private-browser",
            Button::OwnBrowser => "strip-own-browser",
            Button::Stop => "strip-stop",
            Button::PageShowsError => "strip-page-error",
            Button::ErrorIsKey => "strip-error-key",
            Button::ErrorIsDevice => "strip-error-device",
            Button::ErrorIsOther => "strip-error-other",
            Button::CopyLink => "strip-copy-link",
            Button::FederatedYes => "strip-federated-yes",
            Button::FederatedNo => "strip-federated-no",
        };
        StripButton {
            button,
            label: Phrase::plain(id),
            emphasised: false,
            enabled: true,
        }
    }
}

/// How grave a note is; drawn as a shape and a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Look at this, or decide.
    Warn,
    /// Something was stopped.
    Fail,
}

/// What a note is about; it decides which button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// A question about a federated host.
    Federated,
    /// Something was refused.
    Refused,
    /// Passkey, security key, smart card, certificate.
    Key,
    /// Only a managed device may sign in: no private window can show that.
    Device,
    /// Which error does the page show?
    WhichError,
    /// Another error of the page.
    OtherError,
    /// The last sign-in was to another tenant.
    WrongTenant,
    /// A sign-in passed without a prompt.
    PromptMissing,
    /// A plain message.
    Message,
}

/// The row below the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripNote {
    /// What it is about.
    pub kind: NoteKind,
    /// How grave.
    pub severity: Severity,
    /// What it says.
    pub text: Phrase,
    /// The id to quote, or the code that the sign-in page named.
    pub code: Option<String>,
    /// Buttons in the row.
    pub buttons: Vec<StripButton>,
}

impl StripNote {
    /// The note for a session that starts over because the account belonged to another tenant.
    pub fn wrong_tenant(signed_in: &str, expected: &str) -> Self {
        StripNote {
            kind: NoteKind::WrongTenant,
            severity: Severity::Fail,
            text: Phrase::with("strip-wrong-tenant", "signed_in", signed_in)
                .and("expected", expected),
            code: Some("GW-SES-0110".to_owned()),
            buttons: Vec::new(),
        }
    }

    /// The note for a session that starts over because a prompt was missing.
    pub fn prompt_missing(expected: u32) -> Self {
        StripNote {
            kind: NoteKind::PromptMissing,
            severity: Severity::Warn,
            text: Phrase::with("strip-prompt-missing", "expected", expected),
            code: Some("GW-SES-0401".to_owned()),
            buttons: Vec::new(),
        }
    }
}

/// Shortens an id for the strip: `8f4c2a10-…-6d21`. Other texts stay.
pub(crate) fn short_tenant(text: &str) -> String {
    let guid = text.len() == 36
        && text.bytes().enumerate().all(|(i, b)| {
            if matches!(i, 8 | 13 | 18 | 23) {
                b == b'-'
            } else {
                b.is_ascii_hexdigit()
            }
        });
    if guid {
        format!("{}-…-{}", &text[..8], &text[32..])
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_ids_are_shortened_and_domains_stay() {
        assert_eq!(
            short_tenant("8f4c2a10-1111-2222-3333-444455556d21"),
            "8f4c2a10-…-6d21"
        );
        assert_eq!(short_tenant("alder-dental.example"), "alder-dental.example");
        assert_eq!(
            short_tenant("äf4c2a10-1111-2222-3333-444455556d2"),
            "äf4c2a10-1111-2222-3333-444455556d2"
        );
    }
}
