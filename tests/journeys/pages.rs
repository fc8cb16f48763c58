//! A check is mended by hand on its page, in a session of the party whose check it is, and what counts is the read afterwards.

use std::time::Duration;

use grantway_app::contract::{Call, CheckPage, CheckRow, NeedKind, Page, PhaseName, Sign};
use grantway_tests::{Knobs, Stage};

use super::customers::{page, row};

const ALDER: &str = "2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002";
const AUDIT_LOG: &str = "customer-audit-log";

/// One of Alder's people who holds no role there.
const NO_ROLE: &str = r#"
[[tenant.user]]
id = "b2000000-0000-4000-8000-0000000000aa"
upn = "sami@alder-dental.example"
name = "Sami Reyes"
password = "practice-Sami-1"
authenticator = true
plays = "Customer's receptionist"
"#;

async fn at_the_checks(knobs: Knobs) -> (Stage, String) {
    let stage = Stage::set(knobs).await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    (stage, id)
}

fn not_recording() -> Knobs {
    // Not recorded: the search is refused, and refused calls are not judged.
    Knobs {
        scenario: "customer-audit-off",
        ..Knobs::default()
    }
}

async fn check_page(stage: &Stage, id: &str) -> CheckPage {
    match page(stage, id, PhaseName::Check).await {
        Page::Check(page) => page,
        other => panic!("not the checks: {other:#?}"),
    }
}

fn open(id: &str, row: &CheckRow, lane: Option<u8>) -> Call {
    Call::OpenPage {
        id: id.into(),
        check: row.id.clone(),
        remedy: row.remedies[0].id.clone(),
        lane,
    }
}

async fn records(stage: &Stage) -> bool {
    let dump = stage.dump().await;
    let log = dump["tenants"][ALDER]["audit_log"].as_bool();
    log.expect("the dump tells whether it records")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_is_switched_on_on_its_page_and_passes_once_it_is_seen() {
    let (stage, id) = at_the_checks(not_recording()).await;
    let off = row(&stage, &id, AUDIT_LOG).await;
    assert_eq!(off.sign, Sign::Warn, "{off:#?}");
    let remedy = &off.remedies[0];
    let there = remedy.page.as_ref().expect("the cloud has the page");
    assert_eq!(remedy.calls, "openPage");
    assert!(
        there
            .link
            .ends_with(&format!("/audit/auditsearch?tid={ALDER}")),
        "{there:#?}"
    );
    assert!(there.who.contains("Exchange Administrator"), "{there:#?}");
    assert!(there.who.contains("Larkspur"), "{there:#?}");
    assert_eq!(there.left, None);
    assert!(there.lanes.iter().any(|lane| lane.lane == 4), "{there:#?}");
    assert!(!records(&stage).await);

    stage.call(Call::MoveClock { seconds: 60 }).await;
    stage.call(open(&id, &off, None)).await;
    stage.app.settled(&id).await;
    assert_eq!(stage.stuck(), None);
    assert!(records(&stage).await);

    // It was read again, and is not seen yet: the click does not count.
    let still_off = row(&stage, &id, AUDIT_LOG).await;
    assert_eq!(still_off.sign, Sign::Warn, "{still_off:#?}");
    assert_ne!(still_off.read, off.read, "it was not read again");
    let left = still_off.remedies[0].page.as_ref();
    let left = left.and_then(|page| page.left.as_deref()).expect("a word");
    assert!(left.contains("11:"), "{left}");
    // What was not read again keeps its time.
    let elsewhere = |page: CheckPage| {
        let rows = page.groups.into_iter().flat_map(|group| group.rows);
        let mut own = rows.filter(|row| !row.id.contains(ALDER));
        own.next().expect("a check of the provider's").read
    };
    let before = elsewhere(check_page(&stage, &id).await);

    stage.call(Call::MoveClock { seconds: 3_600 }).await;
    stage.call(open(&id, &still_off, None)).await;
    stage.app.settled(&id).await;
    let on = row(&stage, &id, AUDIT_LOG).await;
    assert_eq!(on.sign, Sign::Pass, "{on:#?}");
    assert_eq!(elsewhere(check_page(&stage, &id).await), before);
    assert_eq!(stage.problems(), []);
    // The plan that was made anew can be approved.
    assert_eq!(stage.view(&id).await.current, PhaseName::Review);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_without_the_role_is_refused_by_the_page_and_the_check_stays() {
    let text = include_str!("../../crates/grantway-practice/scenarios/customer-audit-off.toml");
    let (stage, id) = at_the_checks(Knobs {
        text: Some(format!("{text}{NO_ROLE}")),
        ..Knobs::default()
    })
    .await;
    stage.only("sami@alder-dental.example");
    let off = row(&stage, &id, AUDIT_LOG).await;
    stage.call(open(&id, &off, None)).await;
    stage.app.settled(&id).await;
    assert_eq!(stage.stuck(), None, "the page itself refuses");
    assert!(!records(&stage).await);
    stage.call(Call::MoveClock { seconds: 3_600 }).await;
    stage.call(Call::Check { id: id.clone() }).await;
    assert_eq!(row(&stage, &id, AUDIT_LOG).await.sign, Sign::Warn);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_has_a_card_and_is_ended_by_the_person() {
    let (stage, id) = at_the_checks(Knobs {
        latency: Some(Duration::from_millis(60)),
        ..not_recording()
    })
    .await;
    let off = row(&stage, &id, AUDIT_LOG).await;
    stage.call(open(&id, &off, None)).await;
    let cards = check_page(&stage, &id).await.cards;
    let [card] = cards.as_slice() else {
        panic!("{cards:#?}")
    };
    assert_eq!((card.kind, &card.step), (NeedKind::Task, &off.id));
    assert_eq!(card.place, off.place);
    assert!(
        card.session
            .as_ref()
            .is_some_and(|session| session.has_window)
    );
    let calls: Vec<&str> = card.acts.iter().map(|act| act.calls.as_str()).collect();
    assert_eq!(calls, ["finishPage", "showSession"]);
    // One session at a time: two windows of the same look would be confused.
    let refused = stage.refused(open(&id, &off, None)).await;
    assert_eq!(refused.id, "GW-SES-0001");
    stage.call(Call::FinishPage { id: id.clone() }).await;
    stage.app.settled(&id).await;
    assert_eq!(check_page(&stage, &id).await.cards, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_can_be_copied_and_only_a_page_that_there_is_is_opened() {
    let (stage, id) = at_the_checks(not_recording()).await;
    let off = row(&stage, &id, AUDIT_LOG).await;
    stage.call(open(&id, &off, Some(4))).await;
    // Nothing was opened.
    assert_eq!(check_page(&stage, &id).await.cards, []);
    let refused = stage
        .refused(Call::OpenPage {
            id: id.clone(),
            check: off.id.clone(),
            remedy: "nothing".into(),
            lane: None,
        })
        .await;
    assert_eq!(refused.id, "GW-CHK-0001");
    // Going on without it is done by no page.
    let accept = off.remedies.last().expect("a remedy");
    let refused = stage
        .refused(Call::OpenPage {
            id: id.clone(),
            check: off.id.clone(),
            remedy: accept.id.clone(),
            lane: None,
        })
        .await;
    assert_eq!(refused.id, "GW-TSK-0003");
    // No other browser is there, and that is told.
    stage.call(open(&id, &off, Some(2))).await;
    stage.app.settled(&id).await;
    let told: Vec<String> = stage.problems().into_iter().map(|it| it.id).collect();
    assert_eq!(told, ["GW-SES-0002"]);
}
