//! A practice cloud in this process, and children that use it.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use grantway_practice::control::dump;
use grantway_practice::log::LogEntry;
use grantway_practice::{ClockMode, Options, Practice};
use grantway_tests::journey::{Act, Journey};
use grantway_tests::{approves, cheap_vault, end_state};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use url::Url;

use crate::blow::Blow;
use crate::ledger::Ledger;

/// What a child may take; far more than it needs.
const PATIENCE: Duration = Duration::from_secs(120);

/// Practice time within which everything that the cloud does by itself is over: a relationship that ends has ended.
const BY_ITSELF: Duration = Duration::from_secs(3600);

/// Practice time after which an approval has taken effect.
const APPROVED: Duration = Duration::from_secs(120);

/// What a child did that came to its end.
#[derive(Debug)]
pub struct Run {
    /// Entries that it appended.
    pub appends: u64,
    setup: String,
    link: Option<String>,
}

/// What came of a blow.
#[derive(Debug)]
pub enum Outcome {
    /// It fell and killed the child.
    Killed,
    /// The child came to its end.
    Ended {
        /// The blow fell: it was one that does not kill.
        fell: bool,
        /// How many it had of what the blow counts.
        seen: u64,
    },
}

/// A world: its cloud and the data of the app.
pub struct World {
    journey: &'static Journey,
    practice: Practice,
    folder: tempfile::TempDir,
    /// The log of the world that this one was copied from.
    earlier: Vec<LogEntry>,
    /// The setups of the journey, in the order in which they came to an end of an act.
    setups: Vec<String>,
    /// The link that was handed to the customer.
    link: Option<String>,
}

impl World {
    /// A fresh one of the same journey.
    pub async fn anew(&self) -> Self {
        Self::fresh(self.journey, false).await
    }

    /// A fresh one that can be copied: its cloud keeps its state in the folder.
    pub async fn kept(journey: &'static Journey) -> Self {
        Self::fresh(journey, true).await
    }

    async fn fresh(journey: &'static Journey, keeps: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        cheap_vault(&folder.path().join("data")).await;
        Self {
            practice: start(journey, folder.path(), keeps).await,
            journey,
            folder,
            earlier: Vec::new(),
            setups: Vec::new(),
            link: None,
        }
    }

    /// A copy of a world as it stands; nothing may be running in it.
    pub async fn copy(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        copy(self.folder.path(), folder.path()).expect("files can be copied");
        Self {
            practice: start(self.journey, folder.path(), true).await,
            journey: self.journey,
            folder,
            earlier: self.log(),
            setups: self.setups.clone(),
            link: self.link.clone(),
        }
    }

    /// What others do before the act of that number: nothing strikes them.
    pub async fn others_act(&self, acts: &[Act]) {
        for act in acts {
            match act {
                Act::Approves => {
                    let link = self.link.as_deref().expect("a link was handed on");
                    let mut link: Url = link.parse().expect("an address");
                    // The link may be of the world that this one was copied from: a copy listens elsewhere.
                    let portal = self.practice.inner().hosts.portal;
                    link.set_port(Some(portal.port())).expect("it has a host");
                    let pages = approves(self.practice.control().clone(), link.as_str()).await;
                    let request = "relationship-request".to_owned();
                    assert!(pages.contains(&request), "{pages:?}");
                    self.time_passes(APPROVED);
                }
                Act::ClearsCookies => {
                    let cloud = self.practice.inner();
                    cloud.write(|world| world.quirks.second_prompt_missing = false);
                }
                Act::Plays(..) => panic!("{act:?} is the app's"),
            }
        }
    }

    /// Lets everything come to its end that the cloud does by itself.
    pub fn settles(&self) {
        self.time_passes(BY_ITSELF);
    }

    fn time_passes(&self, time: Duration) {
        let clock = &self.practice.inner().clock;
        clock.advance(time).expect("a moment of this century");
    }

    /// What it has, comparable with another run of the same journey from the same start.
    pub fn end_state(&self, start: &Value) -> Vec<String> {
        end_state(start, &self.dump(), &self.setups())
    }

    /// What was made and removed in it.
    pub fn ledger(&self, start: &Value) -> Ledger {
        Ledger::of(&self.log(), &start.to_string(), &self.setups())
    }

    fn setups(&self) -> Vec<&str> {
        self.setups.iter().map(String::as_str).collect()
    }

    fn note(&mut self, run: &Run) {
        if !self.setups.contains(&run.setup) {
            self.setups.push(run.setup.clone());
        }
        if run.link.is_some() {
            self.link.clone_from(&run.link);
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

    /// Plays the act of that number to its end.
    pub async fn play_to_the_end(&mut self, act: usize) -> Result<Run, String> {
        let (mut child, mut lines) = self.child(act, &[]);
        let ended = tokio::time::timeout(PATIENCE, end_of(&mut lines)).await;
        match ended {
            Ok(Some(run)) => {
                // It has closed its journal when it is gone.
                let _ = child.wait().await;
                self.note(&run);
                Ok(run)
            }
            _ => Err(self.last_words(&mut child).await),
        }
    }

    /// Plays the act of that number until the blow falls and, if it is one that kills, kills the child there.
    pub async fn strike(&mut self, act: usize, blow: Blow) -> Result<Outcome, String> {
        let cloud = Arc::clone(self.practice.inner());
        let faults = &cloud.faults;
        faults.add(blow.rule().into_iter().collect());
        let played = || faults.list().iter().any(|rule| rule.played > 0);
        let fallen = async {
            // The faults are in this process: a look costs nothing, and a child does little in a millisecond.
            while !(blow.kills() && played()) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let (mut child, mut lines) = self.child(act, &blow.stop());
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
                self.note(&run);
                Ok(Outcome::Ended {
                    fell: played(),
                    seen: matched.unwrap_or(run.appends),
                })
            }
            None => Err(self.last_words(&mut child).await),
        };
        let _ = child.wait().await;
        faults.clear();
        outcome
    }

    fn child(&self, act: usize, stop: &[String]) -> (Child, Lines<BufReader<ChildStdout>>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sweep_child"))
            .arg(self.folder.path().join("data"))
            .arg(self.folder.path().join("cloud.toml"))
            .arg(self.journey.name)
            .arg(act.to_string())
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
        link: words
            .next()
            .filter(|link| !link.is_empty())
            .map(str::to_owned),
    }))
}

async fn end_of(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<Run> {
    match said(lines).await? {
        Said::End(run) => Some(run),
        Said::Stands => None,
    }
}

async fn start(journey: &Journey, folder: &Path, keeps: bool) -> Practice {
    let practice = Practice::start(Options {
        scenario: journey.scenario(),
        clock: ClockMode::Frozen {
            at: "2026-11-24T10:29:00Z".parse().expect("a moment"),
        },
        seed: Some(7),
        state_file: keeps.then(|| folder.join("cloud.json")),
        ..Options::default()
    })
    .await
    .expect("the practice cloud starts");
    std::fs::write(folder.join("cloud.toml"), practice.cloud().to_toml())
        .expect("the folder can be written");
    practice
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
