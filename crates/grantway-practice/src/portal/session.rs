//! Who is signed in to the portal, and who is on the way.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::ids::fingerprint;

/// How many sessions are kept; past that all are dropped and people sign in again.
const ROOM: usize = 500;

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visitor {
    /// Guard of the portal's forms.
    pub csrf: String,
    /// The tenant that is open.
    pub tenant: Uuid,
    /// Home tenant of the account.
    pub home: Uuid,
    /// Account.
    pub user: Uuid,
    /// Sign-in name.
    pub upn: String,
}

/// A sign-in that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pending {
    /// What the answer must carry.
    pub state: String,
    /// The page that was wanted.
    pub wanted: String,
}

#[derive(Debug, Clone, Default)]
struct Entry {
    visitor: Option<Visitor>,
    pending: Option<Pending>,
}

/// The portal's sessions, by the fingerprint of their cookie.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    by_cookie: Mutex<BTreeMap<String, Entry>>,
}

impl Sessions {
    /// Who is signed in with a cookie.
    pub fn of(&self, cookie: &str) -> Option<Visitor> {
        self.lock().get(&fingerprint(cookie))?.visitor.clone()
    }

    /// Notes a sign-in that begins.
    pub fn ask(&self, cookie: &str, pending: Pending) {
        let mut sessions = self.lock();
        if sessions.len() >= ROOM {
            sessions.clear();
        }
        sessions.entry(fingerprint(cookie)).or_default().pending = Some(pending);
    }

    /// Takes the sign-in that was under way.
    pub fn take(&self, cookie: &str) -> Option<Pending> {
        self.lock().remove(&fingerprint(cookie))?.pending
    }

    /// Opens a session.
    pub fn open(&self, cookie: &str, visitor: Visitor) {
        let entry = Entry {
            visitor: Some(visitor),
            pending: None,
        };
        self.lock().insert(fingerprint(cookie), entry);
    }

    /// Ends a session.
    pub fn close(&self, cookie: &str) {
        self.lock().remove(&fingerprint(cookie));
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.by_cookie
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
