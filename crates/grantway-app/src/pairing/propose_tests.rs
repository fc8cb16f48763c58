//! Proposals: what is sure, what is likely, and what is left to a person.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn tenant(number: usize) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(number as u128 + 1))
}

fn tenants(named: &[(&str, Option<&str>)]) -> Vec<Candidate> {
    let numbered = named.iter().enumerate();
    numbered
        .map(|(number, (name, domain))| Candidate {
            tenant: tenant(number),
            name: (*name).to_owned(),
            domain: domain.map(str::to_owned),
            mark: None,
        })
        .collect()
}

fn list(names: &[&str]) -> Vec<ListedName> {
    let name = |name: &&str| ListedName {
        name: (*name).to_owned(),
        tenant: None,
    };
    names.iter().map(name).collect()
}

/// The proposal for the first of these tenants.
fn first(named: &[(&str, Option<&str>)], names: &[&str]) -> Option<Proposal> {
    propose(&tenants(named), &list(names), &BTreeSet::new()).remove(&tenant(0))
}

#[test]
fn each_way_of_being_alike_is_told_apart() {
    for (name, domain, listed, because) in [
        ("Alder Dental", None, "alder  dental", Because::Same),
        ("Alder Dental", None, "Alder Dental, Inc.", Because::Bare),
        ("Alder Dental GmbH", None, "Alder Dental AG", Because::Form),
        (
            "Contoso Ltd",
            Some("alder-dental.example"),
            "Alder Dental",
            Because::Domain,
        ),
        (
            "Contoso Ltd",
            Some("alder-dental.example"),
            "alder-dental.example",
            Because::Domain,
        ),
        (
            "Brightwater Accounting",
            None,
            "Brightwater Acounting",
            Because::Near(97),
        ),
    ] {
        let proposal = first(&[(name, domain)], &[listed, "Somebody Else"]);
        let proposal = proposal.unwrap_or_else(|| panic!("nothing for {name}"));
        assert_eq!(
            (proposal.name.as_str(), proposal.because),
            (listed, because)
        );
    }
    assert!(
        Because::Bare.is_sure()
            && !Because::Domain.is_sure()
            && !Because::Form.is_sure()
            && !Because::Near(99).is_sure()
    );
}

#[test]
fn what_fits_two_is_left_to_a_person() {
    assert_eq!(
        first(&[("Alder Ltd", None)], &["Alder GmbH", "Alder Inc"]),
        None
    );
    let twins = [("Alder", None), ("Alder", None)];
    assert_eq!(first(&twins, &["Alder"]), None);
    // The one that is exactly the same is meant.
    let proposal = first(&[("Alder Ltd", None)], &["Alder GmbH", "Alder Ltd"]);
    assert_eq!(proposal.unwrap().because, Because::Same);
}

#[test]
fn other_companies_are_not_near() {
    for (name, listed) in [
        ("Alder Dental", "Alder Law"),
        ("Northwind Traders", "Southridge Video"),
        ("Jasper Schools 1", "Juniper Schools Trust"),
    ] {
        assert_eq!(
            first(&[(name, None)], &[listed]),
            None,
            "{name} and {listed}"
        );
    }
}

#[test]
fn the_providers_own_is_found_by_its_mark() {
    let mut all = tenants(&[("Larkspur Managed IT", None), ("Alder Dental", None)]);
    all[0].mark = Some("(MSP Tenant)".into());
    let names = list(&["LMIT (MSP tenant)", "Alder Dental"]);
    let found = propose(&all, &names, &BTreeSet::new());
    assert_eq!(found[&tenant(0)].because, Because::Marked);
    assert_eq!(found[&tenant(0)].name, "LMIT (MSP tenant)");
}

#[test]
fn a_list_that_names_tenants_is_believed_and_one_that_names_them_twice_is_not() {
    let all = tenants(&[("Alder", Some("alder.example")), ("Birch", None)]);
    let mut names = list(&["One", "Two", "Birch"]);
    names[0].tenant = Some("alder.example".into());
    let found = propose(&all, &names, &BTreeSet::new());
    assert_eq!(found[&tenant(0)].because, Because::Listed);
    names[1].tenant = Some(tenant(0).to_string());
    let found = propose(&all, &names, &BTreeSet::new());
    assert_eq!(found.get(&tenant(0)), None);
    assert_eq!(Listed::of(&all, &names).names[&tenant(0)], ["One", "Two"]);
    // What the list has beside somebody else is not free.
    names[2].tenant = Some("somebody.example".into());
    let found = propose(&all, &names, &BTreeSet::new());
    assert_eq!(found.get(&tenant(1)), None);
}

#[test]
fn what_somebody_has_is_not_proposed_to_another() {
    let taken = BTreeSet::from([same("Alder")]);
    assert!(propose(&tenants(&[("Alder", None)]), &list(&["ALDER"]), &taken).is_empty());
}

#[test]
fn a_thousand_are_paired_with_a_thousand() {
    let names: Vec<String> = (0..1000)
        .map(|number| format!("Customer {number:04} Ltd"))
        .collect();
    let all: Vec<(&str, Option<&str>)> = names.iter().map(|name| (name.as_str(), None)).collect();
    let listed: Vec<String> = names
        .iter()
        .map(|name| name.replace(" Ltd", " Limited"))
        .collect();
    let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
    let found = propose(&tenants(&all), &list(&listed), &BTreeSet::new());
    assert_eq!(found.len(), 1000);
    assert!(
        found
            .values()
            .all(|proposal| proposal.because == Because::Bare)
    );
}

proptest! {
    /// However alike names are, no name goes to two tenants, each is one of the list, and the order of the list is nothing.
    #[test]
    fn proposals_are_one_to_one_and_know_no_order(
        named in prop::collection::vec("(Alder|Birch|Cedar)( Dental| Law)?( Ltd| GmbH)?", 0..8),
        names in prop::collection::btree_set("(Alder|Birch|Cedar|Ceder)( Dental| Law)?( Ltd| Inc)?", 0..8),
        turn in 0_usize..8,
    ) {
        let all: Vec<(&str, Option<&str>)> = named.iter().map(|name| (name.as_str(), None)).collect();
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        let found = propose(&tenants(&all), &list(&names), &BTreeSet::new());
        let used: BTreeSet<&str> = found.values().map(|pair| pair.name.as_str()).collect();
        prop_assert_eq!(used.len(), found.len());
        prop_assert!(used.iter().all(|name| names.contains(name)));
        if !names.is_empty() {
            let by = turn % names.len();
            names.rotate_left(by);
        }
        prop_assert_eq!(propose(&tenants(&all), &list(&names), &BTreeSet::new()), found);
    }
}
