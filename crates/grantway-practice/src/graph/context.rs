//! What a handler works with: the cloud, the call, the caller, and one moment for the whole call.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::answer::{Answer, Content, Outcome, Refusal};
use super::call::Call;
use super::caller::Caller;
use super::kind::Kind;
use super::odata;
use crate::cloud::Cloud;
use crate::hosts::Service;
use crate::state::{Propagation, Tenant, World};

/// What a handler works with.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub cloud: &'a Cloud,
    pub call: &'a Call,
    pub caller: Caller,
    pub now: Timestamp,
    /// An earlier world, when a fault script makes reads stale.
    pub stale: Option<Arc<World>>,
}

impl Context<'_> {
    /// Reads the world, or an earlier one.
    pub fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        match &self.stale {
            Some(world) => look(world),
            None => self.cloud.read(look),
        }
    }

    /// Reads the caller's tenant.
    pub fn tenant<T>(
        &self,
        look: impl FnOnce(&Tenant) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.read(|world| {
            look(
                world
                    .tenant(&self.caller.token.tenant)
                    .ok_or_else(|| Refusal::not_found(self.caller.token.tenant))?,
            )
        })
    }

    /// Changes the caller's tenant.
    pub fn change<T>(
        &self,
        change: impl FnOnce(&mut Tenant) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let id = self.caller.token.tenant;
        self.cloud.write(|world| {
            change(
                world
                    .tenant_mut(&id)
                    .ok_or_else(|| Refusal::not_found(id))?,
            )
        })
    }

    /// How long writes take to be seen.
    pub fn propagation(&self) -> Propagation {
        self.cloud.read(|world| world.propagation)
    }

    /// `http://…/v1.0`
    pub fn base(&self) -> String {
        let version = if self.call.beta { "beta" } else { "v1.0" };
        format!("{}/{version}", self.cloud.hosts.base(Service::Graph))
    }

    /// Answers an object.
    pub fn entity(&self, kind: &Kind, path: &str, item: Map<String, Value>) -> Outcome {
        Ok(Answer::ok(odata::entity(self, kind, path, item)?))
    }

    /// Answers an object that was just made.
    pub fn made(&self, kind: &Kind, path: &str, item: Map<String, Value>) -> Outcome {
        let location = item
            .get("id")
            .and_then(Value::as_str)
            .map(|id| format!("{}/{path}/{id}", self.base()));
        let answer = Answer::created(odata::entity(self, kind, path, item)?);
        Ok(match location {
            Some(location) => answer.header("location", location),
            None => answer,
        })
    }

    /// Answers a list whose objects are written out only where they are needed: without a filter or an order, those of one page.
    pub fn page<T>(
        &self,
        kind: &Kind,
        path: &str,
        items: impl Iterator<Item = T>,
        shown: impl Fn(&T) -> Map<String, Value>,
    ) -> Outcome {
        Ok(Answer::new(
            axum::http::StatusCode::OK,
            Content::Json(odata::page(self, kind, path, items, shown)?),
        ))
    }

    /// Answers a list after `$filter`, `$orderby`, `$top` and `$select`.
    pub fn list(&self, kind: &Kind, path: &str, items: Vec<Map<String, Value>>) -> Outcome {
        Ok(Answer::new(
            axum::http::StatusCode::OK,
            Content::Json(odata::collection(self, kind, path, items)?),
        ))
    }
}
