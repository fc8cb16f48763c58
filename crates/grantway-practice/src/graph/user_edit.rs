//! Making, changing and deleting users.
// facts: api-gdap-hardening §2.8

use super::answer::{Answer, Outcome, Refusal};
use super::body::Body;
use super::context::Context;
use super::group::forget;
use super::kind::USER;
use super::path::Key;
use super::user::{find, shown};
use crate::clock::later;
use crate::state::{Deleted, DeletedObject, DomainKind, Password, Tenant, User, UserKind};

const MANAGERS: &[&str] = &["User Administrator"];

pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(MANAGERS)?;
    let body = Body::of(context.call, &USER, "User")?;
    let enabled = body.required_flag("accountEnabled")?;
    let display_name = body.required_text("displayName")?;
    let mail_nickname = body.required_text("mailNickname")?;
    let upn = body.required_text("userPrincipalName")?;
    let profile = body.part("passwordProfile")?.ok_or_else(|| {
        Refusal::bad_request(
            "A value is required for property 'passwordProfile' of resource 'User'.",
        )
    })?;
    let password = profile.required_text("password")?;
    strong_enough(password, upn)?;
    let must_change_password = profile
        .flag("forceChangePasswordNextSignIn")?
        .unwrap_or(true);
    let optional = |name| body.text(name).map(|text| text.map(str::to_owned));
    let (given_name, surname, job_title, usage_location) = (
        optional("givenName")?,
        optional("surname")?,
        optional("jobTitle")?,
        optional("usageLocation")?,
    );
    let (id, lag) = (context.cloud.ids.guid(), context.propagation().new_object);
    let item = context.change(|tenant| {
        name_fits(tenant, upn)?;
        if tenant.user_by_upn(upn).is_some() {
            return Err(Refusal::bad_request(
                "Another object with the same value for property userPrincipalName already exists.",
            ));
        }
        let user = User {
            id,
            upn: upn.to_owned(),
            display_name: display_name.to_owned(),
            mail_nickname: mail_nickname.to_owned(),
            given_name,
            surname,
            job_title,
            mail: None,
            usage_location,
            kind: UserKind::Member,
            enabled,
            password: Password::chosen(password),
            must_change_password,
            last_password_change: context.now,
            authenticators: Vec::new(),
            created: context.now,
            visible_from: later(context.now, lag),
            guest_of: None,
            sessions_valid_from: None,
            second_proof_skipped: false,
        };
        let item = shown(&user);
        tenant.users.insert(id, user);
        Ok(item)
    })?;
    context.made(&USER, "users", item)
}

pub(super) fn update(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let body = Body::of(context.call, &USER, "User")?;
    let allowed = [
        "displayName",
        "accountEnabled",
        "jobTitle",
        "givenName",
        "surname",
        "usageLocation",
        "mailNickname",
        "passwordProfile",
    ];
    if let Some(name) = body
        .names()
        .find(|name| !allowed.contains(name) && !name.contains('@'))
    {
        return Err(Refusal::bad_request(format!(
            "Property '{name}' is read-only and cannot be set."
        )));
    }
    let profile = body.part("passwordProfile")?;
    context.change(|tenant| {
        let user = find(tenant, keys[0].value())?;
        may_manage(context, tenant, user)?;
        let (id, upn) = (user.id, user.upn.clone());
        if let Some(password) = profile
            .as_ref()
            .map(|profile| profile.required_text("password"))
            .transpose()?
        {
            strong_enough(password, &upn)?;
        }
        let Some(user) = tenant.users.get_mut(&id) else {
            return Err(Refusal::not_found(id));
        };
        if body.has("displayName") {
            user.display_name = body.required_text("displayName")?.to_owned();
        }
        if let Some(enabled) = body.flag("accountEnabled")? {
            user.enabled = enabled;
        }
        if let Some(nickname) = body.text("mailNickname")? {
            user.mail_nickname = nickname.to_owned();
        }
        for (name, field) in [
            ("jobTitle", &mut user.job_title),
            ("givenName", &mut user.given_name),
            ("surname", &mut user.surname),
            ("usageLocation", &mut user.usage_location),
        ] {
            if body.has(name) {
                *field = body.text(name)?.map(str::to_owned);
            }
        }
        if let Some(profile) = &profile {
            user.password = Password::chosen(profile.required_text("password")?);
            user.must_change_password = profile
                .flag("forceChangePasswordNextSignIn")?
                .unwrap_or(true);
            user.last_password_change = context.now;
        }
        Ok(Answer::no_content())
    })
}

pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(MANAGERS)?;
    let id = context.change(|tenant| {
        let user = find(tenant, keys[0].value())?;
        may_manage(context, tenant, user)?;
        let id = user.id;
        if let Some(user) = tenant.users.remove(&id) {
            tenant.recycle_bin.insert(
                id,
                Deleted {
                    at: context.now,
                    object: DeletedObject::User(Box::new(user)),
                },
            );
            forget(tenant, &id);
            // Grants for this user alone go with the user.
            tenant
                .delegated_grants
                .retain(|_, grant| grant.reach != crate::state::GrantReach::Principal(id));
        }
        Ok(id)
    })?;
    let tenant = context.caller.token.tenant;
    context
        .cloud
        .write(|world| world.tokens.revoke_user(&tenant, &id));
    Ok(Answer::no_content())
}

/// Ends all sign-ins of a user: refresh tokens and browser sessions of before count no more.
// facts: own-app-and-tokens §5
pub(super) fn revoke_sessions(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.change(|tenant| {
        let user = find(tenant, keys[0].value())?;
        may_manage(context, tenant, user)?;
        let id = user.id;
        if let Some(user) = tenant.users.get_mut(&id) {
            user.sessions_valid_from = Some(later(context.now, 1));
        }
        Ok(())
    })?;
    Ok(Answer::ok(serde_json::json!({
        "@odata.context": format!("{}/$metadata#Edm.Boolean", context.base()),
        "value": true,
    })))
}

// Who holds a directory role can be changed only by Global Administrators and Privileged Authentication Administrators.
fn may_manage(context: &Context<'_>, tenant: &Tenant, user: &User) -> Result<(), Refusal> {
    if tenant.roles_of(&user.id, context.now).is_empty() {
        return context.caller.require_role(MANAGERS);
    }
    context
        .caller
        .require_role(&["Privileged Authentication Administrator"])
}

fn name_fits(tenant: &Tenant, upn: &str) -> Result<(), Refusal> {
    let Some((name, domain)) = upn
        .split_once('@')
        .filter(|(name, domain)| !name.is_empty() && !domain.contains('@'))
    else {
        return Err(Refusal::bad_request(
            "Property userPrincipalName is invalid.",
        ));
    };
    let plain = name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || "'.-_!#^~".contains(letter));
    match tenant.domain(domain) {
        _ if !plain => Err(Refusal::bad_request(
            "Property userPrincipalName is invalid.",
        )),
        Some(domain) if domain.verified && domain.kind == DomainKind::Managed => Ok(()),
        Some(_) => Err(Refusal::bad_request(
            "The domain portion of the userPrincipalName property is federated; cloud accounts cannot be made in it.",
        )),
        None => Err(Refusal::bad_request(
            "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.",
        )),
    }
}

fn strong_enough(password: &str, upn: &str) -> Result<(), Refusal> {
    let kinds = [
        password.chars().any(|letter| letter.is_ascii_lowercase()),
        password.chars().any(|letter| letter.is_ascii_uppercase()),
        password.chars().any(|letter| letter.is_ascii_digit()),
        password
            .chars()
            .any(|letter| !letter.is_ascii_alphanumeric()),
    ];
    let name = upn.split('@').next().unwrap_or_default();
    let holds_name = name.len() > 2 && password.to_lowercase().contains(&name.to_lowercase());
    let length = password.chars().count();
    if (8..=256).contains(&length) && kinds.iter().filter(|kind| **kind).count() >= 3 && !holds_name
    {
        return Ok(());
    }
    Err(Refusal::bad_request(
        "The specified password does not comply with password complexity requirements. Please provide a different password.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused() {
        for password in [
            "short1A",
            "alllowercase",
            "nodigitsnoupper!",
            "Service.Account1",
            "ABCDEFGH1",
        ] {
            assert!(
                strong_enough(password, "service.account@x.example").is_err(),
                "{password}"
            );
        }
        assert!(strong_enough("Quiet-harbour-7", "service.account@x.example").is_ok());
    }
}
