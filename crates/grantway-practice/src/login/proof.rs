//! What a person types to prove who they are: account and password.

use uuid::Uuid;

use super::Login;
use super::flow::{Flow, Person, Purpose, Stage};
use super::password;
use super::refusal::Refusal;
use crate::scenario::is_practice_name;
use crate::state::{DomainKind, Password, SignInRecord, World};

/// Looks up the account that was typed and chooses the next page.
pub fn take_account(login: &Login, flow: &mut Flow) {
    let typed = flow.typed.trim().to_owned();
    flow.stage = Stage::Account;
    flow.wrong = None;
    if !is_practice_account(&typed) {
        // What was typed may be a real account, so it is not shown or kept.
        flow.typed = String::new();
        flow.wrong = Some(
            "That is no practice account. Practice accounts end in .example, .test or .invalid. Nothing was kept."
                .to_owned(),
        );
        return;
    }
    let found = login.cloud.read(|world| {
        let (tenant, user) = world.user_by_upn(&typed)?;
        let domain = typed.rsplit('@').next().unwrap_or_default();
        let federated = tenant
            .domain(domain)
            .is_some_and(|domain| domain.kind == DomainKind::Federated);
        let person = Person {
            tenant: tenant.id,
            user: user.id,
            upn: user.upn.clone(),
        };
        Some((person, federated))
    });
    match found {
        Some((person, federated)) => {
            flow.person = Some(person);
            flow.stage = if federated {
                Stage::Federated
            } else {
                Stage::Password
            };
        }
        None => {
            flow.wrong = Some(said(&Refusal::UnknownAccount(typed)));
        }
    }
}

/// Checks the password that was typed.
pub fn take_password(login: &Login, flow: &mut Flow, typed: &str) {
    let Some(person) = flow.person.clone() else {
        flow.stage = Stage::Account;
        return;
    };
    let refusal = login.cloud.read(|world| {
        let user = world.tenant(&person.tenant)?.users.get(&person.user)?;
        Some(if !user.password.accepts(typed) {
            Some(Refusal::WrongPassword)
        } else if !user.enabled {
            Some(Refusal::Disabled)
        } else {
            None
        })
    });
    match refusal {
        None => {
            flow.stage = Stage::Account;
            flow.wrong = Some(said(&Refusal::UnknownAccount(person.upn)));
        }
        Some(Some(refusal)) => {
            record(login, flow, refusal.code());
            flow.wrong = Some(said(&refusal));
        }
        Some(None) => password_proved(login, flow),
    }
}

/// Notes that the password was right, here or on the organisation's own page.
pub fn password_proved(login: &Login, flow: &mut Flow) {
    flow.wrong = None;
    flow.proved.password = true;
    flow.proved.prompted = true;
    flow.proved.at = Some(login.now());
}

/// Puts a new password in place of the first one.
pub fn change_password(login: &Login, flow: &mut Flow, current: &str, new: &str, repeat: &str) {
    let Some(person) = flow.person.clone() else {
        flow.stage = Stage::Account;
        return;
    };
    let now = login.now();
    let wrong = login.cloud.read(|world| {
        let user = world.tenant(&person.tenant)?.users.get(&person.user)?;
        if user.password.accepts(current) {
            password::refusal(current, new, repeat, &user.upn)
        } else {
            Some("The current password is wrong. Type the one you signed in with.")
        }
    });
    flow.wrong = wrong.map(str::to_owned);
    if wrong.is_some() {
        return;
    }
    login.cloud.write(|world| {
        if let Some(user) = world.user_mut(&person.tenant, &person.user) {
            user.password = Password::chosen(new);
            user.must_change_password = false;
            user.last_password_change = now;
        }
        // A new password takes tokens and sessions away that were won with the old one.
        // facts: own-app-and-tokens §5
        world.tokens.revoke_user(&person.tenant, &person.user);
        world
            .sign_ins
            .sessions
            .retain(|_, session| session.tenant != person.tenant || session.user != person.user);
    });
    flow.proved.at = Some(now);
}

/// Adds a line to the sign-in log.
pub fn record(login: &Login, flow: &Flow, error: u32) {
    let Some(person) = flow.person.clone() else {
        return;
    };
    let (id, at) = (login.cloud.ids.guid(), login.now());
    login.cloud.write(|world| {
        let client = flow.request().map(|request| request.client);
        world.sign_ins.records.push(SignInRecord {
            id,
            at,
            tenant: person.tenant,
            user: person.user,
            client,
            app: app_name(world, &flow.purpose),
            prompted: flow.proved.prompted,
            mfa: flow.proved.phone,
            error,
        });
    });
}

/// What a person signs in to.
pub fn app_name(world: &World, purpose: &Purpose) -> String {
    let name = |client: &Uuid| world.applications.get(client).map(|app| app.name.clone());
    match purpose {
        Purpose::App(request) | Purpose::AdminConsent(request) => {
            name(&request.client).unwrap_or_else(|| request.client.to_string())
        }
        Purpose::SecurityInfo => "Security info".to_owned(),
    }
}

/// Whether an account has a domain that practice may use.
pub fn is_practice_account(account: &str) -> bool {
    account
        .split_once('@')
        .is_some_and(|(name, domain)| !name.is_empty() && is_practice_name(domain))
}

fn said(refusal: &Refusal) -> String {
    format!("{} (AADSTS{})", refusal.message(), refusal.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reserved_endings_are_practice_accounts() {
        for good in ["dana@larkspur-it.example", "A@B.Test", "x@y.invalid"] {
            assert!(is_practice_account(good), "{good}");
        }
        for bad in [
            "dana@contoso.com",
            "dana@example",
            "dana@.example",
            "@x.example",
            "dana",
            "a@b.example@contoso.com",
            "a@x.example.com",
        ] {
            assert!(!is_practice_account(bad), "{bad}");
        }
    }
}
