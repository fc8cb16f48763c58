//! The accounts that a person plays, with their practice passwords.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::Desk;
use crate::state::{Password, PersonCard, World};

pub(super) async fn list(State(desk): State<Desk>) -> Json<Value> {
    Json(desk.cloud.read(|world| {
        world
            .people
            .iter()
            .filter_map(|card| person(world, card))
            .collect()
    }))
}

fn person(world: &World, card: &PersonCard) -> Option<Value> {
    let Some(tenant) = card.tenant else {
        let account = world
            .vendor_portal
            .accounts
            .iter()
            .find(|account| account.email == card.upn)?;
        return Some(json!({
            "upn": account.email, "name": account.name, "tenant": null, "tenant_name": world.vendor_portal.name, "role": card.role,
            "password": account.password, "has_authenticator": false, "has_password_change": false,
        }));
    };
    let tenant = world.tenant(&tenant)?;
    let user = tenant.user_by_upn(&card.upn)?;
    // A password that was changed in practice is known to whoever changed it, and to nobody else.
    let password = match &user.password {
        Password::Practice(text) => Some(text),
        Password::Hashed(_) => None,
    };
    Some(json!({
        "upn": user.upn, "name": user.display_name, "tenant": tenant.id, "tenant_name": tenant.display_name, "role": card.role,
        "password": password, "has_authenticator": !user.authenticators.is_empty(), "has_password_change": user.must_change_password,
    }))
}
