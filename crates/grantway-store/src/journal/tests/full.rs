//! No room and no right to write.

use super::*;
use grantway_core::journal::JournalError;

#[tokio::test]
async fn a_full_database_refuses_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let journal = writable(folder.path()).await;
    let setup = setup("AAAA");
    let long = Entry::Accepted {
        check: "x".repeat(3000),
        by: String::new(),
    };
    let crate::journal::Source::Live {
        writer: Some(writer),
        ..
    } = &journal.source
    else {
        panic!("it is open for writing");
    };
    writer.run("PRAGMA max_page_count = 20").await;
    let mut stored = 0;
    let error = loop {
        match journal.append(moment(stored), &setup, &long).await {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
        assert!(stored < 100, "it is never full");
    };
    assert!(
        matches!(&error, JournalError::CannotWrite(why) if why.contains("full")),
        "{error}"
    );
    assert_eq!(all(&journal).await.len() as i64, stored);
    // The limit was the old connection's; after a failure a new one is made.
    let next = journal.append(moment(stored), &setup, &long).await.unwrap();
    assert_eq!(next.seq as i64, stored + 1);
    drop(journal);
    assert_eq!(
        all(&writable(folder.path()).await).await.len() as i64,
        stored + 1
    );
}

#[tokio::test]
async fn of_several_entries_that_do_not_all_fit_none_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let journal = writable(folder.path()).await;
    let setup = setup("AAAA");
    journal.append(moment(0), &setup, &entry(0)).await.unwrap();
    let long = |number: usize| Entry::Accepted {
        check: format!("{number}{}", "x".repeat(3000)),
        by: String::new(),
    };
    let crate::journal::Source::Live {
        writer: Some(writer),
        ..
    } = &journal.source
    else {
        panic!("it is open for writing");
    };
    writer.run("PRAGMA max_page_count = 20").await;
    let many: Vec<Entry> = (0..40).map(long).collect();
    let error = journal.append_all(moment(1), &setup, &many).await;
    assert!(
        matches!(&error, Err(JournalError::CannotWrite(why)) if why.contains("full")),
        "{error:?}"
    );
    assert_eq!(all(&journal).await.len(), 1);
    // With room again all of them are, after what was there.
    let stored = journal.append_all(moment(2), &setup, &many).await.unwrap();
    assert_eq!(stored.first().map(|r| r.seq), Some(2));
    drop(journal);
    assert_eq!(all(&writable(folder.path()).await).await.len(), 41);
}

/// A role in which the kernel refuses to let any file grow past so many blocks, of 512 bytes (dash) or 1,024 (bash).
#[cfg(unix)]
fn limited(role: &str, folder: &Path, blocks: u32) -> std::process::Command {
    let inner = super::child::command(role, folder);
    let mut outer = std::process::Command::new("sh");
    outer
        .arg("-c")
        .arg(format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""
        ))
        .arg(inner.get_program())
        .args(inner.get_args())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null());
    for (name, value) in inner.get_envs() {
        outer.env(name, value.unwrap_or_default());
    }
    outer
}

#[cfg(unix)]
#[tokio::test]
async fn a_disk_without_room_loses_nothing() {
    use super::child::{Role, lines};
    let folder = tempfile::tempdir().unwrap();
    six(folder.path()).await;
    let mut child = Role(limited("appends", folder.path(), 200).spawn().unwrap());
    let said: Vec<String> = lines(&mut child.0).collect();
    let (last, stored) = said.split_last().expect("it says something");
    assert!(last.starts_with("error CannotWrite("), "{last}");
    let stored: u64 = stored.last().expect("it wrote before").parse().unwrap();
    assert_eq!(
        all(&writable(folder.path()).await).await.len() as u64,
        stored
    );
}

/// A limit below one page: not even the tables fit.
#[cfg(unix)]
#[tokio::test]
async fn a_disk_without_any_room_makes_no_journal() {
    use super::child::{Role, lines};
    let folder = tempfile::tempdir().unwrap();
    let mut child = Role(limited("opens", folder.path(), 1).spawn().unwrap());
    let said = lines(&mut child.0).next().expect("it says something");
    assert!(said.starts_with("error there is no journal yet"), "{said}");
    assert_eq!(all(&writable(folder.path()).await).await, []);
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_cannot_be_written_is_read() {
    use super::child::{Role, command, lines};
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("data");
    six(&folder).await;
    behind_its_back(&folder, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    }
    for path in [outer.path(), &folder] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o555)).unwrap();
    }
    let mut command = command("opens", &folder);
    // Root may write everywhere, so the child is nobody. Its program has to lie where nobody may start it.
    let program = tempfile::Builder::new().prefix("gw").tempdir().unwrap();
    if is_root() {
        std::fs::set_permissions(program.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let copied = program.path().join("tests");
        std::fs::copy(command.get_program(), &copied).unwrap();
        let mut unprivileged = std::process::Command::new(&copied);
        unprivileged.args(command.get_args()).uid(65534).gid(65534);
        for (name, value) in command.get_envs() {
            unprivileged.env(name, value.unwrap_or_default());
        }
        unprivileged
            .current_dir("/")
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped());
        command = unprivileged;
    }
    let mut child = Role(command.spawn().unwrap());
    let said = lines(&mut child.0).next().unwrap();
    assert!(
        said.starts_with("read only 6: the folder cannot be written"),
        "{said}"
    );
    assert!(said.ends_with("true"), "its write was refused");
    for path in [&folder, outer.path()] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    tempfile::tempfile().unwrap().metadata().unwrap().uid() == 0
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let outer = tempfile::tempdir().unwrap();
    let file = outer.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let folder = file.join("data");
    match SqliteJournal::open(&folder, &KEY).await {
        Err(crate::journal::OpenError::Folder { folder: named, .. }) => assert_eq!(named, folder),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it was opened"),
    }
}

#[tokio::test]
async fn a_file_that_a_backup_holds_is_waited_for() {
    use sqlx::Connection;
    let folder = tempfile::tempdir().unwrap();
    let journal = std::sync::Arc::new(writable(folder.path()).await);
    let path = folder.path().join("journal.sqlite");
    let mut backup = crate::journal::database::write(&path).await.unwrap();
    let held = backup.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let waiting = tokio::spawn({
        let journal = std::sync::Arc::clone(&journal);
        async move { journal.append(moment(1), &setup("AAAA"), &entry(1)).await }
    });
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert!(!waiting.is_finished(), "it waits");
    held.rollback().await.unwrap();
    assert_eq!(waiting.await.unwrap().expect("it is written").seq, 1);
}
