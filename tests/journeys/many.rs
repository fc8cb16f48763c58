//! Decisions for many customers at once.

use grantway_app::contract::{
    Call, ChangeRow, CheckPage, CheckRow, ForAllView, Page, PhaseName, Reply, Sign,
};
use grantway_tests::{Knobs, Requests, Stage};
use serde_json::json;

use crate::customers::{customer_of, page, plan};

/// A stage on which each thing that can be out of order is so for several customers, and a setup for all of them. Not
/// recorded: the plan is never carried out, so nothing needs the permissions that it was signed in with.
async fn signed_in(customers: usize) -> (Stage, String) {
    let scenario = match customers {
        25 => "many-customers",
        50 => "many-customers:50",
        other => panic!("no crowd of {other}"),
    };
    let stage = Stage::set(Knobs {
        scenario,
        ..Knobs::default()
    })
    .await;
    let domains = stage.customer_domains().await;
    assert_eq!(domains.len(), customers, "{domains:?}");
    let id = stage.begin_for(&domains).await;
    stage.sign_in(&id).await;
    (stage, id)
}

/// Seconds of quiet that a throttled request is asked for.
const QUIET: i64 = 7;

/// The requests of a check at another moment than the one before: what was read then is old by now.
async fn checked_later(stage: &Stage, id: &str) -> Requests {
    stage.call(Call::MoveClock { seconds: 60 }).await;
    let before = stage.last_request().await;
    stage.call(Call::Check { id: id.into() }).await;
    stage.requests_after(before).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_of_many_asks_for_no_more_than_it_needs_and_for_nothing_too_early() {
    let (stage, id) = signed_in(25).await;
    let check = checked_later(&stage, &id).await;
    assert_eq!(check.about("/delegatedAdminRelationships").len(), 1);
    // One does not know the app, which the plan that lets Grantway in asks once more.
    let tokens = check.about("/oauth2/v2.0/token");
    assert_eq!((tokens.len(), tokens.distinct()), (26, 25));
    let repeated = check.repeated();
    assert_eq!(repeated.len(), 1, "{repeated:#?}");
    // Behind it licences, Security Defaults, policies, the audit log and the guests, where somebody is let in.
    let open = tokens.granted().distinct();
    assert_eq!(open, 21);
    let of_provider = 11;
    let graph = check.of_service("graph");
    assert_eq!(graph.len(), 5 * open + 1 + of_provider, "{graph:#?}");

    // A pause that is asked for is kept.
    for (path, times) in [
        ("/v1.0/users", 5),
        ("/v1.0/tenantRelationships/delegatedAdminRelationships", 2),
    ] {
        let matches = json!({ "service": "graph", "path": path, "times": times });
        let action = json!({ "throttle": { "retry_after": QUIET } });
        stage.fault(matches, action).await;
    }
    let check = checked_later(&stage, &id).await;
    assert_eq!(check.throttled(), 5 + 2, "{:#?}", check.repeated());
    assert_eq!(check.early_retries(QUIET), Vec::<String>::new());
}

async fn check_page(stage: &Stage, id: &str) -> CheckPage {
    match page(stage, id, PhaseName::Check).await {
        Page::Check(page) => page,
        other => panic!("not the checks: {other:#?}"),
    }
}

/// What is offered for all customers whose check begins so, if anything is.
async fn offer(stage: &Stage, id: &str, name: &str) -> Option<ForAllView> {
    let offers = check_page(stage, id).await.for_all;
    let of = |offer: &ForAllView| {
        let mut checks = offer.checks.iter();
        offer.id.ends_with("/true") && checks.all(|check| check.starts_with(name))
    };
    let planned = offers.iter().find(|offer| of(offer)).cloned();
    let alone = |offer: &&ForAllView| offer.checks.iter().all(|check| check.starts_with(name));
    planned.or_else(|| offers.iter().find(alone).cloned())
}

fn accept_all(id: &str, checks: &[String]) -> Call {
    Call::AcceptAll {
        id: id.into(),
        checks: checks.to_vec(),
    }
}

/// How many acceptances the journal tells.
async fn acceptances(stage: &Stage, id: &str) -> usize {
    let call = Call::Activity {
        setup: Some(id.into()),
    };
    match stage.call(call).await {
        Reply::Activity(view) => {
            let rows = view.rows.iter();
            rows.filter(|row| row.sentence.contains("goes on without a check"))
                .count()
        }
        other => panic!("no activity: {other:?}"),
    }
}

/// How many of these checks are shown as accepted, each in its customer's row.
async fn accepted(stage: &Stage, id: &str, of: &[String]) -> usize {
    let mut count = 0;
    for check in of {
        let tenant = check.rsplit('/').next().expect("a check of a customer");
        let rows = rows_of(stage, id, tenant).await;
        count += rows
            .iter()
            .filter(|row| row.id == *check && row.accepted)
            .count();
    }
    count
}

async fn rows_of(stage: &Stage, id: &str, tenant: &str) -> Vec<CheckRow> {
    let groups = customer_of(stage, id, tenant).await.checks;
    groups.into_iter().flat_map(|group| group.rows).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_act_accepts_a_check_for_all_its_customers_and_the_plan_is_made_anew() {
    let (stage, id) = signed_in(50).await;
    // Two do not know the app: the first plan lets Grantway in there, and nothing else.
    let opening = plan(&stage, &id).await;
    assert_eq!(opening.len(), 2, "{opening:#?}");

    let audit = offer(&stage, &id, "customer-audit-log/").await;
    let audit = audit.expect("it is open for several");
    assert!(audit.checks.len() > 1, "{audit:#?}");
    // Where one of them cannot be accepted, none is.
    let matrix = check_page(&stage, &id)
        .await
        .matrix
        .expect("fifty customers");
    let left_out = matrix.rows.iter().find(|row| row.sign == Sign::LeftOut);
    let left_out = left_out.expect("two lack a licence");
    let rows = rows_of(&stage, &id, &left_out.id).await;
    let failed = rows.iter().find(|row| row.sign == Sign::Fail);
    let failed = failed.expect("because of it").id.clone();
    let unknown = "no-such-check".to_owned();
    for (wrong, problem) in [(failed, "GW-CHK-0002"), (unknown, "GW-CHK-0001")] {
        let mut mixed = audit.checks.clone();
        mixed.push(wrong);
        assert_eq!(stage.refused(accept_all(&id, &mixed)).await.id, problem);
        assert_eq!(acceptances(&stage, &id).await, 0);
        assert_eq!(accepted(&stage, &id, &audit.checks).await, 0);
    }

    stage.call(accept_all(&id, &audit.checks)).await;
    assert_eq!(acceptances(&stage, &id).await, audit.checks.len());
    assert_eq!(
        accepted(&stage, &id, &audit.checks).await,
        audit.checks.len()
    );
    assert_eq!(offer(&stage, &id, "customer-audit-log/").await, None);
    // It is no part of a plan.
    assert_eq!(plan(&stage, &id).await.len(), 2);

    let way_in = offer(&stage, &id, "way-in/").await.expect("open for two");
    assert_eq!(way_in.checks.len(), 2, "{way_in:#?}");
    stage.call(accept_all(&id, &way_in.checks)).await;
    let whole = plan(&stage, &id).await;
    assert!(whole.len() > 40, "{whole:#?}");
    let shut = |step: &str| way_in.checks.iter().any(|check| step == check);
    assert!(whole.iter().all(|row| !shut(&row.step)), "{whole:#?}");

    // What a policy needs is in this plan, and goes out of it for all customers at once.
    let changes = |rows: &[ChangeRow]| {
        let of = |row: &&ChangeRow| row.step.starts_with("defaults-replaced/");
        rows.iter().filter(of).count()
    };
    assert_eq!(changes(&whole), 2, "{whole:#?}");
    let defaults = offer(&stage, &id, "customer-security-defaults/").await;
    let defaults = defaults.expect("open for two");
    stage.call(accept_all(&id, &defaults.checks)).await;
    assert_eq!(changes(&plan(&stage, &id).await), 0);
}
