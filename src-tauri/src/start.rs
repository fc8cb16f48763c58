//! From `main` to a running event loop.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use grantway_app::{Cloud, read_cloud_file};
use tauri::{AppHandle, Manager};

use crate::environment::{self, Environment};
use crate::host::Desktop;
use crate::options::{self, Asked, Options};
use crate::preferences::Preferences;
use crate::session_window::{self, SessionWindows};
use crate::{bridge, browser, main_window};

/// Why the app did not start.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("no folder for Grantway's data was found; name one with --data")]
    NoFolder(#[source] tauri::Error),
    #[error("the data folder {folder} cannot be written")]
    Folder {
        folder: PathBuf,
        source: std::io::Error,
    },
    #[error("the window did not open")]
    Window(#[source] tauri::Error),
}

/// Runs the desktop app until its window closes.
#[allow(clippy::disallowed_methods)] // Tauri's context macro carries a call to `exit` of its own
pub fn start() -> ExitCode {
    environment::clear_risky();
    let options = match options::read(environment::arguments()) {
        Ok(Asked::Open(options)) => options,
        Ok(Asked::Help) => {
            print!("{}", options::HELP);
            return ExitCode::SUCCESS;
        }
        Ok(Asked::Version) => {
            println!("grantway {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let cloud = match options.cloud.as_deref().map(read_cloud_file).transpose() {
        Ok(cloud) => cloud,
        Err(error) => {
            eprintln!("The cloud file cannot be used. Nothing was changed.\n{error}");
            return ExitCode::from(2);
        }
    };
    start_log();
    let environment = Environment::read();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_store::Builder::default().build())
        .invoke_handler(bridge::handler())
        .setup(move |app| {
            set_up(app.handle(), &options, cloud, environment)
                .map_err(|error| Box::new(error) as Box<dyn std::error::Error>)
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if !matches!(event, tauri::RunEvent::Exit) {
                    return;
                }
                session_window::close_all();
                if let Some(desktop) = app.try_state::<Arc<Desktop>>() {
                    tauri::async_runtime::block_on(desktop.end_browsers());
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Grantway did not start: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

fn set_up(
    app: &AppHandle,
    options: &Options,
    cloud: Option<Cloud>,
    environment: Environment,
) -> Result<(), StartError> {
    let folder = data_folder(app, options.data.as_deref())?;
    match Preferences::open(app, &folder) {
        Ok(preferences) => {
            app.manage(preferences);
        }
        Err(error) => tracing::warn!(%error, "preferences are not kept this time"),
    }
    session_window::sweep(app);
    browser::sweep(&environment, now());
    let windows = SessionWindows::new(app.clone());
    let desktop = Arc::new(Desktop::new(app.clone(), windows.clone(), environment));
    app.manage(windows);
    app.manage(desktop.clone());
    app.manage(bridge::opening(
        app,
        desktop,
        &folder,
        options.practice,
        cloud,
    ));
    main_window::open(app, &folder).map_err(StartError::Window)?;
    #[cfg(feature = "probe")]
    if let Some(file) = &options.probe {
        crate::probe::listen(app, file.clone(), folder);
    }
    Ok(())
}

fn data_folder(app: &AppHandle, asked: Option<&Path>) -> Result<PathBuf, StartError> {
    let folder = match asked {
        Some(folder) => std::path::absolute(folder).map_err(|source| StartError::Folder {
            folder: folder.to_owned(),
            source,
        })?,
        None => app
            .path()
            .app_local_data_dir()
            .map_err(StartError::NoFolder)?,
    };
    make_private(&folder).map_err(|source| StartError::Folder {
        folder: folder.clone(),
        source,
    })?;
    Ok(folder)
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

#[allow(clippy::disallowed_methods)] // the edge: compares ages of left-over folders
fn now() -> std::time::SystemTime {
    std::time::SystemTime::now()
}

fn start_log() {
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_default_directive(tracing::level_filters::LevelFilter::WARN.into())
        .from_env_lossy();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// An error with its causes, in one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
