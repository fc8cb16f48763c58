//! A made-up world in which everything is in order, to be spoilt one thing at a time.

use std::collections::{BTreeMap, BTreeSet};

use grantway_core::check::Check;
use grantway_core::plan::{Draft, Outlook, Row};
use grantway_core::question::{
    AccessPolicies, AccountNamed, AccountSeen, Ask, AuditLog, AuditLogSeen, AuthenticatorPolicy,
    AuthenticatorPolicySeen, DomainSeen, Facts, GroupSeen, GroupsNamed, GuestTwin, LicenceSeen,
    Licences, MethodTarget, PersonSeen, PlanSeen, Question, Reading, RelationshipSeen,
    Relationships, SecurityDefaults, SecurityDefaultsSeen, SignedInPerson, TenantProfile,
    TenantSeen, WaySeen,
};
use grantway_core::{
    DomainName, Fault, FaultKind, ObjectId, Party, Place, RoleId, SetupId, TenantId, Text,
    Timestamp, Upn,
};
use uuid::Uuid;

use crate::gdap_service_account::GdapServiceAccount;
use crate::pattern::{Answers, NoDraft, Pattern, Situation};
use crate::profile::Profile;

pub(super) const PROVIDER: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001";
pub(super) const CUSTOMER: &str = "2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002";
pub(super) const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";
pub(super) const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";
pub(super) const CONDITIONAL_ACCESS_ADMINISTRATOR: &str = "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9";
pub(super) const SECURITY_ADMINISTRATOR: &str = "194ae4cb-b126-40b2-bd5b-6091b380977d";
pub(super) const PRIVILEGED_ROLE_ADMINISTRATOR: &str = "e8611ab8-c189-46e8-94e1-60213ab1f814";
pub(super) const EXCHANGE_ADMINISTRATOR: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";
pub(super) const P1: &str = "41781fb2-bc02-4b7c-bd55-b576c07bb09d";
pub(super) const MAILBOX: &str = "9aaf7827-d63c-4b61-89c3-182f06f82e5c";
pub(super) const P2: &str = "eec0eb4f-6444-4f95-aba0-50c24d67f998";

/// A situation that owns what it is made of.
pub(super) struct World {
    pub(super) setup: SetupId,
    pub(super) profile: Profile,
    pub(super) answers: Answers,
    pub(super) places: Vec<Place>,
    pub(super) facts: Facts,
    pub(super) accepted: BTreeMap<String, String>,
    pub(super) now: Timestamp,
}

pub(super) fn tenant(id: &str) -> TenantId {
    TenantId::parse(id).unwrap()
}

pub(super) fn object(last: u8) -> ObjectId {
    ObjectId::from_uuid(Uuid::from_u128(
        0xa100_0000_0000_4000_8000_0000_0000_0000 + u128::from(last),
    ))
}

pub(super) fn role(id: &str) -> RoleId {
    RoleId::parse(id).unwrap()
}

pub(super) fn at(moment: &str) -> Timestamp {
    moment.parse().unwrap()
}

pub(super) fn domain(name: &str, is_managed: bool) -> DomainSeen {
    DomainSeen {
        name: DomainName::parse(name).unwrap(),
        is_default: false,
        is_managed,
    }
}

pub(super) fn licence(part_number: &str, plan: &str) -> LicenceSeen {
    LicenceSeen {
        part_number: part_number.into(),
        status: "Enabled".into(),
        usable: 10,
        assigned: 8,
        plans: vec![PlanSeen {
            id: Uuid::parse_str(plan).unwrap(),
            name: "PLAN".into(),
            disabled: false,
        }],
    }
}

pub(super) fn refusal() -> Fault {
    Fault::new(
        FaultKind::Refused { needs: Vec::new() },
        Text::new("doing-reading").with("what", "licences"),
        "Insufficient privileges to complete the operation.",
    )
    .with_code("Authorization_RequestDenied")
}

impl World {
    pub(super) fn in_order() -> Self {
        let profile = crate::Library::built_in()
            .profile("huntress")
            .unwrap()
            .clone();
        let raw = Answers::from(
            [
                ("provider", "larkspur-it.example"),
                ("customer", "alder-dental.example"),
                ("group", "Huntress Security Platform"),
                ("account", "HuntressPlatform"),
            ]
            .map(|(field, answer)| (field.to_owned(), answer.to_owned())),
        );
        let place = |party, id, name: &str| Place {
            party,
            tenant: tenant(id),
            name: name.into(),
        };
        let mut world = Self {
            setup: SetupId::parse("HM-7K2Q").unwrap(),
            answers: GdapServiceAccount.parse(&profile, &raw).unwrap(),
            profile,
            places: vec![
                place(Party::Provider, PROVIDER, "larkspur-it.example"),
                place(Party::Customer, CUSTOMER, "alder-dental.example"),
            ],
            facts: Facts::default(),
            accepted: BTreeMap::new(),
            now: at("2026-11-20T10:00:00Z"),
        };
        world.read(
            &TenantProfile {},
            TenantSeen {
                tenant: tenant(PROVIDER),
                name: "Larkspur Managed IT".into(),
                domains: vec![
                    domain("larkspur-it.example", true),
                    domain("larkspur.onmicrosoft.example", true),
                ],
            },
        );
        world.person(&[GLOBAL_ADMINISTRATOR], &["AdminAgents"]);
        world.admin_agents(1);
        let same_name = GroupsNamed {
            display_name: "Huntress Security Platform".into(),
        };
        world.read(&same_name, Vec::new());
        world.read(
            &Licences {},
            vec![licence("SPB", P1), licence("EXO", MAILBOX)],
        );
        world.read(
            &SecurityDefaults {},
            SecurityDefaultsSeen { enabled: false },
        );
        world.account(None);
        world.read(&AccessPolicies {}, Vec::new());
        world.read(
            &AuthenticatorPolicy {},
            AuthenticatorPolicySeen {
                enabled: true,
                targets: vec![MethodTarget {
                    kind: "group".into(),
                    id: "all_users".into(),
                    mode: Some("any".into()),
                }],
                excluded: Vec::new(),
                external: Vec::new(),
            },
        );
        world.way(WaySeen::Closed {
            because: Text::new("sign-in-because-no-way-in"),
            code: "AADSTS50020".into(),
        });
        let relationship = world.relationship();
        world.relationships(vec![relationship]);
        world
    }

    /// An active relationship that holds what the profile asks for.
    pub(super) fn relationship(&self) -> RelationshipSeen {
        let crate::Particulars::GdapServiceAccount(terms) = &self.profile.particulars else {
            panic!("a profile of another pattern")
        };
        let roles: BTreeSet<RoleId> = terms.roles.iter().map(|role| role.role.id).collect();
        RelationshipSeen {
            id: "c1000000-0000-4000-8000-000000000001-d1000000-0000-4000-8000-000000000001".into(),
            name: "Larkspur - Alder Dental".into(),
            status: "active".into(),
            customer_name: "Alder Dental".into(),
            roles,
            ends: Some(at("2028-08-22T00:00:00Z")),
            extends_itself: false,
        }
    }

    pub(super) fn relationships(&mut self, seen: Vec<RelationshipSeen>) {
        self.read(
            &Relationships {
                customer: tenant(CUSTOMER),
            },
            seen,
        );
    }

    pub(super) fn person(&mut self, roles: &[&str], groups: &[&str]) {
        let seen = PersonSeen {
            id: object(7),
            upn: Upn::parse("dana@larkspur-it.example").unwrap(),
            name: "Dana Whitfield".into(),
            roles: roles.iter().map(|id| role(id)).collect(),
            groups: groups.iter().map(|name| (*name).to_owned()).collect(),
        };
        self.read(&SignedInPerson {}, seen);
    }

    pub(super) fn admin_agents(&mut self, count: u8) {
        let groups = (1..=count).map(|number| GroupSeen {
            id: object(number),
            display_name: "AdminAgents".into(),
            is_security_group: true,
        });
        let about = GroupsNamed {
            display_name: "AdminAgents".into(),
        };
        self.read(&about, groups.collect());
    }

    pub(super) fn account(&mut self, seen: Option<(&str, bool)>) {
        let about = AccountNamed {
            upn: Upn::parse(&self.answers["account"]).unwrap(),
        };
        let seen = seen.map(|(name, enabled)| AccountSeen {
            id: object(9),
            display_name: name.into(),
            enabled,
        });
        self.read(&about, seen);
    }

    /// What stands in the way into the customer's tenant.
    pub(super) fn way(&mut self, seen: WaySeen) {
        self.read_in(
            CUSTOMER,
            &crate::gdap_service_account::way_in::question(),
            seen,
        );
    }

    /// The customer lets Grantway in, and all is as it should be there.
    pub(super) fn let_in(&mut self) {
        self.way(WaySeen::Open {
            scopes: [
                "AuditLogsQuery-Entra.Read.All",
                "LicenseAssignment.Read.All",
                "Policy.Read.All",
                "User.Read.All",
            ]
            .map(str::to_owned)
            .to_vec(),
            roles: None,
            by_partner_center: None,
        });
        self.read_in(
            CUSTOMER,
            &Licences {},
            vec![licence("SPB", P1), licence("EXO", MAILBOX)],
        );
        self.read_in(
            CUSTOMER,
            &SecurityDefaults {},
            SecurityDefaultsSeen { enabled: false },
        );
        self.read_in(CUSTOMER, &AccessPolicies {}, Vec::new());
        self.read_in(CUSTOMER, &AuditLog {}, AuditLogSeen::On);
        let account = Upn::parse("dana@larkspur-it.example").unwrap();
        self.read_in(CUSTOMER, &GuestTwin { account }, None);
    }

    pub(super) fn read_in<T: Ask>(&mut self, of: &str, about: &T, answer: T::Answer) {
        let reading = Reading::Seen {
            value: serde_json::to_value(answer).unwrap(),
            right_used: vec![format!("{}.Read", T::KIND)],
        };
        self.facts.insert(&Question::of(tenant(of), about), reading);
    }

    pub(super) fn read<T: Ask>(&mut self, about: &T, answer: T::Answer) {
        let reading = Reading::Seen {
            value: serde_json::to_value(answer).unwrap(),
            right_used: vec![format!("{}.Read", T::KIND)],
        };
        self.facts
            .insert(&Question::of(tenant(PROVIDER), about), reading);
    }

    pub(super) fn refuse<T: Ask>(&mut self, about: &T) {
        self.refuse_in(PROVIDER, about);
    }

    pub(super) fn refuse_in<T: Ask>(&mut self, of: &str, about: &T) {
        let reading = Reading::CannotSee { fault: refusal() };
        self.facts.insert(&Question::of(tenant(of), about), reading);
    }

    pub(super) fn situation(&self) -> Situation<'_> {
        Situation {
            setup: &self.setup,
            profile: &self.profile,
            answers: &self.answers,
            places: &self.places,
            facts: &self.facts,
            accepted: &self.accepted,
            planned: None,
            now: self.now,
        }
    }

    pub(super) fn checks(&self) -> Vec<Check> {
        GdapServiceAccount.checks(self.situation())
    }

    /// The check whose id begins so; there must be one.
    pub(super) fn check(&self, id: &str) -> Check {
        let of = |check: &Check| check.id == id || check.id.starts_with(&format!("{id}/"));
        let mut found: Vec<Check> = self.checks().into_iter().filter(of).collect();
        assert_eq!(found.len(), 1, "{id}");
        found.remove(0)
    }

    pub(super) fn draft(&self) -> Result<Draft, NoDraft> {
        GdapServiceAccount.draft(self.situation())
    }

    /// The row of a plan that was made of that step; what the planner saw does not matter here.
    pub(super) fn row(&self, step: &str) -> Row {
        let draft = self.draft().unwrap();
        let of = |id: &str| id == step || id.starts_with(&format!("{step}/"));
        let step = draft.steps.into_iter().find(|s| of(s.id.as_str())).unwrap();
        Row {
            step,
            outlook: Outlook {
                action: grantway_core::plan::Action::ByHand,
                before: None,
                fields: Vec::new(),
                permissions: Vec::new(),
            },
        }
    }
}

/// An argument of a text, as it stands.
pub(super) fn arg<'a>(text: &'a Text, name: &str) -> &'a str {
    match text.args.get(name) {
        Some(grantway_core::text::Arg::Text(text)) => text,
        other => panic!("{}: {name} is {other:?}", text.key),
    }
}
