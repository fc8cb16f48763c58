//! The rules of the house. Each finding names file, line, rule and what to do.

mod arrows;
mod foreign;
mod licences;
mod migrations;
mod names;
mod source;

use std::fmt;
use std::process::ExitCode;

use crate::project::{Project, SourceFile};
use crate::stop::Stop;
use crate::{codegen, only_flags};

/// One place where a rule is not kept.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// From the root, with `/`.
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    pub rule: &'static str,
    /// What is so, and what to do about it.
    pub what: String,
}

impl Finding {
    fn at(
        file: impl Into<String>,
        line: usize,
        rule: &'static str,
        what: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            line,
            rule,
            what: what.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: [{}] {}", self.file, self.rule, self.what),
            line => write!(f, "{}:{line}: [{}] {}", self.file, self.rule, self.what),
        }
    }
}

/// `cargo xtask tidy`.
pub fn command(project: &Project, arguments: &[String]) -> Result<ExitCode, Stop> {
    only_flags(arguments, &["--static", "--record-migrations"])?;
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if has("--record-migrations") {
        let recorded = migrations::record(project)?;
        println!("{recorded} migrations recorded in {}", migrations::LIST);
    }
    let mut findings = findings(project)?;
    if !has("--static") {
        findings.extend(stale(codegen::stale(project, None)?));
    }
    for finding in &findings {
        println!("{finding}");
    }
    println!("tidy: {} findings", findings.len());
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Every finding that needs no build.
pub fn findings(project: &Project) -> Result<Vec<Finding>, Stop> {
    let files = project.files()?;
    let mut findings = arrows::check(&arrows::rooms(project), &files);
    findings.extend(licences::check(project, &files)?);
    findings.extend(names::check(&files)?);
    findings.extend(source::check(&files, &source::crate_roots(project)));
    findings.extend(migrations::check(&files));
    findings.extend(foreign::check(&files, &foreign::here(project)));
    findings.sort();
    Ok(findings)
}

/// Generated files that a fresh run would change.
pub fn stale(paths: Vec<String>) -> Vec<Finding> {
    paths
        .into_iter()
        .map(|path| {
            Finding::at(
                path,
                0,
                "generated",
                "differs from a fresh run. Do: cargo xtask codegen, and commit what it writes",
            )
        })
        .collect()
}

/// Text files with one of these endings, as path and text.
fn texts<'a>(
    files: &'a [SourceFile],
    endings: &'a [&str],
) -> impl Iterator<Item = (&'a str, &'a str)> {
    files
        .iter()
        .filter(|file| endings.iter().any(|ending| file.path.ends_with(ending)))
        .filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
}

#[cfg(test)]
fn file(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: Some(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_file_line_and_rule() {
        assert_eq!(
            Finding::at("a/b.rs", 3, "size", "too long").to_string(),
            "a/b.rs:3: [size] too long"
        );
        assert_eq!(
            Finding::at("a/b.rs", 0, "size", "too long").to_string(),
            "a/b.rs: [size] too long"
        );
    }
}
