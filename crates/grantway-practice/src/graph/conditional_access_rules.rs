//! What a Conditional Access policy may say. Most mistakes get the same short answer, as at Microsoft.
// facts: api-gdap-hardening §2.9, §2.11

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::answer::Refusal;
use super::authentication_strength;
use super::group::exists;
use crate::state::{ConditionalAccessPolicy, Tenant, role_by_template};

const STATES: [&str; 3] = ["enabled", "disabled", "enabledForReportingButNotEnforced"];
const CLIENTS: [&str; 6] = [
    "all",
    "browser",
    "mobileAppsAndDesktopClients",
    "exchangeActiveSync",
    "easSupported",
    "other",
];
const CONTROLS: [&str; 8] = [
    "block",
    "mfa",
    "compliantDevice",
    "domainJoinedDevice",
    "approvedApplication",
    "compliantApplication",
    "passwordChange",
    "riskRemediation",
];
const RISKS: [&str; 5] = ["low", "medium", "high", "hidden", "none"];
const EXTERNAL: [&str; 7] = [
    "none",
    "internalGuest",
    "b2bCollaborationGuest",
    "b2bCollaborationMember",
    "b2bDirectConnectUser",
    "otherExternalUser",
    "serviceProvider",
];
const CONDITIONS: [&str; 12] = [
    "applications",
    "authenticationFlows",
    "clientApplications",
    "clientAppTypes",
    "devices",
    "insiderRiskLevels",
    "locations",
    "platforms",
    "servicePrincipalRiskLevels",
    "signInRiskLevels",
    "userRiskLevels",
    "users",
];
const USERS: [&str; 8] = [
    "includeUsers",
    "excludeUsers",
    "includeGroups",
    "excludeGroups",
    "includeRoles",
    "excludeRoles",
    "includeGuestsOrExternalUsers",
    "excludeGuestsOrExternalUsers",
];
const GRANTS: [&str; 5] = [
    "operator",
    "builtInControls",
    "customAuthenticationFactors",
    "termsOfUse",
    "authenticationStrength",
];

pub(super) fn malformed() -> Refusal {
    Refusal::bad_query(
        "The server could not process the request because it is malformed or incorrect.",
    )
}

/// A state that there is.
pub(super) fn state(text: Option<&str>) -> Result<&str, Refusal> {
    text.filter(|text| STATES.contains(text))
        .ok_or_else(malformed)
}

/// Refuses members that the schema does not have.
pub(super) fn no_other_members(conditions: &Value, controls: &Value) -> Result<(), Refusal> {
    let known = |value: &Value, names: &[&str]| {
        value.as_object().is_none_or(|members| {
            members
                .keys()
                .all(|name| name.contains('@') || names.contains(&name.as_str()))
        })
    };
    let fits = known(conditions, &CONDITIONS)
        && known(&conditions["users"], &USERS)
        && known(controls, &GRANTS);
    if fits { Ok(()) } else { Err(malformed()) }
}

/// Holds a whole policy against what there is in the tenant.
pub(super) fn check(
    tenant: &Tenant,
    policy: &ConditionalAccessPolicy,
    now: Timestamp,
) -> Result<(), Refusal> {
    let (conditions, controls) = (&policy.conditions, &policy.grant_controls);
    users(tenant, &conditions["users"], now)?;
    let apps = &conditions["applications"];
    let targets = texts(&apps["includeApplications"])?.len()
        + texts(&apps["includeUserActions"])?.len()
        + texts(&apps["includeAuthenticationContextClassReferences"])?.len();
    texts(&apps["excludeApplications"])?;
    if targets == 0 {
        return Err(malformed());
    }
    each_of(&conditions["clientAppTypes"], &CLIENTS)?;
    for risk in [
        "userRiskLevels",
        "signInRiskLevels",
        "servicePrincipalRiskLevels",
    ] {
        each_of(&conditions[risk], &RISKS)?;
    }
    if controls.is_null() && policy.session_controls.is_null() {
        return Err(malformed());
    }
    if !controls.is_null() {
        grants(tenant, controls)?;
    }
    Ok(())
}

fn users(tenant: &Tenant, users: &Value, now: Timestamp) -> Result<(), Refusal> {
    let mut included = 0;
    for list in ["includeUsers", "excludeUsers"] {
        let words = texts(&users[list])?;
        for word in &words {
            let known = matches!(*word, "All" | "None" | "GuestsOrExternalUsers")
                || is_there(word, |id| exists(tenant, id, now));
            if !known {
                return Err(malformed());
            }
        }
        included += if list == "includeUsers" {
            words.len()
        } else {
            0
        };
    }
    for list in ["includeGroups", "excludeGroups"] {
        let words = texts(&users[list])?;
        let known = |word: &&str| {
            is_there(word, |id| {
                tenant.groups.contains_key(id) && exists(tenant, id, now)
            })
        };
        if !words.iter().all(known) {
            return Err(malformed());
        }
        included += if list == "includeGroups" {
            words.len()
        } else {
            0
        };
    }
    for list in ["includeRoles", "excludeRoles"] {
        let words = texts(&users[list])?;
        if !words
            .iter()
            .all(|word| is_there(word, |id| role_by_template(id).is_some()))
        {
            return Err(malformed());
        }
        included += if list == "includeRoles" {
            words.len()
        } else {
            0
        };
    }
    for part in [
        "includeGuestsOrExternalUsers",
        "excludeGuestsOrExternalUsers",
    ] {
        if !users[part].is_null() {
            external(&users[part])?;
            included += usize::from(part == "includeGuestsOrExternalUsers");
        }
    }
    if included == 0 {
        return Err(malformed());
    }
    Ok(())
}

// The type of the list of tenants is abstract, so it must say which one it is.
fn external(value: &Value) -> Result<(), Refusal> {
    let types = value["guestOrExternalUserTypes"]
        .as_str()
        .ok_or_else(malformed)?;
    if !types.split(',').all(|one| EXTERNAL.contains(&one.trim())) {
        return Err(malformed());
    }
    let tenants = &value["externalTenants"];
    if tenants.is_null() {
        return Ok(());
    }
    let members = texts(&tenants["members"])?;
    let fits = match tenants["@odata.type"].as_str() {
        Some("#microsoft.graph.conditionalAccessEnumeratedExternalTenants") => {
            !members.is_empty()
                && members.iter().all(|id| id.parse::<Uuid>().is_ok())
                && tenants["membershipKind"] != "all"
        }
        Some("#microsoft.graph.conditionalAccessAllExternalTenants") => members.is_empty(),
        _ => false,
    };
    if fits { Ok(()) } else { Err(malformed()) }
}

fn grants(tenant: &Tenant, controls: &Value) -> Result<(), Refusal> {
    each_of(&controls["builtInControls"], &CONTROLS)?;
    if !matches!(controls["operator"].as_str(), Some("AND" | "OR")) {
        return Err(malformed());
    }
    let strength = &controls["authenticationStrength"];
    let built_in = texts(&controls["builtInControls"])?;
    if !strength.is_null() {
        let known = strength["id"]
            .as_str()
            .is_some_and(|id| authentication_strength::of(tenant, id).is_some());
        // An authentication strength and the plain second factor do not go together.
        if !known || built_in.contains(&"mfa") {
            return Err(malformed());
        }
    }
    let anything = !built_in.is_empty()
        || !strength.is_null()
        || !texts(&controls["customAuthenticationFactors"])?.is_empty()
        || !texts(&controls["termsOfUse"])?.is_empty();
    if anything { Ok(()) } else { Err(malformed()) }
}

fn texts(value: &Value) -> Result<Vec<&str>, Refusal> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(list) => list
            .iter()
            .map(|item| item.as_str().ok_or_else(malformed))
            .collect(),
        _ => Err(malformed()),
    }
}

fn each_of(value: &Value, known: &[&str]) -> Result<(), Refusal> {
    if texts(value)?.iter().all(|word| known.contains(word)) {
        Ok(())
    } else {
        Err(malformed())
    }
}

fn is_there(word: &str, look: impl FnOnce(&Uuid) -> bool) -> bool {
    word.parse().is_ok_and(|id| look(&id))
}
