use grantway_core::check::{Check, RemedyAct, Verdict};
use grantway_core::question::{
    AccountNamed, Licences, Relationships, SecurityDefaults, SecurityDefaultsSeen, SignedInPerson,
    TenantProfile, TenantSeen,
};
use grantway_core::{Party, Upn};

use super::world::{
    CONDITIONAL_ACCESS_ADMINISTRATOR, CUSTOMER, EXCHANGE_ADMINISTRATOR, GLOBAL_ADMINISTRATOR, P2,
    PRIVILEGED_ROLE_ADMINISTRATOR, PROVIDER, SECURITY_ADMINISTRATOR, USER_ADMINISTRATOR, World,
    arg, at, domain, licence, role, tenant,
};

fn says(check: &Check, verdict: Verdict, found: &str) {
    assert_eq!(
        (check.verdict, check.found.key.as_str()),
        (verdict, found),
        "{}",
        check.id
    );
    let open = verdict != Verdict::Pass && check.id != "publisher-before-consent";
    assert_eq!(!check.remedies.is_empty(), open, "{}", check.id);
}

fn changes_answer(check: &Check, field: &str) -> bool {
    check
        .remedies
        .iter()
        .any(|remedy| matches!(&remedy.act, RemedyAct::ChangeAnswer { field: f } if f == field))
}

#[test]
fn when_all_is_in_order_all_that_can_be_seen_passes() {
    let answers: Vec<(String, Verdict, Party)> = World::in_order()
        .checks()
        .into_iter()
        .map(|check| (check.id, check.verdict, check.place.party))
        .collect();
    insta::assert_json_snapshot!(answers);
}

#[test]
fn what_was_read_names_its_right() {
    let check = World::in_order().check("provider-p1");
    assert_eq!(check.right_used, ["licences.Read"]);
    assert_eq!(check.place.name, "Larkspur Managed IT");
    assert_eq!(
        World::in_order().check("relationship").place.name,
        "Alder Dental"
    );
}

#[test]
fn a_tenant_without_admin_agents_is_no_partner() {
    let mut world = World::in_order();
    world.admin_agents(0);
    let check = world.check("partner-tenant");
    says(&check, Verdict::Fail, "gdap-check-partner-tenant-none");
    assert!(changes_answer(&check, "provider"));
    world.admin_agents(2);
    says(
        &world.check("partner-tenant"),
        Verdict::Fail,
        "gdap-check-partner-tenant-many",
    );
}

#[test]
fn the_person_must_be_an_admin_agent() {
    let mut world = World::in_order();
    world.person(&[GLOBAL_ADMINISTRATOR], &["HelpdeskAgents"]);
    says(
        &world.check("admin-agent"),
        Verdict::Fail,
        "gdap-check-admin-agent-not",
    );
}

#[test]
fn the_person_must_hold_the_roles_that_applying_needs() {
    let mut world = World::in_order();
    world.person(&[USER_ADMINISTRATOR], &["AdminAgents"]);
    let check = world.check("abilities");
    says(&check, Verdict::Fail, "gdap-check-abilities-lacking");
    assert_eq!(
        arg(&check.found, "roles"),
        "Privileged Role Administrator, Conditional Access Administrator"
    );
    world.person(
        &[
            USER_ADMINISTRATOR,
            PRIVILEGED_ROLE_ADMINISTRATOR,
            CONDITIONAL_ACCESS_ADMINISTRATOR,
        ],
        &["AdminAgents"],
    );
    let check = world.check("abilities");
    says(&check, Verdict::Warn, "gdap-check-abilities-later");
    assert_eq!(
        arg(&check.found, "roles"),
        "Privileged Authentication Administrator, Cloud Application Administrator"
    );
    world.person(
        &[
            USER_ADMINISTRATOR,
            PRIVILEGED_ROLE_ADMINISTRATOR,
            SECURITY_ADMINISTRATOR,
            "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
            "158c047a-c907-4556-b7ef-446551a6b5f7",
        ],
        &["AdminAgents"],
    );
    says(
        &world.check("abilities"),
        Verdict::Pass,
        "gdap-check-abilities-enough",
    );
}

#[test]
fn the_accounts_domain_must_be_verified_and_managed() {
    let mut world = World::in_order();
    let tenant = |domains| TenantSeen {
        tenant: tenant(PROVIDER),
        name: "Larkspur Managed IT".into(),
        domains,
    };
    world.read(
        &TenantProfile {},
        tenant(vec![
            domain("larkspur-it.example", false),
            domain("larkspur.onmicrosoft.example", true),
        ]),
    );
    let check = world.check("account-domain");
    says(&check, Verdict::Fail, "gdap-check-account-domain-federated");
    assert!(changes_answer(&check, "account"));
    assert_eq!(
        arg(&check.remedies[0].detail, "domains"),
        "larkspur.onmicrosoft.example"
    );
    world.read(
        &TenantProfile {},
        tenant(vec![domain("larkspur.example", false)]),
    );
    let check = world.check("account-domain");
    says(&check, Verdict::Fail, "gdap-check-account-domain-unknown");
    assert_eq!(
        check.remedies[0].detail.key,
        "gdap-check-account-domain-none-managed"
    );
}

#[test]
fn the_accounts_name_must_be_free() {
    let mut world = World::in_order();
    world.account(Some(("Petra Platform", true)));
    says(
        &world.check("account-name"),
        Verdict::Fail,
        "gdap-check-account-name-taken",
    );
    world.account(Some(("Huntress Platform", false)));
    says(
        &world.check("account-name"),
        Verdict::Fail,
        "gdap-check-account-name-blocked",
    );
    world.account(Some(("Huntress Platform", true)));
    says(
        &world.check("account-name"),
        Verdict::Fail,
        "gdap-check-account-name-taken",
    );
}

#[test]
fn the_licence_must_be_usable_and_include_p1_or_p2() {
    let mut world = World::in_order();
    world.read(&Licences {}, vec![licence("AAD_PREMIUM_P2", P2)]);
    says(
        &world.check("provider-p1"),
        Verdict::Pass,
        "gdap-check-provider-p1-found",
    );
    let mut suspended = licence("AAD_PREMIUM_P2", P2);
    suspended.status = "Suspended".into();
    let mut switched_off = licence("AAD_PREMIUM_P2", P2);
    switched_off.plans[0].disabled = true;
    let mailbox = licence(
        "O365_BUSINESS_ESSENTIALS",
        "9aaf7827-d63c-4b61-89c3-182f06f82e5c",
    );
    for licences in [vec![], vec![suspended], vec![switched_off], vec![mailbox]] {
        world.read(&Licences {}, licences);
        says(
            &world.check("provider-p1"),
            Verdict::Fail,
            "gdap-check-provider-p1-none",
        );
    }
}

#[test]
fn security_defaults_must_be_off_and_the_plan_offers_to_replace_them() {
    let mut world = World::in_order();
    world.read(&SecurityDefaults {}, SecurityDefaultsSeen { enabled: true });
    let check = world.check("provider-security-defaults");
    says(
        &check,
        Verdict::Warn,
        "gdap-check-provider-security-defaults-on",
    );
    assert_eq!(check.remedies[0].act, RemedyAct::InPlan);
    assert!(matches!(&check.remedies[1].act, RemedyAct::ByHand { path, .. } if path.len() == 5));
    // The account's own policy cannot be on beside them, so nobody can go on with them.
    assert_eq!(check.remedies.len(), 2);
}

#[test]
fn a_relationship_must_be_active() {
    let mut world = World::in_order();
    for (status, found) in [
        ("approvalPending", "gdap-check-relationship-pending"),
        ("created", "gdap-check-relationship-pending"),
        ("expired", "gdap-check-relationship-expired"),
        ("expiring", "gdap-check-relationship-expired"),
        ("terminated", "gdap-check-relationship-terminated"),
        ("terminationRequested", "gdap-check-relationship-terminated"),
    ] {
        let mut relationship = world.relationship();
        relationship.status = status.into();
        world.relationships(vec![relationship]);
        let check = world.check("relationship");
        says(&check, Verdict::Warn, found);
        assert_eq!(check.remedies[0].act, RemedyAct::InPlan, "{status}");
        let ids: Vec<String> = world.checks().into_iter().map(|check| check.id).collect();
        assert!(
            !ids.iter().any(|id| id.starts_with("relationship-roles")),
            "{status}"
        );
    }
    world.relationships(Vec::new());
    says(
        &world.check("relationship"),
        Verdict::Warn,
        "gdap-check-relationship-none",
    );
}

#[test]
fn a_relationship_past_its_end_is_expired_whatever_its_status_says() {
    let mut world = World::in_order();
    let mut relationship = world.relationship();
    relationship.ends = Some(at("2026-11-19T00:00:00Z"));
    world.relationships(vec![relationship]);
    says(
        &world.check("relationship"),
        Verdict::Warn,
        "gdap-check-relationship-expired",
    );
}

#[test]
fn a_relationship_that_ends_soon_is_worth_a_look() {
    let mut world = World::in_order();
    let mut relationship = world.relationship();
    relationship.ends = Some(at("2026-12-02T00:00:00Z"));
    world.relationships(vec![relationship.clone()]);
    let check = world.check("relationship");
    says(&check, Verdict::Warn, "gdap-check-relationship-ends-soon");
    assert_eq!(arg(&check.found, "date"), "2 Dec 2026");
    relationship.extends_itself = true;
    world.relationships(vec![relationship.clone()]);
    says(
        &world.check("relationship"),
        Verdict::Pass,
        "gdap-check-relationship-extends",
    );
    relationship.ends = None;
    world.relationships(vec![relationship]);
    says(
        &world.check("relationship"),
        Verdict::Pass,
        "gdap-check-relationship-active",
    );
}

#[test]
fn a_missing_role_is_named_and_a_new_relationship_is_the_way() {
    let mut world = World::in_order();
    let mut relationship = world.relationship();
    relationship.roles.remove(&role(EXCHANGE_ADMINISTRATOR));
    world.relationships(vec![relationship]);
    let check = world.check("relationship-roles");
    says(
        &check,
        Verdict::Warn,
        "gdap-check-relationship-roles-missing",
    );
    assert_eq!(arg(&check.found, "roles"), "Exchange Administrator");
    assert_eq!(
        check.remedies[0].detail.key,
        "gdap-check-relationship-request-detail"
    );
    assert_eq!(check.remedies[0].act, RemedyAct::InPlan);
}

#[test]
fn of_several_relationships_the_one_with_all_roles_counts() {
    let mut world = World::in_order();
    let complete = world.relationship();
    let mut lasting = world.relationship();
    lasting.id = "other".into();
    lasting.ends = None;
    lasting.roles.remove(&role(EXCHANGE_ADMINISTRATOR));
    let mut microsofts = world.relationship();
    microsofts.id = "led".into();
    microsofts.name = "MLT_larkspur".into();
    microsofts.ends = None;
    world.relationships(vec![lasting, microsofts, complete]);
    says(
        &world.check("relationship-roles"),
        Verdict::Pass,
        "gdap-check-relationship-roles-all",
    );
    assert_eq!(
        arg(&world.check("relationship").found, "relationship"),
        "Larkspur - Alder Dental"
    );
}

#[test]
fn the_customer_cannot_be_ones_own_tenant() {
    let mut world = World::in_order();
    world.places[1].tenant = tenant(PROVIDER);
    let check = world.check("relationship");
    says(&check, Verdict::Fail, "gdap-check-relationship-own-tenant");
    assert!(changes_answer(&check, "customer"));
}

#[test]
fn what_is_refused_is_cannot_see_and_never_passed() {
    let mut world = World::in_order();
    world.refuse(&TenantProfile {});
    world.refuse(&SignedInPerson {});
    world.refuse(&Licences {});
    world.refuse(&SecurityDefaults {});
    let account = Upn::parse("huntressplatform@larkspur-it.example").unwrap();
    world.refuse(&AccountNamed { upn: account });
    world.refuse(&Relationships {
        customer: tenant(CUSTOMER),
    });
    for id in [
        "admin-agent",
        "abilities",
        "account-domain",
        "account-name",
        "provider-p1",
        "provider-security-defaults",
        "relationship",
    ] {
        let check = world.check(id);
        says(&check, Verdict::CannotSee, "check-not-read");
        assert_eq!(
            arg(&check.found, "id"),
            "GW-REFUSED-Authorization_RequestDenied"
        );
        let can_go_on = check.remedies.iter().any(|r| r.act == RemedyAct::Accept);
        // Without the relationship there is no plan to go on with.
        assert_eq!(can_go_on, id != "relationship", "{id}");
    }
    assert_eq!(
        world.draft().unwrap_err().because.key,
        "gdap-no-draft-relationship"
    );
}

#[test]
fn the_customers_own_side_cannot_be_seen_and_says_why() {
    let world = World::in_order();
    for (id, found) in [
        ("way-in", "gdap-check-way-in-no-role"),
        ("customer-unseen", "gdap-check-customer-unseen-found"),
    ] {
        let check = world.check(id);
        says(&check, Verdict::CannotSee, found);
        assert_eq!(check.place.party, Party::Customer);
    }
    says(
        &world.check("publisher-before-consent"),
        Verdict::CannotSee,
        "gdap-check-publisher-later",
    );
}
