//! Policies of a tenant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A Conditional Access policy. Its rules are in Graph's own form, every member present: [`conditions`] and [`grant_controls`]
/// bring them into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionalAccessPolicy {
    /// Policy id.
    pub id: Uuid,
    /// Name shown to people.
    pub display_name: String,
    /// `enabled`, `disabled` or `enabledForReportingButNotEnforced`.
    pub state: String,
    /// Conditions as Graph writes them.
    pub conditions: Value,
    /// Grant controls as Graph writes them; null without.
    pub grant_controls: Value,
    /// Session controls as Graph writes them; null without.
    #[serde(default)]
    pub session_controls: Value,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    #[serde(default)]
    pub modified: Option<Timestamp>,
}

/// An authentication strength that the tenant made: which combinations of proofs count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticationStrength {
    /// Id.
    pub id: Uuid,
    /// Name shown to people.
    pub display_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Combinations such as `password,microsoftAuthenticatorPush`.
    pub combinations: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// Conditions with every member that Graph shows.
pub fn conditions(sent: &Value) -> Value {
    let shape = json!({
        "clientAppTypes": ["all"],
        "userRiskLevels": [],
        "signInRiskLevels": [],
        "servicePrincipalRiskLevels": [],
        "insiderRiskLevels": null,
        "authenticationFlows": null,
        "clientApplications": null,
        "devices": null,
        "locations": null,
        "platforms": null,
        "applications": {
            "includeApplications": [], "excludeApplications": [], "includeUserActions": [],
            "includeAuthenticationContextClassReferences": [], "applicationFilter": null,
        },
        "users": {
            "includeUsers": [], "excludeUsers": [], "includeGroups": [], "excludeGroups": [], "includeRoles": [], "excludeRoles": [],
            "includeGuestsOrExternalUsers": null, "excludeGuestsOrExternalUsers": null,
        },
    });
    over(shape, sent)
}

/// Grant controls with every member that Graph shows; null stays null.
pub fn grant_controls(sent: &Value) -> Value {
    if sent.is_null() {
        return Value::Null;
    }
    let shape = json!({
        "operator": "OR", "builtInControls": [], "customAuthenticationFactors": [], "termsOfUse": [], "authenticationStrength": null,
    });
    over(shape, sent)
}

/// Session controls with every member that Graph shows; null stays null.
pub fn session_controls(sent: &Value) -> Value {
    if sent.is_null() {
        return Value::Null;
    }
    let shape = json!({
        "disableResilienceDefaults": null, "applicationEnforcedRestrictions": null, "cloudAppSecurity": null, "persistentBrowser": null,
        "secureSignInSession": null, "signInFrequency": null,
    });
    over(shape, sent)
}

// Objects that the shape knows are filled up; lists and everything else are taken as they are.
fn over(shape: Value, sent: &Value) -> Value {
    match (shape, sent) {
        (Value::Object(shape), Value::Object(sent)) => {
            let mut filled: Map<String, Value> = shape;
            for (name, value) in sent {
                let known = filled.remove(name).unwrap_or(Value::Null);
                let keep = value.is_null() && known.is_array();
                filled.insert(name.clone(), if keep { known } else { over(known, value) });
            }
            Value::Object(filled)
        }
        (_, sent) => sent.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_sent_is_filled_up() {
        let filled = conditions(
            &json!({ "users": { "includeUsers": ["All"], "excludeUsers": null }, "clientAppTypes": ["browser"] }),
        );
        assert_eq!(filled["users"]["includeUsers"], json!(["All"]));
        assert_eq!(filled["users"]["excludeUsers"], json!([]));
        assert_eq!(filled["users"]["excludeGuestsOrExternalUsers"], Value::Null);
        assert_eq!(filled["clientAppTypes"], json!(["browser"]));
        assert_eq!(conditions(&filled), filled);
        assert_eq!(grant_controls(&Value::Null), Value::Null);
        assert_eq!(
            grant_controls(&json!({ "builtInControls": ["block"] }))["operator"],
            "OR"
        );
    }
}
