//! What a step's durable entries cost, beside the least that durable writes of the same bytes cost on this disk.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use grantway_core::Timestamp;
use grantway_core::change::Observed;
use grantway_core::ids::{SetupId, StepId};
use grantway_core::journal::{ActKind, Entry, Journal};
use grantway_store::{Opened, SqliteJournal};
use serde_json::json;

use super::number::{Number, median};

/// Steps that are written and counted.
const STEPS: usize = 200;

/// A change writes its intent before the request and its outcome after it.
const ENTRIES_A_STEP: usize = 2;

/// One step, intent and outcome, against a plain file that is written and synced twice.
pub async fn measure(folder: &Path) -> Number {
    let entry = intent();
    let bytes = serde_json::to_vec(&entry).expect("an entry is JSON");
    let ideal = median(synced_file(&folder.join("plain"), &bytes));
    let cost = median(appended(&folder.join("journal"), &entry).await);
    Number::milliseconds("journal, one step (intent and outcome)", cost, ideal)
}

async fn appended(folder: &Path, entry: &Entry) -> Vec<Duration> {
    let opened = SqliteJournal::open(folder, &[7; 32])
        .await
        .expect("a new journal opens");
    let Opened::Writable(journal) = opened else {
        panic!("a new journal can be written");
    };
    let setup = SetupId::parse("BN-AAAA").expect("a setup's id");
    let mut times = Vec::with_capacity(STEPS);
    for _ in 0..STEPS {
        let start = Instant::now();
        for _ in 0..ENTRIES_A_STEP {
            journal
                .append(Timestamp::now(), &setup, entry)
                .await
                .expect("the entry is written");
        }
        times.push(start.elapsed());
    }
    times
}

fn synced_file(path: &Path, bytes: &[u8]) -> Vec<Duration> {
    let mut file = File::create(path).expect("a file in a temporary folder");
    let mut times = Vec::with_capacity(STEPS);
    for _ in 0..STEPS {
        let start = Instant::now();
        for _ in 0..ENTRIES_A_STEP {
            file.write_all(bytes).expect("there is room");
            file.sync_data().expect("the disk takes it");
        }
        times.push(start.elapsed());
    }
    times
}

/// An intent of usual size.
fn intent() -> Entry {
    let desired = json!({
        "displayName": "A security platform",
        "description": "Members hold the roles that the relationship gives. Setup BN-AAAA.",
        "mailEnabled": false,
        "securityEnabled": true,
        "isAssignableToRole": false,
        "uniqueName": "grantway-bn-aaaa-group",
    });
    Entry::Intent {
        step: StepId::new("group"),
        act: ActKind::Apply,
        desired,
        before: Observed::Absent,
    }
}
