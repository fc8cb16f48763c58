//! The whole state of one practice cloud.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Application, PhonePrompt, Relationship, Relationships, SignIns, Tenant, Tenants, Tokens, User,
    VendorPortal,
};

/// Everything that a scenario starts with and that people and programs change afterwards.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct World {
    /// Which scenario this is.
    pub scenario: ScenarioTag,
    /// The tenants, by id.
    pub tenants: Tenants,
    /// The registered applications of all tenants, by client id.
    pub applications: BTreeMap<Uuid, Application>,
    /// The client id that this cloud offers to the app that practises on it.
    pub client_id: Option<Uuid>,
    /// Delegated admin relationships, by id.
    pub relationships: Relationships,
    /// The vendor's portal.
    pub vendor_portal: VendorPortal,
    /// Sessions, codes and refresh tokens of the sign-in service.
    pub sign_ins: SignIns,
    /// Access tokens that were handed out.
    pub tokens: Tokens,
    /// Answers of Partner Center by the id of the request, so that a repeated request is answered again and not done again.
    #[serde(default)]
    pub partner_answers: BTreeMap<String, PartnerAnswer>,
    /// Prompts that wait on the pretend phone, oldest first.
    pub phone: Vec<PhonePrompt>,
    /// How long writes take to be seen.
    pub propagation: Propagation,
    /// What goes wrong on purpose in this scenario.
    pub quirks: Quirks,
    /// The accounts that a person plays, for the list beside the screen.
    pub people: Vec<PersonCard>,
}

/// Names a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioTag {
    /// Short id, `in-order`.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// What one learns from it, a sentence.
    pub teaches: String,
}

/// How long a write takes to be seen elsewhere. Seconds of practice time.
// facts: api-gdap-hardening §4.3 gives the range; the scenario chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Propagation {
    /// A new user, group or service principal cannot be read by id for so long.
    pub new_object: i64,
    /// A list does not show a new object for so long.
    pub list: i64,
    /// An access assignment stays pending for so long.
    pub assignment: i64,
    /// A directory role takes effect after so long.
    pub role: i64,
    /// A consent takes effect in Graph after so long.
    pub consent: i64,
    /// The registration report lags behind by so long.
    pub report: i64,
    /// A relationship that has become active gives no access for so long.
    pub relationship: i64,
    /// Searches do not see for so long that the audit log was switched on.
    pub audit: i64,
}

impl Default for Propagation {
    fn default() -> Self {
        Self {
            new_object: 2,
            list: 2,
            assignment: 30,
            role: 0,
            consent: 2,
            report: 3600,
            relationship: 0,
            audit: 3600,
        }
    }
}

/// What goes wrong on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quirks {
    /// The sign-in page goes on with an older session although the vendor asked for a new sign-in: the second prompt is missing.
    pub second_prompt_missing: bool,
}

/// What Partner Center answered to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerAnswer {
    /// When.
    pub at: Timestamp,
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: serde_json::Value,
}

/// An account of the scenario, as a training aid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCard {
    /// Sign-in name.
    pub upn: String,
    /// The tenant it belongs to; none for an account of the vendor's portal.
    pub tenant: Option<Uuid>,
    /// What the person is, in a few words.
    pub role: String,
}

impl World {
    /// A tenant by id.
    pub fn tenant(&self, id: &Uuid) -> Option<&Tenant> {
        self.tenants.get(id)
    }

    /// A tenant by id, to change it.
    pub fn tenant_mut(&mut self, id: &Uuid) -> Option<&mut Tenant> {
        self.tenants.get_mut(id)
    }

    /// The tenant that owns a domain, compared without regard to case.
    pub fn tenant_by_domain(&self, domain: &str) -> Option<&Tenant> {
        self.tenants.by_domain(domain)
    }

    /// The tenant and user of a sign-in name, compared without regard to case.
    pub fn user_by_upn(&self, upn: &str) -> Option<(&Tenant, &User)> {
        let tenant = self.tenant_by_domain(upn.rsplit('@').next()?)?;
        Some((tenant, tenant.user_by_upn(upn)?))
    }

    /// An application by the object id of its registration in a tenant.
    pub fn application_by_object(&self, tenant: &Uuid, object: &Uuid) -> Option<&Application> {
        self.applications
            .values()
            .find(|app| app.owner_tenant == *tenant && app.object_id == *object)
    }

    /// A user of a tenant, to change it.
    pub fn user_mut(&mut self, tenant: &Uuid, user: &Uuid) -> Option<&mut User> {
        self.tenants.get_mut(tenant)?.users.get_mut(user)
    }

    /// The active relationships that lead from a provider's tenant into a customer's.
    pub fn relationships_between(
        &self,
        provider: Uuid,
        customer: Uuid,
    ) -> impl Iterator<Item = &Relationship> {
        self.relationships
            .of_customer(customer)
            .filter(move |relationship| relationship.provider_tenant == provider)
    }
}
