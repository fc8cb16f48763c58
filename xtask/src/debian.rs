//! Debian's packages: which the project needs, which are missing, and the line that installs them.

use crate::desk::on_path;
use crate::process;
use crate::project::Project;
use crate::stop::Stop;

const LIST: &str = include_str!("../packages.debian.txt");

/// The packages of `packages.debian.txt`.
pub fn packages() -> Vec<&'static str> {
    LIST.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// Installs what is missing when this is Debian and we are root; else stops with the exact line to type.
/// On other systems it does nothing: the programs themselves are missed by name when they are started.
pub fn install_missing(project: &Project) -> Result<(), Stop> {
    if !on_path("apt-get") || !on_path("dpkg-query") {
        return Ok(());
    }
    let missing = missing(project)?;
    if missing.is_empty() {
        return Ok(());
    }
    if !is_root(project)? {
        return Err(
            Stop::new(format!("{} Debian packages are missing", missing.len())).remedy(format!(
                "type: sudo apt-get update && sudo apt-get install -y {}",
                missing.join(" ")
            )),
        );
    }
    println!("Installing Debian packages: {}", missing.join(" "));
    process::must_quietly(apt(project).arg("update"))?;
    process::must_quietly(
        apt(project)
            .args(["install", "-y", "--no-install-recommends"])
            .args(&missing),
    )?;
    Ok(())
}

fn apt(project: &Project) -> std::process::Command {
    let mut command = project.command("apt-get");
    // Another package run may hold the lock for a while.
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-q", "-o", "DPkg::Lock::Timeout=120"]);
    command
}

fn missing(project: &Project) -> Result<Vec<&'static str>, Stop> {
    // dpkg-query ends with 1 when it does not know one of the names; its answer about the others counts all the same.
    let known = process::run_quietly(
        project
            .command("dpkg-query")
            .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
            .args(packages()),
    )?;
    Ok(not_installed(&packages(), &known.output))
}

fn not_installed(wanted: &[&'static str], status: &str) -> Vec<&'static str> {
    wanted
        .iter()
        .copied()
        .filter(|package| {
            !status
                .lines()
                .any(|line| line.split_once(' ') == Some((package, "installed")))
        })
        .collect()
}

fn is_root(project: &Project) -> Result<bool, Stop> {
    Ok(process::must_quietly(project.command("id").arg("-u"))?.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_names_only() {
        let packages = packages();
        assert!(packages.contains(&"xvfb"));
        for package in packages {
            assert!(
                package
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c)),
                "{package}"
            );
        }
    }

    #[test]
    fn removed_and_unknown_packages_are_missing() {
        let status =
            "dbus installed\nxvfb config-files\ndpkg-query: no packages found matching openbox\n";
        assert_eq!(
            not_installed(&["dbus", "xvfb", "openbox"], status),
            ["xvfb", "openbox"]
        );
    }
}
