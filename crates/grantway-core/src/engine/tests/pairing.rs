//! Pairs that a person makes in another portal, and says so.

use std::collections::BTreeMap;

use super::*;
use crate::desired::Known;
use crate::journal::ListedName;
use crate::plan::{Confirm, HandOff, OwnTenant, PageLink, Pairing};
use crate::proof;

fn place(last: u8) -> Place {
    Place {
        party: Party::Customer,
        tenant: tenant(last),
        name: format!("Customer {last}"),
    }
}

/// A plan that is for these customers.
fn pairing(customers: &[u8]) -> Draft {
    let StepBody::Wait(mut wait) = wait("x", &[], None).body else {
        unreachable!("it is a wait");
    };
    wait.first_look = 0;
    let body = StepBody::HandOff(Box::new(HandOff {
        page: PageLink::Portal {
            portal: "vendor".into(),
            fallback: None,
            tail: Known::Now(String::new()),
        },
        who: Text::new("who"),
        message: (Text::new("subject"), Text::new("message")),
        instructions: Vec::new(),
        wait,
        stays: Some(Text::new("take-it-away-there")),
        confirm: Some(Confirm {
            claim: Text::new("claim"),
            unseen: Text::new("unseen"),
            pairing: Some(Pairing {
                tenants: customers.iter().copied().map(place).collect(),
                own: Some(OwnTenant {
                    place: place(1),
                    mark: None,
                }),
            }),
        }),
    }));
    Draft {
        preliminary: true,
        ..draft(vec![step("pairing", &[], body)])
    }
}

fn pairs(pairs: &[(u8, &str)]) -> BTreeMap<TenantId, String> {
    let named = pairs.iter();
    named
        .map(|(last, name)| (tenant(*last), (*name).to_owned()))
        .collect()
}

fn paired(made: &[(u8, &str)]) -> Entry {
    let made = pairs(made).into_iter();
    Entry::Paired {
        step: id("pairing"),
        pairs: made.map(|(tenant, name)| (tenant, Some(name))).collect(),
        by: "dana".into(),
    }
}

fn confirmed(made: &[(u8, &str)]) -> Entry {
    Entry::Confirmed {
        step: id("pairing"),
        seen: true,
        by: "dana".into(),
        pairs: pairs(made),
    }
}

async fn proved(bench: &Bench) -> proof::Proof {
    let proofs = bench.engine.prove(&setup(), &Plain).await.unwrap();
    let proof = proofs.into_iter().find(|proof| proof.step == id("pairing"));
    proof.expect("a claim").proof
}

/// The customers that are still to be confirmed.
async fn open(bench: &Bench) -> Vec<TenantId> {
    let state = bench.state().await;
    let row = state.row(&id("pairing")).unwrap();
    let pairing = row.step.pairing().unwrap();
    let open = state.steps[&id("pairing")].pairs.unconfirmed(pairing);
    open.map(|place| place.tenant).collect()
}

#[tokio::test]
async fn pairs_are_claimed_by_nobody_until_a_person_confirms_them_and_outlast_a_restart() {
    let bench = Bench::new();
    bench.approved(pairing(&[2, 3])).await;
    assert!(bench.apply().await.finished, "nothing waits for it");
    let listed = Entry::Listed {
        step: id("pairing"),
        names: vec![ListedName {
            name: "Two".into(),
            tenant: None,
        }],
        by: "dana".into(),
    };
    bench.record(listed).await.unwrap();
    bench
        .record(paired(&[(2, "Two"), (3, "Three")]))
        .await
        .unwrap();
    assert_eq!(proved(&bench).await.standing, proof::Standing::CannotSee);
    assert_eq!(open(&bench).await, [tenant(2), tenant(3)]);

    let bench = bench.restarted(Arc::default());
    let known = bench.state().await.steps[&id("pairing")].pairs.clone();
    assert_eq!(known.chosen, pairs(&[(2, "Two"), (3, "Three")]));
    assert_eq!(known.listed.len(), 1);
    let made = [(2, "Two"), (3, "Three")];
    bench.record(confirmed(&made)).await.unwrap();
    assert_eq!(bench.standing("pairing").await, Standing::Done);
    let bench = bench.restarted(Arc::default());
    let proof = proved(&bench).await;
    assert_eq!(proof.standing, proof::Standing::ByPerson);
    assert_eq!(proof.found.key, "proof-found-paired");
    assert_eq!(proof.evidence["pairs"][tenant(3).to_string()], "Three");
    assert_eq!(proof.evidence["confirmed_by"], "dana");
    assert_eq!(open(&bench).await, []);
}

#[tokio::test]
async fn another_pair_is_to_be_confirmed_again_and_the_same_pair_is_not() {
    let bench = Bench::new();
    bench.approved(pairing(&[2, 3])).await;
    bench.apply().await;
    let made = [(2, "Two"), (3, "Three")];
    bench.record(confirmed(&made)).await.unwrap();
    proved(&bench).await;
    bench.record(paired(&[(2, "Two")])).await.unwrap();
    assert_eq!(bench.standing("pairing").await, Standing::Done);
    bench.record(paired(&[(2, "Another")])).await.unwrap();
    assert!(matches!(
        bench.standing("pairing").await,
        Standing::Waiting { .. }
    ));
    assert_eq!(open(&bench).await, [tenant(2)]);
    // At once, without anything being read back.
    let proofs = bench.state().await.proofs;
    assert_eq!(proofs[0].proof.standing, proof::Standing::CannotSee);
}

#[tokio::test]
async fn customers_that_come_later_are_asked_for_alone() {
    let bench = Bench::new();
    bench.approved(pairing(&[2])).await;
    bench.apply().await;
    bench.record(confirmed(&[(2, "Two")])).await.unwrap();
    bench.approved(pairing(&[2, 4])).await;
    assert_eq!(bench.standing("pairing").await, Standing::NotStarted);
    assert_eq!(open(&bench).await, [tenant(4)]);
    bench.apply().await;
    assert_eq!(proved(&bench).await.standing, proof::Standing::CannotSee);
    bench.record(confirmed(&[(4, "Four")])).await.unwrap();
    let evidence = proved(&bench).await.evidence;
    assert_eq!(evidence["pairs"].as_object().unwrap().len(), 2);
    // The next plan for the same ones asks for nothing.
    bench.approved(pairing(&[2, 4])).await;
    assert_eq!(bench.standing("pairing").await, Standing::Done);
}

#[tokio::test]
async fn take_back_names_what_may_be_paired_there_and_nothing_where_nothing_is() {
    for (entries, left) in [
        (Vec::new(), 0),
        (vec![paired(&[(2, "Two")])], 1),
        (vec![confirmed(&[(2, "Two")])], 1),
    ] {
        let bench = Bench::new();
        bench.approved(pairing(&[2])).await;
        bench.apply().await;
        for entry in entries {
            bench.record(entry).await.unwrap();
        }
        let listed = bench.undo().await;
        assert_eq!(listed.len(), left, "{listed:#?}");
        for stays in &listed {
            assert_eq!(stays.by_hand.key, "take-it-away-there");
        }
        assert_eq!(bench.undo().await, listed, "again changes nothing");
    }
}
