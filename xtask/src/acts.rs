//! Counts what is left to do by hand, from runs of the screens that are driven as a person would.

use std::path::Path;
use std::process::ExitCode;

use crate::project::Project;
use crate::selection::Selection;
use crate::stop::Stop;
use crate::{only_flags, process, setup};

/// `cargo xtask acts`.
pub fn command(project: &Project, arguments: &[String]) -> Result<ExitCode, Stop> {
    only_flags(arguments, &[])?;
    setup::everything(project)?;
    let mut build = project.cargo();
    build
        .args(["build", "--quiet"])
        .args(Selection::of(project).tested())
        .args(["--bin", "grantctl"]);
    process::must_quietly(&mut build)?;
    let mut run = setup::npm(project, Path::new("tests/browser"));
    run.args(["run", "--silent", "acts"])
        .env("GRANTCTL", project.target().join("debug/grantctl"));
    let output = process::must_quietly(&mut run)?;
    let lines = counted(&output);
    if lines.is_empty() {
        return Err(Stop::new("no run has counted anything"));
    }
    for line in lines {
        println!("{line}");
    }
    Ok(ExitCode::SUCCESS)
}

/// The lines of the runs: `acts PATTERN customers=N: ACTS sign-ins S`.
fn counted(output: &str) -> Vec<&str> {
    let lines = output.lines().map(str::trim);
    lines.filter(|line| line.starts_with("acts ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_counted_is_told() {
        let output =
            "Running 2 tests\n\n  acts a customers=1: 15 sign-ins 4\n  ✓  1 acts.spec.ts\n";
        assert_eq!(counted(output), ["acts a customers=1: 15 sign-ins 4"]);
    }
}
