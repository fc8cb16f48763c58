//! Single rows of the procedure, each from the check to the proof and back.

use grantway_app::contract::{
    Call, ChangeRow, CheckRow, DonePage, NeedKind, Page, PairChoice, PhaseName, ProofRow, Reply,
    Sign,
};
use grantway_tests::{Knobs, Stage, differences};
use serde_json::Value;

use crate::recorded;

const HOUR: u32 = 3600;
const LARKSPUR: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001";

/// A setup with its world, signed in and checked.
struct Row {
    stage: Stage,
    id: String,
    before: Value,
}

impl Row {
    async fn in_world(scenario: &'static str, traffic: &'static str) -> Self {
        Self::on(Stage::set(recorded(scenario, traffic)).await).await
    }

    async fn on(stage: Stage) -> Self {
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

    /// Maps the one customer and says so.
    async fn map(&self, step: &str) {
        let (id, step) = (self.id.clone(), step.to_owned());
        let look = Call::Pairing {
            id: id.clone(),
            step: step.clone(),
        };
        let table = || async {
            match self.stage.call(look.clone()).await {
                Reply::Pairing(view) => *view,
                other => panic!("no pairs: {other:?}"),
            }
        };
        let pair = Call::Pair {
            id: id.clone(),
            step: step.clone(),
            pairs: vec![PairChoice {
                tenant: table().await.rows[0].tenant.clone(),
                name: Some("Alder".into()),
            }],
        };
        self.stage.call(pair).await;
        let shown = table().await.confirm.expect("it can be confirmed").shown;
        self.stage
            .call(Call::ConfirmPairs { id, step, shown })
            .await;
    }

    /// Reads everything back once more, that many seconds later.
    async fn prove_after(&self, seconds: u32) -> DonePage {
        self.stage.call(Call::MoveClock { seconds }).await;
        let id = self.id.clone();
        self.stage.call(Call::Prove { id }).await;
        self.stage.app.settled(&self.id).await;
        self.done().await
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
    assert_eq!((page.not_proved, page.cannot_see), (0, 2), "{page:#?}");
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

/// Who may read Microsoft's report of registrations, and not the methods of an account.
const WITHOUT_METHODS: &str = r#"
[[tenant.user]]
id = "b1000000-0000-4000-8000-0000000000c1"
upn = "rosa@larkspur-it.example"
name = "Rosa Lindqvist"
job = "Service desk"
password = "practice-Rosa-1"
authenticator = true
roles = [
    "User Administrator", "Groups Administrator", "Privileged Role Administrator", "Security Administrator",
    "Conditional Access Administrator", "Application Administrator",
]
groups = ["AdminAgents"]
plays = "Provider's administrator without the right to read sign-in methods"
"#;

/// What is said of the account's first sign-in.
fn of_first_sign_in(page: &DonePage) -> ProofRow {
    let row = page.proofs.iter().find(|row| row.step == "first-sign-in");
    row.unwrap_or_else(|| panic!("{:#?}", page.proofs)).clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_of_registrations_comes_later_and_says_more() {
    let row = Row::in_world("in-order", "first-sign-in-reported").await;
    let page = row.apply().await;
    let proof = of_first_sign_in(&page);
    assert_eq!(proof.sign, Sign::Pass, "{proof:#?}");
    assert!(proof.found.contains("does not list it yet"), "{proof:#?}");
    let page = row.prove_after(2 * HOUR).await;
    let proof = of_first_sign_in(&page);
    assert_eq!(proof.sign, Sign::Pass, "{proof:#?}");
    assert!(
        proof.found.contains("lists its notifications"),
        "{proof:#?}"
    );
    row.take_back().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_read_the_report_alone_goes_on_unproved_and_proves_later() {
    // Not recorded: the one call that a permission was carried for is refused, and refused calls are not judged.
    let stage = Stage::set(Knobs {
        colleagues: WITHOUT_METHODS,
        ..Knobs::default()
    })
    .await;
    stage.only("rosa@larkspur-it.example");
    let row = Row::on(stage).await;
    row.stage.approve(&row.id).await;
    row.stage.attend(&row.id).await;
    let (id, step) = (row.id.clone(), "first-sign-in".to_owned());
    let finished = Call::FinishTask {
        id: id.clone(),
        step: step.clone(),
        prompts: None,
        given: None,
    };
    row.stage.call(finished).await;
    row.stage.app.settled(&id).await;
    let cards = row.stage.cards(&id).await;
    let stopped = cards.iter().find(|card| card.step == step);
    let stopped = stopped.unwrap_or_else(|| panic!("{cards:#?}, {:#?}", row.stage.problems()));
    assert_eq!(stopped.kind, NeedKind::Stopped, "{stopped:#?}");
    let problem = stopped.problem.as_ref().unwrap();
    let said = format!(
        "{} {}",
        problem.what,
        problem.why.as_deref().unwrap_or_default()
    );
    assert!(said.contains("does not list"), "{problem:#?}");
    let check = stopped.check.clone().expect("it can be accepted");
    let accepted = Call::Accept {
        id: id.clone(),
        check,
    };
    row.stage.call(accepted).await;
    row.stage
        .call(Call::Retry {
            id: id.clone(),
            step,
        })
        .await;
    row.stage.attend(&id).await;
    // Accepted is not proved.
    let page = row.done().await;
    let proof = of_first_sign_in(&page);
    assert_eq!(proof.sign_word, "Not proved yet", "{proof:#?}");
    assert!(proof.found.contains("does not list"), "{proof:#?}");
    let page = row.prove_after(2 * HOUR).await;
    let proof = of_first_sign_in(&page);
    assert_eq!(proof.sign, Sign::Pass, "{proof:#?}");
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
    row.take_back().await;
}

/// What is said of data reaching the vendor.
fn of_signs(page: &DonePage) -> ProofRow {
    let mut rows = page.proofs.iter();
    let row = rows.find(|row| row.step.starts_with("signs-of-life/"));
    row.unwrap_or_else(|| panic!("{:#?}", page.proofs)).clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn signs_of_life_cannot_be_seen_until_a_person_says_so_by_name() {
    let row = Row::in_world("in-order", "signs-of-life").await;
    let planned = row.plan().await;
    let planned = planned
        .iter()
        .find(|row| row.step.starts_with("signs-of-life/"));
    assert_eq!(planned.expect("a row of the plan").action, "handOff");
    // All else is proved at once; nothing waits for a day.
    let page = row.apply().await;
    assert_eq!((page.not_proved, page.cannot_see), (0, 2), "{page:#?}");
    assert_eq!(of_signs(&page).sign, Sign::CannotSee);
    row.map("mapping").await;
    let page = row.done().await;
    let [card] = page.cards.as_slice() else {
        panic!("{:#?}", page.cards)
    };
    assert_eq!(card.kind, NeedKind::HandOff);
    assert!(card.sentence.contains("reminded 10:49"), "{card:#?}");
    assert!(!card.instructions.is_empty() && !card.values.is_empty());
    let home = |stage: &Stage| {
        let app = std::sync::Arc::clone(&stage.app);
        async move {
            match app.call(Call::Home).await {
                Ok(Reply::Home(home)) => home,
                other => panic!("not Home: {other:?}"),
            }
        }
    };
    let waits = home(&row.stage).await;
    assert!(waits.groups.is_empty(), "{waits:#?}");
    assert!(
        waits.finished[0].sentence.contains("signs of life"),
        "{waits:#?}"
    );

    // Twenty minutes later they are reminded. They do not see it, and are told what to do.
    row.stage.call(Call::MoveClock { seconds: 1200 }).await;
    let waits = home(&row.stage).await;
    assert_eq!(waits.groups.len(), 1, "{waits:#?}");
    let not_seen = Call::Retry {
        id: row.id.clone(),
        step: card.step.clone(),
    };
    row.stage.call(not_seen).await;
    let page = row.done().await;
    let proof = of_signs(&page);
    assert_eq!(proof.sign_word, "Not proved yet", "{proof:#?}");
    assert!(
        proof.found.contains("dana@larkspur-it.example"),
        "{proof:#?}"
    );
    assert!(
        page.cards[0].sentence.contains("ask the vendor"),
        "{page:#?}"
    );
    assert!(home(&row.stage).await.groups.is_empty());

    // Then they do, and their name stands under it, also after everything was read back again.
    row.stage.call(Call::MoveClock { seconds: HOUR }).await;
    let seen = Call::Accept {
        id: row.id.clone(),
        check: page.cards[0].check.clone().expect("it can be confirmed"),
    };
    row.stage.call(seen).await;
    for page in [row.done().await, row.prove_after(HOUR).await] {
        assert_eq!(
            (page.not_proved, page.cannot_see, page.confirmed),
            (0, 0, 2),
            "{page:#?}"
        );
        let proof = of_signs(&page);
        assert_eq!(proof.sign_word, "Confirmed by a person");
        assert!(
            proof.found.contains("dana@larkspur-it.example"),
            "{proof:#?}"
        );
        assert_eq!(proof.at, "11:49");
        assert!(page.cards.is_empty(), "{:#?}", page.cards);
        assert!(page.sentence.contains("confirmed by"), "{page:#?}");
    }
    row.take_back().await;
}
