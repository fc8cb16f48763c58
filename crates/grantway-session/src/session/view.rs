//! The strip of a session, made from its state.

use crate::address::Site;
use crate::event::Button;
use crate::lookalike::display_host;
use crate::phrase::Phrase;
use crate::report::RefuseReason;
use crate::spec::SessionSpec;
use crate::strip::{
    Connection, NoteKind, Severity, StripButton, StripNote, StripView, short_tenant,
};

use super::Session;

pub(super) fn strip(session: &Session) -> StripView {
    let spec = &session.spec;
    let about = session.note.as_ref().map(|note| note.kind);
    let mut buttons = vec![StripButton::new(Button::StartOver)];
    buttons[0].emphasised = matches!(about, Some(NoteKind::WrongTenant | NoteKind::PromptMissing));
    if spec.browsers_found {
        let mut private = StripButton::new(Button::PrivateBrowser);
        // No private window can show that a device is managed, so the button would lead nowhere. facts: clean-session §6
        private.enabled = about != Some(NoteKind::Device);
        private.emphasised = about == Some(NoteKind::Key);
        buttons.push(private);
    }
    if spec.link_can_be_copied() {
        buttons.push(StripButton::new(Button::CopyLink));
    }
    buttons.push(StripButton::new(Button::Stop));
    let on_error = matches!(
        about,
        Some(NoteKind::WhichError | NoteKind::Key | NoteKind::Device | NoteKind::OtherError)
    );
    StripView {
        practice: spec.practice,
        host: session.shown.as_ref().map(display_host),
        no_host: Phrase::plain(if session.committed.is_none() && session.note.is_none() {
            "strip-opening"
        } else {
            "strip-blocked"
        }),
        connection: session.shown.as_ref().map(|site| match site {
            Site::Https { .. } => Connection::Https,
            Site::Loopback { .. } => Connection::ThisComputer,
        }),
        party: spec.party,
        party_name: spec.party_name.clone(),
        tenant: spec.expected_tenant.as_deref().map(short_tenant),
        sign_ins: (spec.expected_prompts > 0)
            .then(|| (session.legs.prompts(), u32::from(spec.expected_prompts))),
        buttons,
        page_error: (!on_error).then(|| StripButton::new(Button::PageShowsError)),
        note: session.note.clone(),
    }
}

/// The note for a refusal; none for those that a person need not know of.
pub(super) fn refusal_note(reason: &RefuseReason, host: Option<&str>) -> Option<StripNote> {
    let host = host.unwrap_or("?");
    let text = match reason {
        RefuseReason::NotInStep => Phrase::with("strip-refused-host", "host", host),
        RefuseReason::LookAlike(known) => {
            Phrase::with("strip-refused-look-alike", "host", host).and("known", known)
        }
        RefuseReason::NotEncrypted => Phrase::with("strip-refused-not-encrypted", "host", host),
        RefuseReason::RawAddress | RefuseReason::Port(_) => {
            Phrase::with("strip-refused-address", "host", host)
        }
        RefuseReason::UserInfo => Phrase::with("strip-refused-user-info", "host", host),
        RefuseReason::OutsidePractice => Phrase::plain("strip-refused-outside-practice"),
        RefuseReason::TooDeep => Phrase::with("strip-refused-too-deep", "host", host),
        RefuseReason::Download => Phrase::plain("strip-refused-download"),
        RefuseReason::NewWindow => Phrase::plain("strip-refused-window"),
        RefuseReason::Unreadable
        | RefuseReason::Scheme(_)
        | RefuseReason::Asking
        | RefuseReason::Redirect(_)
        | RefuseReason::Captured
        | RefuseReason::Permission
        | RefuseReason::Over => return None,
    };
    Some(StripNote {
        kind: NoteKind::Refused,
        severity: Severity::Fail,
        text,
        code: Some(reason.code().to_owned()),
        buttons: Vec::new(),
    })
}

pub(super) fn question_note(
    spec: &SessionSpec,
    host: &str,
    depth: u8,
    from: Option<&Site>,
) -> StripNote {
    let text = match from {
        Some(from) if depth > 1 => {
            Phrase::with("strip-ask-federated-next", "from", from.to_string()).and("host", host)
        }
        _ if spec.practice => Phrase::with("strip-ask-federated-practice", "host", host),
        _ => Phrase::with("strip-ask-federated", "host", host),
    };
    StripNote {
        kind: NoteKind::Federated,
        severity: Severity::Warn,
        text: text.and("party", spec.party),
        code: None,
        buttons: [Button::FederatedYes, Button::FederatedNo]
            .map(StripButton::new)
            .to_vec(),
    }
}
