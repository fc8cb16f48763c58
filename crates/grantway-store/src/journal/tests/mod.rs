//! What the journal promises, against real files, real processes and a disk that is really full.
//!
//! Some tests start this test program again, to have a second process: each such role is a test of its own too.
#![allow(clippy::disallowed_methods)] // A child learns its role and folder from its environment.

mod append;
mod child;
mod damaged;
mod full;
mod instances;
mod killed;
mod tampered;

use std::path::Path;

use grantway_core::Timestamp;
use grantway_core::ids::SetupId;
use grantway_core::journal::{Entry, Journal, Recorded};

use super::{Opened, ReadOnlyBecause, SqliteJournal};

pub const KEY: [u8; 32] = [7; 32];

pub fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).expect("a moment of this century")
}

pub fn setup(tail: &str) -> SetupId {
    SetupId::parse(&format!("TS-{tail}")).expect("a setup's id")
}

pub fn entry(number: i64) -> Entry {
    Entry::Accepted {
        check: format!("check {number}"),
        by: "dana@larkspur-it.example".into(),
    }
}

pub async fn writable(folder: &Path) -> SqliteJournal {
    match SqliteJournal::open(folder, &KEY).await.expect("it opens") {
        Opened::Writable(journal) => journal,
        Opened::ReadOnly { because, .. } => panic!("open for reading only: {because}"),
    }
}

pub async fn read_only(folder: &Path) -> (SqliteJournal, ReadOnlyBecause) {
    match SqliteJournal::open(folder, &KEY).await.expect("it opens") {
        Opened::Writable(_) => panic!("it was opened for writing"),
        Opened::ReadOnly { journal, because } => (journal, because),
    }
}

/// A journal with six entries of two setups, closed.
pub async fn six(folder: &Path) -> Vec<Recorded> {
    let journal = writable(folder).await;
    let mut written = Vec::new();
    for number in 1..=6 {
        let setup = setup(if number % 3 == 0 { "BBBB" } else { "AAAA" });
        let recorded = journal.append(moment(number), &setup, &entry(number)).await;
        written.push(recorded.expect("it is written"));
    }
    written
}

/// All that a journal says, in order.
pub async fn all(journal: &SqliteJournal) -> Vec<Recorded> {
    let mut all = Vec::new();
    for setup in journal.setups().await.expect("the setups") {
        all.extend(journal.entries(&setup).await.expect("its entries"));
    }
    all.sort_by_key(|recorded| recorded.seq);
    // From any place on, the setups' entries are in the journal's own order.
    for place in [0, 1, all.len() as u64 / 2, all.len() as u64] {
        let since = journal.since(place).await.expect("what came since");
        let rest: Vec<&Recorded> = all.iter().filter(|r| r.seq > place).collect();
        assert_eq!(since.iter().collect::<Vec<_>>(), rest, "since {place}");
    }
    all
}

/// Copies a closed or killed journal, without SQLite's shared memory, which a new process makes anew.
pub fn copy(from: &Path, to: &Path) {
    for name in ["journal.sqlite", "journal.sqlite-wal", "journal.mark"] {
        if from.join(name).exists() {
            std::fs::copy(from.join(name), to.join(name)).expect("a copy");
        }
    }
}

/// Runs SQL on a journal's file behind its back.
pub async fn behind_its_back(folder: &Path, sql: &str) {
    use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
    let mut connection = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.join("journal.sqlite"))
        .connect()
        .await
        .expect("the file opens");
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut connection)
        .await
        .expect("the statement runs");
    connection.close().await.expect("it closes");
}
