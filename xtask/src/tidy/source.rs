//! What a source file must have and must not have: its size, unfinished marks, and the line that forbids unsafe code.

use std::collections::BTreeSet;

use cargo_metadata::TargetKind;

use super::{Finding, texts};
use crate::project::{Project, SourceFile};

/// Lines that a file may have.
const LONGEST: usize = 600;

const SIZED: &[&str] = &[".rs", ".ts", ".tsx", ".py", ".css", ".sh", ".mjs"];

/// Written so that this file does not find itself.
const MARKS: &[(&str, &[&str])] = &[
    (concat!("to", "do!("), &[".rs"]),
    (concat!("unimple", "mented!("), &[".rs"]),
    (concat!("db", "g!("), &[".rs"]),
    (concat!("#[ign", "ore"), &[".rs"]),
    (concat!(".on", "ly("), &[".ts", ".tsx"]),
    (concat!(".sk", "ip("), &[".ts", ".tsx"]),
    (
        concat!("TO", "DO"),
        &[".rs", ".ts", ".tsx", ".py", ".sh", ".css", ".mjs"],
    ),
    (
        concat!("FIX", "ME"),
        &[".rs", ".ts", ".tsx", ".py", ".sh", ".css", ".mjs"],
    ),
];

/// Root files of libraries and programs, with whether they belong to the shell.
pub fn crate_roots(project: &Project) -> BTreeSet<(String, bool)> {
    let shell = |name: &str| name == "grantway";
    project
        .metadata
        .workspace_packages()
        .into_iter()
        .flat_map(|package| package.targets.iter().map(move |target| (package, target)))
        .filter(|(_, target)| {
            target
                .kind
                .iter()
                .any(|kind| matches!(kind, TargetKind::Lib | TargetKind::Bin))
        })
        .filter_map(|(package, target)| {
            let path = target
                .src_path
                .strip_prefix(&project.metadata.workspace_root)
                .ok()?;
            Some((path.to_string(), shell(&package.name)))
        })
        .collect()
}

/// Checks every source file.
pub fn check(files: &[SourceFile], roots: &BTreeSet<(String, bool)>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in texts(files, SIZED).filter(|(path, _)| !is_generated(path)) {
        let lines = text.lines().count();
        if lines > LONGEST {
            findings.push(Finding::at(
                path,
                0,
                "size",
                format!("has {lines} lines, more than {LONGEST}. Do: split it by subject"),
            ));
        }
        for (index, line) in text.lines().enumerate() {
            if let Some((mark, _)) = MARKS.iter().find(|(mark, endings)| {
                endings.iter().any(|ending| path.ends_with(ending)) && stands(line, mark)
            }) {
                findings.push(Finding::at(path, index + 1, "unfinished", format!("`{mark}`. Do: finish it, or take it out and say in the docs what is not there")));
            }
        }
    }
    for (root, shell) in roots {
        let Some((path, text)) = texts(files, &[".rs"]).find(|(path, _)| path == root) else {
            continue;
        };
        if !(text.contains("#![forbid(unsafe_code)]")
            || (*shell && text.contains("#![deny(unsafe_code)]")))
        {
            let line = if *shell {
                "#![deny(unsafe_code)]"
            } else {
                "#![forbid(unsafe_code)]"
            };
            findings.push(Finding::at(
                path,
                1,
                "unsafe",
                format!("lacks {line}. Do: add it below the module's comment"),
            ));
        }
    }
    findings
}

/// The numbered lines of a Rust or TypeScript file that ship: none of a test file, none below `#[cfg(test)] mod … {`.
pub fn product_lines(file: &SourceFile) -> Vec<(usize, &str)> {
    let is_code = [".rs", ".ts", ".tsx"]
        .iter()
        .any(|ending| file.path.ends_with(ending));
    let (true, false, Some(text)) = (
        is_code,
        is_test(&file.path) || is_generated(&file.path),
        file.text.as_deref(),
    ) else {
        return Vec::new();
    };
    let lines: Vec<&str> = text.lines().collect();
    let end = (0..lines.len())
        .find(|at| {
            let below = lines.get(at + 1).map_or("", |line| line.trim());
            lines[*at].trim() == "#[cfg(test)]" && below.contains("mod ") && below.ends_with('{')
        })
        .unwrap_or(lines.len());
    lines[..end]
        .iter()
        .enumerate()
        .map(|(index, line)| (index + 1, *line))
        .collect()
}

/// Files that are a module for tests only: `#[cfg(test)] mod name;` in the file above them.
pub fn test_modules(files: &[SourceFile]) -> BTreeSet<String> {
    let mut modules = BTreeSet::new();
    for (path, text) in texts(files, &[".rs"]) {
        let Some((folder, name)) = path.rsplit_once('/') else {
            continue;
        };
        let inside = match name {
            "mod.rs" | "lib.rs" | "main.rs" => folder.to_owned(),
            _ => path.trim_end_matches(".rs").to_owned(),
        };
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            if let Some(module) = pair[1]
                .split("mod ")
                .nth(1)
                .and_then(|rest| rest.strip_suffix(';'))
            {
                modules.insert(format!("{inside}/{module}.rs"));
                modules.insert(format!("{inside}/{module}/mod.rs"));
            }
        }
    }
    modules
}

fn is_test(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.split('/')
        .any(|part| ["test", "tests", "fixtures"].contains(&part))
        || path.starts_with("xtask/")
        || name == "tests.rs"
        || name.ends_with("_tests.rs")
        || [".test.ts", ".test.tsx", ".spec.ts", ".spec.tsx"]
            .iter()
            .any(|ending| name.ends_with(ending))
}

fn is_generated(path: &str) -> bool {
    path.starts_with("ui/src/gen/") || path.contains("/.sqlx/") || path.contains("/snapshots/")
}

fn stands(line: &str, mark: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(mark).any(|(at, _)| {
        let starts = !mark.starts_with(part) || !line[..at].ends_with(part);
        let ends = !mark.ends_with(part) || !line[at + mark.len()..].starts_with(part);
        starts && ends
    })
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<(&'static str, usize)> {
        check(&[file(path, text)], &BTreeSet::new())
            .into_iter()
            .map(|finding| (finding.rule, finding.line))
            .collect()
    }

    #[test]
    fn a_file_past_the_limit_is_found_unless_generated() {
        let long = "x\n".repeat(LONGEST + 1);
        assert_eq!(rules("crates/a/src/long.rs", &long), [("size", 0)]);
        assert!(rules("ui/src/gen/Long.ts", &long).is_empty());
        assert!(rules("crates/a/src/fits.rs", &"x\n".repeat(LONGEST)).is_empty());
    }

    #[test]
    fn marks_are_found_as_words_only() {
        let mark = concat!("TO", "DO");
        assert_eq!(
            rules(
                "crates/a/src/a.rs",
                &format!("fn a() {{}}\n// {mark}: later\n")
            ),
            [("unfinished", 2)]
        );
        assert_eq!(
            rules("crates/a/src/a.rs", concat!("fn a() { to", "do!() }")),
            [("unfinished", 1)]
        );
        assert_eq!(
            rules("ui/src/a.test.ts", concat!("test.sk", "ip('x', () => {})")),
            [("unfinished", 1)]
        );
        assert!(rules("crates/a/src/a.rs", &format!("const {mark}S: u8 = 1;")).is_empty());
        // An iterator's method in Rust.
        assert!(rules("crates/a/src/a.rs", concat!("list.iter().sk", "ip(1)")).is_empty());
    }

    #[test]
    fn a_crate_without_the_unsafe_line_is_found() {
        let roots: BTreeSet<_> = [
            ("crates/a/src/lib.rs".to_owned(), false),
            ("src-tauri/src/lib.rs".to_owned(), true),
        ]
        .into();
        let found = check(
            &[
                file("crates/a/src/lib.rs", "//! A.\n"),
                file("src-tauri/src/lib.rs", "//! S.\n#![deny(unsafe_code)]\n"),
            ],
            &roots,
        );
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].file.as_str(), found[0].rule),
            ("crates/a/src/lib.rs", "unsafe")
        );
    }

    #[test]
    fn a_module_that_is_declared_for_tests_is_known() {
        let files = [
            file(
                "crates/a/src/robot/mod.rs",
                "mod form;\n#[cfg(test)]\nmod journeys;\n",
            ),
            file(
                "crates/a/src/plan.rs",
                "#[cfg(test)]\npub(crate) mod samples;\n",
            ),
        ];
        let modules = test_modules(&files);
        assert!(modules.contains("crates/a/src/robot/journeys.rs"));
        assert!(modules.contains("crates/a/src/plan/samples.rs"));
        assert!(!modules.contains("crates/a/src/robot/form.rs"));
    }

    #[test]
    fn lines_below_the_tests_do_not_ship() {
        let rust = file(
            "crates/a/src/a.rs",
            "fn a() {}\n#[cfg(test)]\nmod tests {\n}\n",
        );
        assert_eq!(product_lines(&rust), [(1, "fn a() {}")]);
        let declared = file("crates/a/src/a.rs", "#[cfg(test)]\nmod tests;\nfn a() {}\n");
        assert_eq!(product_lines(&declared).len(), 3);
    }
}
