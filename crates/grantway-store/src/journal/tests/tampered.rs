//! Rows that somebody changed, removed, added or moved: all are noticed.

use super::*;
use crate::journal::Damage;

/// Opens a copy after `sql` and says what was noticed.
async fn noticed(original: &Path, sql: &str) -> Option<Damage> {
    let folder = tempfile::tempdir().unwrap();
    copy(original, folder.path());
    behind_its_back(folder.path(), sql).await;
    match SqliteJournal::open(folder.path(), &KEY).await.unwrap() {
        Opened::Writable(_) => None,
        Opened::ReadOnly { because, .. } => match because {
            ReadOnlyBecause::Damaged(damage) => Some(damage),
            other => panic!("{sql}: {other}"),
        },
    }
}

async fn all_noticed(cases: Vec<String>) {
    let original = tempfile::tempdir().unwrap();
    six(original.path()).await;
    assert_eq!(noticed(original.path(), "SELECT 1").await, None);
    let mut missed = Vec::new();
    for sql in &cases {
        if noticed(original.path(), sql).await.is_none() {
            missed.push(sql);
        }
    }
    assert!(
        missed.is_empty(),
        "of {} not noticed: {missed:#?}",
        cases.len()
    );
}

#[tokio::test]
async fn every_changed_column_of_every_row_is_noticed() {
    let mut cases = Vec::new();
    for seq in 1..=6 {
        for change in [
            "at = '2026-01-01T00:00:00Z'",
            "setup = 'TS-CCCC'",
            "kind = 'paused'",
            "body = replace(body, 'check', 'chuck')",
            "body = '{\"entry\":\"paused\"}'",
            "mac = randomblob(32)",
        ] {
            cases.push(format!("UPDATE entries SET {change} WHERE seq = {seq}"));
        }
    }
    all_noticed(cases).await;
}

#[tokio::test]
async fn every_removed_row_is_noticed() {
    let mut cases = vec![
        "DELETE FROM entries".into(),
        "DELETE FROM entries; UPDATE head SET seq = 0".into(),
        "DELETE FROM entries; DELETE FROM head".into(),
        "DELETE FROM head".into(),
        "DROP TABLE head".into(),
        "DROP TABLE entries".into(),
        "DROP TABLE _sqlx_migrations".into(),
        "DELETE FROM _sqlx_migrations".into(),
    ];
    for seq in 1..=6 {
        cases.push(format!("DELETE FROM entries WHERE seq = {seq}"));
        // With the rest moved up, so that no number is missing.
        cases.push(format!(
            "DELETE FROM entries WHERE seq = {seq};
             UPDATE entries SET seq = seq - 1 WHERE seq > {seq};
             UPDATE head SET seq = 5"
        ));
        // From there to the end, with the head's number and link made to fit.
        cases.push(format!(
            "UPDATE head SET seq = {seq} - 1,
                 mac = coalesce((SELECT mac FROM entries WHERE seq = {seq} - 1), zeroblob(32));
             DELETE FROM entries WHERE seq >= {seq}"
        ));
    }
    all_noticed(cases).await;
}

#[tokio::test]
async fn every_two_rows_that_changed_places_are_noticed() {
    let mut cases = Vec::new();
    for one in 1..=6 {
        for other in one + 1..=6 {
            cases.push(format!(
                "UPDATE entries SET seq = 100 WHERE seq = {one};
                 UPDATE entries SET seq = {one} WHERE seq = {other};
                 UPDATE entries SET seq = {other} WHERE seq = 100"
            ));
        }
    }
    all_noticed(cases).await;
}

#[tokio::test]
async fn every_row_that_was_put_in_is_noticed() {
    let mut cases = Vec::new();
    for place in 1..=7 {
        for copied in 1..=6 {
            cases.push(format!(
                "UPDATE entries SET seq = seq + 100 WHERE seq >= {place};
                 INSERT INTO entries SELECT {place}, at, setup, kind, body, mac FROM entries
                     WHERE seq IN ({copied}, {copied} + 100);
                 UPDATE entries SET seq = seq - 99 WHERE seq > 100;
                 UPDATE head SET seq = 7"
            ));
        }
    }
    all_noticed(cases).await;
}

#[tokio::test]
async fn another_key_fits_nothing() {
    let folder = tempfile::tempdir().unwrap();
    six(folder.path()).await;
    let opened = SqliteJournal::open(folder.path(), &[8; 32]).await.unwrap();
    let journal = opened.into_journal();
    let damaged = ReadOnlyBecause::Damaged(Damage::Chain { seq: 1 });
    assert_eq!(journal.read_only(), Some(&damaged));
}

#[tokio::test]
async fn a_change_while_it_is_open_stops_the_next_write() {
    let folder = tempfile::tempdir().unwrap();
    let journal = writable(folder.path()).await;
    for number in 1..=3 {
        let written = journal
            .append(moment(number), &setup("AAAA"), &entry(number))
            .await;
        written.unwrap();
    }
    let sql = "DELETE FROM entries WHERE seq = 3; UPDATE head SET seq = 2";
    behind_its_back(folder.path(), sql).await;
    let refused = journal.append(moment(4), &setup("AAAA"), &entry(4)).await;
    let error = refused.expect_err("the file is another one now");
    assert!(
        matches!(error, grantway_core::journal::JournalError::Damaged(_)),
        "{error}"
    );
}
