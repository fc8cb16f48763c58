//! A host without a window. On the practice cloud a robot person sits in front of it; on a real cloud a person is
//! needed for every session, and the host says so.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use grantway_app::contract::{Event, UiProblem};
use grantway_app::host::{BrowserOrder, Host, HostError, SessionOrder, SessionOutcome};
use grantway_session::lanes::Lane;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::broadcast;

#[cfg(feature = "practice")]
use crate::practice::PracticeHere;
#[cfg(feature = "practice")]
use crate::robot::{self, Cast, Manner};

/// The host.
pub struct Terminal {
    data: PathBuf,
    events: broadcast::Sender<Event>,
    preferences: Mutex<Option<String>>,
    /// What was copied last: a name, and the secret that was copied after it.
    clipboard: Mutex<Clipboard>,
    /// What the app told without being asked.
    problems: Mutex<Vec<UiProblem>>,
    /// What is chosen when a file is asked for: none for a person who changes their mind. Nobody is asked without it.
    pub chosen: Mutex<Option<Option<PathBuf>>>,
    /// Why the robot could not pass the last session.
    pub stuck: Mutex<Option<String>>,
    /// The client ID that the last page of the last session has shown.
    pub shown: Mutex<Option<String>>,
    #[cfg(feature = "practice")]
    practice: Option<Arc<PracticeHere>>,
    /// What the robot does where a person would choose.
    #[cfg(feature = "practice")]
    pub manner: Mutex<Manner>,
    /// Practice accounts of organisations with their passwords; the first is who signs in.
    #[cfg(feature = "practice")]
    pub cast: Mutex<Vec<(String, String)>>,
    /// The practice account at the vendor's portal with its password.
    #[cfg(feature = "practice")]
    pub vendor: Mutex<Option<(String, String)>>,
}

#[derive(Default)]
struct Clipboard {
    name: Option<String>,
    /// Passwords by account, as they were copied.
    passwords: BTreeMap<String, Vec<SecretString>>,
    /// What was copied since the last session, in order; no secrets.
    plain: Vec<String>,
}

impl Terminal {
    /// A host that keeps files in that folder.
    #[cfg(feature = "practice")]
    pub fn new(data: PathBuf, practice: Option<Arc<PracticeHere>>) -> Arc<Self> {
        Arc::new(Self {
            preferences: Mutex::new(std::fs::read_to_string(data.join("preferences.json")).ok()),
            data,
            events: broadcast::channel(1024).0,
            clipboard: Mutex::default(),
            problems: Mutex::default(),
            chosen: Mutex::default(),
            stuck: Mutex::default(),
            shown: Mutex::default(),
            practice,
            manner: Mutex::default(),
            cast: Mutex::default(),
            vendor: Mutex::default(),
        })
    }

    /// A host that keeps files in that folder.
    #[cfg(not(feature = "practice"))]
    pub fn new(data: PathBuf) -> Arc<Self> {
        Arc::new(Self {
            preferences: Mutex::new(std::fs::read_to_string(data.join("preferences.json")).ok()),
            data,
            events: broadcast::channel(1024).0,
            clipboard: Mutex::default(),
            problems: Mutex::default(),
            chosen: Mutex::default(),
            stuck: Mutex::default(),
            shown: Mutex::default(),
        })
    }

    /// Sets the preferences of this process; nothing is written.
    pub fn prefer(&self, json: String) {
        *lock(&self.preferences) = Some(json);
    }

    /// Hears what the app tells.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// What the app told without being asked, oldest first.
    pub fn problems(&self) -> Vec<UiProblem> {
        lock(&self.problems).clone()
    }

    /// The same, since the last time.
    pub fn take_problems(&self) -> Vec<UiProblem> {
        std::mem::take(&mut *lock(&self.problems))
    }

    /// Who sits in front of a session: for a sign-in the staff, and for a page as long as no account was copied for it;
    /// for a task the account that was copied from its card, and on the vendor's portal the vendor's account before it.
    #[cfg(feature = "practice")]
    fn people(&self, spec: &grantway_session::SessionSpec) -> Cast {
        let mut people = Vec::new();
        let copied = std::mem::take(&mut lock(&self.clipboard).plain);
        // What was copied for a page of the organisation's own names no account: who works there sits in front of it.
        let is_staff = !copied.is_empty() && !copied.iter().any(|value| value.contains('@'));
        let nobody_copied = lock(&self.clipboard).passwords.is_empty();
        if spec.redirect.is_some() || is_staff || nobody_copied {
            people.extend(lock(&self.cast).iter().cloned());
            return Cast { people, copied };
        }
        let start = grantway_session::Address::read(spec.start_url.as_str(), spec.practice);
        let starts_at_sign_in = matches!(start, Ok(grantway_session::Address::Page { site, .. })
            if spec.sign_in_hosts.iter().any(|rule| rule.covers(&site)));
        if !starts_at_sign_in {
            people.extend(lock(&self.vendor).clone());
        }
        let clipboard = lock(&self.clipboard);
        let mut accounts: Vec<_> = clipboard.passwords.iter().collect();
        // Who was copied last is who the open card is about.
        accounts.sort_by_key(|(upn, _)| Some(*upn) != clipboard.name.as_ref());
        for (upn, passwords) in accounts {
            // The account may have chosen its own password in an earlier process already.
            people.extend(
                passwords
                    .iter()
                    .rev()
                    .map(|password| (upn.clone(), password.expose_secret().to_owned())),
            );
            people.push((upn.clone(), robot::chosen_password(upn)));
        }
        Cast { people, copied }
    }
}

#[async_trait]
impl Host for Terminal {
    fn emit(&self, event: Event) {
        // Kept at once: whoever looks when the work is over must not miss what it ended with.
        if let Event::Problem { problem, .. } = &event {
            lock(&self.problems).push(problem.clone());
        }
        // Nobody may be listening.
        let _ = self.events.send(event);
    }

    #[cfg(feature = "practice")]
    async fn run_session(&self, order: SessionOrder) -> Result<SessionOutcome, HostError> {
        let control = match &self.practice {
            Some(practice) if order.spec.practice => practice.control().await,
            _ => None,
        };
        let Some(control) = control else {
            return Err(needs_window());
        };
        *lock(&self.stuck) = None;
        *lock(&self.shown) = None;
        let (cast, manner) = (self.people(&order.spec), *lock(&self.manner));
        let seen = robot::Seen {
            stuck: &self.stuck,
            shown: &self.shown,
        };
        robot::attend(order, control, &cast, manner, seen).await
    }

    #[cfg(not(feature = "practice"))]
    async fn run_session(&self, _order: SessionOrder) -> Result<SessionOutcome, HostError> {
        Err(needs_window())
    }

    fn show_session(&self, _id: &str) {}

    fn stop_session(&self, _id: &str) {}

    fn has_lane(&self, lane: Lane) -> bool {
        lane == Lane::CleanWindow
    }

    async fn run_browser(&self, _order: BrowserOrder) -> Result<(), HostError> {
        Err(needs_window())
    }

    async fn copy(&self, text: SecretString, secret: bool) -> Result<(), HostError> {
        let mut clipboard = lock(&self.clipboard);
        if secret {
            let name = clipboard.name.clone().ok_or_else(|| {
                HostError::Absent("no account was copied before its password".into())
            })?;
            clipboard.passwords.entry(name).or_default().push(text);
        } else {
            let name = text.expose_secret().to_owned();
            clipboard.plain.push(name.clone());
            if !name.contains('@') {
                return Ok(());
            }
            // An account without a password here has chosen its own in an earlier process.
            clipboard.passwords.entry(name.clone()).or_default();
            clipboard.name = Some(name);
        }
        Ok(())
    }

    async fn save(&self, name: &str, content: &[u8]) -> Result<PathBuf, HostError> {
        let folder = self.data.join("proofs");
        let path = folder.join(name);
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&path, content))
            .map_err(|error| HostError::Refused(format!("{}: {error}", path.display())))?;
        Ok(path)
    }

    fn chooses_files(&self) -> bool {
        lock(&self.chosen).is_some()
    }

    async fn choose_file(
        &self,
        _title: &str,
        _endings: &[&str],
    ) -> Result<Option<PathBuf>, HostError> {
        lock(&self.chosen).clone().ok_or_else(needs_window)
    }

    fn preferences(&self) -> Option<String> {
        lock(&self.preferences).clone()
    }

    fn keep_preferences(&self, json: &str) -> Result<(), HostError> {
        *lock(&self.preferences) = Some(json.to_owned());
        let path = self.data.join("preferences.json");
        std::fs::create_dir_all(&self.data)
            .and_then(|()| std::fs::write(&path, json))
            .map_err(|error| HostError::Refused(format!("{}: {error}", path.display())))
    }
}

fn needs_window() -> HostError {
    HostError::Absent(
        "a person has to sign in, and this terminal has no window; go on in the Grantway app"
            .into(),
    )
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
