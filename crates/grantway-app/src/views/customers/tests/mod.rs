//! The list of none, one, twelve and a thousand customers, in every standing.

mod told;

use std::collections::HashSet;

use grantway_core::change::Undone;
use grantway_core::check::{Check, Verdict};
use grantway_core::journal::{ActKind, Entry};
use grantway_core::proof::Standing as Proved;

use super::*;
use crate::contract::Readiness;
use told::{Told, active, check, consent, group, moment, now, proof, roles, tenant};

const PROFILE: &str = include_str!("../../../../../grantway-patterns/profiles/huntress.toml");

fn library() -> Library {
    let other = PROFILE
        .replace("id = \"huntress\"", "id = \"other\"")
        .replace("name = \"Huntress MDR\"", "name = \"Other\"");
    Library::read([("huntress.toml", PROFILE), ("other.toml", &other)]).expect("two profiles")
}

fn view_at_work(setups: &[(SetupId, Arc<SetupState>)], at_work: &[&str]) -> CustomersView {
    let catalogue = Catalogue::english();
    let list = List {
        catalogue: &catalogue,
        library: &library(),
        zone: &TimeZone::UTC,
        now: now(),
    };
    let at_work: HashSet<SetupId> = at_work
        .iter()
        .map(|id| SetupId::parse(id).expect("a setup's id"))
        .collect();
    list.view(setups, &at_work, None)
}

fn view(setups: &[(SetupId, Arc<SetupState>)]) -> CustomersView {
    view_at_work(setups, &[])
}

fn of(view: &CustomersView, number: usize) -> &CustomerRow {
    let tenant = tenant(number).to_string();
    let mut rows = view.rows.iter();
    rows.find(|row| row.tenant == tenant).expect("it is listed")
}

fn cell(view: &CustomersView, number: usize) -> &CustomerCell {
    let mut cells = of(view, number).cells.iter().flatten();
    cells.next().expect("it is set up with something")
}

fn count(view: &CustomersView, filter: CustomerFilter) -> usize {
    let mut tabs = view.tabs.iter();
    tabs.find(|tab| tab.filter == filter).expect("a tab").count
}

#[test]
fn without_setups_nobody_is_listed() {
    let empty = view(&[]);
    assert!(empty.rows.is_empty() && empty.columns.is_empty());
    assert_eq!(count(&empty, CustomerFilter::All), 0);
    // One that names nobody yet is no customer either.
    let begun = Told::of("HM-7K2Q", "huntress", []).end();
    let unknown = Told::of("HM-7K2R", "of-a-later-version", [1]).end();
    assert!(view(&[begun, unknown]).rows.is_empty());
}

#[test]
fn one_customer_is_followed_from_the_answers_to_take_back() {
    let mut told = Told::of("HM-7K2Q", "huntress", [1]);
    let mut words = Vec::new();
    let mut look = |told: &mut Told| {
        let shown = view(&[told.end()]);
        let cell = cell(&shown, 1);
        words.push(format!(
            "{} {:?} {:?}",
            cell.word, cell.sign, cell.readiness
        ));
        shown
    };
    let answered = look(&mut told);
    assert_eq!(of(&answered, 1).name, "customer1.example");
    assert_eq!(count(&answered, CustomerFilter::NeedsYou), 1);
    look(told.signed_in());
    let checked = look(told.checked(vec![check(1, Verdict::Pass, "all is well")]));
    assert_eq!(of(&checked, 1).name, "Customer 1");
    assert_eq!(of(&checked, 1).domain, "customer1.example");
    let approved = look(told.approved(&[(1, Some("2026-12-14T09:00:00Z"))]));
    let ends = of(&approved, 1).ends.clone().expect("it ends");
    assert_eq!(
        (ends.day.as_str(), ends.left.as_str(), ends.what.as_str()),
        ("14 Dec 2026", "20 days", "Relationship")
    );
    assert_eq!(ends.sign, Some(Sign::Warn));
    assert_eq!(count(&approved, CustomerFilter::EndsSoon), 1);
    look(told.done([group(), roles(1)]));
    let waits = Entry::Waiting {
        step: active(1),
        since: now(),
        next_look: moment("2026-11-24T10:50:00Z"),
    };
    let waiting = look(told.and(waits));
    assert_eq!(
        cell(&waiting, 1).because.as_deref(),
        Some("Microsoft makes it active")
    );
    assert_eq!(count(&waiting, CustomerFilter::NeedsYou), 0);
    look(
        told.done([active(1)])
            .and(Entry::Needed { step: consent() }),
    );
    let applied = look(told.done([consent()]));
    assert!(of(&applied, 1).provable && !of(&applied, 1).proved);
    let unseen = proof(roles(1), Proved::CannotSee, None);
    let looked = look(told.proved(vec![unseen]));
    assert_eq!(count(&looked, CustomerFilter::CannotSee), 1);
    assert!(!of(&looked, 1).proved, "cannot see is never a pass");
    let seen = vec![
        proof(group(), Proved::Proved, None),
        proof(roles(1), Proved::Proved, None),
    ];
    let proved = look(told.proved(seen));
    assert!(of(&proved, 1).proved);
    assert_eq!(proved.proved, 1);
    look(told.and(Entry::UndoBegan { by: "dana".into() }));
    for step in [consent(), roles(1), group()] {
        told.and(Entry::Undone {
            step,
            undone: Undone::Reverted,
            traces: Vec::new(),
        });
    }
    let ended = look(told.and(Entry::UndoEnded { left: Vec::new() }));
    assert_eq!(of(&ended, 1).ends, None, "what was taken back does not end");
    assert!(!of(&ended, 1).proved && !of(&ended, 1).provable);
    assert_eq!(
        words,
        [
            "Sign in NeedsYou NotChecked",
            "Check NeedsYou NotChecked",
            "Check NeedsYou Ready",
            "0 of 4 NeedsYou Ready",
            "2 of 4 NeedsYou Ready",
            "until 10:50 Wait Ready",
            "By hand ByHand Ready",
            "Not proved yet NeedsYou Ready",
            "Cannot see CannotSee NotReady",
            "Proved Pass Done",
            "Taking back NeedsYou NotSetUp",
            "Taken back LeftOut NotSetUp",
        ]
    );
}

#[test]
fn what_runs_is_told_as_running() {
    let mut told = Told::of("HM-7K2Q", "huntress", [1]);
    let setup = told.signed_in().approved(&[(1, None)]).end();
    let running = view_at_work(&[setup], &["HM-7K2Q"]);
    let shown = cell(&running, 1);
    assert_eq!((shown.sign, shown.word.as_str()), (Sign::Running, "0 of 4"));
    assert_eq!(count(&running, CustomerFilter::NeedsYou), 0);
    let setup = told.all_done().end();
    let proving = view_at_work(&[setup], &["HM-7K2Q"]);
    assert_eq!(cell(&proving, 1).word, "Proving");
}

#[test]
fn twelve_customers_of_one_setup_stand_in_different_places() {
    let mut told = Told::of("HM-7K2Q", "huntress", 0..12);
    let mut checks: Vec<Check> = (0..12)
        .map(|number| check(number, Verdict::Pass, "all is well"))
        .collect();
    checks[11] = check(11, Verdict::Fail, "Security Defaults is on");
    let planned: Vec<(usize, Option<&str>)> = (0..11).map(|number| (number, None)).collect();
    told.signed_in().checked(checks).approved(&planned);
    told.done([group()]);
    // The first four have everything of their own, one is refused, one is overdue, one waits.
    for number in 0..4 {
        told.done([roles(number), active(number)]);
    }
    told.failed(roles(4), ActKind::Apply);
    told.and(Entry::Troubled {
        step: active(5),
        problem: grantway_core::journal::Problem::Overdue,
    });
    told.and(Entry::Waiting {
        step: active(6),
        since: now(),
        next_look: moment("2026-11-25T08:00:00Z"),
    });
    let shown = view_at_work(&[told.end()], &["HM-7K2Q"]);
    assert_eq!(shown.rows.len(), 12);
    let cells = |number| {
        let cell = cell(&shown, number);
        (cell.sign, cell.word.as_str())
    };
    assert_eq!(cells(0), (Sign::Running, "3 of 4"));
    assert_eq!(cells(4), (Sign::Fail, "Stopped"));
    assert_eq!(cells(5), (Sign::Fail, "Stopped"));
    assert_eq!(cells(6), (Sign::Wait, "until 25 Nov"));
    assert_eq!(cells(7), (Sign::Running, "1 of 4"));
    assert_eq!(cells(11), (Sign::LeftOut, "Left out"));
    let because = |number| cell(&shown, number).because.clone().unwrap_or_default();
    assert!(because(4).starts_with("roles/"), "{}", because(4));
    assert!(
        because(4).len() > roles(4).as_str().len() + 10,
        "{}",
        because(4)
    );
    assert_eq!(because(11), "Security Defaults is on");
    assert_eq!(cell(&shown, 11).readiness, Readiness::NotReady);
    assert_eq!(count(&shown, CustomerFilter::NeedsYou), 3);

    // With the shared consent done, the four wait for the others only.
    told.done([consent()]);
    let shown = view(&[told.end()]);
    let first = cell(&shown, 0);
    assert_eq!(
        (first.sign, first.word.as_str()),
        (Sign::Wait, "Not proved yet")
    );
    assert!(!of(&shown, 0).provable);
}

#[test]
fn of_two_setups_the_one_that_stands_is_shown() {
    let mut taken_back = Told::of("HM-AAAA", "huntress", [1]);
    taken_back
        .signed_in()
        .approved(&[(1, Some("2026-12-01T00:00:00Z"))])
        .all_done()
        .and(Entry::UndoBegan { by: "dana".into() })
        .failed(roles(1), ActKind::Undo)
        .and(Entry::UndoEnded { left: Vec::new() });
    let only = view(&[taken_back.end()]);
    assert_eq!(cell(&only, 1).word, "Left over");
    assert_eq!(count(&only, CustomerFilter::NeedsYou), 1);

    let mut proved = Told::of("HM-BBBB", "huntress", [1]);
    proved
        .signed_in()
        .approved(&[(1, Some("2027-03-14T09:00:00Z"))])
        .all_done()
        .proved(vec![proof(
            roles(1),
            Proved::Proved,
            Some("2027-02-01T09:00:00Z"),
        )]);
    let unfinished = Told::of("HM-CCCC", "huntress", [1]).end();
    let elsewhere = Told::of("HM-DDDD", "other", [1, 2]).end();
    let shown = view(&[taken_back.end(), proved.end(), unfinished, elsewhere]);
    let columns: Vec<&str> = shown.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(columns, ["Huntress MDR", "Other"]);
    let setups: Vec<&str> = of(&shown, 1)
        .cells
        .iter()
        .flatten()
        .map(|cell| cell.setup.as_str())
        .collect();
    assert_eq!(setups, ["HM-BBBB", "HM-DDDD"]);
    assert_eq!(of(&shown, 1).setup, "HM-DDDD", "the more urgent one opens");
    assert!(of(&shown, 2).cells[0].is_none(), "not set up with it");
    // What was read back last is nearer than what the plan saw.
    let ends = of(&shown, 1).ends.clone().expect("it ends");
    assert_eq!(
        (ends.day.as_str(), ends.left.as_str()),
        ("1 Feb 2027", "69 days")
    );
    assert_eq!(ends.sign, None);
}

#[test]
fn a_thousand_customers_in_ten_setups_are_listed_in_the_order_of_their_ends() {
    let ends: Vec<String> = (0..1000)
        .map(|number| {
            format!(
                "2027-{:02}-{:02}T09:00:00Z",
                1 + number % 12,
                1 + number % 28
            )
        })
        .collect();
    let setups: Vec<(SetupId, Arc<SetupState>)> = (0..10)
        .map(|setup| {
            let numbers = setup * 100..(setup + 1) * 100;
            let id = format!(
                "HM-{}",
                ["2", "3", "4", "5", "6", "7", "8", "9", "A", "B"][setup].repeat(4)
            );
            let mut told = Told::of(&id, "huntress", numbers.clone());
            let planned: Vec<(usize, Option<&str>)> = numbers
                .clone()
                .map(|number| (number, Some(ends[number].as_str())))
                .collect();
            told.signed_in().approved(&planned);
            if setup < 9 {
                let proofs = numbers.map(|number| proof(roles(number), Proved::Proved, None));
                told.all_done().proved(proofs.collect());
            } else {
                told.failed(roles(900), ActKind::Apply);
            }
            told.end()
        })
        .collect();
    let shown = view(&setups);
    assert_eq!(shown.rows.len(), 1000);
    assert_eq!(shown.proved, 900);
    assert_eq!(count(&shown, CustomerFilter::NeedsYou), 100);
    assert_eq!(cell(&shown, 900).word, "Stopped");
    assert_eq!(cell(&shown, 901).word, "0 of 4");
    let at: Vec<&str> = shown
        .rows
        .iter()
        .filter_map(|row| row.ends.as_ref())
        .map(|ends| ends.at.as_str())
        .collect();
    assert!(at.len() == 1000 && at.is_sorted());
}

#[test]
fn the_file_holds_who_was_asked_for_in_that_order_and_no_formula() {
    let mut told = Told::of("HM-7K2Q", "huntress", 1..4);
    let mut named = check(2, Verdict::Fail, "no, \"P1\" is missing");
    named.place.name = "=HYPERLINK(\"http://evil.example\")".into();
    told.signed_in()
        .checked(vec![check(1, Verdict::Pass, ""), named]);
    let shown = view(&[told.end()]);
    let order: Vec<String> = [2, 1, 77].map(|number| tenant(number).to_string()).into();
    let file = table::written(&shown, &order, &Catalogue::english()).expect("it is written");
    let text = String::from_utf8(file).expect("UTF-8");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"));
    assert_eq!(
        lines,
        [
            "Customer,Domain,Tenant id,Huntress MDR,\"Huntress MDR, why\",\"Huntress MDR, setup\",Ends next,What ends".to_owned(),
            format!("\"'=HYPERLINK(\"\"http://evil.example\"\")\",customer2.example,{},Not ready,\"no, \"\"P1\"\" is missing\",HM-7K2Q,,", tenant(2)),
            format!("Customer 1,customer1.example,{},Check,Read what is there. Nothing is changed.,HM-7K2Q,,", tenant(1)),
        ]
    );
}
