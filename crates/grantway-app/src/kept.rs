//! The preferences as they are now, with the host that keeps them.

use std::sync::{Arc, PoisonError, RwLock};

use grantway_core::AppId;
use grantway_microsoft::clouds::Cloud;

use crate::host::{Host, HostError};
use crate::preferences::Preferences;

/// The preferences of one run of the app. What reads them sees every change at once.
pub struct Kept {
    host: Arc<dyn Host>,
    now: RwLock<Preferences>,
}

impl Kept {
    /// Reads what the host kept.
    pub fn of(host: Arc<dyn Host>) -> Self {
        let now = RwLock::new(Preferences::read(host.preferences()));
        Self { host, now }
    }

    /// The preferences.
    pub fn read(&self) -> Preferences {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        now.clone()
    }

    /// Changes them and keeps the change.
    ///
    /// # Errors
    /// When the host does not keep it.
    pub fn change(&self, change: impl FnOnce(&mut Preferences)) -> Result<(), HostError> {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        change(&mut now);
        self.host.keep_preferences(&now.json())
    }

    /// The client ID that was entered for a cloud.
    pub fn entered_client(&self, cloud: &Cloud) -> Option<AppId> {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        AppId::parse(now.client_ids.get(cloud.id().as_str())?).ok()
    }

    /// Enters a client ID for a cloud, or forgets it.
    ///
    /// # Errors
    /// When the host does not keep it.
    pub fn enter_client(&self, cloud: &Cloud, client: Option<AppId>) -> Result<(), HostError> {
        let id = cloud.id().as_str();
        self.change(|now| {
            match client {
                Some(client) => now.client_ids.insert(id.to_owned(), client.to_string()),
                None => now.client_ids.remove(id),
            };
        })
    }
}
