//! What would have to be read in the customer's own tenant. This version has no way in, and says so.

use grantway_core::check::Check;
use grantway_core::{Place, Text};

use super::{Asked, accept};
use crate::gdap_service_account::subject::Subject;

/// The prerequisites of the procedure that stand in the customer's tenant, one row for what is mended in one place.
const UNSEEN: [&str; 3] = [
    "customer-licences",
    "customer-audit-log",
    "customer-policies",
];

pub(super) fn unseen(subject: &Subject<'_>, customer: &Place) -> Vec<Check> {
    UNSEEN
        .iter()
        .map(|id| {
            Asked {
                id: format!("{id}/{}", customer.tenant),
                place: customer.clone(),
                title: Text::new(format!("gdap-check-{id}")),
                needed: Text::new(format!("gdap-check-{id}-needed")),
                why: Text::new(format!("gdap-check-{id}-why")).with("vendor", subject.vendor()),
                right_used: Vec::new(),
            }
            .cannot_see(
                Text::new("gdap-check-customer-no-way-in").with("customer", &customer.name),
                vec![accept()],
            )
        })
        .collect()
}
