//! Shows the app. With a display it opens in practice mode; without one, a whole setup runs in the real window on a
//! screen of its own, and every phase is left as a picture in `target/demo/`.

use std::process::ExitCode;

use crate::desk::{self, Desk};
use crate::project::Project;
use crate::selection::Selection;
use crate::stop::{Stop, about};
use crate::{only_flags, process, setup};

const TOUR: &str = "tests/window/tour.py";

/// `cargo xtask demo`.
pub fn command(project: &Project, arguments: &[String]) -> Result<ExitCode, Stop> {
    only_flags(arguments, &["--headless"])?;
    println!("Preparing: packages, screens, the app. The first time takes several minutes.");
    setup::for_the_shell(project)?;
    process::must(
        project
            .cargo()
            .arg("build")
            .args(Selection::of(project).shipped())
            .args(["--bin", "grantway"]),
    )?;
    let app = project.target().join("debug").join(if cfg!(windows) {
        "grantway.exe"
    } else {
        "grantway"
    });
    if arguments.is_empty() && has_display() {
        println!("Grantway opens in practice mode. Nothing in it reaches Microsoft.");
        process::must(
            std::process::Command::new(app)
                .arg("--practice")
                .current_dir(&project.root),
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    tour(project, &app)
}

fn tour(project: &Project, app: &std::path::Path) -> Result<ExitCode, Stop> {
    if !cfg!(target_os = "linux") {
        return Err(Stop::new("The demo without a display runs on Linux only")
            .remedy("run `cargo xtask demo` on a desktop"));
    }
    let pictures = project.target().join("demo");
    if pictures.exists() {
        std::fs::remove_dir_all(&pictures).map_err(about(pictures.display()))?;
    }
    std::fs::create_dir_all(&pictures).map_err(about(pictures.display()))?;
    println!("There is no display: the setup runs on a screen of its own.");
    let mut driver = project.command(desk::python());
    driver
        .arg(TOUR)
        .arg("--app")
        .arg(app)
        .arg("--out")
        .arg(&pictures);
    let finished = process::run(&mut desk::at(project, Desk::Screen, &driver))?;
    println!(
        "Pictures and proof: {}",
        pictures
            .strip_prefix(&project.root)
            .unwrap_or(&pictures)
            .display()
    );
    Ok(if finished.success {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn has_display() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    ["WAYLAND_DISPLAY", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
