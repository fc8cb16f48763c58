use uuid::Uuid;

use super::{ActKind, Entry, Recorded, SetupState, SignIn, Standing};
use crate::change::{Observed, Undone};
use crate::fault::{Fault, FaultKind};
use crate::ids::{AppId, ObjectId, SetupId, StepId, TenantId, Upn};
use crate::party::{Party, Place};
use crate::plan::{Fingerprint, GrantMap, Plan};
use crate::text::Text;
use crate::{Actor, Timestamp};

fn tenant(n: u128) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(n))
}

fn place(party: Party, n: u128) -> Place {
    Place {
        party,
        tenant: tenant(n),
        name: format!("tenant {n}"),
    }
}

fn client() -> AppId {
    AppId::from_uuid(Uuid::from_u128(7))
}

fn sign_in(party: Party, n: u128, account: &str) -> Entry {
    Entry::SignedIn {
        sign_in: SignIn {
            place: place(party, n),
            account: Upn::parse(account).unwrap(),
            account_id: ObjectId::from_uuid(Uuid::from_u128(n + 100)),
            name: account.into(),
            scopes: vec!["User.Read".into()],
            client: client().to_string(),
        },
    }
}

fn intent(step: &StepId, act: ActKind) -> Entry {
    Entry::Intent {
        step: step.clone(),
        act,
        desired: serde_json::Value::Null,
        before: Observed::Absent,
    }
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
}

/// Folds entries, one a minute each at the minute that stands beside it.
fn folded(entries: impl IntoIterator<Item = (i64, Entry)>) -> SetupState {
    let setup = SetupId::parse("PR-7K2Q").unwrap();
    let recorded: Vec<Recorded> = entries
        .into_iter()
        .zip(1..)
        .map(|((minute, entry), seq)| Recorded {
            seq,
            at: at(minute),
            setup: setup.clone(),
            entry,
        })
        .collect();
    SetupState::of(&recorded)
}

fn opened() -> Entry {
    Entry::Opened {
        pattern: "a-pattern".into(),
        profile: "a-profile".into(),
        cloud: "practice".into(),
    }
}

#[test]
fn a_tenant_is_worked_in_by_whoever_signed_in_there_else_by_the_provider() {
    let state = folded([
        (0, opened()),
        (1, sign_in(Party::Provider, 1, "dana@larkspur-it.example")),
        (2, sign_in(Party::Customer, 2, "marta@alder-dental.example")),
    ]);
    let dana = Actor {
        home: tenant(1),
        account: Upn::parse("dana@larkspur-it.example").unwrap(),
        client: client(),
    };
    assert_eq!(state.actor(tenant(1)), Some(dana.clone()));
    let marta = state.actor(tenant(2)).expect("she has signed in");
    assert_eq!(
        (marta.home, marta.account.as_str()),
        (tenant(2), "marta@alder-dental.example")
    );
    assert_eq!(state.actor(tenant(3)), Some(dana));
}

#[test]
fn without_the_provider_nobody_works_in_a_tenant_of_others() {
    let state = folded([
        (0, opened()),
        (1, sign_in(Party::Customer, 2, "marta@alder-dental.example")),
    ]);
    assert_eq!(state.actor(tenant(3)), None);
}

#[test]
fn a_step_owns_what_came_since_it_began_but_for_the_clocks() {
    let step = StepId::new("account");
    let begun = folded([(0, opened()), (60, intent(&step, ActKind::Apply))]);
    assert_eq!(begun.own_since(&step), Some(at(55)));
    // A later try does not move it.
    let again = folded([
        (0, opened()),
        (60, intent(&step, ActKind::Apply)),
        (90, Entry::Retried { step: step.clone() }),
        (91, intent(&step, ActKind::Apply)),
    ]);
    assert_eq!(again.own_since(&step), Some(at(55)));
    // Nothing is older than the setup.
    let soon = folded([(0, opened()), (2, intent(&step, ActKind::Apply))]);
    assert_eq!(soon.own_since(&step), Some(at(0)));
}

#[test]
fn a_step_that_has_not_begun_owns_nothing() {
    let step = StepId::new("account");
    assert_eq!(folded([(0, opened())]).own_since(&step), None);
    let only_retried = folded([(0, opened()), (1, Entry::Retried { step: step.clone() })]);
    assert_eq!(only_retried.own_since(&step), None);
}

#[test]
fn what_is_made_after_a_take_back_is_something_new() {
    let step = StepId::new("app");
    let state = folded([
        (0, opened()),
        (10, Entry::Needed { step: step.clone() }),
        (20, intent(&step, ActKind::Undo)),
        (
            21,
            Entry::Undone {
                step: step.clone(),
                undone: Undone::Reverted,
                traces: Vec::new(),
            },
        ),
        (30, Entry::Retried { step: step.clone() }),
        (40, Entry::Needed { step: step.clone() }),
    ]);
    assert_eq!(state.own_since(&step), Some(at(35)));
}

#[test]
fn an_own_consent_is_followed_from_intent_to_outcome() {
    let home = place(Party::Provider, 1);
    let ending = Entry::ConsentEnding {
        place: home.clone(),
        scopes: vec!["User.Read".into()],
    };
    let standing = |entries: Vec<(i64, Entry)>| {
        let state = folded(entries);
        state.own_consents.get(&tenant(1)).map(|(_, s)| s.clone())
    };
    assert_eq!(standing(vec![(0, opened())]), None);
    assert_eq!(
        standing(vec![(0, opened()), (1, ending.clone())]),
        Some(Standing::UndoInDoubt)
    );
    let fault = Fault::new(FaultKind::Offline, Text::verbatim("a test"), "no route");
    let stays = Entry::ConsentStays {
        place: home.clone(),
        fault: fault.clone(),
    };
    assert_eq!(
        standing(vec![(0, opened()), (1, ending.clone()), (2, stays)]),
        Some(Standing::UndoFailed(fault))
    );
    let ended = Entry::ConsentEnded {
        place: home,
        undone: Undone::Reverted,
    };
    assert_eq!(
        standing(vec![(0, opened()), (1, ending), (2, ended)]),
        Some(Standing::Undone(Undone::Reverted))
    );
}

#[test]
fn what_a_plan_pinned_outlives_the_answers_that_put_it_away() {
    let plan = |number| Plan {
        number,
        parent: None,
        made: at(0),
        summary: Text::verbatim("a summary"),
        rows: Vec::new(),
        map: GrantMap::default(),
        lasting_role: None,
        preliminary: false,
        fingerprint: Fingerprint::of(&number),
    };
    let planned = |number| Entry::Planned {
        plan: Box::new(plan(number)),
    };
    let answered = || Entry::Answered {
        answers: serde_json::Map::new().into(),
    };
    // The approved plan no longer fits, and the person answers otherwise, twice.
    let entries = vec![
        (0, opened()),
        (1, planned(1)),
        (
            2,
            Entry::Stale {
                plan: 1,
                because: Vec::new(),
            },
        ),
        (3, answered()),
        (4, answered()),
    ];
    let state = folded(entries.clone());
    assert_eq!((state.plan, state.answered_over), (None, Some(plan(1))));
    let anew = folded(entries.into_iter().chain([(5, planned(2))]));
    assert_eq!((anew.plan, anew.answered_over), (Some(plan(2)), None));
}
