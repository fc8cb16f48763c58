//! What stands in a customer's own tenant: seen where the way is open, planned for, and never called passed where it is not.

use grantway_core::TenantId;
use grantway_core::check::{Check, RemedyAct, Verdict};
use grantway_core::plan::{Draft, PageLink, Step, StepBody, UndoRule};
use grantway_core::question::{
    AccessPolicies, AuditLog, AuditLogSeen, GuestSeen, GuestTwin, Licences, PolicySeen,
    SecurityDefaults, SecurityDefaultsSeen, WaySeen,
};
use serde_json::{Value, json};

use super::world::{CUSTOMER, MAILBOX, P1, PROVIDER, World, licence, object, tenant};
use crate::gdap_service_account::GdapServiceAccount;
use crate::pattern::Pattern;

fn let_in() -> World {
    let mut world = World::in_order();
    world.let_in();
    world
}

fn not_consented(by_partner_center: Option<bool>) -> WaySeen {
    WaySeen::NotConsented {
        code: "AADSTS700016".into(),
        by_partner_center,
    }
}

fn policy(id: &str, state: &str, users: Value) -> PolicySeen {
    PolicySeen {
        id: id.into(),
        name: format!("Policy {id}"),
        state: state.into(),
        users,
        custom_factors: Vec::new(),
    }
}

fn is(check: &Check, verdict: Verdict, found: &str) {
    let seen = (check.verdict, check.found.key.as_str());
    assert_eq!(seen, (verdict, found), "{}", check.id);
}

fn in_plan(check: &Check) -> bool {
    let acts = check.remedies.iter().map(|remedy| &remedy.act);
    acts.clone().any(|act| *act == RemedyAct::InPlan)
}

/// Steps in the customer's tenant and the consent, by name without the customer.
fn of_customer(draft: &Draft) -> Vec<String> {
    let name = |step: &Step| {
        let id = step.id.as_str().to_owned();
        let customer = tenant(CUSTOMER).to_string();
        let own = step.place.tenant == tenant(CUSTOMER) || id.starts_with("way-in");
        // Changes alone: what a person looks for in the vendor's portal is about the customer, not in its tenant.
        let own = own && matches!(step.body, StepBody::Change { .. });
        own.then(|| id.replace(&format!("/{customer}"), ""))
    };
    draft.steps.iter().filter_map(name).collect()
}

fn scopes(draft: &Draft) -> Vec<String> {
    let mut consent = draft
        .steps
        .iter()
        .filter(|step| step.id.as_str().starts_with("way-in/"))
        .map(|step| step.desired().unwrap().state["grants"][0]["scopes"].clone());
    serde_json::from_value(consent.next_back().unwrap()).unwrap()
}

#[test]
fn what_a_customer_holds_is_asked_once_the_way_there_is_open() {
    let kinds_at = |world: &World, of: TenantId| -> Vec<String> {
        GdapServiceAccount
            .questions(world.situation())
            .into_iter()
            .filter(|question| question.tenant == of)
            .map(|question| question.kind)
            .collect()
    };
    let shut = World::in_order();
    assert_eq!(kinds_at(&shut, tenant(CUSTOMER)), ["customer-way"]);
    let open = let_in();
    assert_eq!(
        kinds_at(&open, tenant(CUSTOMER)),
        [
            "customer-way",
            "licences",
            "security-defaults",
            "access-policies",
            "audit-log",
            "guest-twin"
        ]
    );
    assert_eq!(
        kinds_at(&open, tenant(PROVIDER)),
        kinds_at(&shut, tenant(PROVIDER))
    );
}

#[test]
fn a_shut_way_hides_what_is_behind_it_and_says_why() {
    let world = World::in_order();
    let way = world.check("way-in");
    is(&way, Verdict::CannotSee, "gdap-check-way-in-no-role");
    let unseen = world.check("customer-unseen");
    is(
        &unseen,
        Verdict::CannotSee,
        "gdap-check-customer-unseen-found",
    );
    assert!(!world.draft().unwrap().preliminary);
}

#[test]
fn a_customer_that_does_not_know_the_app_is_let_in_first_by_a_plan_of_its_own() {
    for by_partner_center in [None, Some(true)] {
        let mut world = World::in_order();
        world.way(not_consented(by_partner_center));
        let way = world.check("way-in");
        is(&way, Verdict::Warn, "gdap-check-way-in-not-yet");
        assert!(in_plan(&way));
        let draft = world.draft().unwrap();
        assert!(draft.preliminary);
        assert_eq!(of_customer(&draft), ["way-in"]);
        assert_eq!(draft.steps.len(), 1);
        assert!(!scopes(&draft).iter().any(|s| s.contains("Write")));
    }
}

#[test]
fn who_leaves_the_way_shut_gets_the_plan_without_it() {
    let mut world = World::in_order();
    world.way(not_consented(None));
    let way = world.check("way-in").id;
    world
        .accepted
        .insert(way, "dana@larkspur-it.example".into());
    let draft = world.draft().unwrap();
    assert!(!draft.preliminary);
    assert!(of_customer(&draft).is_empty());
}

#[test]
fn where_partner_center_refuses_the_customers_own_administrator_is_asked() {
    let opened_in_part = WaySeen::Open {
        scopes: vec!["Policy.Read.All".into()],
        roles: None,
        by_partner_center: Some(false),
    };
    for (way, found) in [
        (
            not_consented(Some(false)),
            "gdap-check-way-in-no-partner-center",
        ),
        (opened_in_part, "gdap-check-way-in-lacks"),
    ] {
        let mut world = World::in_order();
        world.way(way);
        let way = world.check("way-in");
        is(&way, Verdict::Warn, found);
        assert_eq!(way.remedies[0].title.key, "gdap-check-way-in-ask");
        let draft = world.draft().unwrap();
        assert!(draft.preliminary);
        let [step] = &draft.steps[..] else {
            panic!("one step: {:#?}", draft.steps)
        };
        let StepBody::HandOff(hand_off) = &step.body else {
            panic!("it is handed over: {step:#?}")
        };
        let PageLink::AdminConsent { consent_in, scopes } = &hand_off.page else {
            panic!("a consent: {:#?}", hand_off.page)
        };
        assert_eq!(*consent_in, tenant(CUSTOMER));
        // All at once: a later consent could replace it.
        for scope in ["Policy.Read.All", "Policy.ReadWrite.SecurityDefaults"] {
            assert!(scopes.iter().any(|s| s == scope), "{scopes:?}");
        }
        assert!(step.stays().is_some());
        assert_eq!(
            draft.map.arrows[0].ends.as_ref().unwrap().key,
            "gdap-map-ends-by-customer"
        );
        world
            .accepted
            .insert(way.id, "dana@larkspur-it.example".into());
        assert!(!world.draft().unwrap().preliminary);
    }
}

#[test]
fn a_token_that_lacks_permissions_is_a_way_to_be_opened() {
    let mut world = let_in();
    world.way(WaySeen::Open {
        scopes: vec!["Policy.Read.All".into()],
        roles: None,
        by_partner_center: None,
    });
    let way = world.check("way-in");
    is(&way, Verdict::Warn, "gdap-check-way-in-lacks");
    assert!(world.draft().unwrap().preliminary);
}

#[test]
fn all_rows_of_a_customer_in_order_pass_and_nothing_is_written_there() {
    let world = let_in();
    for id in [
        "way-in",
        "customer-guest",
        "customer-p1",
        "customer-mailbox",
        "customer-audit-log",
        "customer-security-defaults",
        "customer-policies",
    ] {
        assert_eq!(world.check(id).verdict, Verdict::Pass, "{id}");
    }
    let draft = world.draft().unwrap();
    assert_eq!(of_customer(&draft), ["way-in"]);
    assert!(!scopes(&draft).iter().any(|s| s.contains("Write")));
}

#[test]
fn a_guest_of_the_same_person_stops_the_customer() {
    let mut world = let_in();
    let about = GuestTwin {
        account: grantway_core::Upn::parse("dana@larkspur-it.example").unwrap(),
    };
    let guest = GuestSeen {
        id: object(3),
        name: "Dana (guest)".into(),
    };
    world.read_in(CUSTOMER, &about, Some(guest));
    let check = world.check("customer-guest");
    is(&check, Verdict::Fail, "gdap-check-customer-guest-there");
}

#[test]
fn somebody_without_any_role_in_the_token_is_stopped_although_guests_cannot_be_listed() {
    let mut world = let_in();
    let about = GuestTwin {
        account: grantway_core::Upn::parse("dana@larkspur-it.example").unwrap(),
    };
    world.refuse_in(CUSTOMER, &about);
    let check = world.check("customer-guest");
    is(&check, Verdict::CannotSee, "check-not-read");
    let Ok(WaySeen::Open { scopes, .. }) = world.facts.answer(
        tenant(CUSTOMER),
        &crate::gdap_service_account::way_in::question(),
    ) else {
        panic!("not open")
    };
    world.way(WaySeen::Open {
        scopes,
        roles: Some(Vec::new()),
        by_partner_center: None,
    });
    let check = world.check("customer-guest");
    is(&check, Verdict::Fail, "gdap-check-customer-guest-no-roles");
}

#[test]
fn a_mailbox_counts_only_when_somebody_has_it() {
    let mut world = let_in();
    // Entra ID P1 rides along with Exchange Foundation, which is no mailbox.
    let foundation = "113feb6c-3fe4-4440-bddc-54d774bf0318";
    let mut held = licence("EXO", MAILBOX);
    world.read_in(
        CUSTOMER,
        &Licences {},
        vec![licence("SPB", P1), licence("X", foundation)],
    );
    let check = world.check("customer-mailbox");
    is(&check, Verdict::Warn, "gdap-check-mailbox-none");
    held.assigned = 0;
    world.read_in(CUSTOMER, &Licences {}, vec![held]);
    let check = world.check("customer-mailbox");
    is(&check, Verdict::Warn, "gdap-check-mailbox-unassigned");
    let check = world.check("customer-p1");
    is(&check, Verdict::Fail, "gdap-check-provider-p1-none");
}

#[test]
fn an_audit_log_that_is_off_is_guided() {
    let mut world = let_in();
    world.read_in(CUSTOMER, &AuditLog {}, AuditLogSeen::Off);
    let check = world.check("customer-audit-log");
    is(&check, Verdict::Warn, "gdap-check-customer-audit-log-off");
    let by_hand = |act: &RemedyAct| matches!(act, RemedyAct::ByHand { .. });
    assert!(check.remedies.iter().any(|r| by_hand(&r.act)));
}

#[test]
fn security_defaults_give_way_to_a_policy_in_the_order_that_microsoft_accepts() {
    let mut world = let_in();
    world.read_in(
        CUSTOMER,
        &SecurityDefaults {},
        SecurityDefaultsSeen { enabled: true },
    );
    let check = world.check("customer-security-defaults");
    assert!(in_plan(&check) && check.verdict == Verdict::Warn);
    let draft = world.draft().unwrap();
    assert_eq!(
        of_customer(&draft),
        ["way-in", "replacing-policy", "defaults-replaced"]
    );
    assert!(scopes(&draft).contains(&"Policy.ReadWrite.SecurityDefaults".to_owned()));
    let made = |name: &str| {
        let mut steps = draft.steps.iter();
        steps
            .find(|step| step.id.as_str().starts_with(&format!("{name}/")))
            .unwrap()
    };
    assert_eq!(
        made("replacing-policy").desired().unwrap().state["enabled"],
        false
    );
    let ready = &made("replacing-policy").id;
    assert!(made("defaults-replaced").after.contains(ready));
    for name in ["way-in", "replacing-policy"] {
        let is_last = matches!(
            &made(name).body,
            StepBody::Change {
                undo_rule: UndoRule::RestoreLast,
                ..
            }
        );
        assert!(is_last, "{name} would go while it is still needed");
    }
    world.accepted.insert(check.id, "dana".into());
    assert_eq!(of_customer(&world.draft().unwrap()), ["way-in"]);
}

#[test]
fn every_active_policy_that_may_hit_the_provider_leaves_it_out() {
    let mut world = let_in();
    let all = json!({ "includeUsers": ["All"] });
    let left_out = json!({ "includeUsers": ["All"], "excludeGuestsOrExternalUsers": {
        "guestOrExternalUserTypes": "serviceProvider",
        "externalTenants": { "membershipKind": "enumerated", "members": [PROVIDER] } } });
    let policies = vec![
        policy("on", "enabled", all.clone()),
        policy("reports", "enabledForReportingButNotEnforced", all.clone()),
        policy("off", "disabled", all.clone()),
        policy("done", "enabled", left_out),
        policy("some", "enabled", json!({ "includeGroups": ["x"] })),
    ];
    world.read_in(CUSTOMER, &AccessPolicies {}, policies);
    let check = world.check("customer-policies");
    is(
        &check,
        Verdict::Warn,
        "gdap-check-customer-policies-in-the-way",
    );
    let names = super::world::arg(&check.found, "policies");
    assert_eq!(names, "Policy on, Policy reports");
    let reports = super::world::arg(&check.found, "reports");
    assert_eq!(reports, "Policy reports");
    let draft = world.draft().unwrap();
    // The one that is done already stays in the plan: an earlier run of this setup may have done it.
    let wanted = [
        "way-in",
        "provider-excluded/on",
        "provider-excluded/reports",
        "provider-excluded/done",
    ];
    assert_eq!(of_customer(&draft), wanted);
    assert!(scopes(&draft).contains(&"Policy.ReadWrite.ConditionalAccess".to_owned()));
    world.accepted.insert(check.id, "dana".into());
    assert_eq!(of_customer(&world.draft().unwrap()), ["way-in"]);
}

#[test]
fn the_account_gets_its_own_policy_and_is_left_out_of_every_other_one() {
    let mut world = World::in_order();
    let roles = json!({ "includeRoles": ["62e90394-69f5-4237-9190-012177145e10"] });
    world.read(
        &AccessPolicies {},
        vec![
            policy("everybody", "enabled", json!({ "includeUsers": ["All"] })),
            policy("roles", "enabled", roles),
            policy("workloads", "enabled", json!({ "includeUsers": ["None"] })),
            policy("off", "disabled", json!({ "includeUsers": ["All"] })),
        ],
    );
    let steps = world.draft().unwrap().steps;
    let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    for id in [
        "push-strength",
        "account-policy",
        "account-excluded/everybody",
        "account-excluded/roles",
    ] {
        assert!(ids.contains(&id), "{id}");
    }
    assert!(!ids.contains(&"account-excluded/off") && !ids.contains(&"account-excluded/workloads"));
    let first = steps.iter().find(|s| s.id.as_str() == "first-sign-in");
    let needs: Vec<&str> = first.unwrap().after.iter().map(|id| id.as_str()).collect();
    assert!(needs.contains(&"account-policy") && needs.contains(&"account-excluded/roles"));
}

#[test]
fn security_defaults_of_the_provider_give_way_before_the_accounts_policy_is_on() {
    let mut world = World::in_order();
    world.read(&SecurityDefaults {}, SecurityDefaultsSeen { enabled: true });
    let steps = world.draft().unwrap().steps;
    let made = |name: &str| {
        let step = steps.iter().find(|step| step.id.as_str() == name);
        step.unwrap_or_else(|| panic!("no {name}"))
    };
    let own = |name: &str| format!("{name}/{PROVIDER}");
    let (ready, replaced) = (
        made(&own("replacing-policy")),
        made(&own("defaults-replaced")),
    );
    assert_eq!(ready.desired().unwrap().state["enabled"], false);
    assert!(ready.goes_last(), "it would go while it still protects");
    assert!(replaced.after.contains(&ready.id));
    assert!(!replaced.goes_last());
    let policy = made("account-policy");
    assert!(policy.after.contains(&replaced.id));
    assert_eq!(policy.desired().unwrap().state["enabled"], true);
    // The policy that takes their place does not hit the account either.
    let left_out = made("account-excluded/replacing-policy");
    assert!(left_out.after.contains(&policy.id) && left_out.after.contains(&ready.id));
    assert_eq!(
        left_out.desired().unwrap().state["policy"],
        json!({ "after_apply": { "step": ready.id, "output": "id" } })
    );
    let sign_in = made("first-sign-in");
    for step in [ready, replaced, policy, left_out] {
        assert_eq!(step.place.tenant, tenant(PROVIDER));
        assert!(sign_in.after.contains(&step.id), "{}", step.id);
    }
}

#[test]
fn without_the_provider_policies_there_is_no_plan() {
    let mut world = World::in_order();
    world.refuse(&AccessPolicies {});
    assert_eq!(
        world.draft().unwrap_err().because.key,
        "gdap-no-draft-policies"
    );
}

#[test]
fn a_customer_that_is_not_ready_is_left_out_and_the_others_go_on() {
    let other = "3f2e3d4c-5b6a-4978-8695-a4b3c2d1e003";
    let mut world = let_in();
    world.read_in(CUSTOMER, &Licences {}, vec![licence("EXO", MAILBOX)]);
    let alone = world.check("customer-p1");
    assert_eq!(alone.verdict, Verdict::Fail);
    assert_eq!(grantway_core::check::blocking(&world.checks()).len(), 1);
    world.places.push(grantway_core::Place {
        party: grantway_core::Party::Customer,
        tenant: tenant(other),
        name: "brackwater-boats.example".into(),
    });
    let relationship = world.relationship();
    let of_other = grantway_core::question::Relationships {
        customer: tenant(other),
    };
    world.read(&of_other, vec![relationship]);
    assert!(grantway_core::check::blocking(&world.checks()).is_empty());
    let draft = world.draft().unwrap();
    assert!(of_customer(&draft).is_empty());
    let ids: Vec<&str> = draft.steps.iter().map(|step| step.id.as_str()).collect();
    let assigned = |of: &str| ids.contains(&format!("assignment/{}", tenant(of)).as_str());
    assert!(assigned(other) && !assigned(CUSTOMER), "{ids:?}");
}
