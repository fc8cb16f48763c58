//! Whatever concerns one customer names its column, and nothing else does.

use std::collections::BTreeSet;

use grantway_core::Party;
use grantway_core::check::Check;
use grantway_core::question::{PolicySeen, SecurityDefaults, SecurityDefaultsSeen, WaySeen};

use super::world::{CUSTOMER, World, tenant};
use crate::gdap_service_account::GdapServiceAccount;
use crate::pattern::{Column, Pattern};

fn ids(columns: &[Column]) -> BTreeSet<&str> {
    columns.iter().map(|column| column.id).collect()
}

/// Worlds in which all checks and all steps of a customer come up.
fn worlds() -> Vec<World> {
    let shut = World::in_order();
    let mut open = World::in_order();
    open.let_in();
    let mut to_be_opened = World::in_order();
    to_be_opened.way(WaySeen::NotConsented {
        code: "AADSTS65001".into(),
        by_partner_center: None,
    });
    let mut full = World::in_order();
    full.let_in();
    full.relationships(Vec::new());
    full.read_in(
        CUSTOMER,
        &SecurityDefaults {},
        SecurityDefaultsSeen { enabled: true },
    );
    full.read_in(
        CUSTOMER,
        &grantway_core::question::AccessPolicies {},
        vec![in_the_way()],
    );
    vec![shut, open, to_be_opened, full]
}

fn in_the_way() -> PolicySeen {
    PolicySeen {
        id: "4f2b8c10-0000-4000-8000-000000000001".into(),
        name: "MFA for everybody".into(),
        state: "enabled".into(),
        users: serde_json::json!({ "includeUsers": ["All"] }),
        custom_factors: Vec::new(),
    }
}

#[test]
fn every_check_of_a_customer_and_no_other_stands_in_named_columns() {
    let columns = GdapServiceAccount.check_columns();
    let known = ids(&columns);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for world in worlds() {
        for check in world.checks() {
            let Check { id, columns, .. } = &check;
            let is_customers = check.place.party == Party::Customer;
            assert_eq!(is_customers, !columns.is_empty(), "{id}");
            assert!(
                columns.iter().all(|column| known.contains(column.as_str())),
                "{id}"
            );
            seen.extend(columns.iter().cloned());
        }
    }
    assert_eq!(seen.len(), columns.len(), "{seen:?}");
}

#[test]
fn what_a_shut_way_hides_is_unseen_in_each_of_its_columns() {
    let unseen = World::in_order().check("customer-unseen");
    let mut open = World::in_order();
    open.let_in();
    for column in &unseen.columns {
        assert_eq!(open.check(column).columns, std::slice::from_ref(column));
    }
    assert_eq!(unseen.columns.len(), 6);
}

#[test]
fn every_step_for_a_customer_and_no_other_stands_in_a_named_column() {
    let world = World::in_order();
    let columns = GdapServiceAccount.step_columns(&world.profile);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for world in worlds() {
        for step in world.draft().expect("a draft").steps {
            // This pattern names the customer in the step's own name.
            let is_customers = step.id.as_str().contains(CUSTOMER);
            assert_eq!(is_customers, step.cell.is_some(), "{}", step.id);
            let Some(cell) = step.cell else { continue };
            assert_eq!(cell.customer, tenant(CUSTOMER), "{}", step.id);
            assert!(ids(&columns).contains(cell.column.as_str()), "{}", step.id);
            seen.insert(cell.column);
        }
    }
    assert_eq!(seen.len(), columns.len(), "{seen:?}");
}
