use std::collections::BTreeSet;

use grantway_core::check::{Check, RemedyAct, Verdict};
use grantway_core::question::{
    AppSeen, AssignmentStatusIs, MethodsSeen, PermissionSeen, PublisherSeen, Reading, Registration,
    RegistrationReport, RelationshipStatusIs, SignInMethodsSeen, WaySeen,
};
use grantway_core::{AppId, StepId, TenantId, Text};
use serde::Serialize;

use super::world::{World, at, object, refusal};
use crate::Particulars;
use crate::gdap_service_account::GdapServiceAccount;
use crate::pattern::Pattern;

fn judged(world: &World, step: &str, answer: impl Serialize) -> Check {
    let reading = Reading::Seen {
        value: serde_json::to_value(answer).unwrap(),
        right_used: vec!["Some.Read".into()],
    };
    GdapServiceAccount.judge(world.situation(), &world.row(step), &reading, None)
}

fn says(check: &Check, verdict: Verdict, found: &str) {
    assert_eq!((check.verdict, check.found.key.as_str()), (verdict, found));
}

fn methods(authenticator: bool, others: &[&str], changed: Option<&str>) -> SignInMethodsSeen {
    SignInMethodsSeen {
        methods: Some(MethodsSeen {
            authenticator,
            since: Some(at("2026-11-20T10:04:00Z")),
            others: others.iter().map(|name| (*name).to_owned()).collect(),
        }),
        report: RegistrationReport::NotReadable,
        password_changed: changed.map(at),
        created: Some(at("2026-11-20T10:00:00Z")),
    }
}

fn record(mfa: bool, methods: &[&str], updated: &str) -> RegistrationReport {
    RegistrationReport::Seen(Registration {
        mfa,
        methods: methods.iter().map(|name| (*name).to_owned()).collect(),
        updated: Some(at(updated)),
    })
}

const PUSH: [&str; 2] = ["microsoftAuthenticatorPush", "softwareOneTimePasscode"];

fn app() -> AppSeen {
    AppSeen {
        id: object(3),
        app: AppId::parse("5c0b7a61-8e2d-4f3a-b1c4-9d7e6f5a4b03").unwrap(),
        name: "Managed Security Platform".into(),
        owner_tenant: None,
        publisher: Some(PublisherSeen {
            name: "Huntress Labs Inc".into(),
            id: "6140338".into(),
        }),
        enabled: true,
        permissions: [("AuditLog.Read.All", true), ("openid", false)]
            .map(|(value, as_app)| PermissionSeen {
                api: "Microsoft Graph".into(),
                value: value.into(),
                as_app,
                for_everyone: true,
            })
            .into(),
    }
}

fn publisher(name: &str, id: &str) -> AppSeen {
    AppSeen {
        publisher: Some(PublisherSeen {
            name: name.into(),
            id: id.into(),
        }),
        ..app()
    }
}

#[test]
fn an_assignment_counts_once_it_is_active() {
    let world = World::in_order();
    let is = |status: &str| AssignmentStatusIs {
        status: status.into(),
    };
    says(
        &judged(&world, "assignment-active", is("active")),
        Verdict::Pass,
        "gdap-judge-assignment-active",
    );
    for status in ["pending", "error", "deleting", "new word"] {
        says(
            &judged(&world, "assignment-active", is(status)),
            Verdict::Fail,
            "gdap-judge-assignment-not-yet",
        );
    }
}

#[test]
fn the_first_sign_in_needs_authenticator_and_a_new_password() {
    let world = World::in_order();
    let later = Some("2026-11-20T10:03:00Z");
    for (seen, verdict, found) in [
        (methods(true, &[], later), Verdict::Pass, "done"),
        (
            methods(true, &["phoneAuthenticationMethod"], later),
            Verdict::Warn,
            "weaker",
        ),
        (methods(false, &[], later), Verdict::Fail, "nothing"),
        (
            methods(false, &["phoneAuthenticationMethod"], later),
            Verdict::Fail,
            "others-only",
        ),
        (
            methods(true, &[], Some("2026-11-20T10:00:00Z")),
            Verdict::Fail,
            "first-password",
        ),
        (
            methods(true, &[], None),
            Verdict::CannotSee,
            "password-unseen",
        ),
    ] {
        says(
            &judged(&world, "first-sign-in", seen),
            verdict,
            &format!("gdap-judge-first-sign-in-{found}"),
        );
    }
}

#[test]
fn the_report_of_registrations_says_more_than_the_methods_and_never_less() {
    let world = World::in_order();
    let later = Some("2026-11-20T10:05:00Z");
    let with = |report: RegistrationReport| SignInMethodsSeen {
        report,
        ..methods(true, &[], later)
    };
    let (before, after) = ("2026-11-20T09:00:00Z", "2026-11-20T12:00:00Z");
    for (report, verdict, found) in [
        (record(true, &PUSH, after), Verdict::Pass, "done-reported"),
        (
            record(false, &[], before),
            Verdict::Pass,
            "done-before-report",
        ),
        (
            RegistrationReport::NoRecord,
            Verdict::Pass,
            "done-before-report",
        ),
        // Authenticator with codes alone: the vendor does not work with that.
        (
            record(true, &["softwareOneTimePasscode"], after),
            Verdict::Warn,
            "no-push",
        ),
        (record(false, &PUSH, after), Verdict::Warn, "no-push"),
    ] {
        says(
            &judged(&world, "first-sign-in", with(report)),
            verdict,
            &format!("gdap-judge-first-sign-in-{found}"),
        );
    }
    // The report cannot know better than the methods that nothing is registered.
    let gone = SignInMethodsSeen {
        report: record(true, &PUSH, after),
        ..methods(false, &[], later)
    };
    says(
        &judged(&world, "first-sign-in", gone),
        Verdict::Fail,
        "gdap-judge-first-sign-in-nothing",
    );
}

#[test]
fn where_the_methods_may_not_be_read_the_report_stands_alone_and_its_silence_proves_nothing() {
    let mut world = World::in_order();
    let alone = |report: RegistrationReport, changed: Option<&str>| SignInMethodsSeen {
        methods: None,
        report,
        ..methods(true, &[], changed)
    };
    let changed = Some("2026-11-20T10:03:00Z");
    let updated = "2026-11-20T11:00:00Z";
    let weaker = ["microsoftAuthenticatorPush", "mobilePhone"];
    let judge = |world: &World, report: RegistrationReport, changed| {
        judged(world, "first-sign-in", alone(report, changed))
    };
    let is = |check: &Check, verdict, found: &str| {
        says(check, verdict, &format!("gdap-judge-first-sign-in-{found}"));
    };
    let check = judge(&world, record(true, &PUSH, updated), changed);
    is(&check, Verdict::Pass, "done-by-report");
    let check = judge(&world, record(true, &weaker, updated), changed);
    is(&check, Verdict::Warn, "weaker");
    let check = judge(&world, record(true, &PUSH, updated), None);
    is(&check, Verdict::CannotSee, "password-unseen");
    // Inside its window it is late, not empty.
    for report in [RegistrationReport::NoRecord, record(false, &[], updated)] {
        let check = judge(&world, report, changed);
        is(&check, Verdict::CannotSee, "not-reported-yet");
        assert_eq!(check.look_again, Some(at("2026-11-21T10:03:00Z")));
    }
    world.now = at("2026-11-21T10:03:00Z");
    for (report, verdict, found) in [
        (
            RegistrationReport::NoRecord,
            Verdict::CannotSee,
            "no-record",
        ),
        (
            record(false, &[], updated),
            Verdict::Fail,
            "nothing-reported",
        ),
        (
            record(true, &["mobilePhone"], updated),
            Verdict::Fail,
            "others-only",
        ),
    ] {
        let check = judge(&world, report, changed);
        is(&check, verdict, found);
        assert_eq!(check.look_again, None);
    }
}

#[test]
fn a_verified_publisher_of_the_expected_name_passes() {
    let check = judged(&World::in_order(), "consent", Some(app()));
    says(&check, Verdict::Pass, "gdap-judge-consent-verified");
    assert_eq!(check.right_used, ["Some.Read"]);
}

#[test]
fn another_or_an_unverified_publisher_fails_and_says_what_to_do() {
    let world = World::in_order();
    let none = AppSeen {
        publisher: None,
        ..app()
    };
    for (seen, found) in [
        (publisher("Huntress Labs Ltd", "6140339"), "other-publisher"),
        (publisher("huntress labs inc", "6140339"), "other-publisher"),
        (publisher("Huntress Labs Inc", ""), "unverified-named"),
        (none, "unverified"),
    ] {
        let check = judged(&world, "consent", Some(seen));
        says(
            &check,
            Verdict::Fail,
            &format!("gdap-judge-consent-{found}"),
        );
        assert!(matches!(check.remedies[0].act, RemedyAct::ByHand { .. }));
    }
    says(
        &judged(&world, "consent", None::<AppSeen>),
        Verdict::Fail,
        "gdap-judge-consent-none",
    );
}

#[test]
fn another_application_of_the_same_publisher_is_not_taken_for_the_one_that_is_named() {
    let mut world = World::in_order();
    let Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
        panic!("a profile of this pattern")
    };
    terms.publisher.app = Some(app().app);
    let check = judged(&world, "consent", Some(app()));
    says(&check, Verdict::Pass, "gdap-judge-consent-verified");
    let other = AppSeen {
        app: AppId::parse("5c0b7a61-8e2d-4f3a-b1c4-9d7e6f5a4b04").unwrap(),
        ..app()
    };
    let check = judged(&world, "consent", Some(other));
    says(&check, Verdict::Fail, "gdap-judge-consent-other-app");
}

#[test]
fn a_pinned_owner_and_listed_permissions_are_compared() {
    let mut world = World::in_order();
    let owner = TenantId::parse("9f2e3d4c-5b6a-4978-8695-a4b3c2d1e009").unwrap();
    let Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
        panic!("a profile of another pattern")
    };
    terms.publisher.owner_tenant = Some(owner);
    let check = judged(&world, "consent", Some(app()));
    says(&check, Verdict::Fail, "gdap-judge-consent-other-owner");
    let owned = AppSeen {
        owner_tenant: Some(owner),
        ..app()
    };
    says(
        &judged(&world, "consent", Some(owned.clone())),
        Verdict::Pass,
        "gdap-judge-consent-verified",
    );
    for (listed, verdict, found) in [
        (&["AuditLog.Read.All"][..], Verdict::Pass, "verified"),
        (&["User.Read"][..], Verdict::Fail, "asks-more"),
        (
            &["AuditLog.Read.All", "User.Read"][..],
            Verdict::Warn,
            "asks-less",
        ),
    ] {
        let Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
            panic!("a profile of another pattern")
        };
        terms.permissions = listed
            .iter()
            .map(|p| (*p).to_owned())
            .collect::<BTreeSet<_>>();
        let check = judged(&world, "consent", Some(owned.clone()));
        says(&check, verdict, &format!("gdap-judge-consent-{found}"));
    }
}

#[test]
fn a_profile_may_do_without_the_badge_but_not_without_the_name() {
    let mut world = World::in_order();
    let Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
        panic!("a profile of another pattern")
    };
    terms.publisher.verified = false;
    let unverified = AppSeen {
        publisher: None,
        ..app()
    };
    says(
        &judged(&world, "consent", Some(unverified)),
        Verdict::Pass,
        "gdap-judge-consent-as-expected",
    );
    says(
        &judged(&world, "consent", Some(publisher("Somebody Else", "1"))),
        Verdict::Fail,
        "gdap-judge-consent-other-publisher",
    );
}

#[test]
fn an_app_that_is_switched_off_is_worth_a_look() {
    let off = AppSeen {
        enabled: false,
        ..app()
    };
    says(
        &judged(&World::in_order(), "consent", Some(off)),
        Verdict::Warn,
        "gdap-judge-consent-switched-off",
    );
}

#[test]
fn what_was_refused_cannot_be_judged() {
    let world = World::in_order();
    let reading = Reading::CannotSee { fault: refusal() };
    for step in ["assignment-active", "first-sign-in", "consent"] {
        let check = GdapServiceAccount.judge(world.situation(), &world.row(step), &reading, None);
        says(&check, Verdict::CannotSee, "check-not-read");
    }
}

#[test]
fn a_row_of_another_version_is_not_called_ok() {
    let world = World::in_order();
    let mut row = world.row("consent");
    row.step.id = StepId::new("mail-flow");
    let reading = Reading::Seen {
        value: serde_json::Value::Null,
        right_used: Vec::new(),
    };
    let check = GdapServiceAccount.judge(world.situation(), &row, &reading, None);
    says(&check, Verdict::CannotSee, "check-not-known");
}

#[test]
fn an_offer_is_waited_for_until_it_is_active_or_can_no_longer_be() {
    let mut world = World::in_order();
    world.relationships(Vec::new());
    let says_of = |status: &str| {
        let is = RelationshipStatusIs {
            status: status.into(),
            ends: None,
        };
        judged(&world, "relationship-approval", is)
    };
    says(
        &says_of("active"),
        Verdict::Pass,
        "gdap-judge-approval-active",
    );
    for status in ["approvalPending", "approved", "activating"] {
        let check = says_of(status);
        says(&check, Verdict::Fail, "gdap-judge-approval-not-yet");
        assert!(check.remedies.is_empty(), "time mends {status}");
    }
    for status in ["terminationRequested", "terminated", "expired"] {
        let check = says_of(status);
        says(&check, Verdict::Fail, "gdap-judge-approval-over");
        assert!(!check.remedies.is_empty(), "time does not mend {status}");
    }
}

#[test]
fn a_customer_has_let_in_once_its_token_carries_what_reading_takes() {
    let mut world = World::in_order();
    world.way(WaySeen::NotConsented {
        code: "AADSTS700016".into(),
        by_partner_center: Some(false),
    });
    let open = |scopes: &[String]| WaySeen::Open {
        scopes: scopes.to_vec(),
        roles: None,
        by_partner_center: Some(false),
    };
    let needs = crate::gdap_service_account::way_in::question().needs;
    for (way, verdict, found) in [
        (open(&needs), Verdict::Pass, "open"),
        (open(&needs[1..]), Verdict::Fail, "lacks"),
        (
            WaySeen::NotConsented {
                code: "AADSTS65001".into(),
                by_partner_center: Some(false),
            },
            Verdict::Fail,
            "not-yet",
        ),
        (
            WaySeen::Closed {
                because: Text::new("sign-in-because-no-way-in"),
                code: "AADSTS50020".into(),
            },
            Verdict::Fail,
            "closed",
        ),
    ] {
        let check = judged(&world, "way-in-asked", way);
        says(&check, verdict, &format!("gdap-judge-way-in-asked-{found}"));
        assert!(check.remedies.is_empty(), "time mends it");
    }
}
