//! Mapping: each tenant is given to one organization in the vendor's portal. No interface tells of it, so a person does it
//! there and says so.

use grantway_core::desired::Known;
use grantway_core::plan::{
    Confirm, HandOff, OwnTenant, PageLink, Pairing, Risk, Step, StepBody, WaitStep,
};
use grantway_core::{StepId, Text};

use super::Mapping;
use super::draft::{CONSENT, Served, after, step};
use super::subject::Subject;
use super::tasks::VENDOR;

/// The customers' tenants are mapped.
pub(super) const MAPPING: &str = "mapping";

/// A person is reminded once a day.
const EVERY: u32 = 86_400;

pub(super) fn mapped(subject: &Subject<'_>, served: &[Served<'_>], terms: &Mapping) -> Step {
    let text = |key: &str| {
        Text::new(key)
            .with("vendor", subject.vendor())
            .with("count", served.len())
    };
    let tenants = served.iter().map(|customer| customer.place.clone());
    let pairing = Pairing {
        tenants: tenants.collect(),
        own: Some(OwnTenant {
            place: subject.provider.clone(),
            mark: terms.own_mark.clone(),
        }),
    };
    let hand_off = HandOff {
        page: PageLink::Portal {
            portal: VENDOR.into(),
            fallback: Some(subject.terms.portal.address.clone()),
            tail: Known::Now(String::new()),
        },
        who: text("gdap-mapping-who"),
        message: (text("gdap-mapping-subject"), text("gdap-mapping-message")),
        instructions: terms.instructions.iter().map(Text::verbatim).collect(),
        wait: WaitStep {
            cause: text("gdap-wait-mapping"),
            // It can be done at once.
            first_look: 0,
            every: EVERY,
            usually: EVERY,
            at_most: EVERY,
            until: None,
        },
        stays: Some(Text::verbatim(&terms.stays)),
        confirm: Some(Confirm {
            claim: text("gdap-mapping-claim"),
            unseen: text("gdap-wait-mapping"),
            pairing: Some(pairing),
        }),
    };
    let mut step = step(
        subject,
        StepId::new(MAPPING),
        MAPPING,
        Risk::Low,
        after(&[CONSENT]),
        StepBody::HandOff(Box::new(hand_off)),
    );
    step.title = step.title.with("count", served.len());
    step
}
