//! Lanes 2 and 3: finds a browser, starts it by its argument list and cleans up after it.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use grantway_session::Lane;
use grantway_session::lanes::{self, Candidate, FIREFOX_PREFERENCES, LaunchError, Mode, System};
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use url::Url;

use crate::environment::Environment;

/// A browser forks and writes a little after its window closed; its profile is deleted in as many tries as this.
const DELETE_TRIES: u32 = 10;
const DELETE_PAUSE: Duration = Duration::from_millis(300);

/// Why a browser did not start.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// None of the browsers that take a private profile is here.
    #[error("no Edge, Chrome, Firefox, Chromium or Brave was found on this computer")]
    NoneFound,
    /// The lane is no browser.
    #[error("this lane is not a browser")]
    NoBrowserLane,
    /// The command line.
    #[error("the browser's command line cannot be made")]
    Line(#[from] LaunchError),
    /// The throw-away profile.
    #[error("no folder could be made for the browser's profile")]
    Profile(#[source] std::io::Error),
    /// The program.
    #[error("{browser} did not start")]
    Start {
        /// Which browser.
        browser: String,
        /// Why.
        source: std::io::Error,
    },
}

/// A browser that was started. Dropping it ends a private browser; an own browser stays.
pub struct Started {
    child: Option<Child>,
    profile: Option<tempfile::TempDir>,
}

impl Started {
    /// Returns when a private browser has ended, by itself or by `stop`, and its profile is gone. An own browser is the person's: at once.
    pub async fn ended_or(mut self, stop: oneshot::Receiver<()>) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        let stopped = tokio::select! {
            seen = child.wait() => {
                if let Err(error) = seen {
                    tracing::warn!(%error, "the private browser's end was not seen");
                }
                false
            }
            // A stopper that was dropped without a word leaves the browser to the person.
            Ok(()) = stop => true,
        };
        if stopped && let Err(error) = child.kill().await {
            tracing::warn!(%error, "the private browser did not end");
        }
        self.delete_profile().await;
    }

    async fn delete_profile(&mut self) {
        let Some(profile) = self.profile.take() else {
            return;
        };
        // Kept, so that a failed try does not lose the path; what stays is swept at a later start.
        let path = profile.keep();
        for _ in 0..DELETE_TRIES {
            match std::fs::remove_dir_all(&path) {
                Ok(()) => return,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
                Err(_) => tokio::time::sleep(DELETE_PAUSE).await,
            }
        }
        tracing::warn!(path = %path.display(), "a throw-away profile stayed; it is swept at a later start");
    }
}

/// The browsers of this computer, best first.
pub fn found(environment: &Environment) -> Vec<Candidate> {
    lanes::find(System::here(), &environment.places, is_program)
}

/// Starts the first browser that was found, in the lane's mode, at `url`.
pub fn start(environment: &Environment, lane: Lane, url: &Url) -> Result<Started, BrowserError> {
    let browser = found(environment)
        .into_iter()
        .next()
        .ok_or(BrowserError::NoneFound)?;
    start_one(environment, &browser, lane, url)
}

/// Starts this browser.
pub fn start_one(
    environment: &Environment,
    browser: &Candidate,
    lane: Lane,
    url: &Url,
) -> Result<Started, BrowserError> {
    let (mode, profile) = match lane {
        Lane::PrivateBrowser => {
            let profile = make_profile(environment, browser)?;
            (
                Mode::Private {
                    profile: profile.path().to_owned(),
                },
                Some(profile),
            )
        }
        Lane::OwnBrowser => (Mode::Own, None),
        Lane::CleanWindow | Lane::CopyLink => return Err(BrowserError::NoBrowserLane),
    };
    let line = lanes::launch(System::here(), browser, &mode, url)?;
    let mut command = Command::new(&line.program);
    command
        .args(&line.arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(line.process_is_browser);
    let child = command.spawn().map_err(|source| BrowserError::Start {
        browser: browser.browser.to_string(),
        source,
    })?;
    Ok(Started {
        child: line.process_is_browser.then_some(child),
        profile,
    })
}

/// Deletes throw-away profiles that an earlier run left behind.
pub fn sweep(environment: &Environment, now: SystemTime) {
    let visible = environment
        .places
        .home
        .as_deref()
        .map(|home| home.join("grantway-profiles"));
    for folder in [Some(environment.temporary.clone()), visible]
        .into_iter()
        .flatten()
    {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let Ok(facts) = entry.metadata() else {
                continue;
            };
            let age = facts
                .modified()
                .ok()
                .and_then(|changed| now.duration_since(changed).ok())
                .unwrap_or_default();
            if facts.is_dir()
                && lanes::is_left_over(
                    &entry.file_name().to_string_lossy(),
                    age.as_secs(),
                    is_alive,
                )
                && let Err(error) = std::fs::remove_dir_all(entry.path())
            {
                tracing::warn!(%error, "a left-over browser profile stayed");
            }
        }
    }
}

fn make_profile(
    environment: &Environment,
    browser: &Candidate,
) -> Result<tempfile::TempDir, BrowserError> {
    let resolved =
        std::fs::canonicalize(&browser.program).unwrap_or_else(|_| browser.program.clone());
    let packaging = lanes::packaging(System::here(), &browser.program, &resolved);
    let parent: PathBuf = lanes::profile_parent(
        packaging,
        &environment.temporary,
        environment.places.home.as_deref(),
    );
    std::fs::create_dir_all(&parent).map_err(BrowserError::Profile)?;
    let profile = tempfile::Builder::new()
        .prefix(&lanes::profile_prefix(std::process::id()))
        .tempdir_in(&parent)
        .map_err(BrowserError::Profile)?;
    if !browser.browser.is_chromium() {
        std::fs::write(profile.path().join("user.js"), FIREFOX_PREFERENCES)
            .map_err(BrowserError::Profile)?;
    }
    Ok(profile)
}

/// Whether a process runs. Where that cannot be seen the age of its profile decides.
fn is_alive(process: u32) -> bool {
    !cfg!(target_os = "linux") || Path::new("/proc").join(process.to_string()).exists()
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path)
        .is_ok_and(|facts| facts.is_file() && facts.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use grantway_session::lanes::{Browser, PROFILE_PREFIX, Places};

    fn environment(folder: &Path) -> Environment {
        Environment {
            places: Places {
                path: vec![folder.to_owned()],
                ..Places::default()
            },
            temporary: folder.to_owned(),
        }
    }

    fn profiles(folder: &Path) -> usize {
        std::fs::read_dir(folder)
            .expect("the folder is ours")
            .flatten()
            .filter(|entry| {
                entry
                    .file_name()
                    .to_string_lossy()
                    .starts_with(PROFILE_PREFIX)
            })
            .count()
    }

    /// A stand-in for a browser: writes down its arguments and ends.
    #[cfg(unix)]
    fn put_browser(folder: &Path, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.join(name);
        std::fs::write(&path, script).expect("the folder is ours");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))
            .expect("the file is ours");
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_private_browser_gets_a_profile_that_is_gone_afterwards() {
        let folder = tempfile::tempdir().expect("a folder");
        put_browser(
            folder.path(),
            "firefox-esr",
            "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$(dirname \"$0\")/seen\"\ncp \"$3/user.js\" \"$(dirname \"$0\")/preferences\"\n",
        );
        let environment = environment(folder.path());
        assert_eq!(found(&environment)[0].browser, Browser::Firefox);
        let url = "http://127.0.0.1:9/x?a=1&b=$(touch pwned)"
            .parse()
            .expect("an address");
        let started = start(&environment, Lane::PrivateBrowser, &url).expect("it starts");
        assert_eq!(profiles(folder.path()), 1);
        let (_open, stop) = oneshot::channel();
        started.ended_or(stop).await;
        assert_eq!(profiles(folder.path()), 0);
        let seen = std::fs::read_to_string(folder.path().join("seen")).expect("it ran");
        let lines: Vec<&str> = seen.lines().collect();
        assert_eq!(
            (lines[0], lines[1], lines[3]),
            ("-no-remote", "-profile", "-private-window")
        );
        assert_eq!(lines[4], url.as_str());
        assert_eq!(lines.len(), 5);
        assert!(folder.path().join("preferences").exists());
        assert!(!folder.path().join("pwned").exists());
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn ending_a_private_browser_stops_it_and_deletes_its_profile() {
        let folder = tempfile::tempdir().expect("a folder");
        put_browser(folder.path(), "chromium", "#!/bin/sh\nexec sleep 60\n");
        let started = start(
            &environment(folder.path()),
            Lane::PrivateBrowser,
            &"http://127.0.0.1:9/".parse().expect("an address"),
        )
        .expect("it starts");
        let (stopper, stop) = oneshot::channel();
        stopper.send(()).expect("the receiver is here");
        started.ended_or(stop).await;
        assert_eq!(profiles(folder.path()), 0);
    }

    #[test]
    fn without_a_browser_it_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = start(
            &environment(folder.path()),
            Lane::PrivateBrowser,
            &"http://127.0.0.1:9/".parse().expect("an address"),
        )
        .err();
        assert!(matches!(error, Some(BrowserError::NoneFound)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_sweep_takes_what_nobody_needs_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let mine = format!("{}x", lanes::profile_prefix(std::process::id()));
        // No Linux gives a process this number.
        let left = format!("{}x", lanes::profile_prefix(u32::MAX));
        for name in [mine.as_str(), left.as_str(), "someone-elses"] {
            std::fs::create_dir(folder.path().join(name)).expect("the folder is ours");
        }
        let environment = environment(folder.path());
        sweep(&environment, SystemTime::UNIX_EPOCH);
        assert!(folder.path().join(&mine).exists());
        assert!(!folder.path().join(&left).exists());
        assert!(folder.path().join("someone-elses").exists());
    }
}
