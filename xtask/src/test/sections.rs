//! The sections of a test run, one row each, in the order in which they run.

use std::path::Path;
use std::process::Command;

use super::count::{self, Count};
use super::{Run, contract};
use crate::desk::{self, Desk};
use crate::process::{self, Finished};
use crate::stop::Stop;
use crate::{codegen, selection, setup, tidy};

/// One part of a test run.
pub struct Section {
    pub name: &'static str,
    pub about: &'static str,
    /// Needs installed packages and built screens.
    pub prepared: bool,
    pub run: fn(&Run<'_>) -> Result<Count, Stop>,
}

/// Adding a section is adding a row.
pub const SECTIONS: &[Section] = &[
    Section {
        name: "tidy",
        about: "the rules of the house",
        prepared: false,
        run: house,
    },
    Section {
        name: "format",
        about: "cargo fmt --check",
        prepared: false,
        run: |run| cargo(run, &["fmt", "--all", "--check"]),
    },
    Section {
        name: "clippy",
        about: "clippy on every target, warnings refused",
        prepared: true,
        run: clippy,
    },
    Section {
        name: "units",
        about: "unit tests of every crate",
        prepared: true,
        run: units,
    },
    Section {
        name: "generated",
        about: "committed generated files against a fresh run",
        prepared: true,
        run: generated,
    },
    Section {
        name: "journeys",
        about: "whole setups over HTTP: applied, proved, taken back",
        prepared: true,
        run: journeys,
    },
    Section {
        name: "contract",
        about: "the journeys' traffic against Microsoft's published schema and permissions",
        prepared: false,
        run: contract::check,
    },
    Section {
        name: "stories",
        about: "answers in, transcripts out",
        prepared: true,
        run: |run| binary(run, "stories"),
    },
    Section {
        name: "sweep",
        about: "killed at requests, writes and journal entries of every journey, and again while recovering",
        prepared: true,
        run: sweep,
    },
    Section {
        name: "types",
        about: "TypeScript's own check of the screens",
        prepared: true,
        run: |run| Ok(count::whole(&npm(run, "ui", &["run", "typecheck"])?)),
    },
    Section {
        name: "screens",
        about: "unit tests of the screens (vitest)",
        prepared: true,
        run: |run| Ok(count::vitest(&npm(run, "ui", &["test"])?)),
    },
    Section {
        name: "browser",
        about: "the screens in a plain browser: behaviour, axe, pictures, a whole setup on the real app (Playwright)",
        prepared: true,
        run: browser,
    },
    Section {
        name: "oauth",
        about: "the sign-in client against an OAuth server that others wrote",
        prepared: true,
        run: |run| binary(run, "oauth_peer"),
    },
    Section {
        name: "window",
        about: "the real window on a screen of its own: clean sessions, hostile pages, canaries",
        prepared: true,
        run: window,
    },
];

fn house(run: &Run<'_>) -> Result<Count, Stop> {
    Ok(list(&tidy::findings(run.project)?))
}

fn generated(run: &Run<'_>) -> Result<Count, Stop> {
    Ok(list(&tidy::stale(codegen::stale(
        run.project,
        Some(&run.selection.tested()),
    )?)))
}

/// Every finding is a failure; none at all is one check that passed.
fn list(findings: &[tidy::Finding]) -> Count {
    for finding in findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        Count {
            passed: 1,
            failed: 0,
        }
    } else {
        Count {
            passed: 0,
            failed: findings.len(),
        }
    }
}

/// In a whole run the lints are told by the one build that all later sections use.
fn clippy(run: &Run<'_>) -> Result<Count, Stop> {
    let mut command;
    if run.whole {
        run.project.lint_what_is_built(true);
        command = run.project.cargo();
        command
            .arg("build")
            .args(run.selection.tested())
            .args(["--all-targets", "--quiet"]);
    } else {
        command = run.project.cargo();
        command.arg("clippy").args(run.selection.tested()).args([
            "--all-targets",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ]);
    }
    let finished = process::run(&mut command)?;
    if !finished.success {
        // What is only untidy is tested all the same.
        run.project.lint_what_is_built(false);
    }
    Ok(count::whole(&finished))
}

fn units(run: &Run<'_>) -> Result<Count, Stop> {
    if !run.selection.with_shell {
        println!("The shell's tests do not run: webkit2gtk-4.1 is not installed.");
    }
    let units = selection::units(run.project);
    let count = count::cargo(&test(run, &units, &[])?);
    Ok(if run.selection.with_shell {
        count
    } else {
        count.and(Count::FAILED)
    })
}

/// A cargo call that is one check as a whole.
fn cargo(run: &Run<'_>, arguments: &[&str]) -> Result<Count, Stop> {
    Ok(count::whole(&process::run(
        run.project.cargo().args(arguments),
    )?))
}

/// The use cases in a child process that is killed: everywhere while a setup is applied, and at seeded points or at every
/// one while it is taken back and in every other journey. What it says is shown, the seeds are in it.
fn sweep(run: &Run<'_>) -> Result<Count, Stop> {
    let sweep = if run.full_sweep { "full" } else { "usual" };
    let target = ["--test", "sweep", "--", "--show-output"].map(str::to_owned);
    Ok(count::cargo(&test(
        run,
        &target,
        &[("GRANTWAY_SWEEP", sweep)],
    )?))
}

/// Each journey records its traffic, which the contract is then held against.
fn journeys(run: &Run<'_>) -> Result<Count, Stop> {
    contract::forget(run)?;
    binary(run, "journeys")
}

/// One test drives the screens of the loopback host, so that is built first.
fn browser(run: &Run<'_>) -> Result<Count, Stop> {
    if !built(run, "grantctl")? {
        return Ok(Count::FAILED);
    }
    let host = run.project.target().join("debug/grantctl");
    let mut count = Count::default();
    for (project, workers) in [("drawn", 2), ("acted", 1)] {
        let mut tests = setup::npm(run.project, Path::new("tests/browser"));
        tests
            .args(["test", "--", "--project", project])
            .arg(format!("--workers={workers}"))
            .env("GRANTCTL", &host);
        count = count.and(count::playwright(&process::run(&mut tests)?));
    }
    Ok(count)
}

/// The driver starts the app and lays a desk of its own, since it searches that desk's folders afterwards.
fn window(run: &Run<'_>) -> Result<Count, Stop> {
    if !built(run, "grantway")? {
        return Ok(Count::FAILED);
    }
    let app = run.project.target().join("debug/grantway");
    let mut driver = run.project.command(desk::python());
    driver.arg("tests/window/run.py").arg("--binary").arg(app);
    Ok(count::driver(&process::run(&mut driver)?))
}

/// Whether one program of the selection could be built. An example beside it brings the tests' own dependencies in: without
/// them others' crates have fewer features, and much would be built a second time.
fn built(run: &Run<'_>, program: &str) -> Result<bool, Stop> {
    let mut build = run.project.cargo();
    build
        .arg("build")
        .args(run.selection.tested())
        .args(["--bin", program]);
    if run.selection.with_shell {
        build.args(["--example", "bare_window"]);
    }
    Ok(process::run(&mut build)?.success)
}

/// One test binary of the `tests` member.
fn binary(run: &Run<'_>, name: &str) -> Result<Count, Stop> {
    Ok(count::cargo(&test(
        run,
        &["--test".to_owned(), name.to_owned()],
        &[],
    )?))
}

/// `cargo test` over the one selection, at a desk with a keychain where this machine can lay one.
fn test(run: &Run<'_>, targets: &[String], environment: &[(&str, &str)]) -> Result<Finished, Stop> {
    let mut command: Command = run.project.cargo();
    command
        .arg("test")
        .args(run.selection.tested())
        .arg("--no-fail-fast")
        .args(targets)
        .envs(environment.iter().copied());
    if desk::can_be_laid() {
        command = desk::at(run.project, Desk::Session, &command);
    }
    process::run(&mut command)
}

/// npm in one of the project's folders.
fn npm(run: &Run<'_>, folder: &str, arguments: &[&str]) -> Result<Finished, Stop> {
    process::run(setup::npm(run.project, Path::new(folder)).args(arguments))
}
