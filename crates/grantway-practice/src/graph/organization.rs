//! `/organization`: the tenant itself.

use serde_json::{Map, Value, json};

use super::answer::{Outcome, Refusal, fields, moment};
use super::body::object_id;
use super::context::Context;
use super::kind::ORGANIZATION;
use super::path::Key;
use crate::state::{DomainKind, Tenant};

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    let item = context.tenant(|tenant| Ok(shown(tenant)))?;
    context.list(&ORGANIZATION, "organization", vec![item])
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let wanted = object_id(keys[0].value())?;
    if wanted != context.caller.token.tenant {
        return Err(Refusal::not_found(wanted));
    }
    let item = context.tenant(|tenant| Ok(shown(tenant)))?;
    context.entity(&ORGANIZATION, "organization", item)
}

fn shown(tenant: &Tenant) -> Map<String, Value> {
    let domains: Vec<Value> = tenant
        .domains
        .iter()
        .map(|domain| {
            json!({
                "capabilities": "Email, OfficeCommunicationsOnline",
                "isDefault": domain.default,
                "isInitial": domain.initial,
                "name": domain.name,
                "type": match domain.kind { DomainKind::Managed => "Managed", DomainKind::Federated => "Federated" },
            })
        })
        .collect();
    fields(json!({
        "id": tenant.id,
        "deletedDateTime": null,
        "businessPhones": [],
        "city": null,
        "country": null,
        "countryLetterCode": tenant.country,
        "createdDateTime": moment(tenant.created),
        "defaultUsageLocation": null,
        "displayName": tenant.display_name,
        "marketingNotificationEmails": [],
        "onPremisesLastSyncDateTime": null,
        "onPremisesSyncEnabled": null,
        "postalCode": null,
        "preferredLanguage": "en",
        "securityComplianceNotificationMails": [],
        "securityComplianceNotificationPhones": [],
        "state": null,
        "street": null,
        "technicalNotificationMails": [],
        "tenantType": "AAD",
        "verifiedDomains": domains,
    }))
}
