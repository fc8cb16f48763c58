//! Holds the recorded traffic against Microsoft's published schema and permissions, where that check is at hand.

use std::path::PathBuf;

use super::Run;
use super::count::Count;
use crate::stop::{Stop, about};
use crate::{desk, process};

/// Beside the project's folder; not part of it, since the schema files are Microsoft's.
const CHECK: &str = "../shared/graph-contract/check_traffic.py";

/// Journeys write one file each here.
pub const TRAFFIC: &str = "traffic";

/// Each traffic file is one check.
pub fn check(run: &Run<'_>) -> Result<Count, Stop> {
    let check = run.project.path(CHECK);
    if !check.exists() {
        println!("The contract was not checked: {CHECK} is not there.");
        return Ok(Count::default());
    }
    let files = files(run)?;
    if files.is_empty() {
        return Err(Stop::new("there is no recorded traffic to check")
            .remedy("run the section `journeys` first, it records one file per journey"));
    }
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let mut count = Count::default();
    for some in files.chunks(cores) {
        let checked: Vec<_> = std::thread::scope(|scope| {
            let started: Vec<_> = some
                .iter()
                .map(|file| {
                    let mut command = run.project.command(desk::python());
                    command.arg(&check).arg(file).arg("--strict-scopes");
                    scope.spawn(move || process::run_quietly(&mut command))
                })
                .collect();
            started.into_iter().map(|each| each.join()).collect()
        });
        for (file, finished) in some.iter().zip(checked) {
            let finished = finished
                .map_err(|_| Stop::new(format!("the check of {} broke off", file.display())))??;
            let shown = file.strip_prefix(&run.project.root).unwrap_or(file);
            println!("-- {}\n{}", shown.display(), finished.output.trim_end());
            count = count.and(super::count::whole(&finished));
        }
    }
    Ok(count)
}

/// Takes away what an earlier run recorded, so that a journey which records nothing is noticed.
pub fn forget(run: &Run<'_>) -> Result<(), Stop> {
    for file in files(run)? {
        std::fs::remove_file(&file).map_err(about(file.display()))?;
    }
    Ok(())
}

fn files(run: &Run<'_>) -> Result<Vec<PathBuf>, Stop> {
    let folder = run.project.target().join(TRAFFIC);
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(&folder).map_err(about(folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "jsonl")
        })
        .collect();
    files.sort();
    Ok(files)
}
