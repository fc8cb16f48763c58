//! The use cases in a process of their own, which the sweep kills: it takes a setup up where it stands and plays the act
//! of a journey that it was told to its end. It then says on standard output: the setup, how many entries it appended,
//! and the link that waits for the customer, if one does.
//!
//! Told to stop at an entry, it says so and stands still, so that the kill falls there and nowhere else. The use cases
//! run on one thread; while that one stands, nothing is sent and nothing written. The journal is the real one.
#![forbid(unsafe_code)]

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use grantway_app::Timestamp;
use grantway_core::ids::SetupId;
use grantway_core::journal::{Entry, Journal, JournalError, Recorded};
use grantway_tests::journey::{Act, Journey};
use grantway_tests::{Knobs, Stage};

/// Where to stand still.
static STOP: OnceLock<Stop> = OnceLock::new();
/// Entries that were appended or begun.
static APPENDS: AtomicU64 = AtomicU64::new(0);

#[derive(Debug, PartialEq, Eq)]
enum Stop {
    Nowhere,
    /// The entry of that number is not on its way yet.
    Before(u64),
    /// The entry of that number survives a power cut; who appended it does not know yet.
    After(u64),
}

impl Stop {
    fn read(words: &[String]) -> Self {
        let number = |word: &String| word.parse().expect("a number");
        match words {
            [] => Self::Nowhere,
            [when, nth] if when == "before" => Self::Before(number(nth)),
            [when, nth] if when == "after" => Self::After(number(nth)),
            _ => panic!("nobody knows {words:?}"),
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [data, cloud, journey, act, stop @ ..] = given.as_slice() else {
        panic!("data folder, cloud file, journey, number of the act, where to stop")
    };
    let act: usize = act.parse().expect("a number");
    let Act::Plays(part, until) = Journey::named(journey).acts[act] else {
        panic!("act {act} of {journey} is not the app's")
    };
    STOP.set(Stop::read(stop)).expect("it is set once");
    let cloud = std::fs::read_to_string(cloud).expect("the cloud's file");
    let stage = Stage::set(Knobs {
        data: Some(PathBuf::from(data)),
        elsewhere: Some(cloud),
        around_journal: |inner| Arc::new(Watched(inner)),
        ..Knobs::default()
    })
    .await;
    let played = stage.play_part(&part, until).await;
    let appends = APPENDS.load(Ordering::SeqCst);
    let link = played.link.unwrap_or_default();
    say(&format!("end {} {appends} {link}", played.id));
}

/// The journal with a place to stop at.
struct Watched(Arc<dyn Journal>);

#[async_trait]
impl Journal for Watched {
    async fn append(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entry: &Entry,
    ) -> Result<Recorded, JournalError> {
        let nth = APPENDS.fetch_add(1, Ordering::SeqCst) + 1;
        stand_still_at(Stop::Before(nth));
        let recorded = self.0.append(at, setup, entry).await?;
        stand_still_at(Stop::After(nth));
        Ok(recorded)
    }

    async fn append_all(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entries: &[Entry],
    ) -> Result<Vec<Recorded>, JournalError> {
        // One commit, and so one place to be killed at.
        let nth = APPENDS.fetch_add(1, Ordering::SeqCst) + 1;
        stand_still_at(Stop::Before(nth));
        let recorded = self.0.append_all(at, setup, entries).await?;
        stand_still_at(Stop::After(nth));
        Ok(recorded)
    }

    async fn entries(&self, setup: &SetupId) -> Result<Vec<Recorded>, JournalError> {
        self.0.entries(setup).await
    }

    async fn since(&self, place: u64) -> Result<Vec<Recorded>, JournalError> {
        self.0.since(place).await
    }

    async fn setups(&self) -> Result<Vec<SetupId>, JournalError> {
        self.0.setups().await
    }
}

fn stand_still_at(place: Stop) {
    if STOP.get() == Some(&place) {
        say("stands");
        loop {
            std::thread::park();
        }
    }
}

/// A line that leaves at once: what is still in a buffer dies with the process.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // A parent that has gone hears nothing; this process is about to be killed then.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
