//! Crash sweep: the use cases run in a child process, the practice cloud in this one. The child is killed at requests
//! before they take effect, after they took effect, and at what the app tells when its journal has grown; it is killed
//! again while it recovers, and then runs to the end. What the server has must be what an undisturbed run leaves.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use futures_util::StreamExt as _;
use grantway_practice::{ClockMode, Options, Practice};
use grantway_tests::{differences, end_state};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// Points of a usual sweep, of each kind and phase, spread evenly.
const USUAL: usize = 7;
/// Children side by side.
const SIDE_BY_SIDE: usize = 4;
/// What a child may take; far more than it needs.
const PATIENCE: Duration = Duration::from_secs(90);

/// Where a child is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blow {
    /// Its request of that number is on its way and has not taken effect.
    BeforeRequest(u64),
    /// Its write of that number has taken effect, and its answer is lost.
    AfterWrite(u64),
    /// The app has told so many times that something moved.
    AtTelling(u64),
}

struct World {
    practice: Practice,
    http: reqwest::Client,
    folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let practice = Practice::start(Options {
            clock: ClockMode::Frozen {
                at: "2026-11-24T10:29:00Z".parse().expect("a moment"),
            },
            seed: Some(7),
            ..Options::default()
        })
        .await
        .expect("the practice cloud starts");
        let folder = tempfile::tempdir().expect("a folder for the test");
        std::fs::write(folder.path().join("cloud.toml"), practice.cloud().to_toml())
            .expect("the folder can be written");
        Self {
            practice,
            http: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a plain client can be built"),
            folder,
        }
    }

    fn request(&self, method: reqwest::Method, what: &str) -> reqwest::RequestBuilder {
        let control = self.practice.control();
        let url = format!("{}/_practice/{what}", control.url);
        self.http.request(method, url).bearer_auth(&control.token)
    }

    async fn ask(&self, what: &str) -> Value {
        let answer = self.request(reqwest::Method::GET, what).send().await;
        let answer = answer.expect("the controls answer");
        answer.json().await.expect("JSON")
    }

    async fn dump(&self) -> Value {
        self.ask("state").await["live"].clone()
    }

    async fn requests(&self) -> u64 {
        self.ask("log").await.as_array().map_or(0, Vec::len) as u64
    }

    /// Requests of the log that may change something, the sign-in service's own pages aside.
    async fn writes(&self) -> u64 {
        let log = self.ask("log").await;
        let rows = log.as_array().expect("a list");
        let writes = rows
            .iter()
            .filter(|row| row["service"] == json!("graph") && row["method"] != json!("GET"));
        writes.count() as u64
    }

    async fn struck(&self) -> bool {
        self.ask("faults").await["rules"]
            .as_array()
            .is_some_and(|rules| rules.iter().any(|rule| rule["played"] != json!(0)))
    }

    fn child(&self, goal: &str) -> (Child, Lines<BufReader<ChildStdout>>) {
        let data: PathBuf = self.folder.path().join("data");
        let mut child = Command::new(env!("CARGO_BIN_EXE_sweep_child"))
            .arg(data)
            .arg(self.folder.path().join("cloud.toml"))
            .arg(goal)
            .stdout(Stdio::piped())
            .stderr(log_of(self.folder.path()))
            .kill_on_drop(true)
            .spawn()
            .expect("the child starts");
        let out = child.stdout.take().expect("its output is a pipe");
        (child, BufReader::new(out).lines())
    }

    /// Runs a child to its end: the setup, and how often it told something.
    async fn to_the_end(&self, goal: &str) -> (String, u64) {
        let (mut child, mut lines) = self.child(goal);
        let told = tokio::time::timeout(PATIENCE, async {
            let mut told = 0;
            while let Some(line) = lines.next_line().await.expect("lines") {
                if let Some(id) = line.strip_prefix("end ") {
                    return Some((id.to_owned(), told));
                }
                told += 1;
            }
            None
        })
        .await
        .ok()
        .flatten();
        let ended = child.wait().await;
        told.unwrap_or_else(|| {
            let log = std::fs::read_to_string(self.folder.path().join("child.log"));
            panic!("the child did not come to its end ({ended:?}): {log:?}")
        })
    }

    /// Runs a child and kills it at the blow; `false` when it came to its end before.
    async fn killed(&self, goal: &str, blow: Blow) -> bool {
        let rule = match blow {
            Blow::BeforeRequest(nth) => Some((json!({ "nth": nth }), json!("hang"))),
            Blow::AfterWrite(nth) => Some((
                json!({ "service": "graph", "write_only": true, "nth": nth }),
                json!("drop_after_commit"),
            )),
            Blow::AtTelling(_) => None,
        };
        if let Some((matches, action)) = &rule {
            let rules = json!({ "rules": [{ "match": matches, "action": action }] });
            let sent = self.request(reqwest::Method::POST, "faults").json(&rules);
            sent.send().await.expect("the controls answer");
        }
        let (mut child, mut lines) = self.child(goal);
        let struck = tokio::time::timeout(PATIENCE, async {
            let mut told = 0;
            loop {
                tokio::select! {
                    line = lines.next_line() => match line.expect("lines") {
                        Some(line) if line.starts_with("end ") => return false,
                        Some(_) => {
                            told += 1;
                            if blow == Blow::AtTelling(told) {
                                return true;
                            }
                        }
                        None => return false,
                    },
                    () = tokio::time::sleep(Duration::from_millis(5)), if rule.is_some() => {
                        if self.struck().await {
                            return true;
                        }
                    }
                }
            }
        })
        .await
        .expect("the blow falls or the child ends");
        // SIGKILL: nothing of the child's own gets a word in.
        child.kill().await.expect("the child can be killed");
        let clear = self.request(reqwest::Method::DELETE, "faults").send().await;
        clear.expect("the controls answer");
        struck
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

/// What an undisturbed run does, and leaves.
struct Calm {
    end: Vec<String>,
    /// Requests, writes and tellings of applying, then of taking back.
    counts: [(u64, u64, u64); 2],
}

async fn calm() -> Calm {
    let world = World::new().await;
    let start = world.dump().await;
    let (id, told) = world.to_the_end("apply").await;
    let end = end_state(&start, &world.dump().await, &id);
    let applied = (world.requests().await, world.writes().await, told);
    let (_, told) = world.to_the_end("undo").await;
    let left = differences(&start, &world.dump().await);
    assert_eq!(left, Vec::<String>::new());
    let (requests, writes) = (world.requests().await, world.writes().await);
    Calm {
        end,
        counts: [applied, (requests - applied.0, writes - applied.1, told)],
    }
}

/// One point: killed there, killed again while it recovers, then run to the end. What is wrong, in words.
async fn point(goal: &'static str, blow: Blow, again: Blow, calm: &Calm) -> Result<bool, String> {
    let world = World::new().await;
    let start = world.dump().await;
    if goal == "undo" {
        world.to_the_end("apply").await;
    }
    let struck = world.killed(goal, blow).await;
    if struck {
        world.killed(goal, again).await;
    }
    let wrong = |what: &str, lines: Vec<String>| {
        let head = format!("{goal}, {blow:?}, then {again:?}: {what}");
        if lines.is_empty() {
            Ok(())
        } else {
            Err(format!("{head}\n  {}", lines.join("\n  ")))
        }
    };
    if goal == "apply" {
        let (id, _) = world.to_the_end("apply").await;
        let end = end_state(&start, &world.dump().await, &id);
        let odd = |one: &[String], other: &[String], sign: &str| -> Vec<String> {
            let mut rest = other.to_vec();
            let mut odd = Vec::new();
            for line in one {
                match rest.iter().position(|other| other == line) {
                    Some(place) => drop(rest.swap_remove(place)),
                    None => odd.push(format!("{sign} {line}")),
                }
            }
            odd
        };
        wrong("too much", odd(&end, &calm.end, "+"))?;
        wrong("too little", odd(&calm.end, &end, "-"))?;
    }
    world.to_the_end("undo").await;
    wrong(
        "left after take back",
        differences(&start, &world.dump().await),
    )?;
    Ok(struck)
}

/// The points of one kind: all of them, or some that are spread over them from a fixed beginning.
fn points(count: u64, full: bool, kind: fn(u64) -> Blow) -> Vec<Blow> {
    let step = if full {
        1
    } else {
        usize::try_from(count).unwrap_or(USUAL).div_ceil(USUAL)
    };
    (1..=count).skip(step / 2).step_by(step).map(kind).collect()
}

#[allow(
    clippy::disallowed_methods,
    reason = "how thorough a run is, is told by whoever starts the tests"
)]
fn is_full() -> bool {
    std::env::var("GRANTWAY_SWEEP").is_ok_and(|sweep| sweep == "full")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_that_is_killed_comes_to_the_same_end() {
    let calm = calm().await;
    let mut all = Vec::new();
    for (goal, (requests, writes, tellings)) in ["apply", "undo"].into_iter().zip(calm.counts) {
        let blows = points(requests, is_full(), Blow::BeforeRequest)
            .into_iter()
            .chain(points(writes, is_full(), Blow::AfterWrite))
            .chain(points(tellings, is_full(), Blow::AtTelling));
        // The second blow falls while the first one is made good: at a few requests after the start.
        let place =
            |(index, blow): (usize, Blow)| (goal, blow, Blow::BeforeRequest(1 + index as u64 % 4));
        all.extend(blows.enumerate().map(place));
    }
    let count = all.len();
    let results: Vec<Result<bool, String>> = futures_util::stream::iter(all)
        .map(|(goal, blow, again)| point(goal, blow, again, &calm))
        .buffer_unordered(SIDE_BY_SIDE)
        .collect()
        .await;
    let wrong: Vec<&String> = results.iter().filter_map(|r| r.as_ref().err()).collect();
    let struck = results.iter().filter(|r| matches!(r, Ok(true))).count();
    assert!(
        wrong.is_empty(),
        "{} of {count} points: {wrong:#?}",
        wrong.len()
    );
    // Requests differ by a few from run to run; nearly every blow has to fall nonetheless.
    assert!(
        struck * 10 >= count * 8,
        "only {struck} of {count} blows fell"
    );
}
