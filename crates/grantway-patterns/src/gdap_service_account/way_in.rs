//! The way into a customer's tenant: who is let in already, who can be, and the consent that opens the way.

use std::collections::BTreeSet;

use grantway_core::desired::{ApiGrant, CustomerConsent};
use grantway_core::plan::{HandOff, PageLink, Risk, Step, StepBody, WaitStep};
use grantway_core::question::{CustomerWay, WaySeen};
use grantway_core::{AppId, Fault, Place, StepId, Text};
use uuid::{Uuid, uuid};

use super::columns;
use super::draft::{change_last, look, name_in, step};
use super::subject::Subject;

/// Grantway is let into a customer's tenant.
pub(super) const WAY_IN: &str = "way-in";
/// The customer's own administrator is asked to let it in.
pub(super) const WAY_IN_ASKED: &str = "way-in-asked";

/// Microsoft Graph.
const GRAPH: Uuid = uuid!("00000003-0000-0000-c000-000000000000");

/// What reading the checks of a customer takes.
const TO_READ: [&str; 4] = [
    "AuditLogsQuery-Entra.Read.All",
    "LicenseAssignment.Read.All",
    "Policy.Read.All",
    "User.Read.All",
];
/// What leaving somebody out of a customer's policies takes beside it.
const TO_CHANGE_POLICIES: [&str; 2] =
    ["Application.Read.All", "Policy.ReadWrite.ConditionalAccess"];
/// What switching Security Defaults takes beside it.
const TO_SWITCH_DEFAULTS: &str = "Policy.ReadWrite.SecurityDefaults";

/// How far the way into a customer's tenant is open.
pub(super) enum WayIn {
    /// Everything that the checks need can be read.
    Open,
    /// A consent opens it, which Partner Center gives.
    ToBeOpened,
    /// A consent opens it, which the customer's own administrator gives, by a link.
    ByLink,
    /// Nobody of the provider can open it from here.
    Shut,
}

impl WayIn {
    pub(super) fn of(seen: &Result<WaySeen, Fault>) -> Self {
        match seen {
            Ok(WaySeen::Open { scopes, .. }) if lacking(scopes).is_empty() => Self::Open,
            // Indirect resellers and customers that Partner Center does not know are let in by the customer alone.
            Ok(
                WaySeen::Open {
                    by_partner_center, ..
                }
                | WaySeen::NotConsented {
                    by_partner_center, ..
                },
            ) => match by_partner_center {
                Some(false) => Self::ByLink,
                Some(true) | None => Self::ToBeOpened,
            },
            Ok(WaySeen::Closed { .. }) | Err(_) => Self::Shut,
        }
    }
}

/// What reading takes and the tenant's tokens do not carry.
pub(super) fn lacking(scopes: &[String]) -> Vec<&'static str> {
    TO_READ
        .into_iter()
        .filter(|needed| !scopes.iter().any(|scope| scope == needed))
        .collect()
}

/// Asks whether the way in is open, for everything that reading the checks takes.
pub(super) fn question() -> CustomerWay {
    CustomerWay {
        needs: TO_READ.map(str::to_owned).to_vec(),
    }
}

/// What a plan does in a customer's tenant, by which its consent grows.
#[derive(Clone, Copy, Default)]
pub(super) struct Work {
    /// Policies are changed.
    pub(super) policies: bool,
    /// Security Defaults are switched off.
    pub(super) defaults: bool,
}

impl Subject<'_> {
    /// What stands in the way into a customer's tenant.
    pub(super) fn way_seen(&self, customer: &Place) -> Result<WaySeen, Fault> {
        self.situation.facts.answer(customer.tenant, &question())
    }

    /// How far the way into a customer's tenant is open.
    pub(super) fn way_in(&self, customer: &Place) -> WayIn {
        WayIn::of(&self.way_seen(customer))
    }

    /// The customers whose way is to be opened before the rest is planned: all that a consent opens, but those that a
    /// person leaves shut.
    pub(super) fn to_be_opened(&self) -> Vec<&Place> {
        let left = |customer: &Place| {
            let check = format!("{WAY_IN}/{}", customer.tenant);
            self.situation.accepted.contains_key(&check)
        };
        self.ready()
            .into_iter()
            .filter(|customer| {
                let way = self.way_in(customer);
                matches!(way, WayIn::ToBeOpened | WayIn::ByLink)
            })
            .filter(|customer| !left(customer))
            .collect()
    }
}

/// The step's name.
pub(super) fn id(customer: &Place) -> StepId {
    StepId::of(WAY_IN, customer.tenant)
}

/// The step that opens a customer's way for reading: through Partner Center, or by the customer's own administrator.
pub(super) fn opened(subject: &Subject<'_>, customer: &Place) -> Step {
    match subject.way_in(customer) {
        WayIn::ByLink => asked(subject, customer),
        WayIn::Open | WayIn::ToBeOpened | WayIn::Shut => {
            consent(subject, customer, Work::default())
        }
    }
}

/// The customer's administrator gets a link. It asks once for all that the setup may need there: a later consent would
/// have to be asked of the same person again, and could replace this one.
fn asked(subject: &Subject<'_>, customer: &Place) -> Step {
    let times = subject.terms.relationship.wait;
    let scopes: BTreeSet<String> = TO_READ
        .into_iter()
        .chain(TO_CHANGE_POLICIES)
        .chain([TO_SWITCH_DEFAULTS])
        .map(str::to_owned)
        .collect();
    let text = |key: &str| {
        Text::new(format!("gdap-way-in-asked-{key}"))
            .with("provider", &subject.provider.name)
            .with("customer", &customer.name)
            .with("vendor", subject.vendor())
            .with("permissions", Vec::from_iter(scopes.clone()).join(", "))
    };
    let hand_off = HandOff {
        page: PageLink::AdminConsent {
            consent_in: customer.tenant,
            scopes: scopes.iter().cloned().collect(),
        },
        who: text("who"),
        message: (text("subject"), text("message")),
        instructions: vec![text("open"), text("compare"), text("accept")],
        wait: WaitStep {
            cause: text("wait"),
            first_look: times.first_look,
            every: times.every,
            usually: times.usually,
            at_most: times.at_most,
            until: Some(look(customer.tenant, &question())),
        },
        stays: Some(text("stays")),
        confirm: None,
    };
    let mut step = step(
        subject,
        StepId::of(WAY_IN_ASKED, customer.tenant),
        WAY_IN_ASKED,
        Risk::Medium,
        Vec::new(),
        StepBody::HandOff(Box::new(hand_off)),
    );
    name_in(&mut step, "customer", &customer.name);
    columns::stands_in(columns::WAY_IN, customer, step)
}

/// The consent for reading, and for what the plan changes there.
pub(super) fn consent(subject: &Subject<'_>, customer: &Place, work: Work) -> Step {
    let mut scopes: BTreeSet<String> = TO_READ.into_iter().map(str::to_owned).collect();
    if work.policies {
        scopes.extend(TO_CHANGE_POLICIES.map(str::to_owned));
    }
    if work.defaults {
        scopes.insert(TO_SWITCH_DEFAULTS.to_owned());
    }
    let desired = CustomerConsent {
        customer: customer.tenant,
        customer_name: customer.name.clone(),
        app_name: "Grantway".into(),
        grants: vec![ApiGrant {
            api: AppId::from_uuid(GRAPH),
            api_name: "Microsoft Graph".into(),
            scopes: scopes.into_iter().collect(),
        }],
    };
    let risk = if work.policies || work.defaults {
        Risk::Medium
    } else {
        Risk::Low
    };
    let mut step = step(
        subject,
        id(customer),
        WAY_IN,
        risk,
        Vec::new(),
        change_last(&desired),
    );
    name_in(&mut step, "customer", &customer.name);
    columns::stands_in(columns::WAY_IN, customer, step)
}
