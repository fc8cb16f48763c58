//! A customer whose relationship lacks a role: a new one is asked for, the customer approves it, and take back ends it.

use grantway_app::contract::{Call, CheckRow, Page, PhaseName, Reply, Sign};
use grantway_tests::{Knobs, Stage, approves, differences};

/// The one row of the checks that is worth a look.
async fn worth_a_look(stage: &Stage, id: &str) -> CheckRow {
    let call = Call::Setup {
        id: id.into(),
        phase: Some(PhaseName::Check),
    };
    let Reply::Setup(view) = stage.call(call).await else {
        panic!("not a setup")
    };
    let Page::Check(page) = view.page else {
        panic!("not the checks: {:#?}", view.page)
    };
    let rows = page.groups.into_iter().flat_map(|group| group.rows);
    let mut warned: Vec<CheckRow> = rows.filter(|row| row.sign == Sign::Warn).collect();
    assert_eq!(warned.len(), 1, "{warned:#?}");
    warned.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customer_approves_a_new_relationship_and_the_setup_goes_on() {
    let stage = Stage::set(Knobs {
        scenario: "role-missing",
        traffic: Some("new-relationship"),
        ..Knobs::default()
    })
    .await;
    let before = stage.dump().await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    let row = worth_a_look(&stage, &id).await;
    assert!(row.found.contains("Exchange Administrator"), "{row:#?}");
    // The sign-in itself has left Grantway's own consent, and nothing else.
    let own = ["/service_principals/", "/delegated_grants:"];
    let others: Vec<String> = differences(&before, &stage.dump().await)
        .into_iter()
        .filter(|line| !own.iter().any(|part| line.contains(part)))
        .collect();
    assert_eq!(others, Vec::<String>::new());
    stage.approve(&id).await;
    stage.attend(&id).await;

    // Everything that needs no role of the customer is there; the rest waits for the customer, and so does the highest role.
    let card = stage.hand_off(&id).await;
    let link = card.values[0].text.clone().expect("a link");
    let message = card.values[1].text.clone().expect("a message");
    assert!(
        message.contains(&link) && message.contains("Exchange Administrator"),
        "{message}"
    );
    let writes = stage.writes().await;
    let wrote = |part: &str| writes.iter().any(|(_, path)| path.contains(part));
    assert!(
        wrote("/delegatedAdminRelationships") && wrote("/requests"),
        "{writes:#?}"
    );
    assert!(
        !wrote("/accessAssignments") && !wrote("/roleAssignments"),
        "{writes:#?}"
    );

    // A look before the approval finds nothing, and the wait goes on.
    let look = || Call::Retry {
        id: id.clone(),
        step: card.step.clone(),
    };
    stage.call(look()).await;
    stage.app.settled(&id).await;
    assert_eq!(stage.hand_off(&id).await.step, card.step);

    let pages = approves(stage.control(), &link).await;
    assert!(
        pages.contains(&"relationship-request".to_owned()),
        "{pages:?}"
    );
    stage.call(Call::MoveClock { seconds: 120 }).await;
    stage.call(look()).await;
    stage.attend(&id).await;
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not at the end: {:#?}", stage.view(&id).await.page)
    };
    // The mapping and that data reaches the vendor are all that cannot be read.
    let mut read = page.proofs.iter();
    assert!(
        read.all(|proof| proof.sign == Sign::Pass
            || proof.step == "mapping"
            || proof.step.starts_with("signs-of-life/")),
        "{:#?}",
        page.proofs
    );

    stage.take_back(&id).await;
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not at the end")
    };
    assert!(
        page.taken_back && page.left.iter().all(|left| !left.failed),
        "{page:#?}"
    );
    assert!(
        page.left.iter().any(|left| left.what.contains("as ended")),
        "what cannot be undone is told: {:#?}",
        page.left
    );
    let mut after = stage.dump().await;
    // The ended relationship stays listed; without it the world is as it was.
    let all = after["relationships"].as_object_mut().expect("by id");
    let known = before["relationships"].as_object().expect("by id");
    let new: Vec<String> = all
        .keys()
        .filter(|id| !known.contains_key(*id))
        .cloned()
        .collect();
    let [id] = new.as_slice() else {
        panic!("{new:?}")
    };
    let ended = all.remove(id).expect("it is there").to_string();
    assert!(
        ended.contains("terminating") || ended.contains("terminated"),
        "{ended}"
    );
    assert_eq!(differences(&before, &after), Vec::<String>::new());
}
