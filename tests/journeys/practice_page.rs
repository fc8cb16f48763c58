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
            "customers-in-reach",
            "customer-no-relationship",
            "customer-approval-pending",
            "customer-p1-missing",
            "customer-mailbox-missing",
            "customer-audit-off",
            "customer-security-defaults",
            "customer-policy-without-exclusion",
            "customer-policy-blocks",
            "customer-policy-reported",
            "customer-sign-in-frequency",
            "customer-guest-twin",
            "customer-not-consented",
            "customer-app-disabled",
            "indirect-reseller",
            "timed-roles",
            "role-groups",
            "many-customers",
        ]
    );
    for id in offered {
        stage.call(Call::LoadScenario { id: id.into() }).await;
    }
}
