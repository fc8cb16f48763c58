//! Files that were cut, torn or flipped: noticed, open for reading only, and exported.

use super::*;
use crate::journal::{Damage, OpenError, SetAsideError};

/// A closed journal of several pages, checkpointed into its main file.
async fn large(folder: &Path) -> Vec<Recorded> {
    let journal = writable(folder).await;
    let mut written = Vec::new();
    for number in 0..40 {
        let long = Entry::Accepted {
            check: format!("check {number} {}", "x".repeat(700)),
            by: "dana@larkspur-it.example".into(),
        };
        let recorded = journal.append(moment(number), &setup("AAAA"), &long).await;
        written.push(recorded.unwrap());
    }
    drop(journal);
    behind_its_back(folder, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    written
}

#[tokio::test]
async fn a_flipped_bit_is_noticed_or_was_in_no_entry() {
    let original = tempfile::tempdir().unwrap();
    let written = large(original.path()).await;
    let bytes = std::fs::read(original.path().join("journal.sqlite")).unwrap();
    let (mut noticed, mut harmless) = (0, 0);
    for place in (0..bytes.len()).step_by(601) {
        let folder = tempfile::tempdir().unwrap();
        copy(original.path(), folder.path());
        let mut flipped = bytes.clone();
        flipped[place] ^= 0x10;
        std::fs::write(folder.path().join("journal.sqlite"), flipped).unwrap();
        match SqliteJournal::open(folder.path(), &KEY).await {
            Ok(Opened::Writable(journal)) => {
                assert_eq!(all(&journal).await, written, "byte {place}");
                harmless += 1;
            }
            Ok(Opened::ReadOnly { because, .. }) => {
                assert!(matches!(because, ReadOnlyBecause::Damaged(_)), "{because}");
                noticed += 1;
            }
            // The number of a migration can be flipped into one of the future.
            Err(OpenError::Newer { .. }) => noticed += 1,
            Err(error) => panic!("byte {place}: {error}"),
        }
    }
    assert!(noticed > harmless, "{noticed} noticed, {harmless} harmless");
}

#[tokio::test]
async fn a_cut_file_gives_what_is_left_and_takes_nothing() {
    let original = tempfile::tempdir().unwrap();
    let written = large(original.path()).await;
    let bytes = std::fs::read(original.path().join("journal.sqlite")).unwrap();
    for part in [1, 2, 3, 5, 7] {
        let folder = tempfile::tempdir().unwrap();
        copy(original.path(), folder.path());
        let cut = &bytes[..bytes.len() * part / 8];
        std::fs::write(folder.path().join("journal.sqlite"), cut).unwrap();
        let (journal, because) = read_only(folder.path()).await;
        assert!(matches!(because, ReadOnlyBecause::Damaged(_)), "{because}");
        let left = all(&journal).await;
        assert!(left.iter().all(|recorded| written.contains(recorded)));
        let refused = journal.append(moment(1), &setup("AAAA"), &entry(1)).await;
        assert!(refused.is_err());
        let after = std::fs::read(folder.path().join("journal.sqlite")).unwrap();
        assert_eq!(after, cut, "a damaged file stays as it was found");
    }
}

#[tokio::test]
async fn entries_before_and_after_a_torn_page_are_rescued() {
    let folder = tempfile::tempdir().unwrap();
    let written = large(folder.path()).await;
    let path = folder.path().join("journal.sqlite");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xa5);
    std::fs::write(&path, bytes).unwrap();
    let (journal, because) = read_only(folder.path()).await;
    assert!(matches!(because, ReadOnlyBecause::Damaged(_)), "{because}");
    let left = all(&journal).await;
    assert!(left.len() >= 30, "{} entries", left.len());
    assert!(left.iter().all(|recorded| written.contains(recorded)));
    let export = folder.path().join("export.jsonl");
    assert_eq!(journal.export(&export).await.unwrap(), left.len());
    let text = std::fs::read_to_string(export).unwrap();
    let flags: Vec<bool> = text
        .lines()
        .map(|line| line.contains("\"as_written\":true"))
        .collect();
    assert!(
        flags[0] && !flags[flags.len() - 1],
        "whole up to the tear only"
    );
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite");
    let text = "dear diary, ".repeat(500);
    std::fs::write(&path, &text).unwrap();
    let (journal, because) = read_only(folder.path()).await;
    assert!(
        matches!(because, ReadOnlyBecause::Damaged(Damage::File(_))),
        "{because}"
    );
    assert!(journal.setups().await.unwrap().is_empty());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn an_entry_that_cannot_be_understood_is_exported_as_text() {
    let folder = tempfile::tempdir().unwrap();
    six(folder.path()).await;
    let sql = "UPDATE entries SET body = 'not json' WHERE seq = 4";
    behind_its_back(folder.path(), sql).await;
    let (journal, _) = read_only(folder.path()).await;
    assert_eq!(all(&journal).await.len(), 5);
    let export = folder.path().join("export.jsonl");
    assert_eq!(journal.export(&export).await.unwrap(), 6);
    let text = std::fs::read_to_string(export).unwrap();
    let line = text.lines().nth(3).unwrap();
    assert!(line.contains("\"unreadable\":\"not json\""), "{line}");
}

#[tokio::test]
async fn a_lost_write_ahead_log_is_noticed() {
    let original = tempfile::tempdir().unwrap();
    let journal = writable(original.path()).await;
    for number in 1..=3 {
        let written = journal
            .append(moment(number), &setup("AAAA"), &entry(number))
            .await;
        written.unwrap();
    }
    // As a crash leaves it: the last entries are in the log only.
    let folder = tempfile::tempdir().unwrap();
    copy(original.path(), folder.path());
    let log = folder.path().join("journal.sqlite-wal");
    let length = log.metadata().unwrap().len();
    let cut = std::fs::File::options().write(true).open(&log).unwrap();
    cut.set_len(length - 5000).unwrap();
    let (_, because) = read_only(folder.path()).await;
    let missing =
        matches!(because, ReadOnlyBecause::Damaged(Damage::EndMissing { last }) if last < 3);
    assert!(missing, "{because}");
}

#[tokio::test]
async fn an_older_copy_of_the_database_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let older = tempfile::tempdir().unwrap();
    six(folder.path()).await;
    behind_its_back(folder.path(), "PRAGMA wal_checkpoint(TRUNCATE)").await;
    copy(folder.path(), older.path());
    let journal = writable(folder.path()).await;
    let written = journal.append(moment(9), &setup("AAAA"), &entry(9)).await;
    written.unwrap();
    drop(journal);
    behind_its_back(folder.path(), "PRAGMA wal_checkpoint(TRUNCATE)").await;
    let name = "journal.sqlite";
    std::fs::copy(older.path().join(name), folder.path().join(name)).unwrap();
    let _ = std::fs::remove_file(folder.path().join("journal.sqlite-wal"));
    let (_, because) = read_only(folder.path()).await;
    let missing = ReadOnlyBecause::Damaged(Damage::EndMissing { last: 6 });
    assert_eq!(because, missing);
}

#[tokio::test]
async fn a_later_format_is_refused_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    six(folder.path()).await;
    let sql =
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
               VALUES (9, 'later', 1, x'00', 0); CREATE TABLE later (x) STRICT"
            .replace("later (x)", "later (x INTEGER)");
    behind_its_back(folder.path(), &sql).await;
    let error = match SqliteJournal::open(folder.path(), &KEY).await {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    };
    assert!(
        matches!(error, OpenError::Newer { found: 9, known: 1 }),
        "{error}"
    );
    assert!(error.to_string().contains("later version of the app"));
}

#[tokio::test]
async fn a_damaged_journal_is_set_aside_and_a_new_one_begun() {
    let folder = tempfile::tempdir().unwrap();
    let mut kept = Vec::new();
    // Twice in one second: what was set aside first stays.
    for _ in 0..2 {
        six(folder.path()).await;
        behind_its_back(folder.path(), "DELETE FROM entries WHERE seq = 2").await;
        let (journal, _) = read_only(folder.path()).await;
        let aside = SqliteJournal::set_aside(folder.path(), moment(100)).unwrap();
        let file = aside.join("journal.sqlite");
        kept.push((file.clone(), std::fs::read(file).unwrap()));
        // Whoever still shows the damaged one has it in memory.
        assert_eq!(all(&journal).await.len(), 5);
        assert!(all(&writable(folder.path()).await).await.is_empty());
    }
    assert_ne!(kept[0].0, kept[1].0);
    for (file, bytes) in kept {
        assert_eq!(std::fs::read(file).unwrap(), bytes);
    }
}

#[tokio::test]
async fn a_journal_that_somebody_writes_is_not_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let written = six(folder.path()).await;
    let journal = writable(folder.path()).await;
    let refused = SqliteJournal::set_aside(folder.path(), moment(100));
    assert!(matches!(refused, Err(SetAsideError::InUse)), "{refused:?}");
    assert_eq!(all(&journal).await, written);
}
