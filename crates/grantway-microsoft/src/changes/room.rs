//! For tests: a setup over a scripted server, with a drawer for its secrets.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use grantway_core::change::{Applied, ChangeRecord, Context, Observed};
use grantway_core::ports::Secrets;
use grantway_core::{Fault, SetupId, StepId};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::http::scripted::{Bench, Reply, Server, actor, tenant};

#[derive(Default)]
pub(super) struct Drawer(pub(super) Mutex<HashMap<String, String>>);

#[async_trait]
impl Secrets for Drawer {
    async fn find(&self, name: &str) -> Result<Option<SecretString>, Fault> {
        Ok(self
            .0
            .lock()
            .unwrap()
            .get(name)
            .cloned()
            .map(SecretString::from))
    }
    async fn keep(&self, name: &str, secret: &SecretString) -> Result<(), Fault> {
        self.0
            .lock()
            .unwrap()
            .insert(name.into(), secret.expose_secret().into());
        Ok(())
    }
    async fn forget(&self, name: &str) -> Result<(), Fault> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

pub(super) struct Room {
    pub(super) server: Server,
    pub(super) bench: Bench,
    pub(super) secrets: Drawer,
    setup: SetupId,
    step: StepId,
}

impl Room {
    pub(super) async fn with(replies: impl IntoIterator<Item = Reply>) -> Self {
        let server = Server::start(replies).await;
        let bench = Bench::of(&server);
        let setup = SetupId::parse("HM-7K2Q").unwrap();
        Self {
            server,
            bench,
            secrets: Drawer::default(),
            setup,
            step: StepId::new("step"),
        }
    }

    pub(super) fn cx(&self) -> Context<'_> {
        Context {
            setup: &self.setup,
            step: &self.step,
            tenant: tenant(1),
            actor: Some(actor()),
            since: Some("2026-11-22T09:00:00Z".parse().unwrap()),
            cut_off: false,
            clock: self.bench.clock.as_ref(),
            secrets: &self.secrets,
        }
    }

    pub(super) fn record(&self, desired: &Value, applied: Applied) -> ChangeRecord {
        ChangeRecord {
            desired: desired.clone(),
            before: Observed::Absent,
            applied,
        }
    }
}
