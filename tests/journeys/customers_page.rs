//! The list of customers over two setups: one is done, of the other a customer is stopped.

use std::collections::BTreeMap;

use grantway_app::contract::{
    Call, CustomerCell, CustomerFilter, CustomerRow, CustomersView, Page, PhaseName, Readiness,
    Reply, Sign,
};
use grantway_tests::Stage;
use serde_json::json;

use crate::recorded;

const ALDER: &str = "alder-dental.example";
const BRACKWATER: &str = "brackwater-boats.example";
const COPPERFIELD: &str = "copperfield.example";

async fn list(stage: &Stage) -> CustomersView {
    match stage.call(Call::Customers).await {
        Reply::Customers(view) => view,
        other => panic!("not the customers: {other:?}"),
    }
}

fn of<'a>(view: &'a CustomersView, domain: &str) -> &'a CustomerRow {
    let mut rows = view.rows.iter();
    let found = rows.find(|row| row.domain == domain);
    found.unwrap_or_else(|| panic!("no {domain} in {:#?}", view.rows))
}

fn cell<'a>(view: &'a CustomersView, domain: &str) -> &'a CustomerCell {
    let cell = of(view, domain).cells[0].as_ref();
    cell.expect("it is set up with the only profile")
}

fn count(view: &CustomersView, filter: CustomerFilter) -> usize {
    let mut tabs = view.tabs.iter();
    tabs.find(|tab| tab.filter == filter).expect("a tab").count
}

/// What stands in the form of a setup.
async fn form(stage: &Stage, id: &str) -> BTreeMap<String, String> {
    let call = Call::Setup {
        id: id.to_owned(),
        phase: Some(PhaseName::Answer),
    };
    let Reply::Setup(view) = stage.call(call).await else {
        panic!("not a setup")
    };
    let Page::Answer(page) = view.page else {
        panic!("not at the questions")
    };
    let chooses: Vec<&str> = page
        .fields
        .iter()
        .filter(|field| field.chooses.as_deref() == Some("huntress"))
        .map(|field| field.id.as_str())
        .collect();
    assert_eq!(chooses, ["customer"]);
    let fields = page.fields.into_iter();
    fields.map(|field| (field.id, field.value)).collect()
}

async fn opened(stage: &Stage, call: Call) -> String {
    match stage.call(call).await {
        Reply::Opened { id } => id,
        other => panic!("no setup: {other:?}"),
    }
}

/// Answers with names of the setup's own, and signs in.
async fn answered(stage: &Stage, id: &str, customers: &str, names: &str) {
    let own = BTreeMap::from([
        ("provider".to_owned(), "larkspur-it.example".to_owned()),
        ("customer".to_owned(), customers.to_owned()),
        ("group".to_owned(), format!("Access {names}")),
        (
            "account".to_owned(),
            format!("access-{names}@larkspur-it.example"),
        ),
    ]);
    let answers = stage.with_presets(id, own).await;
    let id = id.to_owned();
    match stage
        .call(Call::Answer {
            id: id.clone(),
            answers,
        })
        .await
    {
        Reply::Form(outcome) => assert!(outcome.stored, "{:?}", outcome.problems),
        other => panic!("no form: {other:?}"),
    }
    stage.sign_in(&id).await;
}

fn profile() -> String {
    "huntress".to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_says_who_is_done_who_is_stopped_and_why() {
    let stage = Stage::set(recorded("customers-in-reach", "customers-page")).await;
    assert!(list(&stage).await.rows.is_empty());
    let nobody = Call::ProveFor {
        customers: Vec::new(),
    };
    assert_eq!(stage.refused(nobody).await.id, "GW-PRV-0001");

    let first = opened(&stage, Call::Open { profile: profile() }).await;
    answered(&stage, &first, &format!("{ALDER}, {COPPERFIELD}"), "one").await;
    let reviewed = list(&stage).await;
    assert_eq!(cell(&reviewed, ALDER).word, "Review");
    assert_eq!(cell(&reviewed, ALDER).readiness, Readiness::Ready);
    assert_eq!(of(&reviewed, ALDER).name, "Alder Dental", "as it was read");
    assert_eq!(count(&reviewed, CustomerFilter::NeedsYou), 2);
    stage.approve(&first).await;
    stage.attend(&first).await;

    // The second setup is begun from the list, with a customer that is done in its form, and one more is typed.
    let tenant = of(&reviewed, ALDER).tenant.clone();
    let call = Call::OpenFor {
        profile: profile(),
        customers: vec![tenant.clone(), "of-nobody".to_owned()],
    };
    let second = opened(&stage, call).await;
    assert_eq!(form(&stage, &second).await["customer"], ALDER);
    answered(&stage, &second, &format!("{ALDER}, {BRACKWATER}"), "two").await;
    // In the second setup Microsoft refuses the roles in one customer.
    let roles = json!({ "service": "graph", "method": "POST", "path": "**/c1000000-0000-4000-8000-000000000002-d1000000-0000-4000-8000-000000000002/accessAssignments" });
    let refused = json!({ "status": { "status": 403, "code": "Authorization_RequestDenied", "message": "Insufficient privileges." } });
    stage.fault(roles, refused).await;
    stage.approve(&second).await;
    stage.attend(&second).await;
    assert!(stage.struck().await > 0, "nothing was refused");

    let shown = list(&stage).await;
    assert_eq!(shown.rows.len(), 3);
    let copperfield = cell(&shown, COPPERFIELD);
    assert_eq!(
        (copperfield.sign, copperfield.word.as_str()),
        (Sign::ByHand, "By hand")
    );
    assert_eq!(
        (copperfield.setup.as_str(), copperfield.readiness),
        (first.as_str(), Readiness::Done)
    );
    // What Grantway gave is proved; that data reaches the vendor is for a person to say.
    assert!(of(&shown, COPPERFIELD).provable && !of(&shown, COPPERFIELD).proved);
    let brackwater = cell(&shown, BRACKWATER).clone();
    assert_eq!(
        (brackwater.sign, brackwater.word.as_str()),
        (Sign::Fail, "Stopped")
    );
    assert_eq!(
        (brackwater.setup.as_str(), brackwater.readiness),
        (second.as_str(), Readiness::NotReady)
    );
    let because = brackwater.because.expect("a reason");
    assert!(because.contains("Brackwater Boats"), "{because}");
    assert!(!of(&shown, BRACKWATER).provable);
    // Of the two setups that have Alder the one that is not at its end is shown: it is more urgent.
    assert_eq!(cell(&shown, ALDER).setup, second);
    assert!(!of(&shown, ALDER).proved);
    assert!(count(&shown, CustomerFilter::NeedsYou) >= 1);
    let ends = of(&shown, BRACKWATER)
        .ends
        .as_ref()
        .expect("the relationship ends");
    assert_eq!(ends.what, "Relationship");

    // Proving the first setup's customers leaves the second where it stands.
    let call = Call::ProveFor {
        customers: vec![of(&shown, COPPERFIELD).tenant.clone()],
    };
    stage.call(call).await;
    assert_eq!(cell(&list(&stage).await, BRACKWATER).word, "Stopped");

    let customers = [COPPERFIELD, BRACKWATER].map(|domain| of(&shown, domain).tenant.clone());
    let Reply::Saved { path } = stage
        .call(Call::ExportCustomers {
            customers: customers.to_vec(),
        })
        .await
    else {
        panic!("nothing was saved")
    };
    let file = std::fs::read_to_string(&path).expect("the file is there");
    let lines: Vec<&str> = file.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{file}");
    assert!(lines[0].starts_with("Customer,Domain,Tenant id,"), "{file}");
    let begins = format!(
        "Copperfield Accountants,{COPPERFIELD},{},By hand,Nobody has confirmed it yet. Grantway cannot read it.,{first},",
        customers[0]
    );
    assert!(lines[1].starts_with(&begins), "{file}");
    let begins = format!("Brackwater Boats,{BRACKWATER},{},Stopped,", customers[1]);
    assert!(
        lines[2].starts_with(&begins) && lines[2].contains(&second),
        "{file}"
    );
    assert!(
        lines[1..]
            .iter()
            .all(|line| line.ends_with(",Relationship")),
        "{file}"
    );
}
