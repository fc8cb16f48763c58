//! Who calls Partner Center, and for which customer.

use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use super::Answer;
use crate::cloud::Cloud;
use crate::state::{AccessToken, PARTNER_CENTER, role_by_name};

/// Who calls.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub token: AccessToken,
}

/// Finds out who calls: an account of a partner that has proved itself with the phone.
pub(super) fn identify(cloud: &Cloud, headers: &HeaderMap) -> Result<Caller, Answer> {
    let given = headers
        .get(http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    let now = cloud.now();
    let token = cloud.read(|world| {
        let token = world.tokens.find_access_token(given?, now)?.clone();
        let user = world.tenant(&token.home_tenant)?.users.get(&token.user)?;
        (user.enabled && token.resource == PARTNER_CENTER).then_some(token)
    });
    let Some(token) = token else {
        return Err(Answer::refused(
            StatusCode::UNAUTHORIZED,
            2000,
            "The access token is missing, has expired, or is for another resource.",
        ));
    };
    // facts: own-app-and-tokens §2.3: mandatory since 2026-04-01.
    if !token.mfa {
        return Err(Answer::refused(
            StatusCode::UNAUTHORIZED,
            900_421,
            "MFA required. The access token was not obtained with multi-factor authentication.",
        ));
    }
    let standing = cloud.read(|world| {
        let tenant = world.tenant(&token.tenant)?;
        let partner = tenant.partner.as_ref()?;
        let agent = tenant
            .admin_agents()
            .is_some_and(|group| group.members.contains(&token.user));
        Some((partner.indirect_reseller, agent))
    });
    match standing {
        // Seen by an indirect reseller: no word on any call.
        Some((true, _)) => Err(Answer::bare(StatusCode::FORBIDDEN)),
        Some((false, true)) if token.tenant == token.home_tenant => Ok(Caller { token }),
        _ => Err(denied()),
    }
}

impl Caller {
    /// The customer of a path, when Partner Center knows it as one of the caller's.
    pub fn customer(&self, cloud: &Cloud, text: &str) -> Result<Uuid, Answer> {
        let id = text.parse().ok();
        let known = cloud.read(|world| {
            let id: Uuid = id?;
            let partner = world.tenant(&self.token.tenant)?.partner.as_ref()?;
            (partner.customers.contains(&id) && world.tenant(&id).is_some()).then_some(id)
        });
        known.ok_or_else(|| {
            Answer::refused(
                StatusCode::NOT_FOUND,
                600_009,
                format!("The customer '{text}' was not found."),
            )
        })
    }

    /// Refuses who has no role in the customer's tenant that may consent to apps there.
    pub fn require_role(&self, cloud: &Cloud, customer: Uuid) -> Result<(), Answer> {
        let now = cloud.now();
        let roles: Vec<Uuid> = cloud.read(|world| {
            let Some(home) = world.tenant(&self.token.tenant) else {
                return Vec::new();
            };
            let groups = home.groups_of(&self.token.user);
            world
                .relationships_between(self.token.tenant, customer)
                .flat_map(|relationship| relationship.roles_for(&groups, now))
                .collect()
        });
        let enough = [
            "Cloud Application Administrator",
            "Application Administrator",
            "Global Administrator",
        ];
        let holds = enough
            .iter()
            .filter_map(|name| role_by_name(name))
            .any(|role| roles.contains(&role.template));
        if holds { Ok(()) } else { Err(denied()) }
    }
}

fn denied() -> Answer {
    Answer::refused(
        StatusCode::FORBIDDEN,
        3000,
        "The account does not have the permissions that this operation requires.",
    )
}
