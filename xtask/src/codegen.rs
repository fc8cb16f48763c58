//! Writes what is generated and committed: the TypeScript types of the contract, the catalogue beside them, and the
//! query data that lets the store compile without a database.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::SystemTime;

use crate::project::Project;
use crate::stop::{Stop, about};
use crate::{desk, only_flags, process};

const TYPES: &str = "ui/src/gen";
const CATALOGUE: &str = "crates/grantway-app/catalogue/en.ftl";
const CATALOGUE_COPY: &str = "catalogue.en.ftl";
const STORE: &str = "crates/grantway-store";

/// Which packages cargo builds for it: the ones concerned, or a fixed selection that other commands share, so that
/// dependencies are not built twice with other features.
pub type Selection<'a> = Option<&'a [String]>;

/// `cargo xtask codegen`.
pub fn command(project: &Project, arguments: &[String]) -> Result<ExitCode, Stop> {
    only_flags(arguments, &["--check"])?;
    if arguments.is_empty() {
        for written in write(project)? {
            println!("{written}");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let stale = stale(project, None)?;
    for path in &stale {
        println!("{path} is stale. Do: cargo xtask codegen");
    }
    Ok(if stale.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Files by their path from the root.
type Files = BTreeMap<String, Vec<u8>>;

/// Paths that differ from a fresh run, or that a fresh run does not make.
pub fn stale(project: &Project, selection: Selection<'_>) -> Result<Vec<String>, Stop> {
    Ok(differences(
        &fresh(project, selection)?,
        &committed(project)?,
    ))
}

fn write(project: &Project) -> Result<Vec<String>, Stop> {
    let fresh = fresh(project, None)?;
    let before = committed(project)?;
    let changed = differences(&fresh, &before);
    for path in &changed {
        let file = project.path(path);
        match fresh.get(path) {
            Some(bytes) => {
                let folder = file.parent().expect("a generated file lies in a folder");
                std::fs::create_dir_all(folder).map_err(about(folder.display()))?;
                std::fs::write(&file, bytes).map_err(about(path))?;
            }
            None => std::fs::remove_file(&file).map_err(about(path))?,
        }
    }
    Ok(changed)
}

fn differences(fresh: &Files, committed: &Files) -> Vec<String> {
    let mut paths: Vec<String> = fresh
        .iter()
        .filter(|(path, bytes)| committed.get(*path) != Some(bytes))
        .map(|(path, _)| path.clone())
        .collect();
    paths.extend(
        committed
            .keys()
            .filter(|path| !fresh.contains_key(*path))
            .cloned(),
    );
    paths.sort();
    paths
}

fn committed(project: &Project) -> Result<Files, Stop> {
    let mut files = Files::new();
    read_folder(&project.path(TYPES), TYPES, &mut files)?;
    let queries = format!("{STORE}/.sqlx");
    read_folder(&project.path(&queries), &queries, &mut files)?;
    Ok(files)
}

fn fresh(project: &Project, selection: Selection<'_>) -> Result<Files, Stop> {
    let scratch = tempfile::tempdir().map_err(about("a temporary folder"))?;
    let mut files = Files::new();
    types(project, selection, scratch.path(), &mut files)?;
    if has_query_macros(project)? {
        queries(project, scratch.path(), &mut files)?;
    }
    Ok(files)
}

fn types(
    project: &Project,
    selection: Selection<'_>,
    scratch: &Path,
    files: &mut Files,
) -> Result<(), Stop> {
    let folder = scratch.join("types");
    std::fs::create_dir_all(&folder).map_err(about(folder.display()))?;
    // ts-rs writes a type's file from a test that it generates, `export_bindings_<type>`.
    let mut export = project.cargo();
    export.arg("test").arg("--quiet");
    select(&mut export, selection, "grantway-app");
    export
        .args(["--lib", "--", "export_bindings"])
        .env("TS_RS_EXPORT_DIR", &folder);
    process::must_quietly(&mut export)?;
    read_folder(&folder, TYPES, files)?;
    if project.path(CATALOGUE).exists() {
        files.insert(
            format!("{TYPES}/{CATALOGUE_COPY}"),
            std::fs::read(project.path(CATALOGUE)).map_err(about(CATALOGUE))?,
        );
    }
    Ok(())
}

/// Asks a database that has the migrations, as `cargo sqlx prepare` does, without that tool.
fn queries(project: &Project, scratch: &Path, files: &mut Files) -> Result<(), Stop> {
    let database = scratch.join("prepare.sqlite");
    let data = scratch.join("sqlx");
    std::fs::create_dir_all(&data).map_err(about(data.display()))?;
    apply_migrations(project, &database)?;
    let mut check = project.cargo();
    check
        .args(["check", "--quiet", "--package", "grantway-store"])
        .env("DATABASE_URL", format!("sqlite://{}", database.display()))
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &data);
    // The macros are expanded again only when cargo builds the crate again, and cargo does not watch DATABASE_URL.
    let source = project.path(&format!("{STORE}/src/lib.rs"));
    let file = std::fs::File::options()
        .append(true)
        .open(&source)
        .map_err(about(source.display()))?;
    let changed = file.metadata().and_then(|known| known.modified());
    let changed = changed.map_err(about(source.display()))?;
    let dated = |to| file.set_modified(to).map_err(about(source.display()));
    dated(SystemTime::now())?;
    let checked = process::must_quietly(&mut check);
    // What was built of it before is good still.
    dated(changed)?;
    checked?;
    read_folder(&data, &format!("{STORE}/.sqlx"), files)
}

fn apply_migrations(project: &Project, database: &Path) -> Result<(), Stop> {
    let mut scripts: Vec<PathBuf> = read_names(&project.path(&format!("{STORE}/migrations")))?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    scripts.sort();
    let mut apply = Command::new(desk::python());
    apply.args(["-c", "import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\nfor script in sys.argv[2:]:\n    db.executescript(open(script, encoding='utf-8').read())"]);
    apply.arg(database).args(&scripts);
    process::must_quietly(&mut apply).map(drop)
}

fn has_query_macros(project: &Project) -> Result<bool, Stop> {
    let source = format!("{STORE}/src/");
    Ok(project
        .files()?
        .iter()
        .filter(|file| file.path.starts_with(&source))
        .filter_map(|file| file.text.as_deref())
        .any(|text| {
            ["query!(", "query_as!(", "query_scalar!("]
                .iter()
                .any(|call| text.contains(call))
        }))
}

fn select(command: &mut Command, selection: Selection<'_>, package: &str) {
    match selection {
        Some(arguments) => command.args(arguments),
        None => command.args(["--package", package]),
    };
}

fn read_folder(folder: &Path, name: &str, files: &mut Files) -> Result<(), Stop> {
    if !folder.exists() {
        return Ok(());
    }
    for path in read_names(folder)? {
        let name = format!(
            "{name}/{}",
            path.file_name().unwrap_or_default().to_string_lossy()
        );
        if path.is_dir() {
            read_folder(&path, &name, files)?;
        } else {
            files.insert(name, std::fs::read(&path).map_err(about(path.display()))?);
        }
    }
    Ok(())
}

fn read_names(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    std::fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect()
        })
        .map_err(about(folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn changed_new_and_left_over_files_are_stale() {
        let fresh = files(&[("a.ts", "1"), ("b.ts", "2"), ("c.ts", "3")]);
        let committed = files(&[("a.ts", "1"), ("b.ts", "old"), ("gone.ts", "4")]);
        assert_eq!(differences(&fresh, &committed), ["b.ts", "c.ts", "gone.ts"]);
        assert!(differences(&fresh, &fresh).is_empty());
    }

    #[test]
    fn a_folder_is_read_with_what_lies_in_its_folders() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("inner")).expect("a folder");
        std::fs::write(folder.path().join("inner/T.ts"), "x").expect("a file");
        let mut found = Files::new();
        read_folder(folder.path(), "gen", &mut found).expect("it can be read");
        assert_eq!(found, files(&[("gen/inner/T.ts", "x")]));
    }
}
