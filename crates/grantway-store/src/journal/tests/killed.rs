//! kill -9 while it writes.

use super::child::{Role, command, lines};
use super::*;

#[tokio::test]
async fn what_was_said_to_be_stored_outlives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = 0;
    for round in 1..=6 {
        let mut child = Role(command("appends", folder.path()).spawn().unwrap());
        let mut said = lines(&mut child.0);
        let mut last = 0;
        for _ in 0..round * 7 {
            last = said.next().expect("it goes on").parse().unwrap();
        }
        child.0.kill().unwrap();
        child.0.wait().unwrap();
        last = said
            .map(|seq| seq.parse::<u64>().unwrap())
            .last()
            .unwrap_or(last);
        let journal = writable(folder.path()).await;
        let all = all(&journal).await;
        let stored = all.len() as u64;
        // One entry may be stored whose word did not come through any more.
        assert!(
            stored == last || stored == last + 1,
            "{stored} stored, {last} said"
        );
        assert!(stored > before);
        before = stored;
        let setup = setup("AAAA");
        let next = journal.append(moment(0), &setup, &entry(0)).await.unwrap();
        assert_eq!(next.seq, stored + 1);
    }
}
