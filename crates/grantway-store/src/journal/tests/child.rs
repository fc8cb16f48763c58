//! This test program, started again in a role.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use super::*;

const ROLE: &str = "GRANTWAY_TEST_ROLE";
const FOLDER: &str = "GRANTWAY_TEST_FOLDER";
const ENDLESS: i64 = i64::MAX;

/// A child that is killed when the test ends.
pub struct Role(pub Child);

impl Drop for Role {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The command that starts the role's test in a process of its own.
pub fn command(role: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("the test program's path"));
    command
        .args(["--exact", &format!("journal::tests::child::{role}")])
        .args(["--nocapture", "--test-threads", "1"])
        .env(ROLE, role)
        .env(FOLDER, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Reads the child's lines that are for us, from the first.
pub fn lines(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let out = child.stdout.take().expect("it is piped");
    BufReader::new(out)
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.split_once("says: ").map(|(_, said)| said.to_owned()))
}

fn say(text: impl std::fmt::Display) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "says: {text}").expect("the parent listens");
}

/// The folder of this process, if it was started in that role.
fn given(role: &str) -> Option<std::path::PathBuf> {
    (std::env::var(ROLE).as_deref() == Ok(role)).then(|| {
        let folder = std::env::var_os(FOLDER).expect("a role comes with its folder");
        folder.into()
    })
}

/// Appends and says each entry's place once it is told that it is stored.
#[tokio::test]
async fn appends() {
    let own = tempfile::tempdir().unwrap();
    let (folder, most) = match given("appends") {
        Some(folder) => (folder, ENDLESS),
        None => (own.path().to_owned(), 3),
    };
    let journal = writable(&folder).await;
    let mut stored = 0;
    for number in 0..most {
        match journal
            .append(moment(number), &setup("AAAA"), &entry(number))
            .await
        {
            Ok(recorded) => {
                stored += 1;
                if most == ENDLESS {
                    say(recorded.seq);
                }
            }
            Err(error) if most == ENDLESS => {
                say(format!("error {error:?}"));
                break;
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!(most == ENDLESS || stored == most);
}

/// Opens and says how it is open, then waits until its input ends.
#[tokio::test]
async fn opens() {
    let own = tempfile::tempdir().unwrap();
    let child = given("opens");
    let folder = child.clone().unwrap_or_else(|| own.path().to_owned());
    let opened = SqliteJournal::open(&folder, &KEY).await;
    let Some(_) = child else {
        assert!(matches!(opened, Ok(Opened::Writable(_))));
        return;
    };
    let journal = match opened {
        Ok(opened) => opened.into_journal(),
        Err(error) => return say(format!("error {error}")),
    };
    let count = all(&journal).await.len();
    match journal.read_only() {
        None => say(format!("writable {count}")),
        Some(because) => {
            let refused = journal.append(moment(0), &setup("AAAA"), &entry(0)).await;
            say(format!(
                "read only {count}: {because}: {}",
                refused.is_err()
            ));
        }
    }
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .expect("the parent's word");
}
