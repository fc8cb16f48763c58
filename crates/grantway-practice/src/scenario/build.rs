//! Builds a world from a scenario file and refuses what does not fit together.

mod crowd;
mod tenant;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use toml::Spanned;
use uuid::Uuid;

use super::error::{ScenarioError, line_of};
use super::file::{ApplicationFile, RelationshipFile, ScenarioFile, UserFile};
use super::names::is_practice_name;
use crate::clock::later;
use crate::ids::{Ids, fingerprint};
use crate::state::{
    AccessAssignment, Application, GRAPH, GuestOf, PersonCard, Publisher, Relationship,
    RelationshipStage, Relationships, RequestedPermissions, ScenarioTag, ServicePrincipal, SignIns,
    Tenants, Tokens, VendorAccount, VendorPortal, World, graph_offer, role_by_name,
};

const DAY: i64 = 86_400;

pub(super) fn world(
    text: &str,
    ids: &Ids,
    start: Timestamp,
    size: Option<u32>,
) -> Result<World, ScenarioError> {
    let mut file: ScenarioFile = toml::from_str(text).map_err(|error| ScenarioError::Form {
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })?;
    match (&mut file.customers, size) {
        (Some(customers), Some(size)) => customers.count = size,
        (None, Some(_)) => {
            return Err(ScenarioError::Form {
                line: 1,
                message: "this scenario has no crowd of customers, so it has one size only"
                    .to_owned(),
            });
        }
        _ => {}
    }
    Builder { text, ids, start }.world(file)
}

struct Builder<'a> {
    text: &'a str,
    ids: &'a Ids,
    start: Timestamp,
}

impl Builder<'_> {
    fn world(&self, file: ScenarioFile) -> Result<World, ScenarioError> {
        let mut applications = BTreeMap::new();
        for known in [crate::portal::application(), command_line_tools()] {
            applications.insert(known.client_id, known);
        }
        for application in &file.applications {
            if applications
                .insert(
                    *application.client_id.get_ref(),
                    self.application(application)?,
                )
                .is_some()
            {
                return Err(self.wrong(
                    &application.client_id,
                    "client_id",
                    "another application has this id".to_owned(),
                ));
            }
        }
        if let Some(client_id) = &file.client_id
            && !applications.contains_key(client_id.get_ref())
        {
            return Err(self.wrong(
                client_id,
                "client_id",
                "no application of this file has this id".to_owned(),
            ));
        }
        if !applications.contains_key(file.vendor_portal.application.get_ref()) {
            return Err(self.wrong(
                &file.vendor_portal.application,
                "application",
                "no application of this file has this id".to_owned(),
            ));
        }

        let mut keys: BTreeMap<&str, (Uuid, &str)> = BTreeMap::new();
        let mut tenants = Tenants::default();
        let mut people = Vec::new();
        for tenant in &file.tenants {
            if keys
                .insert(
                    tenant.key.get_ref(),
                    (*tenant.id.get_ref(), tenant.name.as_str()),
                )
                .is_some()
            {
                return Err(self.wrong(
                    &tenant.key,
                    "key",
                    format!("another tenant is called `{}`", tenant.key.get_ref()),
                ));
            }
            if !tenants.insert(self.tenant(tenant, &applications, &mut people)?) {
                return Err(self.wrong(&tenant.id, "id", "another tenant has this id".to_owned()));
            }
        }

        let mut relationships = Relationships::default();
        let mut customers: BTreeSet<Uuid> = BTreeSet::new();
        if let Some(crowd) = &file.customers {
            let client = file
                .client_id
                .as_ref()
                .and_then(|id| applications.get(id.get_ref()));
            customers = self.crowd(
                crowd,
                &keys,
                client,
                &mut tenants,
                &mut relationships,
                &mut people,
            )?;
        }
        for tenant in &file.tenants {
            for user in &tenant.users {
                self.guest(*tenant.id.get_ref(), user, &mut tenants)?;
            }
        }
        customers.extend(
            file.tenants
                .iter()
                .filter(|tenant| !tenant.partner && tenant.known_to_partner_center)
                .map(|tenant| *tenant.id.get_ref()),
        );
        for tenant in file.tenants.iter().filter(|tenant| tenant.partner) {
            if let Some(partner) = tenants
                .get_mut(tenant.id.get_ref())
                .and_then(|tenant| tenant.partner.as_mut())
            {
                partner.customers.clone_from(&customers);
            }
        }

        // Registering an application makes its service principal in the same tenant.
        for application in applications.values() {
            if let Some(tenant) = tenants.get_mut(&application.owner_tenant)
                && tenant
                    .service_principal_by_app(&application.client_id)
                    .is_none()
            {
                let id = self.ids.guid();
                let made = self.ago(400);
                let principal = ServicePrincipal::of(id, application, made, made);
                tenant.service_principals.insert(id, principal);
            }
        }

        for relationship in &file.relationships {
            let built = self.relationship(relationship, &keys, &tenants)?;
            if !relationships.insert(built) {
                return Err(self.wrong(
                    &relationship.id,
                    "id",
                    "another relationship has this id".to_owned(),
                ));
            }
        }

        let mut accounts = Vec::new();
        for account in &file.vendor_portal.accounts {
            self.practice_account(&account.email, "email")?;
            people.push(PersonCard {
                upn: account.email.get_ref().clone(),
                tenant: None,
                role: account.plays.clone(),
            });
            accounts.push(VendorAccount {
                email: account.email.get_ref().clone(),
                name: account.name.clone(),
                password: account.password.clone(),
            });
        }

        Ok(World {
            scenario: ScenarioTag {
                id: file.id,
                title: file.title,
                teaches: file.teaches,
            },
            tenants,
            applications,
            client_id: file.client_id.map(Spanned::into_inner),
            relationships,
            vendor_portal: VendorPortal {
                name: file.vendor_portal.name,
                product: file.vendor_portal.product,
                application: file.vendor_portal.application.into_inner(),
                legs: file.vendor_portal.legs,
                accounts,
                integrations: Vec::new(),
                organizations: file.vendor_portal.organizations,
                mappings: Vec::new(),
            },
            sign_ins: SignIns::default(),
            tokens: Tokens::default(),
            partner_answers: BTreeMap::new(),
            phone: Vec::new(),
            propagation: file.propagation,
            quirks: file.quirks,
            people,
        })
    }

    fn application(&self, file: &ApplicationFile) -> Result<Application, ScenarioError> {
        let offer = graph_offer();
        for scope in &file.delegated {
            if !offer
                .scopes
                .iter()
                .any(|known| known.value == *scope.get_ref())
            {
                return Err(self.wrong(
                    scope,
                    "delegated",
                    format!(
                        "`{}` is no permission that the practice cloud knows",
                        scope.get_ref()
                    ),
                ));
            }
        }
        for role in &file.application {
            if !offer
                .app_roles
                .iter()
                .any(|known| known.value == *role.get_ref())
            {
                return Err(self.wrong(
                    role,
                    "application",
                    format!(
                        "`{}` is no app role that the practice cloud knows",
                        role.get_ref()
                    ),
                ));
            }
        }
        for uri in &file.redirect_uris {
            let ours = [
                "http://localhost",
                "http://127.0.0.1",
                "{vendor}/",
                "{login}/",
                "{federated}/",
            ];
            if !ours.iter().any(|start| uri.get_ref().starts_with(start)) {
                return Err(self.wrong(
                    uri,
                    "redirect_uris",
                    "answers go to this computer only: `http://localhost…` or `{vendor}/…`"
                        .to_owned(),
                ));
            }
        }
        let audience = file.audience.clone();
        let audience = audience.unwrap_or_else(|| "AzureADMultipleOrgs".to_owned());
        Ok(Application {
            client_id: *file.client_id.get_ref(),
            name: file.name.clone(),
            owner_tenant: file.owner_tenant,
            publisher: Publisher {
                name: file.publisher.clone(),
                verified_id: file.verified_id.clone(),
            },
            public_client: file.public_client,
            secret_hash: file.client_secret.as_deref().map(fingerprint),
            redirect_uris: file
                .redirect_uris
                .iter()
                .map(|uri| uri.get_ref().clone())
                .collect(),
            requested: vec![RequestedPermissions {
                resource: GRAPH,
                delegated: file
                    .delegated
                    .iter()
                    .map(|scope| scope.get_ref().clone())
                    .collect(),
                application: file
                    .application
                    .iter()
                    .map(|role| role.get_ref().clone())
                    .collect(),
            }],
            multi_tenant: audience != "AzureADMyOrg",
            audience,
            object_id: object_of(file.client_id.get_ref()),
            unique_name: None,
            created: self.ago(400),
            registered_by: None,
            preauthorized: false,
        })
    }

    fn relationship(
        &self,
        file: &RelationshipFile,
        keys: &BTreeMap<&str, (Uuid, &str)>,
        tenants: &Tenants,
    ) -> Result<Relationship, ScenarioError> {
        let find = |key: &Spanned<String>, field| {
            keys.get(key.get_ref().as_str()).copied().ok_or_else(|| {
                self.wrong(
                    key,
                    field,
                    format!("no tenant of this file is called `{}`", key.get_ref()),
                )
            })
        };
        let (provider, _) = find(&file.provider, "provider")?;
        let (customer, customer_name) = find(&file.customer, "customer")?;
        let roles = self.roles(&file.roles)?;
        let activated = self.ago(file.active_since_days);
        let mut assignments = BTreeMap::new();
        for assignment in &file.assignments {
            let group = tenants.get(&provider).and_then(|tenant| {
                tenant
                    .groups
                    .values()
                    .find(|group| group.display_name == *assignment.group.get_ref())
            });
            let Some(group) = group else {
                return Err(self.wrong(
                    &assignment.group,
                    "group",
                    format!(
                        "the provider's tenant has no group `{}`",
                        assignment.group.get_ref()
                    ),
                ));
            };
            let id = self.ids.guid();
            assignments.insert(
                id,
                AccessAssignment {
                    id,
                    group: group.id,
                    roles: match &assignment.roles {
                        Some(named) => self.roles(named)?,
                        None => roles.clone(),
                    },
                    created: activated,
                    modified: activated,
                    active_from: activated,
                    deleted_at: None,
                    change: None,
                    version: 1,
                },
            );
        }
        let stage = match file.status.get_ref().as_str() {
            "active" => RelationshipStage::Active,
            "approvalPending" => RelationshipStage::ApprovalPending,
            "terminated" => RelationshipStage::Terminated,
            other => {
                return Err(self.wrong(
                    &file.status,
                    "status",
                    format!("`{other}` is none of `active`, `approvalPending`, `terminated`"),
                ));
            }
        };
        let was_active = stage != RelationshipStage::ApprovalPending;
        Ok(Relationship {
            id: file.id.get_ref().clone(),
            display_name: file.name.clone(),
            provider_tenant: provider,
            customer_tenant: Some(customer),
            customer_name: Some(customer_name.to_owned()),
            duration: file.duration.clone(),
            auto_extend: file.auto_extend.clone(),
            roles,
            stage,
            stage_since: activated,
            created: self.ago(file.active_since_days + 2),
            activated: was_active.then_some(activated),
            usable_from: None,
            ends: was_active.then(|| later(self.start, file.days_left.saturating_mul(DAY))),
            modified: activated,
            version: 1,
            assignments,
            requests: BTreeMap::new(),
            operations: BTreeMap::new(),
        })
    }

    fn roles(&self, names: &[Spanned<String>]) -> Result<Vec<Uuid>, ScenarioError> {
        let found = names.iter().map(|name| {
            role_by_name(name.get_ref())
                .map(|role| role.template)
                .ok_or_else(|| {
                    self.wrong(
                        name,
                        "roles",
                        format!(
                            "`{}` is no directory role that the practice cloud knows",
                            name.get_ref()
                        ),
                    )
                })
        });
        found.collect()
    }

    /// Ties a guest account to its person.
    fn guest(
        &self,
        tenant: Uuid,
        file: &UserFile,
        tenants: &mut Tenants,
    ) -> Result<(), ScenarioError> {
        let Some(person) = &file.guest_of else {
            return Ok(());
        };
        let upn = person.get_ref();
        let home = upn
            .rsplit('@')
            .next()
            .and_then(|domain| tenants.by_domain(domain))
            .and_then(|home| {
                Some(GuestOf {
                    tenant: home.id,
                    user: home.user_by_upn(upn)?.id,
                })
            });
        let Some(home) = home else {
            return Err(self.wrong(
                person,
                "guest_of",
                format!("nobody in this file is called `{upn}`"),
            ));
        };
        if let Some(user) = tenants
            .get_mut(&tenant)
            .and_then(|tenant| tenant.users.get_mut(file.id.get_ref()))
        {
            user.guest_of = Some(home);
            // A guest's mail goes home.
            user.mail = Some(upn.clone());
        }
        Ok(())
    }

    fn practice_account<'v>(
        &self,
        value: &'v Spanned<String>,
        field: &'static str,
    ) -> Result<&'v str, ScenarioError> {
        let text = value.get_ref();
        match text.split_once('@') {
            Some((name, domain)) if !name.is_empty() && is_practice_name(domain) => Ok(domain),
            _ => Err(self.wrong(value, field, format!("`{text}` is no practice account; accounts end in `.example`, `.test` or `.invalid`"))),
        }
    }

    fn practice_domain(
        &self,
        value: &Spanned<String>,
        field: &'static str,
    ) -> Result<(), ScenarioError> {
        if is_practice_name(value.get_ref()) {
            return Ok(());
        }
        Err(self.wrong(
            value,
            field,
            format!(
                "`{}` may be somebody's; practice domains end in `.example`, `.test` or `.invalid`",
                value.get_ref()
            ),
        ))
    }

    fn wrong<T>(&self, value: &Spanned<T>, field: &'static str, message: String) -> ScenarioError {
        ScenarioError::Field {
            line: line_of(self.text, value.span().start),
            field,
            message,
        }
    }

    fn ago(&self, days: i64) -> Timestamp {
        later(self.start, -days.saturating_mul(DAY))
    }
}

/// The object id of a registration of the file: it follows from the client id, so that it is the same in every run.
fn object_of(client: &Uuid) -> Uuid {
    let mut bytes = client.into_bytes();
    bytes.rotate_left(5);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// The client of Microsoft's own that everybody may begin with: an ordinary consent page, and a redirect to this computer.
// facts: own-app-and-tokens §1.4
fn command_line_tools() -> Application {
    Application {
        client_id: uuid::uuid!("14d82eec-204b-4c2f-b7e8-296a70dab67e"),
        name: "Microsoft Graph Command Line Tools".to_owned(),
        owner_tenant: uuid::uuid!("f8cdef31-a31e-4b4a-93e4-5f571e91255a"),
        publisher: Publisher {
            name: "Microsoft Corporation".to_owned(),
            verified_id: Some("0000000".to_owned()),
        },
        public_client: true,
        secret_hash: None,
        redirect_uris: vec!["http://localhost".to_owned()],
        requested: Vec::new(),
        multi_tenant: true,
        audience: "AzureADMultipleOrgs".to_owned(),
        object_id: uuid::uuid!("7a000000-0000-4000-8000-0000000000b1"),
        unique_name: None,
        created: Timestamp::UNIX_EPOCH,
        registered_by: None,
        preauthorized: false,
    }
}

fn json(value: Option<&toml::Value>) -> serde_json::Value {
    value
        .and_then(|value| serde_json::to_value(value).ok())
        .unwrap_or(serde_json::Value::Null)
}

#[cfg(test)]
mod tests;
