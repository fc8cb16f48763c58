//! What the matrices say of each customer.

use grantway_core::journal::{Problem as Trouble, Standing};
use grantway_core::plan::Action;
use grantway_core::{Fault, FaultKind, Text};

use super::world::{Customer, Desk, State, at, check, put};
use crate::app::Subject;
use crate::contract::{MatrixCell, MatrixRow, MatrixView, NeedKind, Sign};
use crate::world::{Running, lock};

const OF_SIX: [Customer; 6] = [
    customer(6, State::InOrder),
    customer(1, State::NoP1),
    customer(2, State::AuditOff),
    customer(3, State::DefaultsOn),
    customer(4, State::NoRelationship),
    customer(5, State::WayShut),
];

const fn customer(number: u16, state: State) -> Customer {
    Customer { number, state }
}

fn row(matrix: &MatrixView, of: Customer) -> &MatrixRow {
    let found = matrix
        .rows
        .iter()
        .find(|row| row.id == of.tenant().to_string());
    found.unwrap_or_else(|| panic!("no {}", of.name()))
}

fn cell<'a>(matrix: &'a MatrixView, of: Customer, column: &str) -> Option<&'a MatrixCell> {
    let at = matrix.columns.iter().position(|each| each.id == column);
    let at = at.unwrap_or_else(|| panic!("no column {column}"));
    row(matrix, of).cells[at].as_ref()
}

fn said(row: &MatrixRow) -> (Sign, &str, Option<&str>) {
    (row.sign, row.word.as_str(), row.because.as_deref())
}

fn fault() -> Fault {
    Fault::new(
        FaultKind::Refused { needs: Vec::new() },
        Text::new("doing-reading").with("what", "roles"),
        "Insufficient privileges",
    )
}

/// Sorted by name, each with its domain, and no text is a key of the catalogue.
fn is_whole(matrix: &MatrixView, customers: usize) {
    assert_eq!(matrix.rows.len(), customers);
    let names: Vec<&str> = matrix
        .rows
        .iter()
        .map(|row| row.customer.name.as_str())
        .collect();
    assert!(names.is_sorted(), "{names:?}");
    for row in &matrix.rows {
        assert!(row.domain.ends_with(".example"), "{row:?}");
        assert_eq!(row.cells.len(), matrix.columns.len(), "{row:?}");
    }
    let shown = format!("{matrix:?}");
    // A message that is missing shows its key with blanks.
    assert!(
        !shown.contains("\"matrix ") && !shown.contains("\"gdap "),
        "{shown}"
    );
}

#[tokio::test]
async fn the_checks_say_who_is_ready_who_is_left_out_and_who_needs_a_decision() {
    let desk = Desk::open().await;
    let subject = desk.setup(&OF_SIX).await;
    let page = desk.app.check_page(&subject);
    let matrix = page.matrix.expect("there are several customers");
    is_whole(&matrix, 6);
    assert_eq!(matrix.title, "6 customers");
    assert_eq!(matrix.nothing, "not checked");
    let [
        in_order,
        no_p1,
        audit_off,
        defaults_on,
        no_relationship,
        way_shut,
    ] = OF_SIX;
    assert_eq!(said(row(&matrix, in_order)), (Sign::Pass, "Ready", None));
    assert_eq!(
        said(row(&matrix, no_p1)),
        (
            Sign::LeftOut,
            "Left out",
            Some("Entra ID P1 in the customer's tenant")
        )
    );
    assert_eq!(
        said(row(&matrix, audit_off)),
        (
            Sign::Warn,
            "Needs a decision",
            Some("Audit log of the customer")
        )
    );
    for by_the_plan in [defaults_on, no_relationship] {
        assert_eq!(
            said(row(&matrix, by_the_plan)),
            (Sign::Warn, "Ready", Some("1 check is mended by the plan"))
        );
    }
    assert_eq!(
        said(row(&matrix, way_shut)),
        (
            Sign::CannotSee,
            "Needs a decision",
            Some("Grantway can look into the customer's tenant, and 1 more")
        )
    );
    let filters = matrix.filters.iter().map(|f| (f.id.as_str(), f.count));
    let filters: Vec<(&str, usize)> = filters.collect();
    assert_eq!(filters, [("ready", 3), ("notReady", 2), ("leftOut", 1)]);

    // Each customer's check stands in its own column, and what a shut way hides is seen in no other way.
    let sign = |of, column| cell(&matrix, of, column).map(|cell| cell.sign);
    assert_eq!(sign(no_p1, "customer-p1"), Some(Sign::Fail));
    assert_eq!(sign(in_order, "customer-p1"), Some(Sign::Pass));
    for hidden in ["customer-p1", "customer-mailbox", "customer-policies"] {
        assert_eq!(sign(way_shut, hidden), Some(Sign::CannotSee), "{hidden}");
    }
    // Roles are not looked for where there is no relationship.
    assert_eq!(sign(no_relationship, "relationship-roles"), None);

    // What stands in the matrix stands nowhere else.
    let alone: Vec<&str> = page
        .groups
        .iter()
        .flat_map(|group| &group.rows)
        .map(|row| row.place.name.as_str())
        .collect();
    assert!(alone.len() > 5);
    assert!(
        alone.iter().all(|name| *name == "Larkspur Managed IT"),
        "{alone:?}"
    );
    let all = subject.state.checks.len();
    assert_eq!(
        page.summary.as_deref(),
        Some(format!("{all} checks, 10:38").as_str())
    );
}

#[tokio::test]
async fn what_a_person_accepts_is_ready_and_never_passed() {
    let desk = Desk::open().await;
    let mut subject = desk.setup(&OF_SIX).await;
    let [_, _, audit_off, _, _, way_shut] = OF_SIX;
    let ids = [
        check(&subject, "customer-audit-log", audit_off).id.clone(),
        check(&subject, "way-in", way_shut).id.clone(),
        check(&subject, "customer-unseen", way_shut).id.clone(),
    ];
    for id in ids {
        std::sync::Arc::make_mut(&mut subject.state)
            .accepted
            .insert(id, "dana".into());
    }
    let matrix = desk.app.check_page(&subject).matrix.expect("several");
    assert_eq!(said(row(&matrix, audit_off)), (Sign::Warn, "Ready", None));
    assert_eq!(
        said(row(&matrix, way_shut)),
        (Sign::CannotSee, "Ready", None)
    );
    let audit = cell(&matrix, audit_off, "customer-audit-log").expect("checked");
    assert_eq!(
        (audit.sign, audit.word.as_str()),
        (Sign::Warn, "Look at this, accepted")
    );
    let unseen = cell(&matrix, way_shut, "customer-p1").expect("checked");
    assert_eq!(
        (unseen.sign, unseen.word.as_str()),
        (Sign::CannotSee, "Cannot see, accepted")
    );
}

#[tokio::test]
async fn what_is_open_for_several_customers_can_be_accepted_for_all_of_them_at_once() {
    let desk = Desk::open().await;
    let customers = [
        customer(1, State::AuditOff),
        customer(2, State::DefaultsOn),
        customer(3, State::AuditOff),
        customer(4, State::DefaultsOn),
        customer(5, State::WayShut),
        customer(6, State::InOrder),
    ];
    let mut subject = desk.setup(&customers).await;
    let offered = |subject: &Subject| -> Vec<(String, String, Vec<String>)> {
        let offers = desk.app.check_page(subject).for_all.into_iter();
        offers.map(|o| (o.sentence, o.act, o.checks)).collect()
    };
    let named = |name: &str, of: [usize; 2]| -> Vec<String> {
        let of = of.map(|at| format!("{name}/{}", customers[at].tenant()));
        of.into()
    };
    let act = "Accept for all 2 customers".to_owned();
    // What is open for one customer alone is decided in its row.
    assert_eq!(
        offered(&subject),
        [
            (
                "Audit log of the customer: open for 2 customers.".to_owned(),
                act.clone(),
                named("customer-audit-log", [0, 2])
            ),
            (
                "Security Defaults are off in the customer's tenant: the plan mends it for 2 customers. \
                 Accepting it takes that out of the plan."
                    .to_owned(),
                act,
                named("customer-security-defaults", [1, 3])
            ),
        ]
    );
    let first = check(&subject, "customer-audit-log", customers[0])
        .id
        .clone();
    std::sync::Arc::make_mut(&mut subject.state)
        .accepted
        .insert(first, "dana".into());
    assert_eq!(offered(&subject).len(), 1);
    // One customer alone has no such offers.
    let alone = desk.setup(&customers[..1]).await;
    assert!(desk.app.check_page(&alone).for_all.is_empty());
}

#[tokio::test]
async fn where_no_customer_is_ready_nobody_is_left_out() {
    let desk = Desk::open().await;
    let both = [customer(1, State::NoP1), customer(2, State::InOrder)];
    let mut subject = desk.setup(&both).await;
    // The plan was made while one was ready; by now the other fails as well.
    for check in &mut std::sync::Arc::make_mut(&mut subject.state).checks {
        if check.id.starts_with("customer-p1/") {
            check.verdict = grantway_core::check::Verdict::Fail;
        }
    }
    let matrix = desk.app.check_page(&subject).matrix.expect("several");
    for of in both {
        let (sign, word, _) = said(row(&matrix, of));
        assert_eq!((sign, word), (Sign::Fail, "Not ready"));
        assert!(row(&matrix, of).stopped);
    }
}

/// Six customers of a run: done, under way, waiting, stopped, waiting for their administrator, left out.
async fn under_way(desk: &Desk) -> (Subject, [Customer; 6]) {
    let customers = [
        customer(1, State::InOrder),
        customer(2, State::DefaultsOn),
        customer(3, State::InOrder),
        customer(4, State::InOrder),
        customer(5, State::NoRelationship),
        customer(6, State::NoP1),
    ];
    let mut subject = desk.setup(&customers).await;
    let [done, part, waits, stopped, asked, _] = customers;
    let mut set = |of: Customer, step: &str, standing: Standing| {
        let step = of.step(step);
        let plan = subject.state.plan.as_ref().expect("planned");
        assert!(plan.row(&step).is_some(), "no {step}");
        put(&mut subject, step, standing);
    };
    let waiting = |until: &str| Standing::Waiting {
        since: at("2026-11-24T10:38:00Z"),
        next_look: at(until),
    };
    for step in ["way-in", "assignment", "assignment-active", "signs-of-life"] {
        set(done, step, Standing::Done);
    }
    set(part, "way-in", Standing::Done);
    set(part, "replacing-policy", Standing::Done);
    set(waits, "way-in", Standing::Done);
    set(waits, "assignment", Standing::Done);
    set(waits, "assignment-active", waiting("2026-11-24T10:56:00Z"));
    set(stopped, "way-in", Standing::Done);
    set(stopped, "assignment", Standing::Failed(fault()));
    set(asked, "way-in", Standing::Done);
    set(asked, "relationship", Standing::Done);
    set(
        asked,
        "relationship-approval",
        waiting("2026-11-24T11:40:00Z"),
    );
    (subject, customers)
}

#[tokio::test]
async fn the_run_says_who_is_done_who_waits_for_what_and_who_has_stopped_and_why() {
    let desk = Desk::open().await;
    let (subject, [done, part, waits, stopped, asked, left_out]) = under_way(&desk).await;
    let page = desk.app.apply_page(&subject).await.expect("a page");
    let matrix = page.matrix.expect("there are several customers");
    is_whole(&matrix, 6);
    assert_eq!(matrix.nothing, "not set up");
    let columns: Vec<&str> = matrix.columns.iter().map(|c| c.title.as_str()).collect();
    assert_eq!(
        columns,
        [
            "Way in",
            "Relationship",
            "10 roles",
            "Policies",
            "In force",
            "Signs of life"
        ]
    );

    assert_eq!(said(row(&matrix, done)), (Sign::Pass, "Done", None));
    let (sign, word, because) = said(row(&matrix, waits));
    assert_eq!((sign, word), (Sign::Wait, "Waits until 10:56"));
    assert_eq!(
        because,
        Some("Microsoft makes the roles work in Customer 0003")
    );
    let (sign, word, because) = said(row(&matrix, stopped));
    assert_eq!((sign, word), (Sign::Fail, "Stopped"));
    assert!(
        because.is_some_and(|why| why.starts_with("Microsoft refused while")),
        "{because:?}"
    );
    assert!(row(&matrix, stopped).stopped);
    let (sign, word, because) = said(row(&matrix, asked));
    assert_eq!((sign, word), (Sign::Wait, "Waits until 11:40"));
    assert_eq!(
        because,
        Some("for: A Global Administrator of Customer 0005")
    );
    assert_eq!(
        said(row(&matrix, left_out)),
        (
            Sign::LeftOut,
            "Left out",
            Some("Entra ID P1 in the customer's tenant")
        )
    );
    assert!(row(&matrix, left_out).cells.iter().all(Option::is_none));

    let shown = |of, column| {
        let cell = cell(&matrix, of, column)?;
        Some((cell.sign, cell.note.as_deref()))
    };
    assert_eq!(shown(waits, "in-force"), Some((Sign::Wait, Some("10:56"))));
    assert_eq!(shown(stopped, "roles"), Some((Sign::Fail, Some("Stopped"))));
    assert_eq!(
        shown(part, "policies"),
        Some((Sign::NotStarted, Some("1 of 2")))
    );
    assert_eq!(shown(done, "policies"), None);
    assert_eq!(shown(done, "roles"), Some((Sign::Pass, None)));

    let filters: Vec<(&str, usize)> = matrix
        .filters
        .iter()
        .map(|f| (f.id.as_str(), f.count))
        .collect();
    assert_eq!(
        filters,
        [
            ("stopped", 1),
            ("handOff", 1),
            ("waits", 2),
            ("goesOn", 1),
            ("done", 1),
            ("leftOut", 1)
        ]
    );
    // The provider's own steps stand by themselves.
    assert_eq!(page.places.len(), 1);
    let own = &page.places[0];
    assert_eq!(own.place.name, "Larkspur Managed IT");
    assert!(
        own.rows.iter().all(|row| !row.step.contains('/')),
        "{own:#?}"
    );
    assert!(own.rows.len() > 5);
}

#[tokio::test]
async fn while_a_run_goes_on_only_those_go_on_for_whom_something_was_done() {
    let desk = Desk::open().await;
    let customers = [
        customer(1, State::DefaultsOn),
        customer(2, State::DefaultsOn),
    ];
    let mut subject = desk.setup(&customers).await;
    let [begun, not_begun] = customers;
    put(&mut subject, begun.step("way-in"), Standing::Done);
    put(&mut subject, begun.step("replacing-policy"), Standing::Done);
    // What was right before is no beginning.
    let state = std::sync::Arc::make_mut(&mut subject.state);
    let plan = state.plan.as_mut().expect("planned");
    for name in ["way-in", "replacing-policy"] {
        let step = not_begun.step(name);
        let row = plan.rows.iter_mut().find(|row| row.step.id == step);
        row.expect("planned").outlook.action = Action::AlreadyRight;
    }
    let run = Running {
        brake: Default::default(),
        again: false,
        wake: Default::default(),
    };
    lock(&subject.world.running).insert(subject.id.clone(), run);
    let page = desk.app.apply_page(&subject).await.expect("a page");
    let matrix = page.matrix.expect("several");
    let whole = |of| (row(&matrix, of).sign, row(&matrix, of).word.as_str());
    assert_eq!(whole(begun), (Sign::Running, "Goes on"));
    assert_eq!(whole(not_begun), (Sign::NotStarted, "Not started"));
    let policies = |of| cell(&matrix, of, "policies").map(|c| (c.sign, c.note.as_deref()));
    assert_eq!(policies(begun), Some((Sign::Running, Some("1 of 2"))));
    assert_eq!(
        policies(not_begun),
        Some((Sign::NotStarted, Some("1 of 2")))
    );
}

#[tokio::test]
async fn a_customer_is_opened_with_its_checks_steps_and_cards() {
    let desk = Desk::open().await;
    let (subject, [_, _, _, stopped, asked, left_out]) = under_way(&desk).await;
    let view = desk
        .app
        .customer_of(&subject, &stopped.tenant().to_string());
    let view = view.expect("one of its customers");
    assert_eq!(view.place.name, "Customer 0004");
    assert_eq!(view.cards.len(), 1);
    assert_eq!(view.cards[0].kind, NeedKind::Stopped);
    assert_eq!(view.cards[0].step, stopped.step("assignment").to_string());
    let steps: Vec<&str> = view
        .steps
        .iter()
        .filter_map(|s| s.step.split('/').next())
        .collect();
    assert_eq!(
        steps,
        ["way-in", "assignment", "assignment-active", "signs-of-life"]
    );
    assert_eq!(
        view.steps[2].note.as_deref(),
        Some("after: 10 admin roles for the group in Customer 0004")
    );

    let view = desk.app.customer_of(&subject, &asked.tenant().to_string());
    let view = view.expect("one of its customers");
    assert_eq!(
        view.cards.iter().map(|card| card.kind).collect::<Vec<_>>(),
        [NeedKind::HandOff]
    );

    let view = desk
        .app
        .customer_of(&subject, &left_out.tenant().to_string());
    let view = view.expect("one of its customers");
    assert!(view.steps.is_empty() && view.cards.is_empty());
    // Worst first, and everything that a row says elsewhere.
    assert_eq!(view.checks[0].sign, Sign::Fail);
    let first = &view.checks[0].rows[0];
    assert!(!first.remedies.is_empty() && !first.why.is_empty());

    let provider = super::world::provider().to_string();
    for nobody in ["", "no tenant", provider.as_str()] {
        let refused = desk.app.customer_of(&subject, nobody);
        assert_eq!(refused.expect_err("no customer").id, "GW-SET-0009");
    }
}

#[tokio::test]
async fn an_overdue_wait_is_told_as_stopped() {
    let desk = Desk::open().await;
    let (mut subject, [_, _, waits, ..]) = under_way(&desk).await;
    let step = waits.step("assignment-active");
    put(&mut subject, step, Standing::Troubled(Trouble::Overdue));
    let page = desk.app.apply_page(&subject).await.expect("a page");
    let matrix = page.matrix.expect("several");
    let (sign, word, because) = said(row(&matrix, waits));
    assert_eq!((sign, word), (Sign::Fail, "Stopped"));
    assert!(because.is_some());
}

#[tokio::test]
async fn one_customer_has_no_matrix_and_keeps_its_rows() {
    let desk = Desk::open().await;
    let subject = desk.setup(&[customer(1, State::AuditOff)]).await;
    let page = desk.app.check_page(&subject);
    assert_eq!(page.matrix, None);
    let rows: usize = page.groups.iter().map(|group| group.rows.len()).sum();
    assert_eq!(rows, subject.state.checks.len());
    let page = desk.app.apply_page(&subject).await.expect("a page");
    assert_eq!((page.matrix, page.more_waits), (None, None));
    assert!(page.more_cards.is_empty());
    let rows: usize = page.places.iter().map(|place| place.rows.len()).sum();
    assert_eq!(
        rows,
        subject.state.plan.as_ref().expect("planned").rows.len()
    );
}
