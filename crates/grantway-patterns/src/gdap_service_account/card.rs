//! The card in the gallery.

use grantway_core::plan::Risk;
use grantway_core::{Party, Text};

use super::{Particulars, VendorRole};
use crate::pattern::{Card, CardLine};
use crate::profile::{self, Profile};

/// Tasks that a person does in a clean session: the first sign-in, and the consent. A test compares them with a draft.
const BY_HAND: usize = 2;

/// Days for which a GDAP relationship lasts at most (facts: api-gdap-hardening §2.4).
const RELATIONSHIP_DAYS: i64 = 730;

pub(super) fn card(profile: &Profile) -> Card {
    let terms = terms(profile);
    let line = |label: &str, value: Text| CardLine {
        label: Text::new(label),
        value,
    };
    Card {
        flow: vec![
            (Party::Customer, Text::new("gdap-card-flow-customer")),
            (Party::Provider, Text::new("gdap-card-flow-provider")),
            (Party::Vendor, Text::verbatim(&profile.vendor)),
        ],
        sentence: Text::new("gdap-card-sentence")
            .with("count", terms.roles.len())
            .with("can", &profile.can),
        notice: profile.notice.as_ref().map(Text::verbatim),
        lines: vec![
            line(
                "gdap-card-until",
                Text::new("gdap-card-until-relationship").with("days", RELATIONSHIP_DAYS),
            ),
            line("gdap-card-licences", Text::verbatim(&profile.licences)),
            line(
                "gdap-card-sign-in",
                Text::new("gdap-card-sign-in-admin-agent"),
            ),
            line(
                "gdap-card-time",
                Text::new("gdap-card-minutes").with("minutes", i64::from(profile.minutes)),
            ),
        ],
        by_hand: BY_HAND
            + usize::from(terms.mapping.is_some())
            + usize::from(terms.signs_of_life.is_some()),
        risk: roles_risk(&terms.roles),
    }
}

/// The pattern's part of a profile.
pub(super) fn terms(profile: &Profile) -> &Particulars {
    let profile::Particulars::GdapServiceAccount(terms) = &profile.particulars else {
        unreachable!("the reader of profiles gives a pattern its own particulars")
    };
    terms
}

/// How much harm the roles could do: one privileged role is enough for the most.
pub(super) fn roles_risk<'a>(roles: impl IntoIterator<Item = &'a VendorRole>) -> Risk {
    if roles.into_iter().any(|role| role.privileged) {
        Risk::High
    } else {
        Risk::Medium
    }
}
