//! Approval, and plans that no longer fit.

use super::*;
use crate::engine::ApprovalError;
use crate::plan::Fingerprint;

async fn planned(bench: &Bench, draft: Draft) -> Plan {
    bench.open().await.unwrap();
    let plan = bench.plan(draft).await;
    let entry = Entry::Planned {
        plan: Box::new(plan.clone()),
    };
    bench.record(entry).await.unwrap();
    plan
}

async fn refused(bench: &Bench, fingerprint: &Fingerprint, typed: &str) -> ApprovalError {
    let before = bench.journal.entries(&setup()).await.unwrap().len();
    let approved = bench
        .engine
        .approve(&setup(), fingerprint, typed, "dana")
        .await;
    let error = approved.expect_err("it does not count");
    assert_eq!(bench.journal.entries(&setup()).await.unwrap().len(), before);
    error
}

#[tokio::test]
async fn only_the_shown_plan_with_the_right_word_is_approved_and_once() {
    let bench = Bench::new();
    let nothing = Fingerprint::of(&"nothing");
    assert_eq!(refused(&bench, &nothing, "7").await, ApprovalError::NoPlan);
    let plan = planned(&bench, whole_draft()).await;
    assert_eq!(
        refused(&bench, &nothing, "7").await,
        ApprovalError::OtherPlan
    );
    let asked = plan.approval_word();
    for typed in ["", "5", "07", "seven"] {
        let error = refused(&bench, &plan.fingerprint, typed).await;
        let wrong = ApprovalError::WrongWord {
            typed: typed.into(),
            asked: asked.clone(),
        };
        assert_eq!(error, wrong);
    }
    assert!(
        bench.apply().await.held,
        "nothing happens before the approval"
    );
    assert!(bench.cloud.writes().is_empty());
    let typed = format!(" {asked} ");
    let approved = bench
        .engine
        .approve(&setup(), &plan.fingerprint, &typed, "dana")
        .await;
    approved.expect("blanks around it are forgiven");
    let error = refused(&bench, &plan.fingerprint, &asked).await;
    assert_eq!(error, ApprovalError::Approved);
}

#[tokio::test]
async fn a_role_that_stays_is_typed_by_its_name() {
    let bench = Bench::new();
    let mut draft = whole_draft();
    draft.lasting_role = Some("Security Reader".into());
    let plan = planned(&bench, draft).await;
    let error = refused(&bench, &plan.fingerprint, "7").await;
    assert!(matches!(error, ApprovalError::WrongWord { .. }), "{error}");
    let word = "Security Reader";
    let approved = bench
        .engine
        .approve(&setup(), &plan.fingerprint, word, "dana")
        .await;
    approved.expect("its name counts");
}

#[tokio::test]
async fn a_conflict_or_a_failed_check_stands_in_the_way() {
    let bench = Bench::new();
    bench
        .cloud
        .somebody_makes("group", json!({ "size": "foreign", "of": null }), false);
    let plan = planned(&bench, whole_draft()).await;
    assert!(matches!(action(&plan, "group"), Action::Conflict { .. }));
    let word = plan.approval_word();
    let error = refused(&bench, &plan.fingerprint, &word).await;
    assert_eq!(error, ApprovalError::Blocked(1));

    let bench = Bench::new();
    let plan = planned(&bench, whole_draft()).await;
    let failed = Plain.judge(
        &plan.rows[0],
        &Reading::Seen {
            value: Value::Null,
            right_used: Vec::new(),
        },
        None,
    );
    bench
        .record(Entry::Checked {
            facts: Facts::default(),
            checks: vec![failed],
        })
        .await
        .unwrap();
    let word = plan.approval_word();
    let error = refused(&bench, &plan.fingerprint, &word).await;
    assert_eq!(error, ApprovalError::Blocked(1));
}

#[tokio::test]
async fn a_plan_that_no_longer_fits_is_replaced_and_approved_anew() {
    let bench = Bench::new();
    let plan = bench.approved(whole_draft()).await;
    let same = bench.plan(whole_draft()).await;
    assert!(
        bench
            .engine
            .refit(&setup(), &plan, same, false)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        bench.state().await.approved.is_some(),
        "what fits stays approved"
    );

    bench
        .cloud
        .somebody_makes("settings", json!({ "size": "xl", "of": null }), false);
    let mut draft = whole_draft();
    draft.steps.pop();
    draft
        .steps
        .push(thing("more", &[], json!({ "name": "more", "size": "m" })));
    let fresh = bench.plan(draft).await;
    let because = bench
        .engine
        .refit(&setup(), &plan, fresh.clone(), false)
        .await
        .unwrap();
    let keys: Vec<&str> = because.iter().map(|text| text.key.as_str()).collect();
    assert_eq!(
        keys,
        ["stale-row-changed", "stale-row-new", "stale-row-gone"]
    );
    let state = bench.state().await;
    assert_eq!(state.stale, because);
    assert!(state.approved.is_none());
    assert_eq!(
        state.plan.as_ref().map(|p| (p.number, p.parent)),
        Some((2, Some(1)))
    );
    assert!(bench.apply().await.held);
    assert!(bench.cloud.writes().is_empty());
    let word = fresh.approval_word();
    let approved = bench
        .engine
        .approve(&setup(), &fresh.fingerprint, &word, "dana")
        .await;
    approved.expect("the fresh one can be approved");
    assert!(bench.state().await.stale.is_empty());
}
