//! The index says what folding all entries says, wherever it is looked at, and reads each entry once.

use std::sync::Mutex;

use async_trait::async_trait;
use proptest::prelude::*;

use super::*;
use crate::journal::Recorded;

/// A journal that shows its first entries only, as another process appends the rest, and counts what is read.
struct Shown {
    entries: Vec<Recorded>,
    shows: Mutex<usize>,
    given: Mutex<Vec<u64>>,
}

impl Shown {
    fn of(entries: Vec<Recorded>) -> Self {
        Self {
            entries,
            shows: Mutex::new(0),
            given: Mutex::default(),
        }
    }

    fn show(&self, count: usize) {
        *self.shows.lock().unwrap() = count;
    }

    fn given(&self) -> Vec<u64> {
        self.given.lock().unwrap().clone()
    }

    fn read(&self, wanted: impl Fn(&Recorded) -> bool) -> Vec<Recorded> {
        let shown = &self.entries[..*self.shows.lock().unwrap()];
        let read: Vec<Recorded> = shown.iter().filter(|r| wanted(r)).cloned().collect();
        let mut given = self.given.lock().unwrap();
        given.extend(read.iter().map(|recorded| recorded.seq));
        read
    }
}

#[async_trait]
impl Journal for Shown {
    async fn append(
        &self,
        _at: Timestamp,
        _setup: &SetupId,
        _entry: &Entry,
    ) -> Result<Recorded, JournalError> {
        Err(JournalError::ReadOnly("another process writes".into()))
    }

    async fn append_all(
        &self,
        _at: Timestamp,
        _setup: &SetupId,
        _entries: &[Entry],
    ) -> Result<Vec<Recorded>, JournalError> {
        Err(JournalError::ReadOnly("another process writes".into()))
    }

    async fn entries(&self, setup: &SetupId) -> Result<Vec<Recorded>, JournalError> {
        Ok(self.read(|recorded| &recorded.setup == setup))
    }

    async fn since(&self, place: u64) -> Result<Vec<Recorded>, JournalError> {
        Ok(self.read(|recorded| recorded.seq > place))
    }

    async fn setups(&self) -> Result<Vec<SetupId>, JournalError> {
        panic!("the index knows the setups from the entries")
    }
}

/// The entries of the whole draft, from opening to the end of take back, with a kill on the way, a step that stops and is
/// tried again, a person, waits and proofs.
async fn journey() -> Vec<Recorded> {
    let bench = Bench::new();
    furnish(&bench.cloud);
    bench
        .cloud
        .rule(Verb::Create, "assignment", 1, Does::Refuses);
    let killed = bench.restarted(Power::for_operations(31));
    assert!(killed.whole().await.is_err(), "the kill comes too late");
    bench.whole().await.unwrap();
    bench.engine.prove(&setup(), &Plain).await.unwrap();
    bench.undo().await;
    bench.journal.entries(&setup()).await.unwrap()
}

fn other() -> SetupId {
    SetupId::parse("PR-9XYZ").unwrap()
}

/// Two setups with the same journey, entry by entry as `turns` says whose turn it is, then what is left of each.
fn interleaved(entries: &[Recorded], turns: &[bool]) -> Vec<Recorded> {
    let (mut first, mut second) = (entries.iter(), entries.iter());
    let mut all: Vec<(bool, &Recorded)> = turns
        .iter()
        .filter_map(|turn| {
            let next = if *turn { second.next() } else { first.next() };
            next.map(|recorded| (*turn, recorded))
        })
        .collect();
    all.extend(first.map(|recorded| (false, recorded)));
    all.extend(second.map(|recorded| (true, recorded)));
    let numbered = all.into_iter().zip(1..);
    numbered
        .map(|((second, recorded), seq)| Recorded {
            seq,
            setup: if second { other() } else { setup() },
            ..recorded.clone()
        })
        .collect()
}

fn of(entries: &[Recorded], setup: &SetupId) -> SetupState {
    let own: Vec<Recorded> = entries
        .iter()
        .filter(|recorded| &recorded.setup == setup)
        .cloned()
        .collect();
    SetupState::of(&own)
}

#[tokio::test]
async fn at_every_entry_of_a_journey_the_index_says_what_folding_all_says() {
    let entries = journey().await;
    let kinds: std::collections::BTreeSet<String> = entries
        .iter()
        .map(|r| serde_json::to_value(&r.entry).unwrap()["entry"].to_string())
        .collect();
    assert!(
        entries.len() > 40 && kinds.len() > 14,
        "{}, {kinds:?}",
        entries.len()
    );
    for split in 0..=entries.len() {
        let (before, after) = entries.split_at(split);
        let mut carried = SetupState::of(before);
        for recorded in after {
            carried.fold(recorded);
        }
        assert_eq!(
            carried,
            SetupState::of(&entries),
            "carried on after {split}"
        );

        let journal = Shown::of(entries.clone());
        let index = Index::default();
        journal.show(split);
        let state = index.state(&journal, &setup()).await.unwrap();
        assert_eq!(*state, SetupState::of(before), "at {split}");
        journal.show(entries.len());
        let whole = index.state(&journal, &setup()).await.unwrap();
        assert_eq!(*whole, SetupState::of(&entries), "whole after {split}");
        assert_eq!(*state, SetupState::of(before), "who held it keeps it");
    }
}

#[test]
fn looks_at_any_moment_at_two_setups_side_by_side_say_what_folding_says() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let entries = runtime.block_on(journey());
    let turns = proptest::collection::vec(any::<bool>(), 0..entries.len() * 2);
    let looks = proptest::collection::vec(0..=entries.len() * 2, 1..12);
    let config = ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(turns in turns, mut looks in looks, forgets in any::<u8>())| {
        let all = interleaved(&entries, &turns);
        let journal = Shown::of(all.clone());
        let index = Index::default();
        looks.sort_unstable();
        for (number, look) in looks.into_iter().enumerate() {
            if number == usize::from(forgets % 16) {
                index.forget();
            }
            journal.show(look);
            let shown = &all[..look];
            for id in [setup(), other()] {
                let state = runtime.block_on(index.state(&journal, &id)).unwrap();
                prop_assert_eq!(&*state, &of(shown, &id));
            }
            let mut order: Vec<SetupId> = Vec::new();
            for recorded in shown {
                if !order.contains(&recorded.setup) {
                    order.push(recorded.setup.clone());
                }
            }
            let states = runtime.block_on(index.states(&journal)).unwrap();
            let ids: Vec<SetupId> = states.into_iter().map(|(id, _)| id).collect();
            prop_assert_eq!(ids, order);
        }
    });
}

#[tokio::test]
async fn many_looks_read_each_entry_once() {
    let entries = interleaved(&journey().await, &[true, false, true]);
    let journal = Arc::new(Shown::of(entries.clone()));
    let bench = Bench::new();
    let engine = Engine {
        journal: Arc::clone(&journal) as Arc<dyn Journal>,
        ..bench.engine
    };
    for shown in [10, 40, entries.len()] {
        journal.show(shown);
        for _ in 0..50 {
            engine.state(&setup()).await.unwrap();
            engine.state(&other()).await.unwrap();
            engine.states().await.unwrap();
        }
        let once: Vec<u64> = (1..=shown as u64).collect();
        assert_eq!(journal.given(), once);
    }
    engine.index.forget();
    engine.state(&setup()).await.unwrap();
    assert_eq!(journal.given().len(), entries.len() * 2, "read anew");
}

#[tokio::test]
async fn what_this_engine_appends_is_seen_at_the_next_look() {
    let bench = Bench::new();
    assert_eq!(bench.state().await, SetupState::default());
    bench.open().await.unwrap();
    assert!(bench.state().await.opened.is_some());
    bench.record(Entry::Paused).await.unwrap();
    assert!(bench.state().await.paused);
    // Another process, over the same journal.
    let elsewhere = bench.restarted(Arc::default());
    elsewhere.record(Entry::Resumed).await.unwrap();
    assert!(!bench.state().await.paused);
}
