//! Who is signed in to the portal, and which leg of which integration they are on.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use crate::ids::fingerprint;

/// How many portal sessions are kept; past that all are dropped and people sign in again.
const ROOM: usize = 200;

/// Somebody who is signed in to the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// Guard of the portal's forms.
    pub csrf: String,
    /// The leg that is under way.
    pub leg: Option<Leg>,
}

/// A leg that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// The integration that it belongs to.
    pub integration: Uuid,
    /// What the answer must carry.
    pub state: String,
}

/// The portal's sessions, by the fingerprint of their cookie.
#[derive(Debug, Default)]
pub struct Sessions {
    by_cookie: Mutex<BTreeMap<String, Visitor>>,
}

impl Sessions {
    /// Opens a session.
    pub fn open(&self, cookie: &str, visitor: Visitor) {
        let mut sessions = self
            .by_cookie
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if sessions.len() >= ROOM {
            sessions.clear();
        }
        sessions.insert(fingerprint(cookie), visitor);
    }

    /// The visitor of a cookie.
    pub fn of(&self, cookie: &str) -> Option<Visitor> {
        let sessions = self
            .by_cookie
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        sessions.get(&fingerprint(cookie)).cloned()
    }

    /// Notes the leg that a visitor is on, or that none is.
    pub fn set_leg(&self, cookie: &str, leg: Option<Leg>) {
        let mut sessions = self
            .by_cookie
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(visitor) = sessions.get_mut(&fingerprint(cookie)) {
            visitor.leg = leg;
        }
    }
}
