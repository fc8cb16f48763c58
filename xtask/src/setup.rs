//! Installs what building and testing needs, and builds the screens.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::project::Project;
use crate::stop::{Stop, about};
use crate::{debian, only_flags, process};

/// The oldest Node.js that the tools of `ui/` run on.
const NODE: (u32, u32) = (20, 19);

/// `cargo xtask setup`.
pub fn command(project: &Project, arguments: &[String]) -> Result<ExitCode, Stop> {
    only_flags(arguments, &[])?;
    everything(project)?;
    println!("Everything is installed.");
    Ok(ExitCode::SUCCESS)
}

/// Debian packages, npm packages, and the built screens.
pub fn everything(project: &Project) -> Result<(), Stop> {
    debian::install_missing(project)?;
    node_is_new_enough(project)?;
    for folder in npm_folders(project)? {
        install_npm(project, &folder)?;
    }
    build_screens(project)
}

/// What the shell needs to start: Debian packages and the built screens.
pub fn for_the_shell(project: &Project) -> Result<(), Stop> {
    debian::install_missing(project)?;
    node_is_new_enough(project)?;
    install_npm(project, Path::new("ui"))?;
    build_screens(project)
}

fn build_screens(project: &Project) -> Result<(), Stop> {
    process::must_quietly(npm(project, Path::new("ui")).args(["run", "build"])).map(drop)
}

/// The folders with an npm package of their own: each has its lock file.
fn npm_folders(project: &Project) -> Result<Vec<PathBuf>, Stop> {
    Ok(project
        .files()?
        .into_iter()
        .filter_map(|file| {
            file.path
                .strip_suffix("/package-lock.json")
                .map(PathBuf::from)
        })
        .collect())
}

fn install_npm(project: &Project, folder: &Path) -> Result<(), Stop> {
    let lock = project.root.join(folder).join("package-lock.json");
    let done = project
        .root
        .join(folder)
        .join("node_modules/.package-lock.json");
    if is_newer(&done, &lock)? {
        return Ok(());
    }
    println!("Installing npm packages of {}", folder.display());
    process::must_quietly(npm(project, folder).args(["ci", "--no-audit", "--no-fund"])).map(drop)
}

/// npm in one of the project's folders. Browsers come from the system, never from a package's own download.
pub fn npm(project: &Project, folder: &Path) -> std::process::Command {
    let mut command = project.command("npm");
    command
        .current_dir(project.root.join(folder))
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command
}

fn is_newer(done: &Path, source: &Path) -> Result<bool, Stop> {
    let Ok(done) = std::fs::metadata(done) else {
        return Ok(false);
    };
    let source = std::fs::metadata(source).map_err(about(source.display()))?;
    let (Ok(done), Ok(source)) = (done.modified(), source.modified()) else {
        return Ok(false);
    };
    Ok(done >= source)
}

fn node_is_new_enough(project: &Project) -> Result<(), Stop> {
    let too_old = |found: &str| {
        Stop::new(format!(
            "Node.js {}.{} or newer is needed, {found}",
            NODE.0, NODE.1
        ))
        .remedy("install Node.js 20 from nodejs.org or your package manager")
    };
    match process::run_quietly(project.command("node").arg("--version")) {
        Ok(answer) => match version(&answer.output) {
            Some(found) if found >= NODE => Ok(()),
            _ => Err(too_old(&format!("and here is {}", answer.output.trim()))),
        },
        Err(_) => Err(too_old("and none is here")),
    }
}

/// Major and minor of `v20.19.4`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(version("v20.19.4\n"), Some((20, 19)));
        assert!(version("v20.9.0").expect("a version") < NODE);
        assert!(version("v22.1.0").expect("a version") > NODE);
        assert_eq!(version("command not found"), None);
    }
}
