//! The program on its own: it prints the cloud file, answers, and ends when it is told to.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[test]
fn program_prints_its_cloud_and_ends_on_sigterm() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("cloud.toml");
    let mut child = Command::new(env!("CARGO_BIN_EXE_grantway-practice"))
        .args([
            "--scenario",
            "p1-missing",
            "--frozen",
            "2026-05-01T10:00:00Z",
            "--seed",
            "3",
            "--cloud-file",
        ])
        .arg(&file)
        .env_remove("GRANTWAY_TRAFFIC")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    assert_eq!(
        lines.next().expect("a line").expect("text"),
        "id = \"practice\""
    );
    let printed: Vec<String> = std::iter::once("id = \"practice\"".to_owned())
        .chain(
            lines
                .by_ref()
                .map(|line| line.expect("text"))
                .take_while(|line| !line.starts_with("token")),
        )
        .collect();
    let written = std::fs::read_to_string(&file).expect("the cloud file");
    assert!(written.starts_with(&printed.join("\n")), "{written}");
    let ended = Command::new("kill")
        .arg(child.id().to_string())
        .status()
        .expect("kill");
    assert!(ended.success());
    assert!(child.wait().expect("an end").success());
}

#[test]
fn program_names_what_is_wrong() {
    let output = Command::new(env!("CARGO_BIN_EXE_grantway-practice"))
        .args(["--scenario", "nope"])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("no built-in scenario `nope`"), "{said}");

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("broken.toml");
    std::fs::write(&file, "id = \"x\"\ntitle = 7\n").expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_grantway-practice"))
        .arg("--scenario")
        .arg(&file)
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("line 2 of the scenario"), "{said}");
}
