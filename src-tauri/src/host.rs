//! What the shell brings to the app: windows, browsers, the clipboard, the download folder, and the one event of the UI.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use grantway_app::contract::Event;
use grantway_app::host::{BrowserOrder, Host, HostError, SessionOrder, SessionOutcome};
use grantway_session::Lane;
use secrecy::{ExposeSecret, SecretString};
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::oneshot;

use crate::environment::Environment;
use crate::preferences::Preferences;
use crate::session_window::SessionWindows;
use crate::{MAIN, browser, clipboard, file_dialog};

/// The name of the one event that the UI hears.
const EVENT: &str = "grantway";
/// Under this name the app's preferences lie in the shell's file of preferences.
const PREFERENCES: &str = "app";
/// A person's download folder is no place for a thousand copies.
const MOST_COPIES: u32 = 100;

/// How long closing waits for a private browser.
const CLOSING: Duration = Duration::from_secs(5);

/// The desktop as a host.
pub struct Desktop {
    app: AppHandle,
    windows: SessionWindows,
    environment: Environment,
    /// Browsers that run for a session.
    browsers: Mutex<HashMap<String, Running>>,
}

/// How a running browser is ended, and how its end is heard.
struct Running {
    stop: oneshot::Sender<()>,
    gone: oneshot::Receiver<()>,
}

impl Desktop {
    /// For this app.
    pub fn new(app: AppHandle, windows: SessionWindows, environment: Environment) -> Self {
        Desktop {
            app,
            windows,
            environment,
            browsers: Mutex::default(),
        }
    }

    fn browsers(&self) -> MutexGuard<'_, HashMap<String, Running>> {
        self.browsers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends every private browser and returns when their profiles are gone, or after a few seconds: the app is closing.
    pub async fn end_browsers(&self) {
        let running: Vec<Running> = self
            .browsers()
            .drain()
            .map(|(_, running)| running)
            .collect();
        let gone: Vec<_> = running
            .into_iter()
            .map(|running| {
                // A browser that has ended meanwhile needs no stop.
                let _ = running.stop.send(());
                running.gone
            })
            .collect();
        for gone in gone {
            if tokio::time::timeout(CLOSING, gone).await.is_err() {
                tracing::warn!(
                    "a private browser did not end in time; its profile is swept at the next start"
                );
            }
        }
    }
}

#[async_trait]
impl Host for Desktop {
    fn emit(&self, event: Event) {
        if let Err(error) = self.app.emit_to(MAIN, EVENT, event) {
            tracing::warn!(%error, "the main window did not hear an event");
        }
    }

    async fn run_session(&self, order: SessionOrder) -> Result<SessionOutcome, HostError> {
        let outcome = self
            .windows
            .run(order.spec, order.ear, order.catalogue)
            .await
            .map_err(|error| refused(&error))?;
        Ok(SessionOutcome {
            end: outcome.end,
            report: outcome.report,
        })
    }

    fn show_session(&self, id: &str) {
        self.windows.show(id);
    }

    fn stop_session(&self, id: &str) {
        self.windows.stop(id);
        let browser = self.browsers().remove(id);
        if let Some(browser) = browser {
            // A browser that has ended meanwhile needs no stop.
            let _ = browser.stop.send(());
        }
    }

    fn has_lane(&self, lane: Lane) -> bool {
        match lane {
            Lane::CleanWindow | Lane::CopyLink => true,
            Lane::PrivateBrowser | Lane::OwnBrowser => {
                !browser::found(&self.environment).is_empty()
            }
        }
    }

    async fn run_browser(&self, order: BrowserOrder) -> Result<(), HostError> {
        let started = browser::start(&self.environment, order.lane, &order.url).map_err(
            |error| match error {
                browser::BrowserError::NoneFound => HostError::Absent(error.to_string()),
                other => refused(&other),
            },
        )?;
        if order.lane == Lane::OwnBrowser {
            return Ok(());
        }
        let (stop, stopped) = oneshot::channel();
        let (ended, gone) = oneshot::channel();
        self.browsers()
            .insert(order.id.clone(), Running { stop, gone });
        started.ended_or(stopped).await;
        self.browsers().remove(&order.id);
        // Heard only while the app is closing.
        let _ = ended.send(());
        Ok(())
    }

    async fn copy(&self, text: SecretString, secret: bool) -> Result<(), HostError> {
        clipboard::copy(&self.app, text.expose_secret(), secret).map_err(|error| match error {
            clipboard::ClipboardError::NoClipboard => HostError::Absent(error.to_string()),
            other => refused(&other),
        })
    }

    async fn save(&self, name: &str, content: &[u8]) -> Result<PathBuf, HostError> {
        let folder = self
            .app
            .path()
            .download_dir()
            .or_else(|_| self.app.path().document_dir())
            .or_else(|_| self.app.path().home_dir())
            .map_err(|error| refused(&error))?;
        write_new(&folder, name, content).map_err(|error| refused(&error))
    }

    fn chooses_files(&self) -> bool {
        file_dialog::IS_THERE
    }

    async fn choose_file(
        &self,
        title: &str,
        endings: &[&str],
    ) -> Result<Option<PathBuf>, HostError> {
        file_dialog::choose(&self.app, title, endings).await
    }

    fn preferences(&self) -> Option<String> {
        let kept = self.app.try_state::<Preferences>()?.get(PREFERENCES)?;
        Some(kept.to_string())
    }

    fn keep_preferences(&self, json: &str) -> Result<(), HostError> {
        let value = serde_json::from_str(json).map_err(|error| refused(&error))?;
        let preferences = self
            .app
            .try_state::<Preferences>()
            .ok_or_else(|| HostError::Absent("the file of preferences is not open".to_owned()))?;
        preferences.set(PREFERENCES, value);
        Ok(())
    }
}

fn refused(error: &dyn std::error::Error) -> HostError {
    HostError::Refused(crate::start::chain(error))
}

/// Writes `content` into `folder` under `name`, or under the next free name; a file that is there stays.
fn write_new(folder: &Path, name: &str, content: &[u8]) -> std::io::Result<PathBuf> {
    use std::io::Write;
    std::fs::create_dir_all(folder)?;
    let name = file_name(name);
    let (stem, end) = name
        .rsplit_once('.')
        .map_or((name.as_str(), String::new()), |(stem, end)| {
            (stem, format!(".{end}"))
        });
    let mut last = None;
    for number in 1..=MOST_COPIES {
        let path = folder.join(if number == 1 {
            format!("{stem}{end}")
        } else {
            format!("{stem} ({number}){end}")
        });
        match std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
        {
            Ok(mut file) => {
                file.write_all(content)?;
                file.sync_all()?;
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => last = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| std::io::ErrorKind::AlreadyExists.into()))
}

/// A name that is a file's and nothing else, on every system: no folders, no signs that a shell or Windows reads.
fn file_name(wanted: &str) -> String {
    let clean: String = wanted
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ' ') {
                letter
            } else {
                '-'
            }
        })
        .take(120)
        .collect();
    let clean = clean.trim_matches(['.', ' ']).to_owned();
    if clean.is_empty() {
        "grantway".to_owned()
    } else {
        clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_file_never_replaces_another_and_never_leaves_its_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = write_new(folder.path(), "proof.html", b"1").expect("written");
        let second = write_new(folder.path(), "proof.html", b"2").expect("written");
        assert_eq!(
            second.file_name().and_then(|name| name.to_str()),
            Some("proof (2).html")
        );
        assert_eq!(std::fs::read(first).expect("there"), b"1");
        for name in [
            "../../etc/passwd",
            "/etc/passwd",
            "..",
            "C:\\x\\y.html",
            "a/b",
        ] {
            let path = write_new(folder.path(), name, b"x").expect("written");
            assert_eq!(path.parent(), Some(folder.path()), "{name}");
        }
    }
}
