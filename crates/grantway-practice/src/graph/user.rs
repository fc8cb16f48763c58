//! `/users`: reading.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Outcome, Refusal, fields, moment};
use super::context::Context;
use super::kind::USER;
use super::path::Key;
use crate::clock::later;
use crate::state::{Deleted, DeletedObject, Tenant, User, UserKind};

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    let lag = context.propagation().list;
    let items = context.tenant(|tenant| {
        Ok(tenant
            .users
            .values()
            .filter(|user| later(user.created, lag) <= context.now)
            .map(shown)
            .collect())
    })?;
    context.list(&USER, "users", items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let lag = context.propagation().new_object;
    let wanted = keys[0].value();
    let item = context.tenant(|tenant| {
        if let Ok(user) = find_visible(context, tenant, wanted) {
            return Ok(shown(user));
        }
        // A deleted user can still be read by id for a moment.
        match wanted
            .parse()
            .ok()
            .and_then(|id: Uuid| tenant.recycle_bin.get(&id))
        {
            Some(Deleted {
                at,
                object: DeletedObject::User(user),
            }) if later(*at, lag) > context.now => Ok(shown(user)),
            _ => Err(Refusal::not_found(wanted)),
        }
    })?;
    context.entity(&USER, "users", item)
}

/// A user by object id or sign-in name.
pub(super) fn find<'t>(tenant: &'t Tenant, wanted: &str) -> Result<&'t User, Refusal> {
    let found = match wanted.parse::<Uuid>() {
        Ok(id) => tenant.users.get(&id),
        Err(_) => tenant.user_by_upn(wanted),
    };
    found.ok_or_else(|| Refusal::not_found(wanted))
}

/// A user that can be read by now.
pub(super) fn find_visible<'t>(
    context: &Context<'_>,
    tenant: &'t Tenant,
    wanted: &str,
) -> Result<&'t User, Refusal> {
    let user = find(tenant, wanted)?;
    if user.visible_from <= context.now {
        Ok(user)
    } else {
        Err(Refusal::not_found(wanted))
    }
}

/// What lists of other kinds show of a user.
pub(super) fn summary(user: &User) -> Map<String, Value> {
    let mut item = shown(user);
    item.retain(|name, _| USER.shows(name));
    item
}

pub(super) fn shown(user: &User) -> Map<String, Value> {
    fields(json!({
        "id": user.id,
        "businessPhones": [],
        "displayName": user.display_name,
        "givenName": user.given_name,
        "jobTitle": user.job_title,
        "mail": user.mail,
        "mobilePhone": null,
        "officeLocation": null,
        "preferredLanguage": null,
        "surname": user.surname,
        "userPrincipalName": user.upn,
        "accountEnabled": user.enabled,
        "assignedLicenses": [],
        "createdDateTime": moment(user.created),
        "deletedDateTime": null,
        "lastPasswordChangeDateTime": moment(user.last_password_change),
        "mailNickname": user.mail_nickname,
        "onPremisesSyncEnabled": null,
        "passwordProfile": {
            "password": null,
            "forceChangePasswordNextSignIn": user.must_change_password,
            "forceChangePasswordNextSignInWithMfa": false,
        },
        "usageLocation": user.usage_location,
        "userType": match user.kind { UserKind::Member => "Member", UserKind::Guest => "Guest" },
    }))
}
