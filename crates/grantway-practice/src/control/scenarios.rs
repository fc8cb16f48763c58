//! Which scenario is played, which there are, and going back to the start of one.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Desk;
use super::error::ControlError;
use crate::hosts::Service;
use crate::scenario::{ScenarioSource, builtins};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    scenario: Option<String>,
}

pub(super) async fn info(State(desk): State<Desk>) -> Json<Value> {
    let hosts = &desk.cloud.hosts;
    Json(desk.cloud.read(|world| {
        json!({
            "scenario": world.scenario.id,
            "title": world.scenario.title,
            "teaches": world.scenario.teaches,
            "login": hosts.base(Service::Login),
            "graph": hosts.base(Service::Graph),
            "vendor": hosts.base(Service::Vendor),
            "federated": hosts.base(Service::Federated),
            "control": hosts.base(Service::Control),
            "partner_center": hosts.base(Service::PartnerCenter),
            "portal": hosts.base(Service::Portal),
        })
    }))
}

pub(super) async fn list() -> Json<Value> {
    Json(json!(builtins()))
}

pub(super) async fn reset(
    State(desk): State<Desk>,
    body: Bytes,
) -> Result<Json<Value>, ControlError> {
    let reset: Reset = match body.is_empty() {
        true => Reset::default(),
        false => serde_json::from_slice(&body).map_err(|error| {
            ControlError::Input(format!("the body is not what a reset takes: {error}"))
        })?,
    };
    let source = reset
        .scenario
        .map_or_else(|| desk.scenario.clone(), ScenarioSource::Builtin);
    let world = source
        .world(&desk.cloud.ids, desk.cloud.now())
        .map_err(|error| ControlError::Input(error.to_string()))?;
    desk.cloud.faults.clear();
    desk.cloud.history.watch(false);
    desk.cloud.log.clear();
    desk.cloud.replace(world);
    Ok(info(State(desk)).await)
}
