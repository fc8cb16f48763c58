//! Whether a tenant's Conditional Access policies let a sign-in through. Report-only policies decide nothing. Conditions that this
//! cloud has no notion of (risk, places, platforms, devices) are met only where they take everything in.
// facts: api-gdap-hardening §2.9 to §2.11, own-app-and-tokens §2.2 and §5

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::refusal::Refusal;
use crate::clock::later;
use crate::state::{ConditionalAccessPolicy, Tenant};

/// What "every time" allows between two sign-ins, seconds.
const SLACK: i64 = 300;

/// A sign-in, or the use of one, that the policies of a tenant judge.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// The tenant whose policies count.
    pub tenant: &'a Tenant,
    /// Who.
    pub who: Who,
    /// Template ids of the roles that count there.
    pub roles: Vec<Uuid>,
    /// Ids of the groups that count there.
    pub groups: Vec<Uuid>,
    /// App id of the resource.
    pub resource: Uuid,
    /// Whether the client is public: a mobile or desktop app.
    pub public_client: bool,
    /// Whether the phone was used.
    pub mfa: bool,
    /// When the person signed in.
    pub signed_in: Timestamp,
    /// The present moment.
    pub now: Timestamp,
}

/// How an account stands to a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// An account of the tenant.
    Member(Uuid),
    /// A guest account, and the home tenant of its person.
    Guest(Uuid, Uuid),
    /// Somebody of a partner's tenant who comes through a relationship.
    ServiceProvider(Uuid),
}

impl Attempt<'_> {
    /// Refuses what a policy refuses. A policy that wants more proof is named after those that block.
    pub fn judge(&self) -> Result<(), Refusal> {
        let mut wanting = None;
        for policy in self.tenant.conditional_access.values() {
            if policy.state != "enabled" || !self.is_met_by(policy) {
                continue;
            }
            match self.controls(policy) {
                Ok(()) => {}
                Err(refusal @ Refusal::SecondProofNeeded(_)) => wanting = Some(refusal),
                Err(refusal) => return Err(refusal),
            }
        }
        wanting.map_or(Ok(()), Err)
    }

    fn is_met_by(&self, policy: &ConditionalAccessPolicy) -> bool {
        let conditions = &policy.conditions;
        self.users(&conditions["users"])
            && self.apps(&conditions["applications"])
            && self.client(&conditions["clientAppTypes"])
            && [
                "userRiskLevels",
                "signInRiskLevels",
                "servicePrincipalRiskLevels",
            ]
            .iter()
            .all(|name| words(&conditions[*name]).next().is_none())
            && takes_all(&conditions["locations"], "includeLocations")
            && takes_all(&conditions["platforms"], "includePlatforms")
            && ["devices", "authenticationFlows", "insiderRiskLevels"]
                .iter()
                .all(|name| conditions[*name].is_null())
    }

    fn users(&self, users: &Value) -> bool {
        let holds_id = |list: &str, ids: &[Uuid]| {
            words(&users[list]).any(|word| ids.iter().any(|id| id.to_string() == word))
        };
        let own: Vec<Uuid> = match self.who {
            Who::Member(id) | Who::Guest(id, _) => vec![id],
            Who::ServiceProvider(_) => Vec::new(),
        };
        let external = !matches!(self.who, Who::Member(_));
        let named = |list: &str| {
            words(&users[list])
                .any(|word| word == "All" || (word == "GuestsOrExternalUsers" && external))
                || holds_id(list, &own)
        };
        let included = named("includeUsers")
            || holds_id("includeGroups", &self.groups)
            || holds_id("includeRoles", &self.roles)
            || self.is_external(&users["includeGuestsOrExternalUsers"]);
        let excluded = named("excludeUsers")
            || holds_id("excludeGroups", &self.groups)
            || holds_id("excludeRoles", &self.roles)
            || self.is_external(&users["excludeGuestsOrExternalUsers"]);
        included && !excluded
    }

    // One list of tenants counts for all the types of users that are named beside it.
    fn is_external(&self, value: &Value) -> bool {
        let (kind, home) = match self.who {
            Who::Member(_) => return false,
            Who::Guest(_, home) => ("b2bCollaborationGuest", home),
            Who::ServiceProvider(home) => ("serviceProvider", home),
        };
        let types = value["guestOrExternalUserTypes"]
            .as_str()
            .unwrap_or_default();
        if !types.split(',').any(|one| one.trim() == kind) {
            return false;
        }
        let tenants = &value["externalTenants"];
        tenants["membershipKind"] != "enumerated"
            || words(&tenants["members"]).any(|id| id.eq_ignore_ascii_case(&home.to_string()))
    }

    fn apps(&self, apps: &Value) -> bool {
        let resource = self.resource.to_string();
        let named = |list: &str| {
            words(&apps[list]).any(|word| word == "All" || word.eq_ignore_ascii_case(&resource))
        };
        named("includeApplications") && !named("excludeApplications")
    }

    fn client(&self, kinds: &Value) -> bool {
        let own = if self.public_client {
            "mobileAppsAndDesktopClients"
        } else {
            "browser"
        };
        words(kinds).next().is_none() || words(kinds).any(|kind| kind == "all" || kind == own)
    }

    fn controls(&self, policy: &ConditionalAccessPolicy) -> Result<(), Refusal> {
        self.grant(policy)?;
        self.session(&policy.session_controls)
    }

    fn grant(&self, policy: &ConditionalAccessPolicy) -> Result<(), Refusal> {
        let controls = &policy.grant_controls;
        let built_in = words(&controls["builtInControls"]).map(|control| match control {
            "block" => Err(Refusal::AccessBlocked),
            "mfa" => self.second_proof(policy),
            "compliantDevice" => Err(Refusal::DeviceNotCompliant),
            "domainJoinedDevice" => Err(Refusal::DeviceNotJoined),
            "approvedApplication" | "compliantApplication" => Err(Refusal::AccessBlocked),
            _ => Ok(()),
        });
        let custom = words(&controls["customAuthenticationFactors"]).map(|_| {
            // A proof of somebody else's is not asked of people who only pass through.
            Err(match self.who {
                Who::ServiceProvider(_) => Refusal::ChallengeNotSupported,
                _ => Refusal::ForeignProof,
            })
        });
        let strength = (!controls["authenticationStrength"].is_null())
            .then(|| self.strength(policy, &controls["authenticationStrength"]));
        let results: Vec<Result<(), Refusal>> = built_in.chain(custom).chain(strength).collect();
        let refused = results.iter().find_map(|result| result.clone().err());
        let one_is_enough = controls["operator"] != "AND";
        match refused {
            Some(_) if one_is_enough && results.iter().any(Result::is_ok) => Ok(()),
            Some(refusal) => Err(refusal),
            None => Ok(()),
        }
    }

    fn second_proof(&self, policy: &ConditionalAccessPolicy) -> Result<(), Refusal> {
        if self.mfa {
            Ok(())
        } else {
            Err(Refusal::SecondProofNeeded(Some(policy.id)))
        }
    }

    // The only second proof here is a number on the Authenticator app.
    fn strength(&self, policy: &ConditionalAccessPolicy, strength: &Value) -> Result<(), Refusal> {
        let known = strength["id"].as_str().unwrap_or_default();
        let push = match known {
            "00000000-0000-0000-0000-000000000002" => true,
            "00000000-0000-0000-0000-000000000003" | "00000000-0000-0000-0000-000000000004" => {
                false
            }
            own => own
                .parse()
                .ok()
                .and_then(|id: Uuid| self.tenant.strengths.get(&id))
                .is_some_and(|own| {
                    own.combinations
                        .iter()
                        .any(|one| one == "password,microsoftAuthenticatorPush")
                }),
        };
        if push {
            self.second_proof(policy)
        } else {
            Err(Refusal::AccessBlocked)
        }
    }

    fn session(&self, controls: &Value) -> Result<(), Refusal> {
        let on = |name: &str| controls[name]["isEnabled"] == true;
        if on("secureSignInSession") && self.public_client {
            return Err(Refusal::TokenNotProtected);
        }
        if !on("signInFrequency") {
            return Ok(());
        }
        let frequency = &controls["signInFrequency"];
        if matches!(self.who, Who::ServiceProvider(_)) {
            return Err(Refusal::SessionControlNotSupported);
        }
        let hours = match frequency["type"].as_str() {
            Some("days") => 24,
            _ => 1,
        };
        let allowed = match frequency["frequencyInterval"].as_str() {
            Some("everyTime") => SLACK,
            _ => frequency["value"].as_i64().unwrap_or(1) * hours * 3_600,
        };
        if later(self.signed_in, allowed) < self.now {
            Err(Refusal::SignInTooOld)
        } else {
            Ok(())
        }
    }
}

fn words(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

fn takes_all(condition: &Value, list: &str) -> bool {
    condition.is_null() || words(&condition[list]).any(|word| word.eq_ignore_ascii_case("all"))
}
