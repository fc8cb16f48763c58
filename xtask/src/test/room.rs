//! Room on the disk: a run that would end at a full disk says so before it begins.

use std::path::Path;
use std::process::Command;

use crate::project::Project;
use crate::stop::Stop;

/// What a whole run leaves on the disk where nothing was built before, in MB: what cargo builds and what it keeps to build
/// it again faster, the npm packages, and what tests write. With room for what grows.
const WHOLE: u64 = 10_000;

/// What even a run needs that finds everything built, in MB: traffic, pictures, and journals in temporary folders.
const LEAST: u64 = 1_000;

/// Refuses a run that will not have enough. Where the system does not tell, it begins.
pub fn check(project: &Project) -> Result<(), Stop> {
    let target = project.target();
    let Some(there) = target.ancestors().find(|folder| folder.exists()) else {
        return Ok(());
    };
    let built = if there == target {
        taken(&target)
    } else {
        Some(0)
    };
    match (free(there), built) {
        (Some(free), Some(built)) => enough(free, built, there),
        _ => Ok(()),
    }
}

fn enough(free: u64, built: u64, folder: &Path) -> Result<(), Stop> {
    let needed = WHOLE.saturating_sub(built).max(LEAST);
    if free >= needed {
        return Ok(());
    }
    let gigabytes = |megabytes: u64| format!("{:.1} GB", megabytes as f64 / 1000.0);
    Err(Stop::new(format!(
        "a whole run needs {} on the disk of {}, and {} are free",
        gigabytes(needed),
        folder.display(),
        gigabytes(free),
    ))
    .remedy("free some room, or run a part with `--only`; `cargo clean` takes away what older runs have built"))
}

/// MB that are free where a folder is.
fn free(folder: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    free_in(&String::from_utf8_lossy(&output.stdout))
}

/// The fourth column of the second line, in units of 1,024 bytes (POSIX, `df -P -k`).
fn free_in(table: &str) -> Option<u64> {
    let line = table.lines().nth(1)?;
    let kilobytes: u64 = line.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes * 1024 / 1_000_000)
}

/// MB that a folder takes.
fn taken(folder: &Path) -> Option<u64> {
    let output = Command::new("du").arg("-sk").arg(folder).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let kilobytes: u64 = text.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024 / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_room_is_read_as_df_prints_it() {
        let table = "Filesystem     1024-blocks     Used Available Capacity Mounted on\n/dev/vda         263174212 30309384  66005456      32% /\n";
        assert_eq!(free_in(table), Some(67_589));
        for other in ["", "Filesystem\n", "a b c d\na b c -\n"] {
            assert_eq!(free_in(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_run_without_enough_room_is_refused_with_what_it_needs() {
        let at = Path::new("/somewhere");
        assert!(enough(WHOLE, 0, at).is_ok());
        // What is built already is not built again.
        assert!(enough(LEAST, WHOLE, at).is_ok());
        assert!(enough(WHOLE - 3_000, 3_000, at).is_ok());
        let refused = |free, built| enough(free, built, at).expect_err("too little").to_string();
        let text = refused(2_500, 1_000);
        assert!(
            text.contains("needs 9.0 GB on the disk of /somewhere, and 2.5 GB are free"),
            "{text}"
        );
        assert!(refused(LEAST - 1, 2 * WHOLE).contains("needs 1.0 GB"));
    }
}
