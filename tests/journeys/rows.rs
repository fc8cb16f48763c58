//! Single rows of the procedure, each from the check to the proof and back.

use grantway_app::contract::{Call, ChangeRow, CheckRow, DonePage, Page, PhaseName, Reply, Sign};
use grantway_tests::{Stage, differences};
use serde_json::Value;

use crate::recorded;

const LARKSPUR: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001";

/// A setup with its world, signed in and checked.
struct Row {
    stage: Stage,
    id: String,
    before: Value,
}

impl Row {
    async fn in_world(scenario: &'static str, traffic: &'static str) -> Self {
        let stage = Stage::set(recorded(scenario, traffic)).await;
        let before = stage.dump().await;
        let id = stage.begin().await;
        stage.sign_in(&id).await;
        Self { stage, id, before }
    }

    /// The check whose id begins so.
    async fn check(&self, name: &str) -> CheckRow {
        let rows = match self.page(PhaseName::Check).await {
            Page::Check(page) => page.groups.into_iter().flat_map(|group| group.rows),
            other => panic!("not the checks: {other:#?}"),
        };
        let rows: Vec<CheckRow> = rows.collect();
        let found = rows.iter().find(|row| row.id.starts_with(name)).cloned();
        found.unwrap_or_else(|| panic!("no {name} in {rows:#?}"))
    }

    async fn plan(&self) -> Vec<ChangeRow> {
        match self.page(PhaseName::Review).await {
            Page::Review(page) => page.groups.into_iter().flat_map(|g| g.rows).collect(),
            other => panic!("no plan: {other:#?}, {:#?}", self.stage.problems()),
        }
    }

    async fn page(&self, phase: PhaseName) -> Page {
        let call = Call::Setup {
            id: self.id.clone(),
            phase: Some(phase),
        };
        match self.stage.call(call).await {
            Reply::Setup(view) => view.page,
            other => panic!("not a setup: {other:?}"),
        }
    }

    /// Carries the approved plan to its end.
    async fn apply(&self) -> DonePage {
        self.stage.approve(&self.id).await;
        self.stage.attend(&self.id).await;
        self.done().await
    }

    async fn done(&self) -> DonePage {
        match self.stage.view(&self.id).await.page {
            Page::Done(page) => *page,
            other => panic!(
                "not at the end: {other:#?}, stuck: {:?}, {:#?}",
                self.stage.stuck(),
                self.stage.problems()
            ),
        }
    }

    /// Takes everything back, to the world as it was.
    async fn take_back(&self) {
        self.stage.take_back(&self.id).await;
        let page = self.done().await;
        assert!(page.taken_back, "{page:#?}");
        let failed = page.left.iter().any(|left| left.failed);
        assert!(!failed, "{:#?}", page.left);
        assert_eq!(
            differences(&self.before, &self.stage.dump().await),
            Vec::<String>::new(),
            "{:#?}",
            self.stage.problems()
        );
    }

    /// Where a write stands among those that took effect.
    async fn written(&self, method: &str, part: &str) -> Vec<usize> {
        let writes = self.stage.writes().await;
        let fits = |(m, path): &(String, String)| m == method && path.contains(part);
        let places = writes.iter().enumerate().filter(|(_, one)| fits(one));
        places.map(|(place, _)| place).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn security_defaults_of_the_provider_give_way_to_a_policy_and_come_back() {
    let row = Row::in_world("security-defaults-on", "security-defaults-on").await;
    let seen = row.check("provider-security-defaults").await;
    assert_eq!(seen.sign, Sign::Warn, "{seen:#?}");
    assert!(!seen.remedies.is_empty(), "{seen:#?}");
    let steps: Vec<String> = row.plan().await.into_iter().map(|row| row.step).collect();
    for step in ["replacing-policy", "defaults-replaced"] {
        let wanted = format!("{step}/{LARKSPUR}");
        assert!(steps.contains(&wanted), "no {wanted} in {steps:?}");
    }
    let page = row.apply().await;
    assert_eq!((page.not_proved, page.cannot_see), (0, 0), "{page:#?}");
    let now = row.stage.dump().await;
    let provider = &now["tenants"][LARKSPUR];
    assert_eq!(provider["security_defaults"], false);
    let policies = provider["conditional_access"].as_object().unwrap();
    assert_eq!(policies.len(), 2, "{policies:#?}");
    let is_on = |policy: &Value| policy["state"] == "enabled";
    assert!(policies.values().all(is_on), "{policies:#?}");
    // Off, before the account's own policy could be made, which is on from the start.
    let off = row
        .written("PATCH", "identitySecurityDefaultsEnforcementPolicy")
        .await;
    let made = row.written("POST", "conditionalAccess/policies").await;
    assert_eq!((off.len(), made.len()), (1, 2));
    assert!(made[0] < off[0] && off[0] < made[1], "{off:?}, {made:?}");
    row.take_back().await;
}
