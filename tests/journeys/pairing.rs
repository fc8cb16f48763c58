//! Tenants are mapped by hand in the vendor's portal: proposed, looked at, confirmed by name, and never proved.

use grantway_app::contract::{
    Call, DonePage, FormOutcome, NeedKind, Page, PairChoice, PairFilter, PairLine, PairingView,
    Reply, Sign,
};
use grantway_tests::Stage;

use crate::recorded;

const MAPPING: &str = "mapping";
const LIST: &str = "Organization,Tenant id\nALDER DENTAL,\nBrackwater Boat,\nElm & Sons,\n";

struct Mapping {
    stage: Stage,
    id: String,
}

impl Mapping {
    /// Three customers, applied and proved.
    async fn reached() -> Self {
        let stage = Stage::set(recorded("customers-in-reach", "pairing")).await;
        let domains = stage.customer_domains().await;
        assert_eq!(domains.len(), 3);
        let id = stage.begin_for(&domains).await;
        stage.sign_in(&id).await;
        stage.approve(&id).await;
        stage.attend(&id).await;
        Self { stage, id }
    }

    fn named(&self) -> (String, String) {
        (self.id.clone(), MAPPING.to_owned())
    }

    async fn view(&self, id: &str) -> PairingView {
        let (id, step) = (id.to_owned(), MAPPING.to_owned());
        match self.stage.call(Call::Pairing { id, step }).await {
            Reply::Pairing(view) => *view,
            other => panic!("no pairs: {other:?}"),
        }
    }

    /// The row of the tenant whose name begins so.
    async fn row(&self, name: &str) -> PairLine {
        let rows = self.view(&self.id).await.rows;
        let found = rows.iter().find(|row| row.name.starts_with(name)).cloned();
        found.unwrap_or_else(|| panic!("no {name} in {rows:#?}"))
    }

    async fn give(&self, list: &str) -> FormOutcome {
        let (id, step) = self.named();
        let list = list.to_owned();
        match self.stage.call(Call::GivePairList { id, step, list }).await {
            Reply::Form(outcome) => outcome,
            other => panic!("no form: {other:?}"),
        }
    }

    async fn pair(&self, tenant: &str, name: &str) {
        let tenant = self.row(tenant).await.tenant;
        let name = Some(name.to_owned());
        self.pair_all(vec![PairChoice { tenant, name }]).await;
    }

    async fn pair_all(&self, pairs: Vec<PairChoice>) {
        let (id, step) = self.named();
        self.stage.call(Call::Pair { id, step, pairs }).await;
    }

    fn confirm(&self, shown: String) -> Call {
        let (id, step) = self.named();
        Call::ConfirmPairs { id, step, shown }
    }

    async fn shown(&self) -> String {
        let confirm = self.view(&self.id).await.confirm;
        confirm.expect("it can be confirmed").shown
    }

    async fn done(&self) -> DonePage {
        match self.stage.view(&self.id).await.page {
            Page::Done(page) => *page,
            other => panic!("not at the end: {other:#?}, {:#?}", self.stage.problems()),
        }
    }

    async fn saved(&self, call: Call) -> String {
        match self.stage.call(call).await {
            Reply::Saved { path } => std::fs::read_to_string(path).expect("the file is there"),
            other => panic!("nothing saved: {other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tenants_are_mapped_one_to_one_and_a_person_says_so_by_name() {
    let at = Mapping::reached().await;
    let page = at.done().await;
    assert_eq!(page.not_proved, 0, "nothing waits for it: {page:#?}");
    let cards: Vec<_> = page.cards.iter().filter(|card| card.pairing).collect();
    let [card] = cards.as_slice() else {
        panic!("one table for all customers: {:#?}", page.cards)
    };
    assert_eq!(
        (card.kind, card.step.as_str()),
        (NeedKind::HandOff, MAPPING)
    );
    assert!(card.acts.is_empty() && !card.instructions.is_empty() && !card.values.is_empty());
    let unseen = page.proofs.iter().find(|proof| proof.step == MAPPING);
    assert_eq!(unseen.expect("a claim").sign, Sign::CannotSee);

    a_wrong_list_is_told_line_by_line(&at).await;
    let view = at.view(&at.id).await;
    let stands: Vec<(&str, &str)> = view
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.sign_word.as_str()))
        .collect();
    assert_eq!(
        stands,
        [
            ("Alder Dental", "Proposed"),
            ("Brackwater Boats", "Look at it"),
            ("Copperfield Accountants", "Not mapped"),
            ("Larkspur Managed IT", "Need not be mapped"),
        ]
    );
    assert_eq!(view.unused, ["Elm & Sons"]);
    assert_eq!(view.sure.len(), 1, "{:#?}", view.sure);
    at.pair_all(view.sure).await;

    a_double_is_found_and_holds_all_up(&at).await;
    let before = at.shown().await;
    at.pair("Copperfield", "Copperfield Ltd").await;
    assert!(
        at.row("Copperfield")
            .await
            .note
            .unwrap()
            .contains("not in the list")
    );
    let problem = at.stage.refused(at.confirm(before)).await;
    assert!(problem.what.contains("have changed"), "{problem:?}");
    let by_name_alone = Call::Accept {
        id: at.id.clone(),
        check: MAPPING.into(),
    };
    at.stage.refused(by_name_alone).await;
    assert_eq!(at.done().await.confirmed, 0, "nothing was confirmed so far");

    at.stage.call(at.confirm(at.shown().await)).await;
    let page = at.done().await;
    assert_eq!(page.paired, [MAPPING]);
    let proof = page.proofs.iter().find(|proof| proof.step == MAPPING);
    let proof = proof.expect("a claim");
    assert_eq!(proof.sign_word, "Confirmed by a person");
    let said = "dana@larkspur-it.example has mapped 3 tenants and says so.";
    assert!(proof.found.starts_with(said), "{proof:#?}");

    the_files_have_the_pairs(&at).await;
    another_setup_knows_them_until_they_are_taken_back(&at).await;
}

async fn a_wrong_list_is_told_line_by_line(at: &Mapping) {
    let outcome = at
        .give("Organization,Tenant id\nAlder,x y\n,\nBirch,\nbirch,")
        .await;
    assert!(!outcome.stored);
    let told: Vec<&str> = outcome.problems.iter().map(|p| p.what.as_str()).collect();
    assert_eq!(
        told,
        [
            "Line 2: \"x y\" is neither a tenant id nor a domain.",
            "Line 5: \"birch\" stands in line 4 already. One organization belongs to one tenant.",
        ]
    );
    assert_eq!(at.view(&at.id).await.list.given, None, "nothing was stored");
    assert!(at.give(LIST).await.stored);
}

async fn a_double_is_found_and_holds_all_up(at: &Mapping) {
    let problem = at.stage.refused(at.confirm(at.shown().await)).await;
    assert!(
        problem.what.contains("2 tenants have no organization"),
        "{problem:?}"
    );
    let near = at.row("Brackwater").await.proposed.expect("a proposal");
    at.pair("Brackwater", &near).await;
    at.pair("Copperfield", "alder dental").await;
    let double = at.row("Copperfield").await;
    assert_eq!(double.sign_word, "Double");
    assert!(double.note.unwrap().contains("Alder Dental"));
    let tabs = at.view(&at.id).await.tabs;
    let doubles = tabs.iter().find(|tab| tab.filter == PairFilter::Double);
    assert_eq!(doubles.expect("a tab").count, 2);
    let problem = at.stage.refused(at.confirm(at.shown().await)).await;
    assert!(
        problem.what.contains("share an organization"),
        "{problem:?}"
    );
}

async fn the_files_have_the_pairs(at: &Mapping) {
    let rows = at.view(&at.id).await.rows;
    let (id, step) = at.named();
    let tenants = rows.iter().map(|row| row.tenant.clone()).collect();
    let table = at.saved(Call::ExportPairs { id, step, tenants }).await;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 5, "{table}");
    assert!(lines[0].ends_with("Tenant,Domain,Tenant id,Organization,State,Why"));
    assert!(
        lines[1].contains(",ALDER DENTAL,Confirmed,\"Confirmed by dana@"),
        "{table}"
    );
    let (id, format) = (at.id.clone(), "json".to_owned());
    let proof = at.saved(Call::SaveProof { id, format }).await;
    let proof: serde_json::Value = serde_json::from_str(&proof).expect("it is JSON");
    let pairs = proof["pairs"].as_array().expect("the pairs");
    assert_eq!(pairs.len(), 3, "{proof:#}");
    assert_eq!(pairs[2]["other"], "Copperfield Ltd");
    assert_eq!(pairs[2]["by"], "dana@larkspur-it.example");
}

/// A setup for one of the customers, with names of its own, as far as its plan.
async fn another(stage: &Stage) -> String {
    let profile = "huntress".to_owned();
    let id = match stage.call(Call::Open { profile }).await {
        Reply::Opened { id } => id,
        other => panic!("no setup: {other:?}"),
    };
    let own = [
        ("provider", "larkspur-it.example"),
        ("customer", "alder-dental.example"),
        ("group", "Access two"),
        ("account", "access-two@larkspur-it.example"),
    ];
    let own = own.map(|(field, answer)| (field.to_owned(), answer.to_owned()));
    let answers = stage.with_presets(&id, own.into()).await;
    let answer = Call::Answer {
        id: id.clone(),
        answers,
    };
    assert!(matches!(stage.call(answer).await, Reply::Form(outcome) if outcome.stored));
    stage.sign_in(&id).await;
    id
}

async fn another_setup_knows_them_until_they_are_taken_back(at: &Mapping) {
    let other = another(&at.stage).await;
    let alder = &at.view(&other).await.rows[0];
    assert_eq!(alder.paired.as_deref(), Some("ALDER DENTAL"));
    assert!(alder.note.as_ref().unwrap().contains(&at.id), "{alder:#?}");
    let too_early = at.stage.refused(Call::GivePairList {
        id: other.clone(),
        step: MAPPING.into(),
        list: "Alder".into(),
    });
    assert!(too_early.await.what.contains("Nothing can be mapped"));

    at.stage.take_back(&at.id).await;
    let page = at.done().await;
    let left: Vec<_> = page
        .left
        .iter()
        .filter(|left| left.what.contains("mapped"))
        .collect();
    let [left] = left.as_slice() else {
        panic!("{:#?}", page.left)
    };
    assert!(left.by_hand.contains("take each tenant off"), "{left:#?}");
    assert!(!left.failed && page.paired.is_empty());
    assert_eq!(at.view(&other).await.rows[0].paired, None);
}
