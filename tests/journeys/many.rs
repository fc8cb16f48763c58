//! Decisions for many customers at once.

use grantway_app::contract::{
    Call, ChangeRow, CheckPage, CheckRow, ForAllView, Page, PhaseName, Reply, Sign,
};
use grantway_tests::{Knobs, Stage};

use crate::customers::{customer_of, page, plan};

/// A stage on which each thing that can be out of order is so for several customers, and a setup for all of them. Not
/// recorded: the plan is never carried out, so nothing needs the permissions that it was signed in with.
async fn signed_in() -> (Stage, String) {
    let stage = Stage::set(Knobs {
        scenario: "many-customers:50",
        ..Knobs::default()
    })
    .await;
    let domains = stage.customer_domains().await;
    assert_eq!(domains.len(), 50, "{domains:?}");
    let id = stage.begin_for(&domains).await;
    stage.sign_in(&id).await;
    (stage, id)
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
    let (stage, id) = signed_in().await;
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
