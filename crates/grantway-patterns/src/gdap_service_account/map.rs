//! The grant map: the vendor, the provider with group, account and passing role, and each customer.

use grantway_core::plan::{GrantArrow, GrantMap, GrantNode, Risk};
use grantway_core::{Party, Place, StepId, Text};

use super::card::roles_risk;
use super::draft::{ACCOUNT, CONSENT, GROUP, ROLE_HELD, Served};
use super::group_way::Carrier;
use super::subject::{Subject, day};
use super::way_in;

const VENDOR: &str = "vendor";
const PROVIDER: &str = "provider";
const ROLE: &str = "role";

pub(super) fn grant_map(
    subject: &Subject<'_>,
    served: &[Served<'_>],
    carrier: &Carrier,
) -> GrantMap {
    let mut nodes = vec![
        GrantNode {
            note: Some(vendor_note(subject)),
            ..party(VENDOR, Party::Vendor, &subject.terms.publisher.name)
        },
        party(PROVIDER, Party::Provider, &subject.provider.name),
        group(subject, carrier),
        object(
            ACCOUNT,
            Text::verbatim(subject.account.name()),
            "gdap-map-account",
            ACCOUNT,
        ),
        GrantNode {
            passing: true,
            ..object(
                ROLE,
                Text::verbatim(&subject.terms.temporary_role.name),
                "gdap-map-role",
                ROLE_HELD,
            )
        },
    ];
    let joined = carrier
        .joined(subject)
        .first()
        .map_or_else(|| carrier.shown_by(), |step| step.id.clone());
    let mut arrows = Vec::new();
    for customer in served {
        let id = format!("customer/{}", customer.place.tenant);
        nodes.push(GrantNode {
            note: match customer.way.ends() {
                Some(ends) => Some(Text::new("gdap-map-until").with("date", day(ends))),
                None => customer
                    .way
                    .is_to_be_approved()
                    .then(|| Text::new("gdap-map-to-be-approved")),
            },
            ..party(&id, Party::Customer, &customer.place.name)
        });
        let roles = customer.way.roles(subject);
        arrows.push(GrantArrow {
            until: customer.way.ends(),
            ends: Some(Text::new("gdap-map-ends-relationship")),
            ends_with: Some(Text::new("ends-relationship")),
            ..arrow(
                &id,
                GROUP,
                Text::new("gdap-map-roles").with("count", roles.len()),
                roles_risk(subject.roles()),
                customer.giving(),
            )
        });
    }
    arrows.push(arrow(
        GROUP,
        ACCOUNT,
        Text::new("gdap-map-member"),
        roles_risk(subject.roles()),
        joined,
    ));
    arrows.push(GrantArrow {
        passing: true,
        ends: Some(Text::new("gdap-map-ends-setup")),
        ..arrow(
            ACCOUNT,
            ROLE,
            Text::verbatim(&subject.terms.temporary_role.name),
            Risk::High,
            StepId::new(ROLE_HELD),
        )
    });
    arrows.push(GrantArrow {
        ends: Some(Text::new("gdap-map-ends-removed")),
        ..arrow(
            ACCOUNT,
            VENDOR,
            Text::new("gdap-map-consent"),
            Risk::High,
            StepId::new(CONSENT),
        )
    });
    GrantMap { nodes, arrows }
}

/// The picture of customers that let Grantway in: the provider's people, by the app that they work with.
pub(super) fn opening_map(subject: &Subject<'_>, customers: &[&Place]) -> GrantMap {
    let mut nodes = vec![party(PROVIDER, Party::Provider, &subject.provider.name)];
    let mut arrows = Vec::new();
    for customer in customers {
        let id = format!("customer/{}", customer.tenant);
        nodes.push(party(&id, Party::Customer, &customer.name));
        let step = way_in::opened(subject, customer);
        // What the customer gives by itself, it ends by itself.
        let ends = step
            .stays()
            .map_or("gdap-map-ends-taken-back", |_| "gdap-map-ends-by-customer");
        arrows.push(GrantArrow {
            ends: Some(Text::new(ends)),
            ..arrow(
                &id,
                PROVIDER,
                Text::new("gdap-map-way-in"),
                step.risk,
                step.id,
            )
        });
    }
    GrantMap { nodes, arrows }
}

/// The group that carries the roles, or all of them as one.
fn group(subject: &Subject<'_>, carrier: &Carrier) -> GrantNode {
    let (title, note) = match carrier {
        Carrier::Own => (Text::verbatim(subject.group_name()), "gdap-map-group"),
        Carrier::Existing(group, _) => (
            Text::verbatim(&group.display_name),
            "gdap-map-group-existing",
        ),
        Carrier::RoleGroups(groups) => (
            Text::new("gdap-map-role-groups").with("count", groups.len()),
            "gdap-map-role-groups-note",
        ),
    };
    GrantNode {
        step: Some(carrier.shown_by()),
        ..object(GROUP, title, note, GROUP)
    }
}

fn vendor_note(subject: &Subject<'_>) -> Text {
    Text::new(if subject.terms.publisher.verified {
        "gdap-map-vendor-verified"
    } else {
        "gdap-map-vendor"
    })
}

fn party(id: &str, party: Party, name: &str) -> GrantNode {
    GrantNode {
        id: id.into(),
        party,
        inside: None,
        title: Text::verbatim(name),
        note: None,
        passing: false,
        step: None,
    }
}

fn object(id: &str, title: Text, note: &str, step: &str) -> GrantNode {
    GrantNode {
        id: id.into(),
        party: Party::Provider,
        inside: Some(PROVIDER.into()),
        title,
        note: Some(Text::new(note)),
        passing: false,
        step: Some(StepId::new(step)),
    }
}

fn arrow(from: &str, to: &str, title: Text, risk: Risk, step: StepId) -> GrantArrow {
    GrantArrow {
        from: from.into(),
        to: to.into(),
        title,
        until: None,
        ends: None,
        ends_with: None,
        risk,
        passing: false,
        step,
    }
}
