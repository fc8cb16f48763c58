//! Every text of this pattern has its message in the catalogue, and every argument that the message needs.

use grantway_core::check::Verdict;
use grantway_core::plan::StepBody;
use grantway_core::question::{
    AccessPolicies, AppSeen, AssignmentStatusIs, AuditLog, AuditLogSeen, AuthenticatorPolicy,
    AuthenticatorPolicySeen, GuestSeen, GuestTwin, Licences, MethodsSeen, PolicySeen,
    PublisherSeen, Reading, Registration, RegistrationReport, Relationships, SecurityDefaults,
    SecurityDefaultsSeen, SignInMethodsSeen, TenantProfile, TenantSeen, WaySeen,
};
use grantway_core::{AppId, Text, Upn};
use serde_json::Value;

use super::words::Words;
use super::world::{
    CUSTOMER, EXCHANGE_ADMINISTRATOR, PROVIDER, USER_ADMINISTRATOR, World, at, domain, licence,
    object, role, tenant,
};
use crate::gdap_service_account::GdapServiceAccount;
use crate::pattern::{Answers, Pattern};

#[test]
fn card_form_and_seat_in_words() {
    let words = Words::english();
    let world = World::in_order();
    let card = GdapServiceAccount.card(&world.profile);
    let mut lines = vec![
        words.say(&GdapServiceAccount.name()),
        words.say(&card.sentence),
    ];
    lines.extend(card.notice.iter().map(|notice| words.say(notice)));
    lines.extend(
        card.flow
            .iter()
            .map(|(party, label)| format!("{party:?}: {}", words.say(label))),
    );
    for line in &card.lines {
        lines.push(format!(
            "{}: {}",
            words.say(&line.label),
            words.say(&line.value)
        ));
    }
    for field in GdapServiceAccount.form(&world.profile, &world.answers) {
        let hint = field
            .hint
            .iter()
            .map(|hint| words.say(hint))
            .collect::<String>();
        let (label, why) = (words.say(&field.label), words.say(&field.why));
        lines.push(format!(
            "{} | {label} | {why} | {hint} | {}",
            field.id, field.preset
        ));
    }
    lines.extend(
        GdapServiceAccount
            .seats()
            .iter()
            .map(|seat| words.say(&seat.needs)),
    );
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn problems_of_answers_in_words() {
    let words = Words::english();
    let profile = World::in_order().profile;
    let mut said = Vec::new();
    for raw in [
        [
            ("provider", "https://x"),
            ("customer", ""),
            ("group", "a\nb"),
            ("account", "a b"),
        ],
        [
            ("provider", "a.example"),
            ("customer", "a.example"),
            ("group", "g"),
            ("account", "a"),
        ],
    ] {
        let raw = Answers::from(raw.map(|(f, a)| (f.to_owned(), a.to_owned())));
        for problem in GdapServiceAccount.parse(&profile, &raw).unwrap_err() {
            let (what, todo) = (words.say(&problem.what), words.say(&problem.todo));
            said.push(format!("{}: {what} {todo}", problem.field));
        }
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn checks_and_draft_in_order_in_words() {
    let words = Words::english();
    let world = World::in_order();
    insta::assert_snapshot!(format!(
        "{}\n\n{}",
        words.checks(&world.checks()),
        words.draft(&world.draft().unwrap())
    ));
}

#[test]
fn checks_out_of_order_in_words() {
    let words = Words::english();
    let mut worlds = Vec::new();
    let mut spoil = |change: &dyn Fn(&mut World)| {
        let mut world = World::in_order();
        change(&mut world);
        worlds.push(world);
    };
    spoil(&|w| {
        w.admin_agents(0);
        w.person(&[], &[]);
        w.read(&Licences {}, Vec::new());
        w.read(&SecurityDefaults {}, SecurityDefaultsSeen { enabled: true });
        w.account(Some(("Petra Platform", true)));
        w.relationships(Vec::new());
        let domains = vec![domain("larkspur-it.example", false)];
        let (tenant, name) = (tenant(PROVIDER), "Larkspur Managed IT".to_owned());
        w.read(
            &TenantProfile {},
            TenantSeen {
                tenant,
                name,
                domains,
            },
        );
    });
    spoil(&|w| {
        w.admin_agents(2);
        w.person(
            &[
                USER_ADMINISTRATOR,
                super::world::PRIVILEGED_ROLE_ADMINISTRATOR,
                super::world::CONDITIONAL_ACCESS_ADMINISTRATOR,
            ],
            &["AdminAgents"],
        );
        w.account(Some(("Huntress Platform", true)));
        let mut relationship = w.relationship();
        relationship.roles.remove(&role(EXCHANGE_ADMINISTRATOR));
        relationship.ends = Some(at("2026-12-02T00:00:00Z"));
        w.relationships(vec![relationship]);
        let domains = vec![domain("other.example", true)];
        let (tenant, name) = (tenant(PROVIDER), "Larkspur Managed IT".to_owned());
        w.read(
            &TenantProfile {},
            TenantSeen {
                tenant,
                name,
                domains,
            },
        );
    });
    spoil(&|w| {
        w.account(Some(("Huntress Platform", false)));
        w.refuse(&Licences {});
        let mut relationship = w.relationship();
        relationship.status = "approvalPending".into();
        w.relationships(vec![relationship]);
    });
    spoil(&|w| {
        let mut relationship = w.relationship();
        relationship.status = "terminated".into();
        w.relationships(vec![relationship]);
    });
    spoil(&|w| {
        let mut relationship = w.relationship();
        relationship.status = "expired".into();
        w.relationships(vec![relationship]);
    });
    spoil(&|w| {
        let mut relationship = w.relationship();
        (relationship.extends_itself, relationship.ends) = (true, Some(at("2026-12-02T00:00:00Z")));
        w.relationships(vec![relationship]);
    });
    spoil(&|w| {
        let mut relationship = w.relationship();
        relationship.ends = None;
        w.relationships(vec![relationship]);
        words.draft(&w.draft().unwrap());
    });
    spoil(&|w| w.places[1].tenant = tenant(PROVIDER));
    spoil(&|w| {
        w.way(WaySeen::Closed {
            because: Text::new("sign-in-because-blocked-by-policy"),
            code: "AADSTS53003".into(),
        });
    });
    spoil(&|w| {
        w.way(WaySeen::NotConsented {
            code: "AADSTS700016".into(),
            by_partner_center: Some(false),
        });
    });
    spoil(&|w| {
        w.way(WaySeen::NotConsented {
            code: "AADSTS65001".into(),
            by_partner_center: None,
        });
        words.draft(&w.draft().unwrap());
    });
    spoil(&|w| {
        w.way(WaySeen::Open {
            scopes: Vec::new(),
            roles: None,
            by_partner_center: None,
        });
    });
    spoil(&|w| {
        w.let_in();
        w.read_in(CUSTOMER, &Licences {}, Vec::new());
        w.read_in(CUSTOMER, &AuditLog {}, AuditLogSeen::Off);
        w.read_in(
            CUSTOMER,
            &SecurityDefaults {},
            SecurityDefaultsSeen { enabled: true },
        );
        let seen = serde_json::json!([
            { "id": "1", "name": "Everybody", "state": "enabled", "users": { "includeUsers": ["All"] },
              "custom_factors": [] },
            { "id": "2", "name": "Reports", "state": "enabledForReportingButNotEnforced", "users": { "includeUsers": ["All"] },
              "custom_factors": ["other"] },
        ]);
        let seen: Vec<PolicySeen> = serde_json::from_value(seen).unwrap();
        w.read_in(CUSTOMER, &AccessPolicies {}, seen.clone());
        w.read(&AccessPolicies {}, seen);
        let account = Upn::parse("dana@larkspur-it.example").unwrap();
        let guest = GuestSeen {
            id: super::world::object(3),
            name: "Dana (guest)".into(),
        };
        w.read_in(CUSTOMER, &GuestTwin { account }, Some(guest));
        words.draft(&w.draft().unwrap());
    });
    spoil(&|w| {
        w.let_in();
        w.way(WaySeen::Open {
            scopes: [
                "AuditLogsQuery-Entra.Read.All",
                "LicenseAssignment.Read.All",
                "Policy.Read.All",
                "User.Read.All",
            ]
            .map(str::to_owned)
            .to_vec(),
            roles: Some(Vec::new()),
            by_partner_center: None,
        });
        let account = Upn::parse("dana@larkspur-it.example").unwrap();
        w.refuse_in(CUSTOMER, &GuestTwin { account });
    });
    spoil(&|w| {
        w.let_in();
        let mut unassigned = licence("EXO", super::world::MAILBOX);
        unassigned.assigned = 0;
        w.read_in(CUSTOMER, &Licences {}, vec![unassigned]);
    });
    spoil(&|w| {
        w.read(&Licences {}, vec![licence("E5", super::world::P2)]);
        words.draft(&w.draft().unwrap());
    });
    spoil(&|w| {
        w.read(&SecurityDefaults {}, SecurityDefaultsSeen { enabled: true });
        words.draft(&w.draft().unwrap());
    });
    for (enabled, external) in [
        (false, vec![]),
        (false, vec!["Other MFA".to_owned()]),
        (true, vec![]),
    ] {
        spoil(&|w| {
            w.read(
                &AuthenticatorPolicy {},
                AuthenticatorPolicySeen {
                    enabled,
                    targets: Vec::new(),
                    excluded: Vec::new(),
                    external: external.clone(),
                },
            );
        });
    }
    let mut said: Vec<String> = Vec::new();
    for world in &worlds {
        for check in world.checks() {
            let line = words.check(&check);
            if check.verdict != Verdict::Pass && !said.contains(&line) {
                said.push(line);
            }
        }
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn judgements_and_missing_drafts_in_words() {
    let words = Words::english();
    let mut world = World::in_order();
    let mut said = Vec::new();
    let app = |publisher: Option<(&str, &str)>| AppSeen {
        id: object(3),
        app: AppId::parse("5c0b7a61-8e2d-4f3a-b1c4-9d7e6f5a4b03").unwrap(),
        name: "Managed Security Platform".into(),
        owner_tenant: None,
        publisher: publisher.map(|(name, id)| PublisherSeen {
            name: name.into(),
            id: id.into(),
        }),
        enabled: true,
        permissions: Vec::new(),
    };
    let methods = |authenticator, others: &[&str], changed: Option<&str>| SignInMethodsSeen {
        methods: Some(MethodsSeen {
            authenticator,
            since: Some(at("2026-11-20T10:04:00Z")),
            others: others.iter().map(|o| (*o).to_owned()).collect(),
        }),
        report: RegistrationReport::NotReadable,
        password_changed: changed.map(at),
        created: Some(at("2026-11-20T10:00:00Z")),
    };
    let reported = |live: bool, methods_registered: &[&str]| {
        let seen = methods(true, &[], Some("2026-11-20T10:03:00Z"));
        SignInMethodsSeen {
            methods: seen.methods.clone().filter(|_| live),
            report: RegistrationReport::Seen(Registration {
                mfa: true,
                methods: methods_registered.iter().map(|m| (*m).to_owned()).collect(),
                updated: Some(at("2026-11-20T12:00:00Z")),
            }),
            ..seen
        }
    };
    let push = ["microsoftAuthenticatorPush"];
    let sms = ["phoneAuthenticationMethod"];
    let later = Some("2026-11-20T10:03:00Z");
    let off = AppSeen {
        enabled: false,
        ..app(Some(("Huntress Labs Inc", "1")))
    };
    let readings = [
        (
            "assignment-active",
            serde_json::to_value(AssignmentStatusIs {
                status: "active".into(),
            }),
        ),
        (
            "assignment-active",
            serde_json::to_value(AssignmentStatusIs {
                status: "pending".into(),
            }),
        ),
        (
            "first-sign-in",
            serde_json::to_value(methods(true, &[], later)),
        ),
        (
            "first-sign-in",
            serde_json::to_value(methods(true, &sms, later)),
        ),
        (
            "first-sign-in",
            serde_json::to_value(methods(false, &[], later)),
        ),
        (
            "first-sign-in",
            serde_json::to_value(methods(false, &sms, later)),
        ),
        (
            "first-sign-in",
            serde_json::to_value(methods(true, &[], Some("2026-11-20T10:00:00Z"))),
        ),
        (
            "first-sign-in",
            serde_json::to_value(methods(true, &[], None)),
        ),
        ("first-sign-in", serde_json::to_value(reported(true, &push))),
        ("first-sign-in", serde_json::to_value(reported(true, &[]))),
        (
            "first-sign-in",
            serde_json::to_value(reported(false, &push)),
        ),
        ("first-sign-in", serde_json::to_value(reported(false, &[]))),
        (
            "first-sign-in",
            serde_json::to_value(SignInMethodsSeen {
                report: RegistrationReport::NoRecord,
                ..methods(true, &[], later)
            }),
        ),
        ("consent", serde_json::to_value(None::<AppSeen>)),
        ("consent", serde_json::to_value(app(None))),
        (
            "consent",
            serde_json::to_value(app(Some(("Huntress Labs Ltd", "2")))),
        ),
        (
            "consent",
            serde_json::to_value(app(Some(("Huntress Labs Inc", "")))),
        ),
        (
            "consent",
            serde_json::to_value(app(Some(("Huntress Labs Inc", "1")))),
        ),
        ("consent", serde_json::to_value(off)),
        ("consent", Ok(Value::String("cut".into()))),
    ];
    let judge = |world: &World, row: &grantway_core::plan::Row, value: Value| {
        let reading = Reading::Seen {
            value,
            right_used: Vec::new(),
        };
        words.check(&GdapServiceAccount.judge(world.situation(), row, &reading, None))
    };
    for (step, value) in readings {
        said.push(judge(&world, &world.row(step), value.unwrap()));
    }
    let seen = || serde_json::to_value(app(Some(("Huntress Labs Inc", "1")))).unwrap();
    let crate::Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
        panic!("a profile of another pattern")
    };
    terms.permissions.insert("AuditLog.Read.All".into());
    said.push(judge(&world, &world.row("consent"), seen()));
    said.push(
        words
            .draft(&world.draft().unwrap())
            .lines()
            .filter(|l| l.contains("expect"))
            .collect(),
    );
    let mut more = seen();
    more["permissions"] = serde_json::json!([{ "api": "Microsoft Graph", "value": "Mail.Send", "as_app": true, "for_everyone": true }]);
    said.push(judge(&world, &world.row("consent"), more));
    let crate::Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
        panic!("a profile of another pattern")
    };
    terms.publisher.owner_tenant = Some(tenant(CUSTOMER));
    said.push(judge(&world, &world.row("consent"), seen()));
    let crate::Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
        panic!("a profile of another pattern")
    };
    (terms.publisher.verified, terms.publisher.owner_tenant) = (false, None);
    terms.permissions.clear();
    said.push(judge(&world, &world.row("consent"), seen()));
    said.push(words.check(&world.check("publisher-before-consent")));
    words.draft(&world.draft().unwrap());
    let mut unknown = world.row("consent");
    unknown.step.id = grantway_core::StepId::new("mail-flow");
    said.push(judge(&world, &unknown, Value::Null));
    world.now = at("2026-11-25T10:00:00Z");
    let sign_in = world.row("first-sign-in");
    let no_record = SignInMethodsSeen {
        report: RegistrationReport::NoRecord,
        ..reported(false, &[])
    };
    for seen in [reported(false, &[]), no_record] {
        let seen = serde_json::to_value(seen).unwrap();
        said.push(judge(&world, &sign_in, seen));
    }
    for spoil in [
        (|w: &mut World| w.places.clear()) as fn(&mut World),
        |w| w.admin_agents(0),
        |w| {
            w.refuse(&Relationships {
                customer: tenant(CUSTOMER),
            })
        },
    ] {
        let mut world = World::in_order();
        spoil(&mut world);
        said.push(words.say(&world.draft().unwrap_err().because));
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_new_relationship_in_words() {
    let words = Words::english();
    let mut world = World::in_order();
    world.relationships(Vec::new());
    let draft = world.draft().unwrap();
    let approval = world.row("relationship-approval").step;
    let StepBody::HandOff(hand_off) = &approval.body else {
        panic!("{approval:#?}")
    };
    let (title, text) = &hand_off.message;
    let mut said = vec![
        words.draft(&draft),
        words.say(&hand_off.who),
        words.say(&hand_off.wait.cause),
        words.say(title),
        words.say(&text.clone().with("link", "https://admin.example/x")),
    ];
    said.extend(hand_off.instructions.iter().map(|text| words.say(text)));
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn columns_in_words() {
    let words = Words::english();
    let profile = World::in_order().profile;
    let checks = GdapServiceAccount.check_columns();
    let steps = GdapServiceAccount.step_columns(&profile);
    let lines: Vec<String> = checks
        .iter()
        .chain(&steps)
        .map(|column| words.column(column))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}
