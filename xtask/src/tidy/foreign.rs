//! Nothing of the machine that the project happens to lie on gets into its files: no path, no package mirror.

use super::{Finding, texts};
use crate::process;
use crate::project::{Project, SourceFile};

const RULE: &str = "foreign";

/// The public home of npm packages: naming it says nothing about this machine.
const PUBLIC_NPM: &str = "registry.npmjs.org";

/// Folders that every machine has: a path in them says nothing about this one.
const ORDINARY: &[&str] = &[
    "/", "/home/", "/tmp/", "/usr/", "/opt/", "/srv/", "/var/", "/mnt/",
];

/// What this machine has that no file may name.
pub fn here(project: &Project) -> Vec<String> {
    let mut own = Vec::new();
    let folder = |path: &std::path::Path| format!("{}/", path.display());
    own.push(folder(&project.root));
    own.extend(project.root.parent().map(folder));
    own.extend(std::env::home_dir().map(|home| folder(&home)));
    own.retain(|path| !ORDINARY.contains(&path.as_str()));
    let npm = process::run_quietly(project.command("npm").args(["config", "get", "registry"]));
    if let Some(host) = npm.ok().and_then(|answer| registry_host(&answer.output)) {
        own.push(host);
    }
    own
}

/// Every line that names one of `own`, and every lock file or setting that points packages at a place of its own.
pub fn check(files: &[SourceFile], own: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in texts(files, &[""]) {
        for (index, line) in text.lines().enumerate() {
            if let Some(name) = own.iter().find(|name| names(line, name)) {
                findings.push(Finding::at(path, index + 1, RULE, format!("names {name}, which is this machine's own. Do: write a path from the project's root, or none")));
            }
            if let Some(what) = points_elsewhere(path, line) {
                findings.push(Finding::at(
                    path,
                    index + 1,
                    RULE,
                    format!("{what}. Do: leave it to each machine's own settings"),
                ));
            }
        }
    }
    findings
}

fn names(line: &str, own: &str) -> bool {
    line.match_indices(own).any(|(at, _)| {
        // A folder `/x/` inside a longer path, such as `src/x/`, is another one.
        !own.starts_with('/')
            || !line[..at]
                .ends_with(|before: char| before.is_alphanumeric() || "._-*}".contains(before))
    })
}

fn points_elsewhere(path: &str, line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    if path.ends_with("package-lock.json") && line.starts_with("\"resolved\": \"http") {
        return Some(
            "the lock file says where a package was fetched (.npmrc: omit-lockfile-registry-resolved=true)",
        );
    }
    if path.ends_with(".npmrc") && line.contains("registry=") && !line.contains("omit-lockfile") {
        return Some("names an npm registry");
    }
    let cargo = path.ends_with(".cargo/config.toml");
    if cargo
        && ["[source.", "[registries", "[registry"]
            .iter()
            .any(|table| line.starts_with(table))
    {
        return Some("names a cargo registry");
    }
    None
}

fn registry_host(answer: &str) -> Option<String> {
    let address = answer.lines().find_map(|line| {
        line.trim()
            .strip_prefix("https://")
            .or(line.trim().strip_prefix("http://"))
    })?;
    let authority = address.split('/').next().unwrap_or(address);
    // A name and a password may stand before the host.
    let host = authority
        .rsplit('@')
        .next()
        .and_then(|host| host.split(':').next())
        .filter(|host| !host.is_empty())?;
    (host != PUBLIC_NPM && host != "localhost" && host != "127.0.0.1").then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn own() -> Vec<String> {
        vec!["/desk/grantway/".to_owned(), "mirror.invalid".to_owned()]
    }

    #[test]
    fn paths_and_mirrors_of_this_machine_are_found() {
        let files = [
            file("README.md", "fine\nsee /desk/grantway/target\n"),
            file("a.toml", "url = \"https://mirror.invalid/x\"\n"),
        ];
        let found = check(&files, &own());
        assert_eq!(
            found
                .iter()
                .map(|finding| (finding.file.as_str(), finding.line))
                .collect::<Vec<_>>(),
            [("README.md", 2), ("a.toml", 1)]
        );
    }

    #[test]
    fn a_folder_of_the_same_name_elsewhere_is_fine() {
        assert!(check(&[file("a.md", "src/desk/grantway/x\n")], &own()).is_empty());
    }

    #[test]
    fn lock_files_and_settings_point_nowhere() {
        let lock = "    \"resolved\": \"https://anywhere.invalid/a.tgz\",\n";
        assert_eq!(check(&[file("ui/package-lock.json", lock)], &[]).len(), 1);
        assert_eq!(
            check(
                &[file(
                    "ui/.npmrc",
                    "omit-lockfile-registry-resolved=true\nregistry=https://anywhere.invalid\n"
                )],
                &[]
            )
            .len(),
            1
        );
        assert_eq!(
            check(&[file(".cargo/config.toml", "[source.crates-io]\n")], &[]).len(),
            1
        );
    }

    #[test]
    fn the_public_registry_is_no_mirror() {
        assert_eq!(registry_host("https://registry.npmjs.org/\n"), None);
        assert_eq!(
            registry_host("npm warn about something\nhttps://mirror.invalid:8080/npm/\n"),
            Some("mirror.invalid".to_owned())
        );
    }
}
