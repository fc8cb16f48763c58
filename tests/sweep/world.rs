//! A practice cloud in this process, and children that use it.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use grantway_practice::control::dump;
use grantway_practice::log::LogEntry;
use grantway_practice::{ClockMode, Options, Practice};
use grantway_tests::cheap_vault;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::blow::Blow;

/// What a child may take; far more than it needs.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a child is to come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Applied and proved.
    Applied,
    /// Taken back.
    TakenBack,
}

impl Goal {
    fn word(self) -> &'static str {
        match self {
            Self::Applied => "apply",
            Self::TakenBack => "undo",
        }
    }
}

/// What a child did that came to its end.
#[derive(Debug)]
pub struct Run {
    /// The setup.
    pub setup: String,
    /// Entries that it appended.
    pub appends: u64,
}

/// What came of a blow.
#[derive(Debug)]
pub enum Outcome {
    /// It fell and killed the child.
    Killed,
    /// The child came to its end.
    Ended {
        /// What it did.
        run: Run,
        /// The blow fell: it was one that does not kill.
        fell: bool,
        /// How many it had of what the blow counts.
        seen: u64,
    },
}

/// A world: its cloud and the data of the app.
pub struct World {
    practice: Practice,
    folder: tempfile::TempDir,
    /// The log of the world that this one was copied from.
    earlier: Vec<LogEntry>,
}

impl World {
    /// A fresh one.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        cheap_vault(&folder.path().join("data")).await;
        Self::in_folder(folder, Vec::new(), false).await
    }

    /// A fresh one that can be copied: its cloud keeps its state in the folder.
    pub async fn kept() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        cheap_vault(&folder.path().join("data")).await;
        Self::in_folder(folder, Vec::new(), true).await
    }

    /// A copy of a world as it stands; nothing may be running in it.
    pub async fn copy(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        copy(self.folder.path(), folder.path()).expect("files can be copied");
        Self::in_folder(folder, self.log(), true).await
    }

    async fn in_folder(folder: tempfile::TempDir, earlier: Vec<LogEntry>, keeps: bool) -> Self {
        let practice = Practice::start(Options {
            clock: ClockMode::Frozen {
                at: "2026-11-24T10:29:00Z".parse().expect("a moment"),
            },
            seed: Some(7),
            state_file: keeps.then(|| folder.path().join("cloud.json")),
            ..Options::default()
        })
        .await
        .expect("the practice cloud starts");
        std::fs::write(folder.path().join("cloud.toml"), practice.cloud().to_toml())
            .expect("the folder can be written");
        Self {
            practice,
            folder,
            earlier,
        }
    }

    /// What is live in the cloud.
    pub fn dump(&self) -> Value {
        let cloud = self.practice.inner();
        cloud.read(|world| dump(world, cloud.now()))["live"].clone()
    }

    /// What the server was asked, from the world's beginning.
    pub fn log(&self) -> Vec<LogEntry> {
        let mut log = self.earlier.clone();
        log.extend(self.practice.inner().log.after(0));
        log
    }

    /// Runs a child to its end.
    pub async fn to_the_end(&self, goal: Goal) -> Result<Run, String> {
        let (mut child, mut lines) = self.child(goal, &[]);
        let ended = tokio::time::timeout(PATIENCE, end_of(&mut lines)).await;
        match ended {
            Ok(Some(run)) => {
                // It has closed its journal when it is gone.
                let _ = child.wait().await;
                Ok(run)
            }
            _ => Err(self.last_words(&mut child).await),
        }
    }

    /// Runs a child until the blow falls and, if it is one that kills, kills it there.
    pub async fn strike(&self, goal: Goal, blow: Blow) -> Result<Outcome, String> {
        let faults = &self.practice.inner().faults;
        faults.add(blow.rule().into_iter().collect());
        let played = || faults.list().iter().any(|rule| rule.played > 0);
        let fallen = async {
            // The faults are in this process: a look costs nothing, and a child does little in a millisecond.
            while !(blow.kills() && played()) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let (mut child, mut lines) = self.child(goal, &blow.stop());
        let ended = tokio::select! {
            ended = tokio::time::timeout(PATIENCE, said(&mut lines)) => ended.ok().flatten(),
            () = fallen => Some(Said::Stands),
        };
        let outcome = match ended {
            Some(Said::Stands) => {
                // SIGKILL: nothing of the child's own gets a word in.
                child.kill().await.expect("the child can be killed");
                Ok(Outcome::Killed)
            }
            Some(Said::End(run)) => {
                let matched = faults.list().first().map(|rule| rule.matched);
                Ok(Outcome::Ended {
                    fell: played(),
                    seen: matched.unwrap_or(run.appends),
                    run,
                })
            }
            None => Err(self.last_words(&mut child).await),
        };
        let _ = child.wait().await;
        faults.clear();
        outcome
    }

    fn child(&self, goal: Goal, stop: &[String]) -> (Child, Lines<BufReader<ChildStdout>>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sweep_child"))
            .arg(self.folder.path().join("data"))
            .arg(self.folder.path().join("cloud.toml"))
            .arg(goal.word())
            .args(stop)
            .stdout(Stdio::piped())
            .stderr(log_of(self.folder.path()))
            .kill_on_drop(true)
            .spawn()
            .expect("the child starts");
        let out = child.stdout.take().expect("its output is a pipe");
        (child, BufReader::new(out).lines())
    }

    async fn last_words(&self, child: &mut Child) -> String {
        let _ = child.kill().await;
        let log = std::fs::read_to_string(self.folder.path().join("child.log"));
        format!("a child did not come to its end: {log:?}")
    }
}

enum Said {
    Stands,
    End(Run),
}

async fn said(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<Said> {
    let line = lines.next_line().await.ok()??;
    if line == "stands" {
        return Some(Said::Stands);
    }
    let mut words = line.strip_prefix("end ")?.split(' ');
    Some(Said::End(Run {
        setup: words.next()?.to_owned(),
        appends: words.next()?.parse().ok()?,
    }))
}

async fn end_of(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<Run> {
    match said(lines).await? {
        Said::End(run) => Some(run),
        Said::Stands => None,
    }
}

/// Where a child's last words go: a failure shows them.
fn log_of(folder: &Path) -> std::fs::File {
    let options = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("child.log"));
    options.expect("the folder can be written")
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
