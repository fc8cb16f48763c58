//! The cloud file: how a client learns where this cloud answers. The same form as a client's built-in clouds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cloud::Cloud;
use crate::hosts::Service;
use crate::practice::ControlAddress;

/// Where a cloud answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudFile {
    /// Short id, also the last part of the redirect address.
    pub id: String,
    /// `practice`
    pub kind: String,
    /// Name for people.
    pub name: String,
    /// Sign-in service.
    pub login: String,
    /// Graph.
    pub graph: String,
    /// Partner Center's API.
    pub partner_center: String,
    /// Client id that this cloud offers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Uuid>,
    /// Hosts of sign-in pages.
    pub sign_in_hosts: Vec<String>,
    /// Named start pages.
    pub portals: BTreeMap<String, String>,
    /// The control API.
    pub control: ControlAddress,
}

impl CloudFile {
    pub(crate) fn of(cloud: &Cloud, control: &ControlAddress) -> Self {
        let login = cloud.hosts.base(Service::Login);
        Self {
            id: "practice".to_owned(),
            kind: "practice".to_owned(),
            name: "Practice cloud".to_owned(),
            graph: cloud.hosts.base(Service::Graph),
            partner_center: cloud.hosts.base(Service::PartnerCenter),
            client_id: cloud.read(|world| world.client_id),
            sign_in_hosts: vec![cloud.hosts.authority(Service::Login)],
            portals: BTreeMap::from([
                (
                    "vendor".to_owned(),
                    format!("{}/", cloud.hosts.base(Service::Vendor)),
                ),
                ("security_info".to_owned(), format!("{login}/security-info")),
                (
                    "admin".to_owned(),
                    format!("{}/", cloud.hosts.base(Service::Portal)),
                ),
                (
                    "relationship_invitation".to_owned(),
                    format!(
                        "{}/AdminPortal/Home#/partners/invitation/granularAdminRelationships/",
                        cloud.hosts.base(Service::Portal)
                    ),
                ),
                (
                    "purview".to_owned(),
                    format!("{}/audit/auditsearch", cloud.hosts.base(Service::Portal)),
                ),
                (
                    "audit".to_owned(),
                    format!(
                        "{}/audit/auditsearch?tid={{tenant}}",
                        cloud.hosts.base(Service::Portal)
                    ),
                ),
                (
                    "app_registration".to_owned(),
                    format!("{}/registrations/new", cloud.hosts.base(Service::Portal)),
                ),
            ]),
            control: control.clone(),
            login,
        }
    }

    /// The file as TOML.
    pub fn to_toml(&self) -> String {
        // Plain texts and tables always have a TOML form.
        toml::to_string(self).unwrap_or_default()
    }
}
