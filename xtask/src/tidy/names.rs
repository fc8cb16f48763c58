//! The generic case lives in the mechanism, the particular one in data: where a pattern's or a vendor's name may not stand.
//! And file names that say nothing.

use std::collections::BTreeSet;

use super::source::{product_lines, test_modules};
use super::{Finding, texts};
use crate::project::SourceFile;
use crate::stop::Stop;

const PROFILES: &str = "crates/grantway-patterns/profiles/";

/// Where the mechanism lives: it must not know which patterns there are.
const WITHOUT_PATTERNS: &[&str] = &["crates/grantway-core/src/", "src-tauri/src/", "ui/src/"];

const SAY_NOTHING: &[&str] = &[
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers",
];

/// Words of company names that say nothing by themselves.
const ORDINARY: &[&str] = &[
    "cloud",
    "cyber",
    "group",
    "labs",
    "limited",
    "managed",
    "microsoft",
    "practice",
    "security",
    "services",
    "software",
    "systems",
];

/// Checks the names against the vendor profiles that are in the tree.
pub fn check(files: &[SourceFile]) -> Result<Vec<Finding>, Stop> {
    let mut patterns = BTreeSet::new();
    let mut vendors = BTreeSet::new();
    for (path, text) in texts(files, &[".toml"]).filter(|(path, _)| path.starts_with(PROFILES)) {
        let profile: toml::Table = text
            .parse()
            .map_err(|error| Stop::new(format!("{path}: {error}")))?;
        patterns.extend(
            text_of(&profile, &["pattern"])
                .iter()
                .flat_map(|id| spellings(id)),
        );
        // What a profile of one's own starts from is nobody's.
        if !profile.contains_key("vendor") {
            continue;
        }
        let stem = path
            .strip_prefix(PROFILES)
            .and_then(|name| name.strip_suffix(".toml"))
            .unwrap_or_default();
        vendors.extend(words(stem));
        for name in text_of(&profile, &["vendor", "vendor_name", "publisher", "name"]) {
            vendors.extend(words(&name));
        }
    }
    for pattern in &patterns {
        // A profile may be called after its pattern; then its words are the pattern's, not the vendor's.
        vendors.retain(|vendor| {
            !pattern
                .to_lowercase()
                .split(['-', '_'])
                .any(|part| part == vendor)
        });
    }
    let tests = test_modules(files);
    let shipped: Vec<&SourceFile> = files
        .iter()
        .filter(|file| !tests.contains(&file.path))
        .collect();
    let mut findings = file_names(files);
    findings.extend(pattern_names(&shipped, &patterns));
    findings.extend(vendor_names(&shipped, &vendors));
    Ok(findings)
}

fn file_names(files: &[SourceFile]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| {
            file.path.split('/').any(|part| {
                let stem = part
                    .trim_start_matches('.')
                    .split('.')
                    .next()
                    .unwrap_or(part);
                SAY_NOTHING.contains(&stem.to_lowercase().as_str())
            })
        })
        .map(|file| {
            Finding::at(
                &file.path,
                0,
                "name",
                "the name does not say what is inside. Do: name it by the noun of its subject",
            )
        })
        .collect()
}

fn pattern_names(files: &[&SourceFile], patterns: &BTreeSet<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| {
        WITHOUT_PATTERNS
            .iter()
            .any(|room| file.path.starts_with(room))
    }) {
        for (number, line) in product_lines(file) {
            if let Some(pattern) = patterns.iter().find(|pattern| has_id(line, pattern)) {
                findings.push(Finding::at(
                    &file.path,
                    number,
                    "pattern",
                    format!("names the pattern `{pattern}`, and this room must work for every pattern. Do: let the pattern say it as data"),
                ));
            }
        }
    }
    findings
}

fn vendor_names(files: &[&SourceFile], vendors: &BTreeSet<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (number, line) in product_lines(file) {
            // The line that puts a data file into the program names that file.
            if line.contains("include_str!(") {
                continue;
            }
            let lower = line.to_lowercase();
            if let Some(vendor) = vendors.iter().find(|vendor| has_word(&lower, vendor)) {
                findings.push(Finding::at(
                    &file.path,
                    number,
                    "vendor",
                    format!("names the vendor `{vendor}`. Do: take it from the profile"),
                ));
            }
        }
    }
    findings
}

/// An id as it is written in data, in Rust and in TypeScript.
fn spellings(id: &str) -> Vec<String> {
    let camel: String = id
        .split('-')
        .map(|part| {
            let mut letters = part.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
                .unwrap_or_default()
        })
        .collect();
    vec![id.to_owned(), id.replace('-', "_"), camel]
}

/// The words of a name that stand for the vendor, in small letters.
fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| word.len() >= 5 && !ORDINARY.contains(&word.as_str()))
        .take(1)
        .collect()
}

fn text_of(profile: &toml::Table, keys: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in profile {
        let wanted = keys.contains(&key.as_str());
        match value {
            toml::Value::String(text) if wanted => found.push(text.clone()),
            toml::Value::Table(inner) if wanted => found.extend(text_of(inner, &["name"])),
            _ => {}
        }
    }
    found
}

fn has_word(line: &str, word: &str) -> bool {
    stands_alone(line, word, |c| c.is_alphanumeric() || c == '_')
}

/// Ids are words with dashes between them: one that only begins like another is another.
fn has_id(line: &str, id: &str) -> bool {
    stands_alone(line, id, |c| c.is_alphanumeric() || c == '_' || c == '-')
}

fn stands_alone(line: &str, word: &str, part: impl Fn(char) -> bool) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(&part) && !line[at + word.len()..].starts_with(&part))
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn tree(path: &str, text: &str) -> Vec<SourceFile> {
        let profile = "pattern = \"gate-key\"\n[vendor]\nname = \"Acmewatch Labs Inc\"\n";
        vec![
            file("crates/grantway-patterns/profiles/acmewatch.toml", profile),
            file(path, text),
        ]
    }

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        check(&tree(path, text))
            .expect("the profile is TOML")
            .iter()
            .map(|finding| finding.rule)
            .collect()
    }

    #[test]
    fn a_pattern_is_found_in_each_spelling_where_the_mechanism_lives() {
        for line in ["let id = \"gate-key\";", "mod gate_key;", "struct GateKey;"] {
            assert_eq!(
                rules("crates/grantway-core/src/plan.rs", line),
                ["pattern"],
                "{line}"
            );
        }
        assert_eq!(
            rules("ui/src/views/Home.tsx", "if (id === \"gate-key\") {}"),
            ["pattern"]
        );
        assert!(
            rules(
                "crates/grantway-patterns/src/gate_key.rs",
                "struct GateKey;"
            )
            .is_empty()
        );
        assert!(rules("crates/grantway-core/src/plan.rs", "let gate_keys = 1;").is_empty());
    }

    #[test]
    fn an_id_that_only_begins_like_a_pattern_is_another_one() {
        assert!(has_id("the pattern gate-key, here", "gate-key"));
        assert!(!has_id("facts: gate-key-and-lock", "gate-key"));
        assert!(!has_id("facts: the-gate-key", "gate-key"));
        assert!(!has_id("fn gate_keys() {}", "gate_key"));
    }

    #[test]
    fn a_vendor_is_found_everywhere_but_in_tests_and_data() {
        assert_eq!(
            rules(
                "crates/grantway-app/src/view.rs",
                "// as Acmewatch wants it"
            ),
            ["vendor"]
        );
        assert_eq!(
            rules("ui/src/views/Home.tsx", "<p>ACMEWATCH</p>"),
            ["vendor"]
        );
        assert!(
            rules(
                "crates/grantway-app/src/view.rs",
                "fn a() {}\n#[cfg(test)]\nmod tests {\n  // Acmewatch\n}"
            )
            .is_empty()
        );
        let index = "const TEXT: &str = include_str!(\"../profiles/acmewatch.toml\");";
        assert!(rules("crates/grantway-patterns/src/library.rs", index).is_empty());
        assert!(rules("tests/journeys/main.rs", "// Acmewatch").is_empty());
        assert!(rules("ui/src/views/Home.test.tsx", "// Acmewatch").is_empty());
        assert!(
            rules(
                "crates/grantway-practice/scenarios/a.toml",
                "name = \"Acmewatch\""
            )
            .is_empty()
        );
    }

    #[test]
    fn names_that_say_nothing_are_found_for_files_and_folders() {
        assert_eq!(rules("ui/src/utils/date.ts", ""), ["name"]);
        assert_eq!(rules("crates/grantway-core/src/helpers.rs", ""), ["name"]);
        assert!(rules("crates/grantway-core/src/relationship.rs", "").is_empty());
    }
}
