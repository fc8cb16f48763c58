//! The real `grantctl` on the practice cloud: exit codes, what is printed, what a second process finds.
#![cfg(feature = "practice")]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const SETUP: &str = r#"pattern = "gdap-service-account"
profile = "huntress"

[cloud]
scenario = "in-order"

[provider]
domain = "larkspur-it.example"

[[customers]]
domain = "alder-dental.example"
"#;

/// A folder with a setup file and a data folder.
struct Bench {
    folder: TempDir,
}

/// What a command left.
#[derive(Debug)]
struct Ended {
    code: i32,
    json: Value,
    errors: String,
}

impl Ended {
    /// The ids of the problems that were told.
    fn problems(&self) -> Vec<&str> {
        let problems = self.json["problems"].as_array().expect("a list");
        problems.iter().filter_map(|p| p["id"].as_str()).collect()
    }
}

impl Bench {
    fn new(setup: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        std::fs::write(folder.path().join("setup.toml"), setup).expect("it can be written");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_grantctl"));
        command
            .args(arguments)
            .arg("--data")
            .arg(self.path("data"))
            .args(["--passphrase-fd", "0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn start(&self, arguments: &[&str]) -> Child {
        let mut child = self.command(arguments).spawn().expect("grantctl starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A command that ends before it asks for the passphrase has closed its end.
        let _ = stdin.write_all(b"only for tests\n");
        child
    }

    /// Runs a command about the setup file, as JSON, with waits that pass by themselves.
    fn run(&self, verb: &str, more: &[&str]) -> Ended {
        let setup = self.path("setup.toml");
        let mut arguments = vec![verb, "--setup", setup.to_str().expect("text")];
        arguments.extend(["--json", "--fast"]);
        arguments.extend(more);
        let output = self.start(&arguments).wait_with_output().expect("it ends");
        let text = String::from_utf8(output.stdout).expect("text");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        Ended {
            code: output.status.code().expect("it was not killed"),
            json: serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{error}: {text}\n{errors}")),
            errors,
        }
    }
}

/// The journal's and the vault's files with their content. The first command's practice cloud goes on writing its own.
fn kept(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = content(folder);
    files.retain(|(path, _)| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("text");
        // SQLite's shared memory only says who reads.
        (name.starts_with("journal") || name.starts_with("vault")) && !name.ends_with("-shm")
    });
    files
}

/// All files below a folder with their content.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                match std::fs::read(&path) {
                    Ok(bytes) => files.push((path, bytes)),
                    // Whoever is alive puts a new file in place of an old one by way of a third.
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    Err(error) => panic!("{}: {error}", path.display()),
                }
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_setup_is_planned_applied_proved_and_taken_back_by_separate_commands() {
    let bench = Bench::new(SETUP);

    let plan = bench.run("plan", &[]);
    assert_eq!(plan.code, 0, "{plan:#?}");
    let word = plan.json["plan"]["approval"]["word"]
        .as_str()
        .expect("a number")
        .to_owned();
    let id = plan.json["setup"]["id"].as_str().expect("an id").to_owned();

    // Wrong number, no number: nothing is approved.
    let wrong = bench.run("apply", &["--approve", "99"]);
    assert_eq!(
        (wrong.code, wrong.problems()),
        (2, vec!["GW-APR-0003"]),
        "{wrong:#?}"
    );
    let unsaid = bench.run("apply", &[]);
    assert_eq!(
        (unsaid.code, unsaid.problems()),
        (3, vec!["GW-CTL-0002"]),
        "{unsaid:#?}"
    );

    let applied = bench.run("apply", &["--approve", &word]);
    // That data reaches the vendor is all that cannot be read.
    assert_eq!(applied.code, 5, "{applied:#?}");
    assert_eq!(
        applied.json["setup"]["id"],
        id.as_str(),
        "the same setup goes on"
    );
    assert_eq!(applied.json["setup"]["page"]["content"]["notProved"], 0);

    let (html, proof) = (bench.path("proof.html"), bench.path("proof.json"));
    let files = [
        "--html",
        html.to_str().expect("text"),
        "--proof",
        proof.to_str().expect("text"),
    ];
    let proved = bench.run("prove", &files);
    assert_eq!(proved.code, 5, "{proved:#?}");
    assert!(
        std::fs::read_to_string(html)
            .expect("the page")
            .contains("<html")
    );
    let document: Value =
        serde_json::from_slice(&std::fs::read(proof).expect("the proof")).expect("JSON");
    assert!(document.to_string().contains(&id));

    let wrong = bench.run("undo", &["--approve", "99"]);
    assert_eq!(
        (wrong.code, wrong.problems()),
        (2, vec!["GW-APR-0003"]),
        "{wrong:#?}"
    );
    let again = bench.run("prove", &[]);
    assert_eq!(again.code, 5, "nothing was taken back: {again:#?}");

    let nobody = bench.run("prove", &["--seen", "Brackwater Boats"]);
    assert_eq!(nobody.problems(), vec!["GW-CTL-0003"], "{nobody:#?}");
    let not_seen = bench.run("prove", &["--not-seen", "all"]);
    assert_eq!(not_seen.code, 1, "{not_seen:#?}");
    let seen = bench.run("prove", &["--seen", "Alder Dental"]);
    assert_eq!(seen.code, 5, "the mapping is still unseen: {seen:#?}");
    assert_eq!(seen.json["setup"]["page"]["content"]["confirmed"], 1);
    let table = bench.path("organizations.csv");
    let mapped = ["--mapped", table.to_str().expect("text")];
    std::fs::write(&table, "Organization,Domain\nAlder,other.example\n").expect("a file");
    let unmapped = bench.run("prove", &mapped);
    assert_eq!(unmapped.problems(), vec!["GW-PAI-0008"], "{unmapped:#?}");
    std::fs::write(&table, "Organization,Domain\nAlder,alder-dental.example\n").expect("a file");
    let mapped = bench.run("prove", &mapped);
    assert_eq!(mapped.code, 0, "{mapped:#?}");
    assert_eq!(mapped.json["setup"]["page"]["content"]["confirmed"], 2);

    let undone = bench.run("undo", &["--approve", &word]);
    assert_eq!(undone.code, 0, "{undone:#?}");
    assert_eq!(undone.json["setup"]["page"]["content"]["takenBack"], true);

    // What is taken back is over: the next plan is another setup's, and grants all of it again.
    let next = bench.run("plan", &[]);
    assert_eq!(next.code, 0, "{next:#?}");
    assert_ne!(next.json["setup"]["id"], id.as_str());
    assert_eq!(next.json["plan"]["approval"]["word"], word.as_str());
}

#[test]
fn a_second_command_on_the_same_data_is_told_so_and_writes_nothing() {
    let bench = Bench::new(SETUP);
    let plan = bench.run("plan", &[]);
    let word = plan.json["plan"]["approval"]["word"]
        .as_str()
        .expect("a number")
        .to_owned();
    let setup = bench.path("setup.toml");
    // Without --fast it waits for the practice clock, and holds the data meanwhile.
    let mut first = bench.start(&[
        "apply",
        "--setup",
        setup.to_str().expect("text"),
        "--approve",
        &word,
    ]);
    let mut told = BufReader::new(first.stderr.take().expect("a pipe")).lines();
    let is_under_way = told.any(|line| line.expect("text").ends_with("Waiting"));
    assert!(is_under_way, "it came to its wait");
    let rest = std::thread::spawn(move || told.map_while(Result::ok).count());

    let before = kept(&bench.path("data"));
    let second = bench.run("undo", &["--approve", &word]);
    let after = kept(&bench.path("data"));
    first.kill().expect("it runs");
    first.wait().expect("it ends");
    rest.join().expect("read to the end");

    assert_eq!(second.code, 4, "{second:#?}");
    assert!(
        second
            .json
            .to_string()
            .contains("another window or command"),
        "{second:#?}"
    );
    let differ: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(b, a)| b != a)
        .map(|(b, _)| &b.0)
        // The first is alive and writes its own entries to the journal's files. That the second has begun no take back is
        // seen below: the setup goes on to its end.
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            !name.is_some_and(|name| name.starts_with("journal"))
        })
        .collect();
    assert!(
        before.len() == after.len() && differ.is_empty(),
        "{differ:?}"
    );

    // The lock went with the first: the setup goes on where it stood.
    let ended = bench.run("apply", &[]);
    assert_eq!(ended.code, 5, "{ended:#?}");
}

/// Applies until the setup comes to its first wait, then cuts the command off.
fn cut_off(bench: &Bench) -> String {
    let plan = bench.run("plan", &[]);
    let word = plan.json["plan"]["approval"]["word"]
        .as_str()
        .expect("a number");
    let setup = bench.path("setup.toml");
    let setup = setup.to_str().expect("text");
    let mut apply = bench.start(&["apply", "--setup", setup, "--approve", word]);
    let mut told = BufReader::new(apply.stderr.take().expect("a pipe")).lines();
    assert!(told.any(|line| line.expect("text").ends_with("Waiting")));
    apply.kill().expect("it runs");
    apply.wait().expect("it ends");
    word.to_owned()
}

#[test]
fn commands_that_only_look_let_nothing_go_on() {
    let bench = Bench::new(SETUP);
    cut_off(&bench);
    let traffic = bench.path("traffic.jsonl");
    let sent = || std::fs::read_to_string(&traffic).unwrap_or_default();
    let before = export(&bench, "before.jsonl");
    // The wait that the setup stands in passes by itself under --fast: whatever goes on would go on here.
    let more = ["--traffic", traffic.to_str().expect("text")];
    for verb in ["show", "plan"] {
        let ended = bench.run(verb, &more);
        assert_eq!(ended.code, 0, "{verb}: {ended:#?}");
        assert_eq!(sent(), "", "{verb}");
        let after = export(&bench, &format!("{verb}.jsonl"));
        assert_eq!(after, before, "{verb}");
    }

    let ended = bench.run("apply", &more);
    assert_eq!(ended.code, 5, "{ended:#?}");
    assert_ne!(sent(), "", "the traffic is written down");
}

#[test]
fn a_journal_that_the_app_holds_stops_a_command_before_anything_is_written() {
    let bench = Bench::new(SETUP);
    assert_eq!(bench.run("plan", &[]).code, 0);
    let lock = bench.path("data").join("practice/journal.lock");
    let held = std::fs::File::open(lock).expect("the first command made it");
    held.lock().expect("nobody holds it any more");
    let before = content(&bench.path("data"));
    let ended = bench.run("plan", &[]);
    assert_eq!(ended.code, 4, "{ended:#?}");
    assert!(
        ended.json.to_string().contains("another window or command"),
        "{ended:#?}"
    );
    assert!(
        before == content(&bench.path("data")),
        "something was written"
    );
}

#[test]
fn a_live_cloud_needs_a_person() {
    let bench = Bench::new(&SETUP.replace("scenario = \"in-order\"", "id = \"global\""));
    for verb in ["plan", "apply"] {
        let ended = bench.run(verb, &[]);
        assert_eq!(
            (ended.code, ended.problems()),
            (3, vec!["GW-CTL-0001"]),
            "{ended:#?}"
        );
    }
    let ended = bench.run("prove", &[]);
    assert_eq!(
        (ended.code, ended.problems()),
        (2, vec!["GW-STP-0007"]),
        "{ended:#?}"
    );
}

#[test]
fn a_check_that_fails_waits_for_a_person() {
    let bench = Bench::new(&SETUP.replace("in-order", "p1-missing"));
    for verb in ["plan", "apply"] {
        let ended = bench.run(verb, &[]);
        assert_eq!(ended.code, 3, "{ended:#?}");
        assert_eq!(
            ended.json["checks"]["groups"][0]["sign"], "fail",
            "{ended:#?}"
        );
    }
}

#[test]
fn another_tenants_account_is_turned_away() {
    let with = SETUP.replace(
        "domain = \"larkspur-it.example\"",
        "domain = \"larkspur-it.example\"\naccount = \"marta@alder-dental.example\"",
    );
    let bench = Bench::new(&with);
    let ended = bench.run("plan", &[]);
    assert_eq!(ended.code, 3, "{ended:#?}");
    // The sign-in page itself turns the account away, and both sides are named.
    let told = ended.json["problems"].to_string();
    for part in [
        "GW-SES-",
        "marta@alder-dental.example",
        "Larkspur Managed IT",
    ] {
        assert!(told.contains(part), "{ended:#?}");
    }
}

#[test]
fn a_file_that_cannot_be_used_changes_nothing() {
    for (text, field) in [
        (
            SETUP.replace("alder-dental.example", "no domain"),
            "customers.domain",
        ),
        (SETUP.replace("huntress", "nobody"), "profile"),
        (SETUP[..40].to_owned(), ""),
        (
            format!("{SETUP}\n[answers]\ncolour = \"red\"\n"),
            "answers.colour",
        ),
        (
            SETUP.replace("alder-dental.example", "nowhere.example"),
            "customers.domain",
        ),
    ] {
        let bench = Bench::new(&text);
        let ended = bench.run("apply", &["--approve", "7"]);
        assert_eq!(ended.code, 2, "{ended:#?}");
        let why = ended.json["problems"][0]["why"].as_str().expect("a reason");
        assert!(why.contains("line") && why.contains(field), "{why}");
        let home = bench
            .start(&["show", "--json"])
            .wait_with_output()
            .expect("it ends");
        let home: Value = serde_json::from_slice(&home.stdout).expect("JSON");
        assert_eq!(home["home"]["waiting"], 0, "{home:#}");
    }
    let missing = Bench::new(SETUP);
    std::fs::remove_file(missing.path("setup.toml")).expect("it was there");
    let ended = missing.run("plan", &[]);
    assert_eq!(
        (ended.code, ended.problems()),
        (2, vec!["GW-STP-0001"]),
        "{}",
        ended.errors
    );
    assert!(!missing.path("data").exists());
}

#[test]
fn a_damaged_journal_is_told_and_exported() {
    let bench = Bench::new(SETUP);
    assert_eq!(bench.run("plan", &[]).code, 0);
    let whole = export(&bench, "whole.jsonl");
    assert!(whole.lines().count() >= 4, "{whole}");
    assert!(
        whole
            .lines()
            .all(|line| line.contains("\"as_written\":true")),
        "{whole}"
    );

    // An entry stands in the database, in the log beside it, or in both.
    let mut hurt = 0;
    for (path, mut bytes) in content(&bench.path("data").join("practice")) {
        let is_journal = ["sqlite", "sqlite-wal"]
            .iter()
            .any(|end| path.extension() == Some(end.as_ref()));
        let at = bytes
            .windows(20)
            .position(|window| window == b"gdap-service-account");
        if let (true, Some(at)) = (is_journal, at) {
            bytes[at] = b'X';
            std::fs::write(&path, bytes).expect("it can be written");
            hurt += 1;
        }
    }
    assert!(hurt > 0, "the pattern's name stands in the journal");

    let ended = bench.run("apply", &["--approve", "7"]);
    assert_eq!(ended.code, 4, "{ended:#?}");
    assert_eq!(ended.problems(), ["GW-JRN-0003"], "{ended:#?}");
    let damaged = export(&bench, "damaged.jsonl");
    assert_ne!(damaged, whole);
}

fn export(bench: &Bench, name: &str) -> String {
    let file = bench.path(name);
    let output = bench
        .start(&["journal", "export", file.to_str().expect("text")])
        .wait_with_output()
        .expect("it ends");
    assert!(output.status.success(), "{output:?}");
    std::fs::read_to_string(file).expect("the export")
}

#[test]
fn the_practice_cloud_runs_alone_and_a_setup_file_can_name_its_cloud_file() {
    let bench = Bench::new(&SETUP.replace("scenario = \"in-order\"", "file = \"cloud.toml\""));
    let cloud = bench.path("cloud.toml");
    let mut practice = Command::new(env!("CARGO_BIN_EXE_grantctl"))
        .arg("practice")
        .arg("--cloud-file")
        .arg(&cloud)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut printed = BufReader::new(practice.stdout.take().expect("a pipe"));
    let mut line = String::new();
    while !line.contains("token") {
        line.clear();
        assert!(
            printed.read_line(&mut line).expect("text") > 0,
            "it ended early"
        );
    }
    let ended = bench.run("plan", &[]);
    practice.kill().expect("it runs");
    practice.wait().expect("it ends");
    let mut rest = String::new();
    printed.read_to_string(&mut rest).expect("text");
    assert_eq!(ended.code, 0, "{ended:#?}");
}

#[test]
fn a_profile_of_ones_own_is_listed_and_named_by_a_setup_file() {
    let bench = Bench::new(&SETUP.replace("\"huntress\"", "\"own-mine\""));
    let list = || {
        let ended = bench
            .start(&["profiles", "--json"])
            .wait_with_output()
            .expect("it ends");
        let json: Value = serde_json::from_slice(&ended.stdout).expect("JSON");
        (ended.status.code(), json)
    };
    let ids = |json: &Value| -> Vec<String> {
        let lines = json["profiles"].as_array().expect("a list");
        let ids = lines.iter().filter_map(|line| line["profile"].as_str());
        ids.map(str::to_owned).collect()
    };
    let (code, json) = list();
    assert_eq!(
        (code, ids(&json)),
        (
            Some(0),
            vec!["huntress".to_owned(), "app-registration".to_owned()]
        )
    );
    assert_eq!(bench.run("plan", &[]).code, 2);

    let own = include_str!("../../grantway-patterns/profiles/huntress.toml")
        .replace("id = \"huntress\"", "id = \"own-mine\"");
    let folder = bench.path("data/profiles");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("own-mine.toml"), &own).expect("written");
    let (code, json) = list();
    assert_eq!((code, ids(&json).len()), (Some(0), 3), "{json:#}");
    assert_eq!(bench.run("plan", &[]).code, 0);

    std::fs::write(folder.join("own-half.toml"), &own[..own.len() / 2]).expect("written");
    let (code, json) = list();
    assert_eq!((code, ids(&json).len()), (Some(2), 3), "{json:#}");
    let why = json["problems"][0]["why"].as_str().expect("a reason");
    assert!(why.starts_with("own-half.toml, line "), "{why}");
}
