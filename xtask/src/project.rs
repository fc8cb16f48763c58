//! The checkout that the commands work on: where it is, what cargo knows about it, which files belong to it.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{Metadata, MetadataCommand};

use crate::stop::{Stop, about};

/// The checkout and cargo's description of it.
pub struct Project {
    /// The folder with the workspace's Cargo.toml.
    pub root: PathBuf,
    /// All packages, dependencies of every platform included.
    pub metadata: Metadata,
    /// What cargo builds for us is linted as it is built.
    linted: Cell<bool>,
}

/// A file of the project: tracked by git, or new and not ignored.
pub struct SourceFile {
    /// From the root, with `/`.
    pub path: String,
    /// `None` where the file is no UTF-8 text.
    pub text: Option<String>,
}

impl Project {
    /// The project that this xtask was built in.
    pub fn find() -> Result<Self, Stop> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let metadata = MetadataCommand::new()
            .current_dir(here)
            .exec()
            .map_err(|error| Stop::new(format!("cargo metadata does not answer: {error}")))?;
        Ok(Self {
            root: metadata.workspace_root.clone().into_std_path_buf(),
            metadata,
            linted: Cell::new(false),
        })
    }

    /// From now on cargo lints what it builds, and takes a warning for an error.
    ///
    /// A build and a check by clippy share nothing of what others' crates come to, and of ours they do the first half each.
    /// Whoever needs both saves the second. It is what `cargo clippy` does itself, but for a build.
    pub fn lint_what_is_built(&self, lint: bool) {
        self.linted.set(lint);
    }

    /// A path inside the project.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// Where cargo builds.
    pub fn target(&self) -> PathBuf {
        self.metadata.target_directory.clone().into_std_path_buf()
    }

    /// A program started in the project's folder.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// cargo, the one that started xtask.
    pub fn cargo(&self) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.root);
        if self.linted.get() {
            command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver").env(
                "CLIPPY_ARGS",
                "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__",
            );
        }
        command
    }

    /// Every file that belongs to the project, in the order of their paths.
    pub fn files(&self) -> Result<Vec<SourceFile>, Stop> {
        let listed = self
            .command("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .output()
            .map_err(about("git ls-files"))?;
        if !listed.status.success() {
            return Err(
                Stop::new("git does not list the project's files").remedy("run this in a clone")
            );
        }
        let mut paths: Vec<String> = listed
            .stdout
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty())
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        paths.sort();
        paths.dedup();
        let mut files = Vec::with_capacity(paths.len());
        for path in paths {
            match std::fs::read(self.root.join(&path)) {
                Ok(bytes) => files.push(SourceFile {
                    path,
                    text: String::from_utf8(bytes).ok(),
                }),
                // Deleted in the work tree and not committed yet.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                // A folder: a repository inside, or a link to one.
                Err(_) if self.root.join(&path).is_dir() => {}
                Err(error) => return Err(about(&path)(error)),
            }
        }
        Ok(files)
    }
}
