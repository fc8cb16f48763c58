//! Signs of life: what the vendor's portal shows of a customer once all is done. No interface tells of it, so a person looks.

use grantway_core::desired::Known;
use grantway_core::plan::{Confirm, HandOff, PageLink, Risk, Step, StepBody, WaitStep};
use grantway_core::{Place, StepId, Text};

use super::SignsOfLife;
use super::columns;
use super::draft::{CONSENT, after, name_in, step};
use super::subject::Subject;
use super::tasks::VENDOR;

/// The vendor receives what it was set up for.
pub(super) const SIGNS_OF_LIFE: &str = "signs-of-life";

pub(super) fn look(subject: &Subject<'_>, customer: &Place, terms: &SignsOfLife) -> Step {
    let text = |key: &str| {
        Text::new(key)
            .with("vendor", subject.vendor())
            .with("customer", &customer.name)
    };
    let times = terms.wait;
    let look_for = terms.look_for.iter().map(Text::verbatim);
    let hand_off = HandOff {
        page: PageLink::Portal {
            portal: VENDOR.into(),
            fallback: Some(subject.terms.portal.address.clone()),
            tail: Known::Now(String::new()),
        },
        who: text("gdap-signs-of-life-who"),
        message: (
            text("gdap-signs-of-life-subject"),
            text("gdap-signs-of-life-message").with("look-for", terms.look_for.join(" ")),
        ),
        instructions: look_for.collect(),
        wait: WaitStep {
            cause: text("gdap-wait-signs-of-life")
                .with("minutes", i64::from(times.usually / 60))
                .with("hours", i64::from(times.at_most / 3600)),
            first_look: times.first_look,
            every: times.every,
            usually: times.usually,
            at_most: times.at_most,
            until: None,
        },
        stays: None,
        confirm: Some(Confirm {
            claim: text("gdap-signs-of-life-claim"),
            unseen: Text::verbatim(&terms.not_seen),
            pairing: None,
        }),
    };
    let mut step = step(
        subject,
        StepId::of(SIGNS_OF_LIFE, customer.tenant),
        SIGNS_OF_LIFE,
        Risk::Low,
        after(&[CONSENT]),
        StepBody::HandOff(Box::new(hand_off)),
    );
    step.place = customer.clone();
    name_in(&mut step, "customer", &customer.name);
    columns::stands_in(columns::SIGNS_OF_LIFE, customer, step)
}
