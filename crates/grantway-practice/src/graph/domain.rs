//! `/domains`.

use serde_json::{Map, Value, json};

use super::answer::{Outcome, Refusal, fields};
use super::context::Context;
use super::kind::DOMAIN;
use super::path::Key;
use crate::state::{Domain, DomainKind};

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    let items = context.tenant(|tenant| Ok(tenant.domains.iter().map(shown).collect()))?;
    context.list(&DOMAIN, "domains", items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let name = keys[0].value();
    let item = context.tenant(|tenant| {
        tenant
            .domain(name)
            .map(shown)
            .ok_or_else(|| Refusal::not_found(name))
    })?;
    context.entity(&DOMAIN, "domains", item)
}

fn shown(domain: &Domain) -> Map<String, Value> {
    fields(json!({
        "id": domain.name,
        "authenticationType": match domain.kind { DomainKind::Managed => "Managed", DomainKind::Federated => "Federated" },
        "availabilityStatus": null,
        "isAdminManaged": true,
        "isDefault": domain.default,
        "isInitial": domain.initial,
        "isRoot": true,
        "isVerified": domain.verified,
        "passwordNotificationWindowInDays": null,
        "passwordValidityPeriodInDays": null,
        "state": null,
        "supportedServices": ["Email", "OfficeCommunicationsOnline"],
    }))
}
