//! Writing and reading.

use super::*;

#[tokio::test]
async fn what_was_written_is_read_again_by_the_next_process() {
    let folder = tempfile::tempdir().unwrap();
    let written = six(folder.path()).await;
    let journal = writable(folder.path()).await;
    assert_eq!(all(&journal).await, written);
    assert_eq!(
        journal.setups().await.unwrap(),
        [setup("AAAA"), setup("BBBB")]
    );
    assert_eq!(journal.entries(&setup("BBBB")).await.unwrap().len(), 2);
    assert!(journal.entries(&setup("CCCC")).await.unwrap().is_empty());
    let next = journal.append(moment(7), &setup("CCCC"), &entry(7)).await;
    assert_eq!(next.unwrap().seq, 7);
}

#[tokio::test]
async fn a_commit_waits_for_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    drop(writable(folder.path()).await);
    let mut connection = crate::journal::database::write(&folder.path().join("journal.sqlite"))
        .await
        .unwrap();
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    // 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
    assert_eq!((mode.as_str(), synchronous), ("wal", 2));
}

#[tokio::test]
async fn many_setups_write_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let journal = std::sync::Arc::new(writable(folder.path()).await);
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let journal = std::sync::Arc::clone(&journal);
            tokio::spawn(async move {
                let setup = setup(&format!("000{task}"));
                for number in 0..5 {
                    let written = journal.append(moment(number), &setup, &entry(number)).await;
                    written.expect("it is written");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let seqs: Vec<u64> = all(&journal).await.iter().map(|r| r.seq).collect();
    assert_eq!(seqs, (1..=40).collect::<Vec<_>>());
    drop(journal);
    assert_eq!(all(&writable(folder.path()).await).await.len(), 40);
}

/// Commits that stand in the write-ahead log: of the frames of a transaction the last one tells the database's size.
fn commits(folder: &Path) -> usize {
    // https://www.sqlite.org/fileformat2.html#the_write_ahead_log
    let log = std::fs::read(folder.join("journal.sqlite-wal")).unwrap();
    let number = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().unwrap());
    let (header, frame) = (32, 24 + number(8) as usize);
    let frames = (header..)
        .step_by(frame)
        .take_while(|at| at + frame <= log.len());
    frames.filter(|at| number(at + 4) > 0).count()
}

#[tokio::test]
async fn what_comes_while_the_disk_is_busy_is_stored_by_one_commit() {
    use sqlx::Connection;
    let folder = tempfile::tempdir().unwrap();
    let journal = std::sync::Arc::new(writable(folder.path()).await);
    let before = commits(folder.path());
    let path = folder.path().join("journal.sqlite");
    let mut backup = crate::journal::database::write(&path).await.unwrap();
    let held = backup.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let tasks: Vec<_> = (0..20)
        .map(|number| {
            let journal = std::sync::Arc::clone(&journal);
            tokio::spawn(async move {
                let setup = setup(if number % 2 == 0 { "AAAA" } else { "BBBB" });
                let entries = [entry(number), entry(number + 100)];
                journal.append_all(moment(number), &setup, &entries).await
            })
        })
        .collect();
    // On this one thread each of them has asked by then.
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    held.rollback().await.unwrap();
    let mut stored = Vec::new();
    for task in tasks {
        let recorded = task.await.unwrap().unwrap();
        assert_eq!(
            recorded[0].seq + 1,
            recorded[1].seq,
            "they follow each other"
        );
        stored.extend(recorded);
    }
    // The first has waited alone, or with others.
    let commits = commits(folder.path()) - before;
    assert!((1..=2).contains(&commits), "{commits} commits");
    stored.sort_by_key(|recorded| recorded.seq);
    assert_eq!(all(&journal).await, stored);
    drop(journal);
    assert_eq!(all(&writable(folder.path()).await).await, stored);
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_the_journal_whole() {
    let folder = tempfile::tempdir().unwrap();
    let journal = writable(folder.path()).await;
    let setup = setup("AAAA");
    for number in 0..30 {
        let entry = entry(number);
        let append = journal.append(moment(number), &setup, &entry);
        let patience = std::time::Duration::from_micros(number as u64 * 40);
        let _ = tokio::time::timeout(patience, append).await;
    }
    let last = journal
        .append(moment(31), &setup, &entry(31))
        .await
        .unwrap();
    assert_eq!(all(&journal).await.len() as u64, last.seq);
    drop(journal);
    assert_eq!(
        all(&writable(folder.path()).await).await.len() as u64,
        last.seq
    );
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("data");
    let journal = writable(&folder).await;
    let written = journal.append(moment(1), &setup("AAAA"), &entry(1)).await;
    written.unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let mut files = 0;
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{path:?}");
        files += 1;
    }
    assert!(files >= 4, "database, log, mark and lock; {files} files");
}

#[tokio::test]
async fn an_export_has_a_line_for_each_entry() {
    let folder = tempfile::tempdir().unwrap();
    let written = six(folder.path()).await;
    let journal = writable(folder.path()).await;
    let path = folder.path().join("export.jsonl");
    assert_eq!(journal.export(&path).await.unwrap(), 6);
    let text = std::fs::read_to_string(path).unwrap();
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (line, recorded) in lines.iter().zip(&written) {
        assert_eq!(line["seq"], recorded.seq);
        assert_eq!(
            line["entry"],
            serde_json::to_value(&recorded.entry).unwrap()
        );
        assert_eq!(line["as_written"], true);
    }
    assert_eq!(lines.len(), 6);
}

/// Whoever opens or uses a journal may be on any thread, and lend what it needs from anywhere.
#[tokio::test]
async fn opening_and_using_can_change_threads() {
    async fn through(folder: std::path::PathBuf, key: [u8; 32]) -> usize {
        let journal = SqliteJournal::open(&folder, &key)
            .await
            .unwrap()
            .into_journal();
        journal.export(&folder.join("export")).await.unwrap()
    }
    let folder = tempfile::tempdir().unwrap();
    let exported = tokio::spawn(through(folder.path().to_owned(), KEY));
    assert_eq!(exported.await.unwrap(), 0);
}

#[tokio::test]
async fn several_entries_are_stored_as_one_and_follow_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let written = six(folder.path()).await;
    let journal = writable(folder.path()).await;
    let three = [entry(7), entry(8), entry(9)];
    let stored = journal.append_all(moment(7), &setup("AAAA"), &three).await;
    let seqs: Vec<u64> = stored.unwrap().iter().map(|r| r.seq).collect();
    assert_eq!(seqs, [7, 8, 9]);
    let none = journal.append_all(moment(7), &setup("AAAA"), &[]).await;
    assert_eq!(none.unwrap(), []);
    let next = journal.append(moment(8), &setup("BBBB"), &entry(10)).await;
    assert_eq!(next.unwrap().seq, 10);
    drop(journal);
    // The chain holds: the next process reads all of it.
    let again = writable(folder.path()).await;
    assert_eq!(again.read_only(), None);
    assert_eq!(all(&again).await.len(), written.len() + 4);
}
