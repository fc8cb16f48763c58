//! What can be practised.

use grantway_app::contract::{Call, Reply};
use grantway_tests::Stage;

use crate::before_graph;

#[tokio::test(flavor = "multi_thread")]
async fn only_what_the_screens_can_tell_is_offered() {
    let stage = Stage::set(before_graph()).await;
    let Reply::Practice(page) = stage.call(Call::Practice).await else {
        panic!("not the practice page")
    };
    let offered: Vec<&str> = page.scenarios.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(
        offered,
        [
            "in-order",
            "p1-missing",
            "security-defaults-on",
            "role-missing",
            "unverified-publisher",
            "wrong-publisher",
            "cookies-interfere",
            "federated-provider",
            "customer-no-relationship",
            "customer-approval-pending",
        ]
    );
    for id in offered {
        stage.call(Call::LoadScenario { id: id.into() }).await;
    }
}
