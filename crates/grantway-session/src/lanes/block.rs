//! Errors of a sign-in page that this window cannot get past, and the way out of each.

use crate::event::Button;
use crate::phrase::Phrase;
use crate::spec::SessionSpec;
use crate::strip::{NoteKind, Severity, StripButton, StripNote};

use super::Lane;

/// What keeps the person from going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    /// A passkey, security key, smart card or certificate.
    Key,
    /// A rule that asks for a managed, compliant or joined device.
    Device,
    /// Anything else.
    Other,
}

/// Codes that a device rule names (facts: clean-session §6).
const DEVICE_CODES: [&str; 6] = ["53000", "53001", "53002", "530003", "53009", "530032"];

/// Reads a window title for an error code. A page writes its own title, so this is a hint and nothing more.
pub(crate) fn from_title(title: &str) -> Option<(Block, String)> {
    let at = title.find("AADSTS")?;
    let digits: String = title[at + "AADSTS".len()..]
        .chars()
        .take_while(char::is_ascii_digit)
        .take(8)
        .collect();
    if digits.len() < 5 {
        return None;
    }
    let kind = if DEVICE_CODES.contains(&digits.as_str()) {
        Block::Device
    } else {
        Block::Other
    };
    Some((kind, format!("AADSTS{digits}")))
}

/// The ways out, best first.
pub(crate) fn lanes(why: Block, spec: &SessionSpec) -> Vec<Lane> {
    let mut lanes = Vec::new();
    if spec.browsers_found {
        match why {
            // A device check fails in any private window. facts: clean-session §6
            Block::Device => lanes.push(Lane::OwnBrowser),
            Block::Key | Block::Other => lanes.extend([Lane::PrivateBrowser, Lane::OwnBrowser]),
        }
    }
    if spec.link_can_be_copied() {
        lanes.push(Lane::CopyLink);
    }
    lanes
}

/// The row below the strip for it.
pub(crate) fn note(why: Block, code: Option<String>, lanes: &[Lane]) -> StripNote {
    let browser = lanes.contains(&Lane::PrivateBrowser) || lanes.contains(&Lane::OwnBrowser);
    let (kind, id, own_code) = match why {
        Block::Key if browser => (NoteKind::Key, "strip-passkey", "GW-SES-0303"),
        Block::Key => (NoteKind::Key, "strip-passkey-no-browser", "GW-SES-0303"),
        Block::Device => (NoteKind::Device, "strip-device-rule", "GW-SES-0304"),
        Block::Other => (NoteKind::OtherError, "strip-other-error", "GW-SES-0305"),
    };
    let own_browser = lanes.contains(&Lane::OwnBrowser) && why != Block::Key;
    StripNote {
        kind,
        severity: Severity::Warn,
        text: Phrase::plain(id),
        code: Some(code.unwrap_or_else(|| own_code.to_owned())),
        buttons: if own_browser {
            vec![StripButton::new(Button::OwnBrowser)]
        } else {
            Vec::new()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_hint_at_device_rules() {
        assert_eq!(
            from_title("Sign in AADSTS53000: Device is not compliant"),
            Some((Block::Device, "AADSTS53000".into()))
        );
        assert_eq!(
            from_title("AADSTS50105"),
            Some((Block::Other, "AADSTS50105".into()))
        );
        assert_eq!(from_title("Sign in to your account"), None);
        assert_eq!(from_title("AADSTS12"), None);
    }
}
