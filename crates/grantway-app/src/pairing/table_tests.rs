//! The table of pairs: doubles, what is open, and what may be confirmed.

use grantway_core::Party;
use grantway_core::journal::{ConfirmedPair, ListedName};
use grantway_core::plan::OwnTenant;
use uuid::Uuid;

use super::*;
use crate::pairing::Because;
use crate::pairing::propose::Proposal;

fn tenant(number: u128) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(number))
}

fn place(number: u128, name: &str, party: Party) -> Place {
    Place {
        party,
        tenant: tenant(number),
        name: name.into(),
    }
}

/// Alder, Birch and Cedar, of Larkspur.
fn pairing() -> Pairing {
    let customers = [(1, "Alder"), (2, "Birch"), (3, "Cedar")];
    Pairing {
        tenants: customers
            .map(|(number, name)| place(number, name, Party::Customer))
            .into(),
        own: Some(OwnTenant {
            place: place(9, "Larkspur", Party::Provider),
            mark: None,
        }),
    }
}

fn pairs(list: &[&str], chosen: &[(u128, &str)]) -> Pairs {
    let listed = list.iter().map(|name| ListedName {
        name: (*name).into(),
        tenant: None,
    });
    let chosen = chosen.iter();
    Pairs {
        listed: listed.collect(),
        chosen: chosen
            .map(|(number, name)| (tenant(*number), (*name).into()))
            .collect(),
        confirmed: BTreeMap::new(),
    }
}

fn stands(table: &Table) -> Vec<&Stands> {
    table.rows.iter().map(|row| &row.stands).collect()
}

fn at() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

#[test]
fn each_tenant_stands_somewhere_and_each_name_that_is_left_is_told() {
    let known = pairs(&["ALDER", "Birch Ltd", "Elm"], &[(3, "Larkspur")]);
    let table = Table::of(&pairing(), &known, &Known::default());
    let proposed = |name: &str, because| {
        let name = name.to_owned();
        Stands::Proposed(Proposal { name, because })
    };
    assert_eq!(
        stands(&table),
        [
            &proposed("ALDER", Because::Same),
            &proposed("Birch Ltd", Because::Bare),
            &Stands::Paired,
            &Stands::Free
        ]
    );
    assert!(table.rows[2].is_unlisted, "its name is not in the list");
    assert_eq!(table.free, ["ALDER", "Birch Ltd", "Elm"]);
    assert_eq!(table.blocked().unwrap().key, "pairs-blocked-open");
    assert_eq!(table.pairs().len(), 1);
}

#[test]
fn one_name_for_two_tenants_is_a_double_whatever_its_case_and_holds_all_up() {
    let known = pairs(&[], &[(1, "Alder"), (2, " alder"), (3, "Cedar")]);
    let table = Table::of(&pairing(), &known, &Known::default());
    let free = Stands::Free;
    let all = [&Stands::Double, &Stands::Double, &Stands::Paired, &free];
    assert_eq!(stands(&table), all);
    assert_eq!(table.rows[0].shared_with, ["Birch"]);
    assert!(!table.rows[0].is_unlisted, "no list was given");
    assert_eq!(table.blocked().unwrap().key, "pairs-blocked-doubles");
    // The provider's own can be one of two as well.
    let known = pairs(
        &[],
        &[(1, "Alder"), (2, "Birch"), (3, "Cedar"), (9, "Cedar")],
    );
    let table = Table::of(&pairing(), &known, &Known::default());
    assert_eq!(table.blocked().unwrap().key, "pairs-blocked-doubles");
}

#[test]
fn all_paired_one_to_one_may_be_confirmed_without_the_providers_own() {
    let mut known = pairs(&[], &[(1, "Alder"), (2, "Birch"), (3, "Cedar")]);
    let table = Table::of(&pairing(), &known, &Known::default());
    assert_eq!((table.blocked(), table.unconfirmed()), (None, 3));
    let confirmed = ConfirmedPair {
        name: "Alder".into(),
        by: "dana".into(),
        at: at(),
    };
    known.confirmed.insert(tenant(1), confirmed);
    let table = Table::of(&pairing(), &known, &Known::default());
    assert_eq!((table.blocked(), table.unconfirmed()), (None, 2));
    assert_eq!(table.pairs().len(), 3);
}

#[test]
fn pairs_of_other_setups_are_known_and_their_names_are_taken() {
    let elsewhere = |tenant: &str, name: &str| Elsewhere {
        tenant: tenant.into(),
        name: name.into(),
        by: "dana".into(),
        at: at(),
        setup: SetupId::parse("HM-7K2Q").unwrap(),
    };
    let known = Known {
        domains: HashMap::new(),
        elsewhere: BTreeMap::from([
            (tenant(1), elsewhere("Alder", "Alder Dental")),
            (tenant(7), elsewhere("Grove", "Birch")),
        ]),
    };
    let given = pairs(&["Birch", "Cedar"], &[]);
    let table = Table::of(&pairing(), &given, &known);
    let Stands::Confirmed { setup, .. } = &table.rows[0].stands else {
        panic!("{table:#?}")
    };
    assert_eq!(setup.as_ref().unwrap().as_str(), "HM-7K2Q");
    assert_eq!(table.rows[1].stands, Stands::Open, "its name is another's");
    assert_eq!(table.free, ["Cedar"]);
    assert_eq!(table.unconfirmed(), 0);
    // Who takes it all the same is told of the other.
    let table = Table::of(&pairing(), &pairs(&[], &[(2, "Birch")]), &known);
    assert_eq!(table.rows[1].shared_with, ["Grove"]);
    // Another name than before is to be confirmed.
    let table = Table::of(&pairing(), &pairs(&[], &[(1, "Alder")]), &known);
    assert_eq!(table.rows[0].stands, Stands::Paired);
}

#[test]
fn a_tenant_that_the_list_has_twice_is_named_with_both() {
    let mut given = pairs(&["One", "Two"], &[]);
    for listed in &mut given.listed {
        listed.tenant = Some(tenant(1).to_string());
    }
    let table = Table::of(&pairing(), &given, &Known::default());
    assert_eq!(table.rows[0].stands, Stands::Open);
    assert_eq!(table.rows[0].listed_as, ["One", "Two"]);
}
