//! `/policies/authenticationStrengthPolicies`: which combinations of proofs count, built in and of the tenant's own.
// facts: api-gdap-hardening §1.3, §2.9

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Answer, Outcome, Refusal, fields, moment};
use super::body::Body;
use super::context::Context;
use super::kind::STRENGTH;
use super::path::Key;
use crate::state::{AuthenticationStrength, Tenant};

const PATH: &str = "policies/authenticationStrengthPolicies";
const READERS: &[&str] = &[
    "Conditional Access Administrator",
    "Security Administrator",
    "Authentication Policy Administrator",
    "Security Reader",
    "Global Reader",
];
const WRITERS: &[&str] = &[
    "Conditional Access Administrator",
    "Security Administrator",
    "Authentication Policy Administrator",
];
/// So many strengths of its own a tenant may have.
const MOST: usize = 15;

/// Proofs that are not more than one factor by themselves.
const SINGLE: [&str; 6] = [
    "password",
    "sms",
    "qrCodePin",
    "federatedSingleFactor",
    "x509CertificateSingleFactor",
    "hardwareOath",
];
const PHISHING_RESISTANT: [&str; 3] = [
    "windowsHelloForBusiness",
    "fido2",
    "x509CertificateMultiFactor",
];
const SECOND_FACTORS: [&str; 6] = [
    "microsoftAuthenticatorPush",
    "softwareOath",
    "hardwareOath",
    "sms",
    "voice",
    "x509CertificateSingleFactor",
];
const WHOLE: [&str; 5] = [
    "deviceBasedPush",
    "temporaryAccessPassOneTime",
    "temporaryAccessPassMultiUse",
    "federatedMultiFactor",
    "email",
];

struct BuiltIn {
    id: &'static str,
    name: &'static str,
}

const BUILT_IN: [BuiltIn; 3] = [
    BuiltIn {
        id: "00000000-0000-0000-0000-000000000002",
        name: "Multifactor authentication",
    },
    BuiltIn {
        id: "00000000-0000-0000-0000-000000000003",
        name: "Passwordless MFA",
    },
    BuiltIn {
        id: "00000000-0000-0000-0000-000000000004",
        name: "Phishing-resistant MFA",
    },
];

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let items = context.tenant(|tenant| {
        let built_in = BUILT_IN.iter().map(shown_built_in);
        Ok(built_in
            .chain(tenant.strengths.values().map(shown))
            .collect())
    })?;
    context.list(&STRENGTH, PATH, items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let id = keys[0].value();
    let item = context.tenant(|tenant| of(tenant, id).ok_or_else(|| Refusal::not_found(id)))?;
    context.entity(&STRENGTH, PATH, item)
}

pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let body = Body::of(context.call, &STRENGTH, "AuthenticationStrengthPolicy")?;
    let display_name = body.required_text("displayName")?.to_owned();
    if body
        .text("policyType")?
        .is_some_and(|kind| kind != "custom")
    {
        return Err(body.invalid("policyType"));
    }
    let strength = AuthenticationStrength {
        id: context.cloud.ids.guid(),
        display_name,
        description: body.text("description")?.map(str::to_owned),
        combinations: combinations(body.value("allowedCombinations"))?,
        created: context.now,
        modified: context.now,
    };
    let item = context.change(|tenant| {
        if tenant.strengths.len() >= MOST {
            return Err(Refusal::bad_request(format!(
                "A tenant can have at most {MOST} custom authentication strengths."
            )));
        }
        let item = shown(&strength);
        tenant.strengths.insert(strength.id, strength);
        Ok(item)
    })?;
    context.made(&STRENGTH, PATH, item)
}

pub(super) fn update(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let body = Body::of(context.call, &STRENGTH, "AuthenticationStrengthPolicy")?;
    if let Some(name) = body
        .names()
        .find(|name| !matches!(*name, "displayName" | "description") && !name.contains('@'))
    {
        return Err(Refusal::bad_request(format!(
            "Property '{name}' cannot be updated here; combinations are changed with updateAllowedCombinations."
        )));
    }
    change(context, keys, |strength| {
        if body.has("displayName") {
            strength.display_name = body.required_text("displayName")?.to_owned();
        }
        if body.has("description") {
            strength.description = body.text("description")?.map(str::to_owned);
        }
        Ok(())
    })?;
    Ok(Answer::no_content())
}

/// `POST …/updateAllowedCombinations`
pub(super) fn set_combinations(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let sent = context
        .call
        .body
        .as_ref()
        .and_then(|body| body.get("allowedCombinations"));
    let wanted = combinations(sent)?;
    let mut before = Vec::new();
    change(context, keys, |strength| {
        before = std::mem::replace(&mut strength.combinations, wanted.clone());
        Ok(())
    })?;
    Ok(Answer::ok(json!({
        "@odata.context": format!("{}/$metadata#microsoft.graph.updateAllowedCombinationsResult", context.base()),
        "additionalInformation": "",
        "conditionalAccessReferences": [],
        "currentCombinations": wanted,
        "previousCombinations": before,
    })))
}

pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let id = keys[0].value();
    context.change(|tenant| {
        let used = tenant
            .conditional_access
            .values()
            .any(|policy| policy.grant_controls["authenticationStrength"]["id"] == id);
        if used {
            return Err(Refusal::bad_request(
                "The authentication strength policy is used by a Conditional Access policy and cannot be deleted.",
            ));
        }
        let gone = own_id(id).and_then(|id| tenant.strengths.remove(&id));
        gone.map(|_| Answer::no_content())
            .ok_or_else(|| Refusal::not_found(id))
    })
}

/// A strength by its id, as it is shown.
pub(super) fn of(tenant: &Tenant, id: &str) -> Option<Map<String, Value>> {
    if let Some(known) = BUILT_IN.iter().find(|known| known.id == id) {
        return Some(shown_built_in(known));
    }
    tenant.strengths.get(&own_id(id)?).map(shown)
}

fn change(
    context: &Context<'_>,
    keys: &[Key],
    change: impl FnOnce(&mut AuthenticationStrength) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let id = keys[0].value();
    if BUILT_IN.iter().any(|known| known.id == id) {
        return Err(Refusal::bad_request(
            "A built-in authentication strength policy cannot be changed.",
        ));
    }
    context.change(|tenant| {
        let strength = own_id(id)
            .and_then(|id| tenant.strengths.get_mut(&id))
            .ok_or_else(|| Refusal::not_found(id))?;
        change(strength)?;
        strength.modified = context.now;
        Ok(())
    })
}

fn own_id(text: &str) -> Option<Uuid> {
    text.parse().ok()
}

fn combinations(sent: Option<&Value>) -> Result<Vec<String>, Refusal> {
    let wrong =
        || Refusal::bad_request("Invalid value specified for property 'allowedCombinations'.");
    let list = sent
        .and_then(Value::as_array)
        .filter(|list| !list.is_empty())
        .ok_or_else(wrong)?;
    let known = |one: &str| {
        let whole = PHISHING_RESISTANT.contains(&one) || WHOLE.contains(&one);
        let single = SINGLE.contains(&one);
        let two = one
            .strip_prefix("password,")
            .or_else(|| one.strip_prefix("federatedSingleFactor,"))
            .is_some_and(|second| SECOND_FACTORS.contains(&second));
        whole || single || two
    };
    list.iter()
        .map(|item| {
            item.as_str()
                .filter(|one| known(one))
                .map(str::to_owned)
                .ok_or_else(wrong)
        })
        .collect()
}

fn shown_built_in(strength: &BuiltIn) -> Map<String, Value> {
    let mut combinations: Vec<String> = PHISHING_RESISTANT
        .iter()
        .map(|one| (*one).to_owned())
        .collect();
    if strength.id != BUILT_IN[2].id {
        combinations.push("deviceBasedPush".to_owned());
    }
    if strength.id == BUILT_IN[0].id {
        combinations.extend(WHOLE.iter().skip(1).take(3).map(|one| (*one).to_owned()));
        for first in ["password", "federatedSingleFactor"] {
            combinations.extend(
                SECOND_FACTORS
                    .iter()
                    .map(|second| format!("{first},{second}")),
            );
        }
    }
    let mut item = shown(&AuthenticationStrength {
        id: own_id(strength.id).unwrap_or_default(),
        display_name: strength.name.to_owned(),
        description: None,
        combinations,
        created: Timestamp::UNIX_EPOCH,
        modified: Timestamp::UNIX_EPOCH,
    });
    item.insert("policyType".to_owned(), "builtIn".into());
    item
}

fn shown(strength: &AuthenticationStrength) -> Map<String, Value> {
    let weak = strength
        .combinations
        .iter()
        .any(|one| SINGLE.contains(&one.as_str()));
    fields(json!({
        "id": strength.id,
        "createdDateTime": moment(strength.created),
        "modifiedDateTime": moment(strength.modified),
        "displayName": strength.display_name,
        "description": strength.description,
        "policyType": "custom",
        "requirementsSatisfied": if weak { "none" } else { "mfa" },
        "allowedCombinations": strength.combinations,
    }))
}
