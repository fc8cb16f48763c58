//! What stands in a customer's own tenant: let in, read, planned for, written, proved and taken back.

use grantway_app::contract::{
    Call, ChangeRow, CheckRow, CustomerView, Page, PhaseName, Reply, Sign,
};
use grantway_tests::{Knobs, Stage, differences};

use crate::recorded;

const ALDER: &str = "2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002";

pub async fn page(stage: &Stage, id: &str, phase: PhaseName) -> Page {
    let call = Call::Setup {
        id: id.into(),
        phase: Some(phase),
    };
    match stage.call(call).await {
        Reply::Setup(view) => view.page,
        other => panic!("not a setup: {other:?}"),
    }
}

/// All rows of the checks, those of several customers by opening each.
pub async fn checks(stage: &Stage, id: &str) -> Vec<CheckRow> {
    let page = match page(stage, id, PhaseName::Check).await {
        Page::Check(page) => page,
        other => panic!("not the checks: {other:#?}"),
    };
    let mut rows: Vec<CheckRow> = page.groups.into_iter().flat_map(|g| g.rows).collect();
    for customer in page.matrix.into_iter().flat_map(|matrix| matrix.rows) {
        let groups = customer_of(stage, id, &customer.id).await.checks;
        rows.extend(groups.into_iter().flat_map(|group| group.rows));
    }
    rows
}

/// One of several customers.
pub async fn customer_of(stage: &Stage, id: &str, tenant: &str) -> CustomerView {
    let call = Call::Customer {
        id: id.into(),
        tenant: tenant.into(),
    };
    match stage.call(call).await {
        Reply::Customer(view) => *view,
        other => panic!("no customer: {other:?}"),
    }
}

/// The row of the customer's tenant that begins so.
pub async fn row(stage: &Stage, id: &str, name: &str) -> CheckRow {
    let rows = checks(stage, id).await;
    let wanted = format!("{name}/{ALDER}");
    let found = rows.iter().find(|row| row.id == wanted).cloned();
    found.unwrap_or_else(|| panic!("no {wanted} in {rows:#?}"))
}

/// The rows of the plan.
pub async fn plan(stage: &Stage, id: &str) -> Vec<ChangeRow> {
    match page(stage, id, PhaseName::Review).await {
        Page::Review(page) => page.groups.into_iter().flat_map(|g| g.rows).collect(),
        other => panic!("no plan: {other:#?}, {:#?}", stage.problems()),
    }
}

async fn signed_in(scenario: &'static str) -> (Stage, String) {
    let stage = Stage::set(recorded(scenario, scenario)).await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    (stage, id)
}

/// Carries the approved plan to its proofs, all proved.
pub async fn to_the_end(stage: &Stage, id: &str) {
    stage.approve(id).await;
    stage.attend(id).await;
    let Page::Done(page) = stage.view(id).await.page else {
        panic!(
            "not at the end: {:#?}, stuck: {:?}, {:#?}",
            stage.view(id).await.page,
            stage.stuck(),
            stage.problems()
        )
    };
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
    // The mapping and that data reaches the vendor are all that cannot be read.
    let unseen = page.proofs.iter().filter(|row| row.sign == Sign::CannotSee);
    let other =
        unseen.filter(|row| row.step != "mapping" && !row.step.starts_with("signs-of-life/"));
    assert_eq!(other.count(), 0, "{:#?}", page.proofs);
}

/// Takes everything back, to the world as it was.
pub async fn and_back(stage: &Stage, id: &str, before: &serde_json::Value) {
    stage.take_back(id).await;
    let Page::Done(page) = stage.view(id).await.page else {
        panic!("not taken back")
    };
    assert!(page.taken_back && page.cards.is_empty(), "{page:#?}");
    assert!(
        page.left.iter().all(|left| !left.failed),
        "{:#?}",
        page.left
    );
    // A relationship that was asked for and has ended stays listed as ended.
    let ended = |line: &str| line.starts_with("/relationships/") && line.contains("terminat");
    let mut left = differences(before, &stage.dump().await);
    left.retain(|line| !ended(line));
    assert_eq!(left, Vec::<String>::new(), "{:#?}", stage.problems());
}

pub async fn whole_way(scenario: &'static str) -> (Stage, String, serde_json::Value) {
    let stage = Stage::set(recorded(scenario, scenario)).await;
    let before = stage.dump().await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    (stage, id, before)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_lets_grantway_in_by_a_plan_of_its_own_and_the_rest_follows() {
    let (stage, id, before) = whole_way("customer-not-consented").await;
    let way = row(&stage, &id, "way-in").await;
    assert_eq!(way.sign, Sign::Warn, "{way:#?}");
    assert!(way.found.contains("AADSTS700016"), "{}", way.found);
    let unseen = row(&stage, &id, "customer-unseen").await;
    assert_eq!(unseen.sign, Sign::CannotSee);
    let opening = plan(&stage, &id).await;
    assert_eq!(opening.len(), 1, "{opening:#?}");
    assert!(opening[0].after.contains("Policy.Read.All"), "{opening:#?}");
    assert!(!opening[0].after.contains("Write"), "{opening:#?}");

    stage.approve(&id).await;
    stage.attend(&id).await;
    // The checks were read again, with the way open, and the next plan waits for its own approval.
    let view = stage.view(&id).await;
    assert_eq!(view.current, PhaseName::Review, "{:#?}", view.page);
    for name in [
        "way-in",
        "customer-p1",
        "customer-audit-log",
        "customer-policies",
    ] {
        let seen = row(&stage, &id, name).await;
        assert_eq!(seen.sign, Sign::Pass, "{seen:#?}");
    }
    to_the_end(&stage, &id).await;
    and_back(&stage, &id, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_first_plan_opened_can_be_taken_back_before_the_second() {
    let (stage, id, before) = whole_way("customer-not-consented").await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    let Page::Review(page) = stage.view(&id).await.page else {
        panic!("not between the plans")
    };
    assert!(page.take_back.is_some());
    and_back(&stage, &id, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_a_customer_shut_goes_on_without_seeing_it() {
    let (stage, id) = signed_in("customer-not-consented").await;
    let call = Call::Accept {
        id: id.clone(),
        check: format!("way-in/{ALDER}"),
    };
    stage.call(call).await;
    let rows = plan(&stage, &id).await;
    assert!(rows.len() > 5, "{rows:#?}");
    assert!(rows.iter().all(|row| !row.step.starts_with("way-in")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_of_the_customer_leaves_the_provider_out_and_gets_back_what_it_was() {
    let (stage, id, before) = whole_way("customer-policy-without-exclusion").await;
    let seen = row(&stage, &id, "customer-policies").await;
    assert_eq!(seen.sign, Sign::Warn, "{seen:#?}");
    assert!(seen.found.contains("MFA for everybody"), "{}", seen.found);
    let rows = plan(&stage, &id).await;
    let change = rows
        .iter()
        .find(|row| row.step.starts_with("provider-excluded/"));
    let change = change.unwrap_or_else(|| panic!("{rows:#?}"));
    assert!(change.after.contains("Larkspur"), "{change:#?}");
    to_the_end(&stage, &id).await;
    let now = stage.dump().await.to_string();
    assert!(now.contains("serviceProvider"), "{now}");
    and_back(&stage, &id, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_only_reports_is_named_as_such() {
    let (stage, id) = signed_in("customer-policy-reported").await;
    let seen = row(&stage, &id, "customer-policies").await;
    assert!(seen.found.contains("Only reporting"), "{}", seen.found);
    let rows = plan(&stage, &id).await;
    let change = rows
        .iter()
        .find(|row| row.step.starts_with("provider-excluded/"));
    assert!(
        change.unwrap().means.contains("only reports"),
        "{change:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn security_defaults_of_the_customer_give_way_to_a_policy_and_come_back() {
    let (stage, id, before) = whole_way("customer-security-defaults").await;
    let seen = row(&stage, &id, "customer-security-defaults").await;
    assert_eq!(seen.sign, Sign::Warn, "{seen:#?}");
    to_the_end(&stage, &id).await;
    let writes = stage.writes().await;
    let at = |method: &str, part: &str| {
        let mut writes = writes.iter();
        writes.position(|(m, path)| m == method && path.contains(part))
    };
    let off = at("PATCH", "identitySecurityDefaultsEnforcementPolicy");
    assert!(off.is_some(), "{writes:#?}");
    and_back(&stage, &id, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_keeps_grantway_out_is_told_and_never_called_passed() {
    for (scenario, code) in [
        ("customer-policy-blocks", "AADSTS53003"),
        ("customer-app-disabled", "AADSTS7000112"),
        ("customer-sign-in-frequency", "AADSTS50178"),
    ] {
        let (stage, id) = signed_in(scenario).await;
        let way = row(&stage, &id, "way-in").await;
        assert_eq!(way.sign, Sign::CannotSee, "{scenario}: {way:#?}");
        assert!(way.found.contains(code), "{scenario}: {way:#?}");
        let unseen = row(&stage, &id, "customer-unseen").await;
        assert_eq!(unseen.sign, Sign::CannotSee, "{scenario}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_row_of_a_customer_that_is_not_in_order_says_what_is_wrong() {
    for (scenario, name, sign, is_recorded) in [
        ("customer-p1-missing", "customer-p1", Sign::Fail, true),
        (
            "customer-mailbox-missing",
            "customer-mailbox",
            Sign::Warn,
            true,
        ),
        // The one call that a permission was carried for is refused, and refused calls are not judged.
        (
            "customer-audit-off",
            "customer-audit-log",
            Sign::Warn,
            false,
        ),
        ("customer-guest-twin", "customer-guest", Sign::Fail, true),
    ] {
        let traffic = is_recorded.then_some(scenario);
        let stage = Stage::set(Knobs {
            scenario,
            traffic,
            ..Knobs::default()
        })
        .await;
        let id = stage.begin().await;
        stage.sign_in(&id).await;
        let seen = row(&stage, &id, name).await;
        assert_eq!(seen.sign, sign, "{scenario}: {seen:#?}");
        assert!(!seen.remedies.is_empty(), "{scenario}: {seen:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_that_is_refused_leads_back_to_the_checks_and_can_be_tried_anew() {
    let stage = Stage::set(Knobs {
        scenario: "customer-not-consented",
        ..Knobs::default()
    })
    .await;
    let before = stage.dump().await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    let refused =
        serde_json::json!({ "method": "POST", "path": "**/applicationconsents", "nth": 1 });
    let answer =
        serde_json::json!({ "status": { "status": 403, "code": "3000", "message": "no" } });
    stage.fault(refused, answer).await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    assert_eq!(stage.struck().await, 1);
    let view = stage.view(&id).await;
    assert_eq!(view.current, PhaseName::Review, "{:#?}", view.page);
    assert_eq!(row(&stage, &id, "way-in").await.sign, Sign::Warn);
    stage.approve(&id).await;
    stage.attend(&id).await;
    assert_eq!(row(&stage, &id, "way-in").await.sign, Sign::Pass);
    to_the_end(&stage, &id).await;
    and_back(&stage, &id, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_that_is_not_ready_is_left_out_and_the_others_are_set_up() {
    let stage = Stage::set(recorded("customer-p1-missing", "three-customers")).await;
    let before = stage.dump().await;
    let domains = ["alder-dental", "brackwater-boats", "copperfield"];
    let domains = domains.map(|name| format!("{name}.example"));
    let id = stage.begin_for(&domains).await;
    stage.sign_in(&id).await;
    let failed = row(&stage, &id, "customer-p1").await;
    assert_eq!(failed.sign, Sign::Fail);
    to_the_end(&stage, &id).await;
    let writes = stage.writes().await;
    let assignments = writes
        .iter()
        .filter(|(method, path)| method == "POST" && path.ends_with("/accessAssignments"));
    assert_eq!(assignments.count(), 2, "{writes:#?}");
    and_back(&stage, &id, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_five_customers_in_every_state_go_side_by_side() {
    // Not recorded: what is taken back before it is proved has carried permissions that nothing needed yet.
    let stage = Stage::set(Knobs {
        scenario: "many-customers",
        ..Knobs::default()
    })
    .await;
    let before = stage.dump().await;
    let domains = stage.customer_domains().await;
    assert_eq!(domains.len(), 25, "{domains:?}");
    let id = stage.begin_for(&domains).await;
    stage.sign_in(&id).await;
    // One does not know the app: it is let in first.
    let opening = plan(&stage, &id).await;
    assert!(
        opening.iter().all(|row| row.step.starts_with("way-in/")),
        "{opening:#?}"
    );
    stage.approve(&id).await;
    stage.attend(&id).await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    // Two relationships wait for their customers; nobody else waits for those.
    let page = stage.view(&id).await.page;
    let Page::Apply(page) = page else {
        panic!("{page:#?}, {:#?}", stage.problems())
    };
    let done = stage.writes().await;
    let assignments = done
        .iter()
        .filter(|(method, path)| method == "POST" && path.ends_with("/accessAssignments"));
    assert!(assignments.count() >= 13, "{done:#?}");
    assert!(
        page.cards.iter().all(|card| card.problem.is_none()),
        "{:#?}",
        page.cards
    );
    and_back(&stage, &id, &before).await;
}

/// What fails while a setup is taken back, and what must stand then; then nothing fails any more, and all of it goes. The
/// setup is whole by then, or has only let Grantway in.
async fn taken_back_in_two_tries(
    scenario: &'static str,
    is_whole: bool,
    fails: serde_json::Value,
    action: serde_json::Value,
    stands: impl Fn(&serde_json::Value),
) {
    // Not recorded: a second try carries permissions that the first has used.
    let stage = Stage::set(Knobs {
        scenario,
        ..Knobs::default()
    })
    .await;
    let before = stage.dump().await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    if is_whole {
        to_the_end(&stage, &id).await;
    } else {
        stage.approve(&id).await;
        stage.attend(&id).await;
    }
    stage.fault(fails, action).await;
    stage.take_back(&id).await;
    assert!(stage.struck().await > 0, "nothing failed");
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not taken back")
    };
    assert!(page.left.iter().any(|left| left.failed), "{:#?}", page.left);
    stands(&stage.dump().await);
    stage.mend().await;
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not taken back")
    };
    let step = page.undone.iter().find(|row| row.sign == Sign::Fail);
    let step = step.unwrap_or_else(|| panic!("{:#?}", page.undone));
    let call = Call::Retry {
        id: id.clone(),
        step: step.step.clone(),
    };
    stage.call(call).await;
    stage.attend(&id).await;
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not taken back")
    };
    assert!(
        page.left.iter().all(|left| !left.failed),
        "{:#?}",
        page.left
    );
    let left = differences(&before, &stage.dump().await);
    assert_eq!(left, Vec::<String>::new(), "{:#?}", stage.problems());
}

fn no(status: u16) -> serde_json::Value {
    serde_json::json!({ "status": { "status": status, "code": "no", "message": "no" } })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_in_stays_while_an_exclusion_behind_it_cannot_be_taken_out() {
    let fails = serde_json::json!({ "method": "PATCH", "path": "/v1.0/identity/conditionalAccess/policies/**" });
    taken_back_in_two_tries(
        "customer-policy-without-exclusion",
        true,
        fails,
        no(403),
        |dump| {
            let grants = dump["tenants"][ALDER]["delegated_grants"].to_string();
            assert!(
                grants.contains("Policy.ReadWrite.ConditionalAccess"),
                "{grants}"
            );
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_never_left_with_neither_security_defaults_nor_the_policy() {
    let fails = serde_json::json!({ "method": "PATCH", "path": "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy" });
    taken_back_in_two_tries("customer-security-defaults", true, fails, no(403), |dump| {
        let tenant = &dump["tenants"][ALDER];
        assert_eq!(tenant["security_defaults"], false, "{tenant:#}");
        let policies = tenant["conditional_access"].as_object().expect("by id");
        let policy = policies
            .values()
            .find(|policy| policy["display_name"] == "Multifactor authentication for everybody");
        assert_eq!(
            policy.expect("it is there")["state"],
            "enabled",
            "{tenant:#}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_of_the_app_that_is_refused_leaves_no_right_to_manage_apps() {
    let fails = serde_json::json!({ "method": "DELETE", "path": "/v1.0/servicePrincipals/**" });
    taken_back_in_two_tries("customer-not-consented", false, fails, no(403), |dump| {
        let grants = dump["tenants"][ALDER]["delegated_grants"].to_string();
        assert!(!grants.contains("Application.ReadWrite.All"), "{grants}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_that_another_setup_works_with_stays_until_that_one_is_taken_back() {
    let stage = Stage::set(Knobs {
        scenario: "customer-not-consented",
        ..Knobs::default()
    })
    .await;
    let before = stage.dump().await;
    let first = stage.begin().await;
    stage.sign_in(&first).await;
    stage.approve(&first).await;
    stage.attend(&first).await;
    let Reply::Opened { id: second } = stage
        .call(Call::Open {
            profile: "huntress".into(),
        })
        .await
    else {
        panic!("no setup")
    };
    let answers = [
        ("provider", "larkspur-it.example"),
        ("customer", "alder-dental.example"),
        ("account", "second@larkspur-it.example"),
        ("group", "Second group"),
    ];
    let answers = answers.map(|(field, value)| (field.to_owned(), value.to_owned()));
    let call = Call::Answer {
        id: second.clone(),
        answers: answers.into(),
    };
    let Reply::Form(outcome) = stage.call(call).await else {
        panic!("no form")
    };
    assert!(outcome.stored, "{:?}", outcome.problems);
    stage.sign_in(&second).await;
    to_the_end(&stage, &second).await;

    // All that the first has made is the way in, which the second works through.
    let offered = match stage.view(&first).await.page {
        Page::Check(page) => page.take_back,
        Page::Review(page) => page.take_back,
        other => panic!("not between its plans: {other:#?}"),
    };
    let blocked = offered.and_then(|offered| offered.blocked);
    assert!(
        blocked.as_ref().is_some_and(|why| why.contains(&second)),
        "{blocked:?}"
    );
    assert_eq!(row(&stage, &second, "way-in").await.sign, Sign::Pass);

    stage.take_back(&second).await;
    stage.take_back(&first).await;
    let left = differences(&before, &stage.dump().await);
    assert_eq!(left, Vec::<String>::new(), "{:#?}", stage.problems());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_that_cannot_be_read_for_the_plan_does_not_stop_the_others() {
    let stage = Stage::set(Knobs {
        scenario: "customers-in-reach",
        ..Knobs::default()
    })
    .await;
    // The checks read once each; what the plan reads in this customer fails, as long as a call has patience.
    let plan_read = serde_json::json!({ "service": "login", "path": format!("/{ALDER}/oauth2/v2.0/token"), "nth": 2 });
    let refusal = serde_json::json!({ "status": { "status": 400, "code": "invalid_grant", "message": "AADSTS53003: blocked" } });
    stage.fault(plan_read, refusal).await;
    let domains = ["alder-dental", "brackwater-boats"].map(|name| format!("{name}.example"));
    let id = stage.begin_for(&domains).await;
    stage.sign_in(&id).await;
    assert_eq!(stage.struck().await, 1);
    let way = row(&stage, &id, "way-in").await;
    assert_eq!(way.sign, Sign::CannotSee, "{way:#?}");
    let rows = plan(&stage, &id).await;
    let brackwater = rows
        .iter()
        .any(|row| row.step.starts_with("way-in/3f2e3d4c"));
    assert!(brackwater, "{rows:#?}");
}
