//! A provider that Partner Center does not serve: the customer's own administrator lets Grantway in, or nobody does.

use grantway_app::contract::{Call, Page, PhaseName, Sign};
use grantway_tests::{Knobs, Stage, approves, differences};

use crate::customers::{and_back, plan, row, to_the_end, whole_way};

/// The objects of the app that work here has left in the customer's tenant.
fn consents(before: &serde_json::Value, after: &serde_json::Value) -> Vec<String> {
    let of_customer = |line: &String| line.contains("2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002");
    let lines = differences(before, after).into_iter();
    lines.filter(of_customer).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_administrator_lets_grantway_in_by_a_link() {
    let (stage, id, before) = whole_way("indirect-reseller").await;
    let way = row(&stage, &id, "way-in").await;
    assert_eq!(way.sign, Sign::Warn, "{way:#?}");
    assert!(way.found.contains("indirect resellers"), "{way:#?}");
    let opening = plan(&stage, &id).await;
    assert_eq!(opening.len(), 1, "{opening:#?}");
    stage.approve(&id).await;
    stage.attend(&id).await;

    let card = stage.hand_off(&id).await;
    let link = card.values[0].text.clone().expect("a link");
    let message = card.values[1].text.clone().expect("a message");
    assert!(message.contains(&link), "{message}");
    assert!(
        message.contains("Policy.ReadWrite.ConditionalAccess"),
        "{message}"
    );
    assert_eq!(stage.writes().await, []);
    let look = || Call::Retry {
        id: id.clone(),
        step: card.step.clone(),
    };
    stage.call(look()).await;
    stage.app.settled(&id).await;
    assert_eq!(stage.hand_off(&id).await.step, card.step);

    let pages = approves(stage.control(), &link).await;
    assert!(
        pages.iter().any(|page| page.contains("consent")),
        "{pages:?}"
    );
    stage.call(look()).await;
    stage.app.settled(&id).await;
    // The checks were read again, with the way open, and the next plan waits for its own approval.
    let view = stage.view(&id).await;
    assert_eq!(view.current, PhaseName::Review, "{:#?}", view.page);
    for name in ["way-in", "customer-p1", "customer-policies"] {
        let seen = row(&stage, &id, name).await;
        assert_eq!(seen.sign, Sign::Pass, "{seen:#?}");
    }
    to_the_end(&stage, &id).await;

    // What the customer gave, only the customer ends: it is told, and it is all that is left.
    stage.take_back(&id).await;
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not taken back")
    };
    let told = page
        .left
        .iter()
        .find(|left| left.what.contains("lets Grantway in"));
    assert!(
        told.is_some_and(|left| !left.failed && left.by_hand.contains("Enterprise applications")),
        "{:#?}",
        page.left
    );
    let after = stage.dump().await;
    let left = differences(&before, &after);
    assert_eq!(left.len(), consents(&before, &after).len(), "{left:#?}");
    assert!(!left.is_empty(), "the customer still lets it in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_that_nobody_lets_grantway_into_is_set_up_all_the_same() {
    // Not recorded: the permission to ask Partner Center is used outside Graph, and what stands behind it is not reached.
    let stage = Stage::set(Knobs {
        scenario: "indirect-reseller",
        ..Knobs::default()
    })
    .await;
    let before = stage.dump().await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    let way = row(&stage, &id, "way-in").await;
    stage
        .call(Call::Accept {
            id: id.clone(),
            check: way.id,
        })
        .await;
    stage.app.settled(&id).await;
    let rows = plan(&stage, &id).await;
    assert!(rows.iter().all(|row| !row.step.starts_with("way-in")));
    to_the_end(&stage, &id).await;
    and_back(&stage, &id, &before).await;
}
