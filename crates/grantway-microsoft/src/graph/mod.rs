//! Microsoft Graph v1.0: one file per resource, with its wire type and its calls.
//!
//! Wire types hold what the service says and nothing more; changes and reads turn them into core's types. Unknown words in
//! evolvable enumerations stay text. Every call names only properties that it uses (`$select`), which costs less and shows less.

pub mod access_assignment;
pub mod app_policy;
pub mod application;
pub mod audit_log;
pub mod authentication;
pub mod authentication_methods_policy;
pub mod authentication_strength;
pub mod conditional_access;
pub mod customer;
pub mod deleted_item;
pub mod domain;
pub mod group;
pub mod licence;
pub mod membership;
pub mod operation;
pub mod organization;
pub mod permission;
pub mod person;
pub mod relationship;
pub mod role_assignment;
pub mod role_schedule;
pub mod security_defaults;
pub mod service_principal;
pub mod tenant_information;
pub mod user;
pub mod way;

use std::sync::Arc;

use grantway_core::change::Context;
use grantway_core::{Actor, TenantId, Timestamp};

use self::conditional_access::PolicyLists;
use crate::clouds::Cloud;
use crate::http::{Api, Gates, Service, Tokens, Transport};
use crate::partner_center::PartnerCenter;

/// Graph in one tenant.
#[derive(Clone)]
pub struct Graph {
    pub(crate) service: Service,
    pub(crate) policies: Arc<PolicyLists>,
}

/// Graph in any tenant: what changes and reads hold.
#[derive(Clone)]
pub struct Graphs {
    /// The HTTP client.
    pub transport: Arc<Transport>,
    /// The cloud.
    pub cloud: Arc<Cloud>,
    /// Who hands out tokens.
    pub tokens: Arc<dyn Tokens>,
    /// Who is to be left alone; shared by the whole process.
    pub gates: Arc<Gates>,
    /// Lists of access policies that are being read; shared by the whole process.
    pub policies: Arc<PolicyLists>,
}

impl Graphs {
    /// Graph where a change acts, in the name in which it acts.
    pub fn at(&self, cx: &Context<'_>) -> Graph {
        self.of(cx.actor.as_ref(), cx.tenant)
    }

    /// Graph in that tenant, in somebody's name.
    pub fn of(&self, actor: Option<&Actor>, tenant: TenantId) -> Graph {
        Graph {
            service: self.service(Api::Graph, tenant, actor),
            policies: Arc::clone(&self.policies),
        }
    }

    /// Partner Center, called from the actor's own tenant; none where the cloud lacks it.
    pub fn partner_center(&self, actor: &Actor) -> Option<PartnerCenter> {
        self.cloud.partner_center()?;
        let service = self.service(Api::PartnerCenter, actor.home, Some(actor));
        Some(PartnerCenter::over(service))
    }

    fn service(&self, api: Api, tenant: TenantId, actor: Option<&Actor>) -> Service {
        Service::new(
            Arc::clone(&self.transport),
            Arc::clone(&self.cloud),
            Arc::clone(&self.tokens),
            Arc::clone(&self.gates),
            api,
            (tenant, actor.cloned()),
        )
    }
}

impl Graph {
    /// The tenant.
    pub fn tenant(&self) -> TenantId {
        self.service.tenant()
    }

    /// The address by which one object refers to another.
    pub(crate) fn reference(&self, object: &str) -> String {
        self.service
            .cloud
            .graph()
            .join(&format!("/v1.0/directoryObjects/{object}"))
            .to_string()
    }
}

/// A moment as it is sent: no service needs more, and not every one takes nine digits behind the point.
fn whole_seconds(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}
