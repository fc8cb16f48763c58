//! Two instances on the same data.

use super::child::{Role, command, lines};
use super::*;

#[tokio::test]
async fn the_second_instance_says_so_and_does_not_write() {
    let folder = tempfile::tempdir().unwrap();
    let first = writable(folder.path()).await;
    let written = first
        .append(moment(1), &setup("AAAA"), &entry(1))
        .await
        .unwrap();
    let (second, because) = read_only(folder.path()).await;
    assert_eq!(because, ReadOnlyBecause::OtherInstance);
    assert_eq!(all(&second).await, [written]);
    let refused = second.append(moment(2), &setup("AAAA"), &entry(2)).await;
    let error = refused.expect_err("it does not write").to_string();
    assert!(error.contains("another window or command"), "{error}");
    // It sees what the first goes on to write.
    let more = first.append(moment(3), &setup("AAAA"), &entry(3)).await;
    more.unwrap();
    assert_eq!(all(&second).await.len(), 2);
    drop(first);
    assert_eq!(all(&writable(folder.path()).await).await.len(), 2);
}

#[tokio::test]
async fn another_process_is_another_instance_and_its_death_frees_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    six(folder.path()).await;
    let mut child = Role(command("opens", folder.path()).spawn().unwrap());
    assert_eq!(lines(&mut child.0).next().as_deref(), Some("writable 6"));
    let (_, because) = read_only(folder.path()).await;
    assert_eq!(because, ReadOnlyBecause::OtherInstance);
    child.0.kill().unwrap();
    child.0.wait().unwrap();
    writable(folder.path()).await;
}

#[tokio::test]
async fn a_process_beside_us_opens_for_reading_only() {
    let folder = tempfile::tempdir().unwrap();
    six(folder.path()).await;
    let _ours = writable(folder.path()).await;
    let mut child = Role(command("opens", folder.path()).spawn().unwrap());
    let said = lines(&mut child.0).next().unwrap();
    assert!(
        said.starts_with("read only 6: another window or command"),
        "{said}"
    );
    assert!(said.ends_with("true"), "its write was refused");
}
