//! What the checks find is said before the first write, and nothing is written.

use grantway_app::contract::{Call, CheckRow, Page, Sign};
use grantway_tests::Stage;

use crate::recorded;

/// Signs in to a world with a fault, and gives the checks that do not pass; nothing may have been written by then.
async fn found(stage: &Stage) -> Vec<CheckRow> {
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    let view = stage.view(&id).await;
    let Page::Check(page) = view.page else {
        panic!("not stopped at the checks: {:#?}", view.page)
    };
    assert!(page.blocked.is_some(), "there is a way on");
    let refused = stage
        .refused(Call::Approve {
            id,
            fingerprint: String::new(),
            typed: "7".into(),
        })
        .await;
    assert!(refused.id.starts_with("GW-APR-"), "{refused:?}");
    assert_eq!(stage.writes().await, []);
    page.groups
        .into_iter()
        .flat_map(|group| group.rows)
        .filter(|row| row.sign == Sign::Fail)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_p1_licence_is_named_before_the_first_write() {
    let stage = Stage::set(recorded("p1-missing", "p1-missing")).await;
    let failed = found(&stage).await;
    let [row] = failed.as_slice() else {
        panic!("{failed:#?}")
    };
    assert!(row.needed.contains("P1"), "{row:#?}");
    assert!(!row.remedies.is_empty(), "{row:#?}");
}
