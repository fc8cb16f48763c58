//! Licences: ours in every crate, and allowed ones in everything that we build on.

use std::collections::BTreeSet;

use serde_json::Value;
use spdx::{Expression, ParseMode};

use super::{Finding, texts};
use crate::project::{Project, SourceFile};
use crate::stop::Stop;

const RULE: &str = "licence";
const OURS: &str = "MIT OR Apache-2.0";
const LIST: &str = "deny.toml";

/// Beside that list, for npm packages: two short permissive licences of build tools, and the licence of the font files.
const NPM_ALSO: [&str; 3] = ["MIT-0", "BlueOak-1.0.0", "OFL-1.1"];

/// Checks our crates, the crates that they build on, and the npm packages of the lock files.
pub fn check(project: &Project, files: &[SourceFile]) -> Result<Vec<Finding>, Stop> {
    let allowed = allowed(files)?;
    let mut findings = Vec::new();
    for package in &project.metadata.packages {
        let licence = package.license.as_deref();
        if project.metadata.workspace_members.contains(&package.id) {
            let manifest = package
                .manifest_path
                .strip_prefix(&project.metadata.workspace_root)
                .unwrap_or(&package.manifest_path);
            if licence != Some(OURS) {
                findings.push(Finding::at(
                    manifest.as_str(),
                    0,
                    RULE,
                    format!("the crate is not under {OURS}. Do: write license.workspace = true"),
                ));
            }
        } else if let Some(problem) = problem(licence, &allowed) {
            findings.push(Finding::at(
                "Cargo.lock",
                0,
                RULE,
                format!("{} {} {problem}", package.name, package.version),
            ));
        }
    }
    let allowed: BTreeSet<String> = allowed
        .into_iter()
        .chain(NPM_ALSO.map(str::to_owned))
        .collect();
    for (path, text) in texts(files, &["package-lock.json"]) {
        for (package, licence) in npm_packages(text) {
            if let Some(problem) = problem(licence.as_deref(), &allowed) {
                findings.push(Finding::at(path, 0, RULE, format!("{package} {problem}")));
            }
        }
    }
    Ok(findings)
}

/// The list that cargo-deny reads as well: one list, two readers.
fn allowed(files: &[SourceFile]) -> Result<BTreeSet<String>, Stop> {
    let text = files
        .iter()
        .find(|file| file.path == LIST)
        .and_then(|file| file.text.as_deref());
    let table: toml::Table = text
        .ok_or_else(|| Stop::new(format!("{LIST} is not there")))?
        .parse()
        .map_err(|error| Stop::new(format!("{LIST}: {error}")))?;
    let list = table
        .get("licenses")
        .and_then(|licences| licences.get("allow"))
        .and_then(|allow| allow.as_array());
    Ok(list
        .ok_or_else(|| Stop::new(format!("{LIST} has no list licenses.allow")))?
        .iter()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect())
}

fn problem(licence: Option<&str>, allowed: &BTreeSet<String>) -> Option<String> {
    let Some(licence) = licence else {
        return Some("states no licence. Do: use another package".to_owned());
    };
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else {
        return Some(format!(
            "has the licence `{licence}`, which is no SPDX expression. Do: use another package"
        ));
    };
    let fits = expression.evaluate(|requirement| allowed.contains(&requirement.to_string()));
    (!fits).then(|| {
        format!("is under `{licence}`, which {LIST} does not allow. Do: use another package")
    })
}

/// Name and licence of each installed package of a lock file. Ours, the root entry, is left out.
fn npm_packages(lock: &str) -> Vec<(String, Option<String>)> {
    let Ok(Value::Object(lock)) = serde_json::from_str(lock) else {
        return Vec::new();
    };
    let Some(packages) = lock.get("packages").and_then(Value::as_object) else {
        return Vec::new();
    };
    packages
        .iter()
        .filter(|(path, _)| !path.is_empty())
        .map(|(path, package)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path);
            (
                name.to_owned(),
                package
                    .get("license")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed() -> BTreeSet<String> {
        ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "ISC"]
            .map(str::to_owned)
            .into()
    }

    #[test]
    fn one_allowed_choice_is_enough_but_every_part_counts() {
        for fine in [
            "MIT",
            "MIT OR GPL-3.0-only",
            "MIT/Apache-2.0",
            "Apache-2.0 WITH LLVM-exception",
            "(MIT OR GPL-2.0-only) AND ISC",
        ] {
            assert_eq!(problem(Some(fine), &allowed()), None, "{fine}");
        }
        for wrong in [
            "GPL-3.0-only",
            "MIT AND GPL-3.0-only",
            "Apache-2.0 WITH Classpath-exception-2.0",
            "SEE LICENSE IN FILE",
        ] {
            assert!(problem(Some(wrong), &allowed()).is_some(), "{wrong}");
        }
        assert!(problem(None, &allowed()).is_some());
    }

    #[test]
    fn a_lock_file_names_its_packages() {
        let lock = r#"{"packages":{"":{"name":"ui"},"node_modules/a":{"license":"MIT"},"node_modules/a/node_modules/@x/b":{}}}"#;
        assert_eq!(
            npm_packages(lock),
            [
                ("a".to_owned(), Some("MIT".to_owned())),
                ("@x/b".to_owned(), None)
            ]
        );
    }
}
