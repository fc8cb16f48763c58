//! Migrations are additive: once one has landed, its text never changes. The list of checksums remembers them.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{Finding, texts};
use crate::project::{Project, SourceFile};
use crate::stop::{Stop, about};

const RULE: &str = "migration";
const FOLDER: &str = "crates/grantway-store/migrations/";

/// One line a migration: checksum, two spaces, path. As `sha256sum` writes it.
pub const LIST: &str = "xtask/migrations.sha256";

/// Migrations that changed, vanished, or are not in the list.
pub fn check(files: &[SourceFile]) -> Vec<Finding> {
    let recorded = recorded(files);
    let present = present(files);
    let mut findings = Vec::new();
    for (path, sum) in &present {
        match recorded.get(path) {
            Some(before) if before == sum => {}
            Some(_) => findings.push(Finding::at(
                path,
                0,
                RULE,
                "a migration that has landed was edited. Do: undo the edit and add a new migration",
            )),
            None => findings.push(Finding::at(
                path,
                0,
                RULE,
                "a new migration. Do: cargo xtask tidy --record-migrations",
            )),
        }
    }
    for path in recorded.keys().filter(|path| !present.contains_key(*path)) {
        findings.push(Finding::at(
            LIST,
            0,
            RULE,
            format!("{path} has landed and is gone. Do: bring it back"),
        ));
    }
    findings
}

/// Adds the migrations that the list does not have, and changes no line that it has. Returns how many were added.
pub fn record(project: &Project) -> Result<usize, Stop> {
    let files = project.files()?;
    let mut recorded = recorded(&files);
    let before = recorded.len();
    for (path, sum) in present(&files) {
        recorded.entry(path).or_insert(sum);
    }
    let text: String = recorded
        .iter()
        .map(|(path, sum)| format!("{sum}  {path}\n"))
        .collect();
    std::fs::write(project.path(LIST), text).map_err(about(LIST))?;
    Ok(recorded.len() - before)
}

fn present(files: &[SourceFile]) -> BTreeMap<String, String> {
    texts(files, &[".sql"])
        .filter(|(path, _)| path.starts_with(FOLDER))
        .map(|(path, text)| (path.to_owned(), checksum(text)))
        .collect()
}

fn recorded(files: &[SourceFile]) -> BTreeMap<String, String> {
    texts(files, &[LIST])
        .flat_map(|(_, text)| text.lines())
        .filter_map(|line| line.split_once("  "))
        .map(|(sum, path)| (path.to_owned(), sum.to_owned()))
        .collect()
}

fn checksum(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    const FIRST: &str = "crates/grantway-store/migrations/0001_journal.sql";

    #[test]
    fn an_edited_a_new_and_a_lost_migration_are_found() {
        let landed = format!("{}  {FIRST}\n", checksum("CREATE TABLE a (b);"));
        let fine = [file(LIST, &landed), file(FIRST, "CREATE TABLE a (b);")];
        assert!(check(&fine).is_empty());
        let edited = [file(LIST, &landed), file(FIRST, "CREATE TABLE a (b, c);")];
        assert!(check(&edited)[0].what.contains("edited"));
        let new = [file(FIRST, "CREATE TABLE a (b);")];
        assert!(check(&new)[0].what.contains("new migration"));
        let lost = [file(LIST, &landed)];
        assert!(check(&lost)[0].what.contains("is gone"));
    }

    #[test]
    fn the_checksum_is_the_one_of_sha256sum() {
        assert_eq!(
            checksum("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
