//! The relationship by which a customer is served: one that is there, one that waits for the customer, or one to ask for.

use std::collections::BTreeSet;

use grantway_core::desired::{Known, Relationship};
use grantway_core::plan::{HandOff, PageLink, Risk, Step, StepBody, WaitStep};
use grantway_core::question::{RelationshipSeen, RelationshipStatus};
use grantway_core::{Place, RoleId, StepId, Text, Timestamp};

use super::columns;
use super::draft::{change, look, step};
use super::subject::Subject;

/// The relationship is asked for.
pub(super) const RELATIONSHIP: &str = "relationship";
/// The customer has approved it.
pub(super) const APPROVAL: &str = "relationship-approval";

/// The cloud's page on which a customer approves a relationship; the relationship's id follows its address.
const INVITATION: &str = "relationship_invitation";

/// States on the way from the offer to the customer's approval taking effect.
const UNDER_WAY: [&str; 3] = ["approvalPending", "approved", "activating"];

/// What a new relationship's name may have at most.
// facts: api-gdap-hardening §2.4.
const LONGEST_NAME: usize = 50;

/// Where a customer's roles come from.
pub(super) enum Way {
    /// An active relationship holds them all.
    Active(RelationshipSeen),
    /// One that holds them all waits for the customer.
    Offered(RelationshipSeen),
    /// None does: a new one is asked for. Roles cannot be added to an active one.
    New,
}

impl Way {
    /// The way for a customer, by its relationships. One that this setup has asked for itself is still its own to make.
    pub(super) fn of(subject: &Subject<'_>, customer: &Place, seen: &[RelationshipSeen]) -> Self {
        let complete = |r: &RelationshipSeen| subject.missing(r).is_empty();
        let own = name(subject, customer);
        if let Some(best) = subject.best(seen)
            && complete(&best)
            && best.name != own
        {
            return Self::Active(best);
        }
        let offered = seen
            .iter()
            .find(|r| UNDER_WAY.contains(&r.status.as_str()) && complete(r) && r.name != own);
        offered.cloned().map_or(Self::New, Self::Offered)
    }

    /// Its id.
    pub(super) fn id(&self, customer: &Place) -> Known<String> {
        match self {
            Self::Active(seen) | Self::Offered(seen) => Known::Now(seen.id.clone()),
            Self::New => Known::id_of(StepId::of(RELATIONSHIP, customer.tenant)),
        }
    }

    /// The roles of the vendor that it holds, or will hold.
    pub(super) fn roles(&self, subject: &Subject<'_>) -> BTreeSet<RoleId> {
        match self {
            Self::Active(seen) | Self::Offered(seen) => subject.assignable(seen),
            Self::New => subject.roles().map(|role| role.role.id).collect(),
        }
    }

    /// When it ends; none while nobody has approved it.
    pub(super) fn ends(&self) -> Option<Timestamp> {
        match self {
            Self::Active(seen) => seen.ends,
            Self::Offered(_) | Self::New => None,
        }
    }

    /// Whether the customer has still to approve it.
    pub(super) fn is_to_be_approved(&self) -> bool {
        !matches!(self, Self::Active(_))
    }

    /// What has to happen before roles can be assigned: steps, and the id of the last.
    pub(super) fn steps(&self, subject: &Subject<'_>, customer: &Place) -> Vec<Step> {
        match self {
            Self::Active(_) => Vec::new(),
            Self::Offered(_) => vec![approval(subject, customer, self.id(customer), Vec::new())],
            Self::New => {
                let asked = StepId::of(RELATIONSHIP, customer.tenant);
                vec![
                    ask(subject, customer),
                    approval(subject, customer, self.id(customer), vec![asked]),
                ]
            }
        }
    }
}

/// The name of the relationship that this setup asks a customer for: unique among the provider's, and found again by it.
pub(super) fn name(subject: &Subject<'_>, customer: &Place) -> String {
    let mark = format!(
        " {} {}",
        subject.situation.setup.as_str(),
        customer.tenant.to_string().get(..8).unwrap_or_default()
    );
    let room = LONGEST_NAME - mark.chars().count();
    let vendor: String = subject.vendor().chars().take(room).collect();
    format!("{}{mark}", vendor.trim_end())
}

fn ask(subject: &Subject<'_>, customer: &Place) -> Step {
    let terms = subject.terms;
    let desired = Relationship {
        customer: customer.tenant,
        customer_name: customer.name.clone(),
        name: name(subject, customer),
        roles: subject.roles().map(|role| role.role.id).collect(),
        days: terms.relationship.days,
        extends_itself: terms.relationship.extends_itself,
    };
    let mut step = step(
        subject,
        StepId::of(RELATIONSHIP, customer.tenant),
        RELATIONSHIP,
        Risk::Medium,
        Vec::new(),
        change(&desired),
    );
    named(&mut step, customer, desired.roles.len());
    columns::stands_in(columns::RELATIONSHIP, customer, step)
}

fn approval(
    subject: &Subject<'_>,
    customer: &Place,
    relationship: Known<String>,
    after: Vec<StepId>,
) -> Step {
    let times = subject.terms.relationship.wait;
    let names: Vec<&str> = subject
        .roles()
        .map(|role| role.role.name.as_str())
        .collect();
    let text = |key: &str| {
        Text::new(key)
            .with("provider", &subject.provider.name)
            .with("customer", &customer.name)
            .with("vendor", subject.vendor())
            .with("count", names.len())
            .with("roles", names.join(", "))
    };
    let hand_off = HandOff {
        page: PageLink::Portal {
            portal: INVITATION.into(),
            fallback: None,
            tail: relationship.clone(),
        },
        who: text("gdap-approval-who"),
        message: (text("gdap-approval-subject"), text("gdap-approval-message")),
        instructions: vec![
            text("gdap-approval-open"),
            text("gdap-approval-compare"),
            text("gdap-approval-approve"),
        ],
        wait: WaitStep {
            cause: text("gdap-wait-approval"),
            first_look: times.first_look,
            every: times.every,
            usually: times.usually,
            at_most: times.at_most,
            until: Some(look(
                subject.provider.tenant,
                &RelationshipStatus { relationship },
            )),
        },
        // What the approval gave ends with the relationship, which is a change of its own.
        stays: None,
        confirm: None,
    };
    let mut step = step(
        subject,
        StepId::of(APPROVAL, customer.tenant),
        APPROVAL,
        Risk::Low,
        after,
        StepBody::HandOff(Box::new(hand_off)),
    );
    named(&mut step, customer, names.len());
    columns::stands_in(columns::RELATIONSHIP, customer, step)
}

fn named(step: &mut Step, customer: &Place, roles: usize) {
    for text in [
        &mut step.title,
        &mut step.why,
        &mut step.means,
        &mut step.undo,
    ] {
        *text = text
            .clone()
            .with("customer", &customer.name)
            .with("count", roles);
    }
}
