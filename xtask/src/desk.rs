//! Where a program runs: as it is, in a desktop session with a keychain, or on a screen of its own.

use std::process::Command;

use crate::project::Project;

/// What a program needs around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desk {
    /// A session bus and an unlocked keychain in a fresh home.
    Session,
    /// The same with a screen of 1280 × 900, a window manager and accessibility.
    Screen,
}

/// Whether this machine can lay such a desk: it is Linux with the programs that `desk.sh` starts.
pub fn can_be_laid() -> bool {
    cfg!(target_os = "linux") && on_path("dbus-run-session") && on_path("gnome-keyring-daemon")
}

/// Wraps a call so that it runs at a desk. The environment and folder of `inner` stay.
pub fn at(project: &Project, desk: Desk, inner: &Command) -> Command {
    let mut command = Command::new("bash");
    command.arg(project.path("xtask/desk.sh"));
    if desk == Desk::Screen {
        command.arg("--screen");
    }
    command.arg(inner.get_program()).args(inner.get_args());
    command.current_dir(inner.get_current_dir().unwrap_or(&project.root));
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// Whether a program is found on PATH.
pub fn on_path(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else {
        return false;
    };
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Debian's Python: the one that has `gi`, which a version manager's Python lacks.
pub fn python() -> &'static str {
    if std::path::Path::new("/usr/bin/python3").exists() {
        "/usr/bin/python3"
    } else {
        "python3"
    }
}
