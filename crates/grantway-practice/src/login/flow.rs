//! One sign-in in one browser window: what it is for, who signs in and what they have proved so far. Flows live in memory
//! only; a browser shows its id and the cookie it was started with.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;

use super::authority::Authority;
use super::request::AppRequest;
use crate::clock::later;

/// How long a person may take for one sign-in, seconds of practice time.
const LIFETIME: i64 = 3_600;
/// How many sign-ins are kept at once; the oldest gives way.
const ROOM: usize = 500;

/// A sign-in that is under way.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Id, unguessable.
    pub id: String,
    /// Fingerprint of the cookie of the browser that started it.
    pub browser: String,
    /// When it was started.
    pub started: Timestamp,
    /// What it is for.
    pub purpose: Purpose,
    /// The tenant that was asked for.
    pub authority: Authority,
    /// The page that is shown.
    pub stage: Stage,
    /// What was wrong with the last try, for that page.
    pub wrong: Option<String>,
    /// What was typed as account.
    pub typed: String,
    /// Who signs in.
    pub person: Option<Person>,
    /// What was proved.
    pub proved: Proved,
}

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Home tenant.
    pub tenant: Uuid,
    /// Account.
    pub user: Uuid,
    /// Sign-in name.
    pub upn: String,
}

/// What a person has done in this sign-in, or brought along from an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Proved {
    /// The password was right.
    pub password: bool,
    /// The phone said yes.
    pub phone: bool,
    /// The question whether to stay signed in was answered.
    pub stay: bool,
    /// Credentials were typed in this sign-in.
    pub prompted: bool,
    /// When the person signed in.
    pub at: Option<Timestamp>,
}

/// What a sign-in is for.
#[derive(Debug, Clone)]
pub enum Purpose {
    /// An app wants tokens.
    App(AppRequest),
    /// An app wants an administrator's consent for a whole tenant.
    AdminConsent(AppRequest),
    /// The page where people manage their own proofs.
    SecurityInfo,
}

/// The page that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Which account?
    Account,
    /// One of these, or another?
    Pick(Vec<String>),
    /// The password.
    Password,
    /// The organisation's own page has the password.
    Federated,
    /// A new password in place of the first one.
    ChangePassword,
    /// Pair the phone; the code shown.
    Register(String),
    /// Type the number on the phone.
    Number {
        /// The prompt on the phone.
        prompt: Uuid,
        /// Whether a yes registers the phone.
        registers: bool,
    },
    /// The phone said no, or nothing.
    NumberFailed {
        /// Whether a yes would have registered the phone.
        registers: bool,
        /// Why, for people.
        reason: &'static str,
    },
    /// Stay signed in?
    Stay,
    /// Consent?
    Consent,
    /// An administrator must consent.
    ApprovalNeeded,
    /// The proofs of this account.
    AllSet,
}

impl Flow {
    /// The app's request, where an app asked.
    pub fn request(&self) -> Option<&AppRequest> {
        match &self.purpose {
            Purpose::App(request) | Purpose::AdminConsent(request) => Some(request),
            Purpose::SecurityInfo => None,
        }
    }
}

/// All sign-ins that are under way.
#[derive(Debug, Default)]
pub struct Flows {
    by_id: Mutex<BTreeMap<String, Flow>>,
}

impl Flows {
    /// Takes a flow out, when it belongs to this browser and is not too old.
    pub fn take(&self, id: &str, browser: &str, now: Timestamp) -> Option<Flow> {
        let mut flows = self.by_id.lock().unwrap_or_else(PoisonError::into_inner);
        if flows.get(id)?.browser != browser {
            return None;
        }
        flows
            .remove(id)
            .filter(|flow| later(flow.started, LIFETIME) > now)
    }

    /// Looks at a flow, when it belongs to this browser.
    pub fn look<T>(
        &self,
        id: &str,
        browser: &str,
        read: impl FnOnce(&Flow) -> Option<T>,
    ) -> Option<T> {
        let flows = self.by_id.lock().unwrap_or_else(PoisonError::into_inner);
        flows
            .get(id)
            .filter(|flow| flow.browser == browser)
            .and_then(read)
    }

    /// Puts a flow back, or in.
    pub fn put(&self, flow: Flow) {
        let mut flows = self.by_id.lock().unwrap_or_else(PoisonError::into_inner);
        if flows.len() >= ROOM {
            let oldest = flows
                .values()
                .min_by_key(|flow| flow.started)
                .map(|flow| flow.id.clone());
            if let Some(oldest) = oldest {
                flows.remove(&oldest);
            }
        }
        flows.insert(flow.id.clone(), flow);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(id: &str, started: Timestamp) -> Flow {
        Flow {
            id: id.to_owned(),
            browser: "b".to_owned(),
            started,
            purpose: Purpose::SecurityInfo,
            authority: Authority::Organizations,
            stage: Stage::Account,
            wrong: None,
            typed: String::new(),
            person: None,
            proved: Proved::default(),
        }
    }

    #[test]
    fn a_flow_belongs_to_the_browser_that_started_it() {
        let flows = Flows::default();
        let now = Timestamp::UNIX_EPOCH;
        flows.put(flow("1", now));
        assert!(flows.take("1", "other", now).is_none());
        assert!(flows.take("1", "b", now).is_some());
        assert!(flows.take("1", "b", now).is_none());
    }

    #[test]
    fn an_old_flow_is_gone_and_the_oldest_gives_way() {
        let flows = Flows::default();
        let now = Timestamp::UNIX_EPOCH;
        flows.put(flow("old", now));
        assert!(flows.take("old", "b", later(now, LIFETIME)).is_none());
        flows.put(flow("first", now));
        for n in 0..ROOM {
            flows.put(flow(&format!("{n}"), later(now, 1)));
        }
        assert!(flows.take("first", "b", now).is_none());
        assert!(flows.take("0", "b", now).is_some());
    }
}
