//! Building a tenant: its domains, licences, groups, users, policies and consents.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Builder, json};
use crate::scenario::error::ScenarioError;
use crate::scenario::file::{TenantFile, UserFile};
use crate::state::{
    Application, AuditLog, Authenticator, ConditionalAccessPolicy, DelegatedGrant, Domain,
    DomainKind, GrantReach, Group, Partner, Password, PersonCard, ResourceOffer, RoleAssignment,
    ServicePrincipal, Sku, Tenant, User, UserKind, conditions, grant_controls, graph_offer,
    resource_offer, role_by_name, session_controls, sku_by_part_number,
};

impl Builder<'_> {
    pub(super) fn tenant(
        &self,
        file: &TenantFile,
        applications: &BTreeMap<Uuid, Application>,
        people: &mut Vec<PersonCard>,
    ) -> Result<Tenant, ScenarioError> {
        let id = *file.id.get_ref();
        self.practice_domain(&file.initial_domain, "initial_domain")?;
        self.practice_domain(&file.domain, "domain")?;
        if !file
            .initial_domain
            .get_ref()
            .ends_with(".onmicrosoft.example")
        {
            return Err(self.wrong(
                &file.initial_domain,
                "initial_domain",
                "an initial domain ends in `.onmicrosoft.example`".to_owned(),
            ));
        }
        let kind = if file.federated {
            DomainKind::Federated
        } else {
            DomainKind::Managed
        };
        let mut tenant = Tenant {
            id,
            display_name: file.name.clone(),
            country: file.country.clone(),
            created: self.ago(900),
            domains: vec![
                Domain {
                    name: file.initial_domain.get_ref().to_ascii_lowercase(),
                    kind: DomainKind::Managed,
                    verified: true,
                    default: false,
                    initial: true,
                },
                Domain {
                    name: file.domain.get_ref().to_ascii_lowercase(),
                    kind,
                    verified: true,
                    default: true,
                    initial: false,
                },
            ],
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            service_principals: BTreeMap::new(),
            role_assignments: BTreeMap::new(),
            delegated_grants: BTreeMap::new(),
            app_role_assignments: BTreeMap::new(),
            skus: Vec::new(),
            security_defaults: file.security_defaults,
            conditional_access: BTreeMap::new(),
            recycle_bin: BTreeMap::new(),
            strengths: BTreeMap::new(),
            authenticator_allowed: file.authenticator_allowed,
            role_requests: BTreeMap::new(),
            audit_log: if file.audit_log {
                AuditLog::recording(self.ago(700))
            } else {
                AuditLog::default()
            },
            multi_tenant_apps_refused: file.multi_tenant_apps_refused,
            apps_by_administrators: file.apps_by_administrators,
            partner: file.partner.then(|| Partner {
                indirect_reseller: file.indirect_reseller,
                customers: BTreeSet::new(),
            }),
        };
        for licence in &file.licences {
            let Some(sku) = sku_by_part_number(licence.sku.get_ref()) else {
                return Err(self.wrong(
                    &licence.sku,
                    "sku",
                    format!(
                        "`{}` is not in the practice cloud's list of licences",
                        licence.sku.get_ref()
                    ),
                ));
            };
            let counts = crate::state::SkuCounts {
                enabled: licence.enabled,
                consumed: licence.consumed,
            };
            tenant.skus.push(Sku {
                counts,
                status: licence.status.clone(),
                ..sku
            });
        }
        for group in &file.groups {
            tenant.groups.insert(
                *group.id.get_ref(),
                Group {
                    id: *group.id.get_ref(),
                    display_name: group.name.clone(),
                    description: group.description.clone(),
                    mail_nickname: group
                        .name
                        .chars()
                        .filter(char::is_ascii_alphanumeric)
                        .collect(),
                    unique_name: None,
                    security_enabled: true,
                    mail_enabled: false,
                    assignable_to_role: false,
                    members: BTreeSet::new(),
                    owners: BTreeSet::new(),
                    created: self.ago(800),
                    visible_from: self.ago(800),
                },
            );
        }
        if file.partner && tenant.admin_agents().is_none() {
            return Err(self.wrong(
                &file.key,
                "partner",
                "a partner's tenant needs a group named `AdminAgents`".to_owned(),
            ));
        }
        for user in &file.users {
            self.user(user, &mut tenant)?;
            if let Some(plays) = &user.plays {
                people.push(PersonCard {
                    upn: user.upn.get_ref().clone(),
                    tenant: Some(id),
                    role: plays.clone(),
                });
            }
        }
        for policy in &file.policies {
            tenant.conditional_access.insert(
                policy.id,
                ConditionalAccessPolicy {
                    id: policy.id,
                    display_name: policy.name.clone(),
                    state: policy.state.clone(),
                    conditions: conditions(&json(Some(&policy.conditions))),
                    grant_controls: grant_controls(&json(policy.grant_controls.as_ref())),
                    session_controls: session_controls(&json(policy.session_controls.as_ref())),
                    created: self.ago(400),
                    modified: None,
                },
            );
        }
        self.resource(&mut tenant, graph_offer());
        for consent in &file.consented {
            let Some(application) = applications.get(consent.client_id.get_ref()) else {
                return Err(self.wrong(
                    &consent.client_id,
                    "client_id",
                    "no application of this file has this id".to_owned(),
                ));
            };
            let offer = match &consent.resource {
                None => graph_offer(),
                Some(id) => resource_offer(id.get_ref()).ok_or_else(|| {
                    self.wrong(
                        id,
                        "resource",
                        "the practice cloud offers nothing under this id".to_owned(),
                    )
                })?,
            };
            let resource = self.resource(&mut tenant, offer);
            let client = match tenant.service_principal_by_app(&application.client_id) {
                Some(known) => known.id,
                None => {
                    let id = self.ids.guid();
                    let made = self.ago(200);
                    let principal = ServicePrincipal::of(id, application, made, made);
                    tenant.service_principals.insert(id, principal);
                    id
                }
            };
            if let Some(principal) = tenant.service_principals.get_mut(&client) {
                principal.enabled = consent.enabled;
            }
            if consent.scopes.is_empty() {
                continue;
            }
            let grant = DelegatedGrant {
                id: self.ids.secret(),
                client,
                resource,
                reach: GrantReach::AllPrincipals,
                scopes: consent.scopes.clone(),
                effective_from: self.ago(200),
            };
            tenant.delegated_grants.insert(grant.id.clone(), grant);
        }
        Ok(tenant)
    }

    fn user(&self, file: &UserFile, tenant: &mut Tenant) -> Result<(), ScenarioError> {
        let id = *file.id.get_ref();
        let domain = self.practice_account(&file.upn, "upn")?;
        if tenant.domain(domain).is_none() {
            return Err(self.wrong(
                &file.upn,
                "upn",
                format!("`{domain}` is no domain of this tenant"),
            ));
        }
        let (given, family) = file
            .name
            .split_once(' ')
            .unwrap_or((file.name.as_str(), ""));
        let user = User {
            id,
            upn: file.upn.get_ref().clone(),
            display_name: file.name.clone(),
            mail_nickname: file
                .upn
                .get_ref()
                .split('@')
                .next()
                .unwrap_or_default()
                .to_owned(),
            given_name: Some(given.to_owned()),
            surname: (!family.is_empty()).then(|| family.to_owned()),
            job_title: file.job.clone(),
            mail: Some(file.upn.get_ref().clone()),
            usage_location: Some(tenant.country.clone()),
            kind: if file.guest_of.is_some() {
                UserKind::Guest
            } else {
                UserKind::Member
            },
            enabled: true,
            password: Password::Practice(file.password.clone()),
            must_change_password: file.must_change_password,
            last_password_change: self.ago(120),
            authenticators: if file.authenticator {
                vec![Authenticator {
                    id: self.ids.guid(),
                    device_name: "Practice phone".to_owned(),
                    app_version: "6.2409.6094".to_owned(),
                    created: self.ago(120),
                }]
            } else {
                Vec::new()
            },
            created: self.ago(500),
            visible_from: self.ago(500),
            guest_of: None,
            sessions_valid_from: None,
            second_proof_skipped: file.second_proof_skipped,
        };
        if tenant.users.insert(id, user).is_some() {
            return Err(self.wrong(
                &file.id,
                "id",
                "another user of this tenant has this id".to_owned(),
            ));
        }
        for name in &file.roles {
            let Some(role) = role_by_name(name.get_ref()) else {
                return Err(self.wrong(
                    name,
                    "roles",
                    format!(
                        "`{}` is no directory role that the practice cloud knows",
                        name.get_ref()
                    ),
                ));
            };
            let assignment = RoleAssignment {
                id: self.ids.secret(),
                role: role.template,
                principal: id,
                effective_from: self.ago(300),
                visible_from: self.ago(300),
                ends: None,
            };
            tenant
                .role_assignments
                .insert(assignment.id.clone(), assignment);
        }
        for name in &file.groups {
            let Some(group) = tenant
                .groups
                .values_mut()
                .find(|group| group.display_name == *name.get_ref())
            else {
                return Err(self.wrong(
                    name,
                    "groups",
                    format!("this tenant has no group `{}`", name.get_ref()),
                ));
            };
            group.members.insert(id);
        }
        Ok(())
    }

    /// The service principal of a resource of Microsoft's own, made when it is not there yet.
    fn resource(&self, tenant: &mut Tenant, offer: &ResourceOffer) -> Uuid {
        if let Some(known) = tenant.service_principal_by_app(&offer.app_id) {
            return known.id;
        }
        let id = self.ids.guid();
        let principal = ServicePrincipal::of_resource(id, offer, self.ago(900), self.ago(900));
        tenant.service_principals.insert(id, principal);
        id
    }
}
