//! The card in the gallery.

use grantway_core::plan::Risk;
use grantway_core::{Party, Text};

use super::terms;
use crate::pattern::{Card, CardLine};
use crate::profile::Profile;

/// The sign-in to the new app. A test compares it with a draft.
const BY_HAND: usize = 1;

pub(super) fn card(profile: &Profile) -> Card {
    let terms = terms(profile);
    let line = |label: &str, value: Text| CardLine {
        label: Text::new(label),
        value,
    };
    let roles: Vec<&str> = terms.roles.iter().map(|(_, name)| name.as_str()).collect();
    Card {
        flow: vec![(Party::Provider, Text::new("own-app-card-flow-provider"))],
        sentence: Text::new("own-app-card-sentence").with("can", &profile.can),
        notice: Some(Text::new("own-app-card-notice").with("tool", &terms.tool.name)),
        lines: vec![
            line(
                "own-app-card-until",
                Text::new("own-app-card-until-taken-back"),
            ),
            line("own-app-card-licences", Text::verbatim(&profile.licences)),
            line(
                "own-app-card-sign-in",
                Text::new("own-app-card-roles").with("roles", roles.join(", ")),
            ),
            line(
                "own-app-card-time",
                Text::new("own-app-card-minutes").with("minutes", i64::from(profile.minutes)),
            ),
        ],
        by_hand: BY_HAND,
        risk: Risk::Medium,
    }
}
