//! A thousand customers: the same pages, and no list on them that grows with the customers but the matrix.

use std::collections::BTreeMap;

use grantway_core::journal::Standing;
use grantway_core::{Fault, FaultKind, Text};

use super::world::{Customer, Desk, State, at, put};
use crate::contract::{NeedKind, Sign};

fn thousand() -> Vec<Customer> {
    (1..=1000)
        .map(|number| Customer {
            number,
            state: match number % 10 {
                1 => State::NoP1,
                2 => State::AuditOff,
                3 => State::DefaultsOn,
                4 => State::NoRelationship,
                _ => State::InOrder,
            },
        })
        .collect()
}

#[tokio::test]
async fn the_checks_of_a_thousand_customers_stand_in_one_matrix() {
    let desk = Desk::open().await;
    let subject = desk.setup(&thousand()).await;
    let page = desk.app.check_page(&subject);
    let matrix = page.matrix.expect("several");
    assert_eq!(
        (matrix.title.as_str(), matrix.rows.len()),
        ("1000 customers", 1000)
    );
    let filters: BTreeMap<&str, usize> = matrix
        .filters
        .iter()
        .map(|f| (f.id.as_str(), f.count))
        .collect();
    let expected = [("leftOut", 100), ("notReady", 100), ("ready", 800)];
    assert_eq!(filters, expected.into());
    // Every check of every customer is in it: nine columns, but for the roles where there is no relationship.
    let cells = matrix.rows.iter().flat_map(|row| &row.cells).flatten();
    assert_eq!(cells.count(), 9 * 1000 - 100);
    let own: usize = page.groups.iter().map(|group| group.rows.len()).sum();
    assert_eq!(own, subject.state.checks.len() - (9 * 1000 - 100));
    assert_eq!(page.blocked, None);
}

#[tokio::test]
async fn the_run_of_a_thousand_customers_has_few_cards_and_says_how_many_more_there_are() {
    let desk = Desk::open().await;
    let customers = thousand();
    let mut subject = desk.setup(&customers).await;
    let waiting = |minute: u16| Standing::Waiting {
        since: at("2026-11-24T10:38:00Z"),
        next_look: at(&format!("2026-11-24T10:{minute}:00Z")),
    };
    for customer in &customers {
        match customer.number % 10 {
            1 => {}
            // Their administrators are asked.
            4 => put(
                &mut subject,
                customer.step("relationship-approval"),
                waiting(58),
            ),
            5 => {
                let doing = Text::new("doing-reading").with("what", "roles");
                let fault = Fault::new(FaultKind::NotFound, doing, "gone");
                put(
                    &mut subject,
                    customer.step("assignment"),
                    Standing::Failed(fault),
                );
            }
            6 => {
                let minute = 41 + customer.number / 100;
                put(
                    &mut subject,
                    customer.step("assignment-active"),
                    waiting(minute),
                );
            }
            _ => {
                for step in ["way-in", "assignment", "assignment-active", "signs-of-life"] {
                    put(&mut subject, customer.step(step), Standing::Done);
                }
            }
        }
    }
    let page = desk.app.apply_page(&subject).await.expect("a page");
    let matrix = page.matrix.expect("several");
    assert_eq!(matrix.rows.len(), 1000);
    let filters: BTreeMap<&str, usize> = matrix
        .filters
        .iter()
        .map(|f| (f.id.as_str(), f.count))
        .collect();
    assert_eq!(filters["stopped"], 100);
    assert_eq!(filters["handOff"], 100);
    assert_eq!(filters["waits"], 200);
    assert_eq!(filters["leftOut"], 100);
    // Those whose Security Defaults are on have steps left.
    assert_eq!((filters["done"], filters["goesOn"]), (500, 100));
    let counted = |filter: &str| {
        let of = |row: &&crate::contract::MatrixRow| row.filters.iter().any(|id| id == filter);
        matrix.rows.iter().filter(of).count()
    };
    for (filter, count) in &filters {
        assert_eq!(counted(filter), *count, "{filter}");
    }
    assert_eq!(matrix.rows.iter().filter(|row| row.stopped).count(), 100);

    let kinds: Vec<NeedKind> = page.cards.iter().map(|card| card.kind).collect();
    let (stopped, hand_off) = (NeedKind::Stopped, NeedKind::HandOff);
    assert_eq!(kinds, [stopped, stopped, hand_off, hand_off]);
    let more: Vec<(&str, &str)> = page
        .more_cards
        .iter()
        .map(|more| (more.filter.as_str(), more.sentence.as_str()))
        .collect();
    assert_eq!(
        more,
        [
            ("stopped", "and 98 more that stopped"),
            ("handOff", "and 98 more that wait for somebody else"),
        ]
    );
    // All of them are counted where the page says what it needs.
    assert_eq!(page.sentence, "200 things need you.");
    assert_eq!(page.waits.len(), 3);
    assert_eq!(page.waits[0].next, "Next look 10:41. Survives a restart.");
    let more = page.more_waits.expect("there are more");
    assert_eq!(
        (more.filter.as_str(), more.sentence.as_str()),
        ("waits", "and 197 more waits")
    );
    assert!(
        page.places.iter().all(|place| place.rows.len() < 20),
        "{:#?}",
        page.places
    );
    let sign = |number: usize| matrix.rows[number - 1].sign;
    assert_eq!(
        (sign(5), sign(6), sign(7)),
        (Sign::Fail, Sign::Wait, Sign::Pass)
    );
}
