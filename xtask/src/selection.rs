//! One selection of packages and features for every cargo call of the demo and of a test run: another selection would
//! build dependencies a second time with other features.

use std::process::{Command, Stdio};

use cargo_metadata::TargetKind;

use crate::project::Project;

/// The packages that are built, and with what.
pub struct Selection {
    packages: Vec<String>,
    /// Whether the shell is among them: it needs webkit.
    pub with_shell: bool,
}

impl Selection {
    /// The whole workspace; without the shell where webkit is not installed.
    pub fn of(project: &Project) -> Self {
        let with_shell = !cfg!(target_os = "linux") || has_webkit(project);
        let mut packages = vec!["--workspace".to_owned()];
        if !with_shell {
            packages.extend(["--exclude".to_owned(), "grantway".to_owned()]);
        }
        Self {
            packages,
            with_shell,
        }
    }

    /// As it ships.
    pub fn shipped(&self) -> Vec<String> {
        self.packages.clone()
    }

    /// With what is in test builds only: the loopback host, and the probe through which a driver looks into the window.
    /// Neither changes the features of a dependency.
    pub fn tested(&self) -> Vec<String> {
        let features = if self.with_shell {
            "grantway-cli/serve,grantway/probe"
        } else {
            "grantway-cli/serve"
        };
        let mut arguments = self.packages.clone();
        arguments.extend(["--features".to_owned(), features.to_owned()]);
        arguments
    }
}

fn has_webkit(project: &Project) -> bool {
    let mut ask: Command = project.command("pkg-config");
    ask.args(["--exists", "webkit2gtk-4.1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    ask.status().is_ok_and(|status| status.success())
}

/// Arguments that name the unit tests: every library, every program, and the test binaries inside the crates.
/// The binaries of the `tests` member are sections of their own.
pub fn units(project: &Project) -> Vec<String> {
    let mut arguments = vec!["--lib".to_owned(), "--bins".to_owned()];
    for package in project.metadata.workspace_packages() {
        if package.name.as_str() == "grantway-tests" {
            continue;
        }
        for target in package
            .targets
            .iter()
            .filter(|target| target.kind.contains(&TargetKind::Test))
        {
            arguments.extend(["--test".to_owned(), target.name.clone()]);
        }
    }
    arguments
}
