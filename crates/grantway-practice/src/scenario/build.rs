//! Builds a world from a scenario file and refuses what does not fit together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use toml::Spanned;
use uuid::Uuid;

use super::error::{ScenarioError, line_of};
use super::file::{ApplicationFile, RelationshipFile, ScenarioFile, TenantFile, UserFile};
use super::names::is_practice_name;
use crate::clock::later;
use crate::ids::{Ids, fingerprint};
use crate::state::{
    Application, Authenticator, ConditionalAccessPolicy, DelegatedGrant, Domain, DomainKind, GRAPH,
    GrantReach, Group, Password, PersonCard, Publisher, Relationship, RelationshipStage,
    RequestedPermissions, RoleAssignment, ScenarioTag, ServicePrincipal, SignIns, Sku, Tenant,
    Tokens, User, UserKind, VendorAccount, VendorPortal, World, graph_offer, role_by_name,
    sku_by_part_number,
};

const DAY: i64 = 86_400;

pub(super) fn world(text: &str, ids: &Ids, start: Timestamp) -> Result<World, ScenarioError> {
    let file: ScenarioFile = toml::from_str(text).map_err(|error| ScenarioError::Form {
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })?;
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
        let mut tenants: BTreeMap<Uuid, Tenant> = BTreeMap::new();
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
            if tenants
                .insert(
                    *tenant.id.get_ref(),
                    self.tenant(tenant, &applications, &mut people)?,
                )
                .is_some()
            {
                return Err(self.wrong(&tenant.id, "id", "another tenant has this id".to_owned()));
            }
        }

        let mut relationships = BTreeMap::new();
        for relationship in &file.relationships {
            let built = self.relationship(relationship, &keys)?;
            if relationships.insert(built.id.clone(), built).is_some() {
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
            },
            sign_ins: SignIns::default(),
            tokens: Tokens::default(),
            phone: Vec::new(),
            propagation: file.propagation,
            quirks: file.quirks,
            people,
        })
    }

    fn tenant(
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
                    conditions: json(&policy.conditions),
                    grant_controls: json(&policy.grant_controls),
                    created: self.ago(400),
                },
            );
        }
        let graph = self.graph_principal();
        let graph_id = graph.id;
        tenant.service_principals.insert(graph.id, graph);
        for consent in &file.consented {
            let Some(application) = applications.get(consent.client_id.get_ref()) else {
                return Err(self.wrong(
                    &consent.client_id,
                    "client_id",
                    "no application of this file has this id".to_owned(),
                ));
            };
            let principal = application.principal(self.ids.guid(), self.ago(200), self.ago(200));
            let grant = DelegatedGrant {
                id: self.ids.secret(),
                client: principal.id,
                resource: graph_id,
                reach: GrantReach::AllPrincipals,
                scopes: consent.scopes.clone(),
                effective_from: self.ago(200),
            };
            tenant.service_principals.insert(principal.id, principal);
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
            kind: UserKind::Member,
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
            multi_tenant: true,
        })
    }

    fn relationship(
        &self,
        file: &RelationshipFile,
        keys: &BTreeMap<&str, (Uuid, &str)>,
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
        let mut roles = Vec::new();
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
            roles.push(role.template);
        }
        let activated = self.ago(file.active_since_days);
        Ok(Relationship {
            id: file.id.get_ref().clone(),
            display_name: file.name.clone(),
            provider_tenant: provider,
            customer_tenant: Some(customer),
            customer_name: Some(customer_name.to_owned()),
            duration: file.duration.clone(),
            auto_extend: "PT0S".to_owned(),
            roles,
            stage: RelationshipStage::Active,
            stage_since: activated,
            created: self.ago(file.active_since_days + 2),
            activated: Some(activated),
            ends: Some(later(self.start, file.days_left.saturating_mul(DAY))),
            modified: activated,
            version: 1,
            assignments: BTreeMap::new(),
            requests: BTreeMap::new(),
            operations: BTreeMap::new(),
        })
    }

    fn graph_principal(&self) -> ServicePrincipal {
        ServicePrincipal {
            id: self.ids.guid(),
            app_id: GRAPH,
            display_name: "Microsoft Graph".to_owned(),
            // The tenant that Microsoft registers its own applications in.
            owner_tenant: uuid::uuid!("f8cdef31-a31e-4b4a-93e4-5f571e91255a"),
            verified_publisher: None,
            publisher_name: Some("Microsoft Services".to_owned()),
            enabled: true,
            scopes: graph_offer().scopes.clone(),
            app_roles: graph_offer().app_roles.clone(),
            created: self.ago(900),
            visible_from: self.ago(900),
        }
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

fn json(value: &toml::Value) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or(serde_json::Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{builtin, builtins};

    fn build(text: &str) -> Result<World, ScenarioError> {
        world(
            text,
            &Ids::seeded(1),
            "2026-05-01T10:00:00Z".parse().expect("a date in the test"),
        )
    }

    fn in_order() -> &'static str {
        builtin("in-order").expect("built in").text
    }

    fn refusal(from: &str, to: &str) -> String {
        assert!(in_order().contains(from), "{from}");
        build(&in_order().replacen(from, to, 1))
            .expect_err("a refusal")
            .to_string()
    }

    #[test]
    fn every_builtin_scenario_builds_and_names_itself() {
        for scenario in builtins() {
            let world =
                build(scenario.text).unwrap_or_else(|error| panic!("{}: {error}", scenario.id));
            assert_eq!(world.scenario.id, scenario.id);
            assert_eq!(world.scenario.title, scenario.title);
            assert_eq!(world.scenario.teaches, scenario.teaches);
        }
    }

    #[test]
    fn scenarios_differ_where_they_say_so() {
        let of = |id: &str| build(builtin(id).expect("built in").text).expect("a good scenario");
        let provider = |world: &World| {
            world
                .user_by_upn("dana@larkspur-it.example")
                .expect("Dana")
                .0
                .clone()
        };
        let has_p1 = |world: &World| {
            provider(world)
                .skus
                .iter()
                .any(|sku| sku.plans.iter().any(|plan| plan.name == "AAD_PREMIUM"))
        };
        assert!(has_p1(&of("in-order")) && !has_p1(&of("p1-missing")));
        assert!(
            provider(&of("security-defaults-on")).security_defaults
                && !provider(&of("in-order")).security_defaults
        );
        let fewest = |world: &World| {
            world
                .relationships
                .values()
                .map(|relationship| relationship.roles.len())
                .min()
        };
        assert_eq!(
            (fewest(&of("in-order")), fewest(&of("role-missing"))),
            (Some(10), Some(9))
        );
        let publisher = |world: &World| {
            world.applications[&world.vendor_portal.application]
                .publisher
                .clone()
        };
        assert!(
            publisher(&of("in-order")).verified_id.is_some()
                && publisher(&of("unverified-publisher")).verified_id.is_none()
        );
        assert_ne!(
            publisher(&of("in-order")).name,
            publisher(&of("wrong-publisher")).name
        );
        assert!(
            of("cookies-interfere").quirks.second_prompt_missing
                && !of("in-order").quirks.second_prompt_missing
        );
        assert_eq!(
            provider(&of("federated-provider"))
                .domain("larkspur-it.example")
                .map(|domain| domain.kind),
            Some(DomainKind::Federated)
        );
    }

    #[test]
    fn real_domains_are_refused_with_line_and_field() {
        let message = refusal(
            "domain = \"larkspur-it.example\"",
            "domain = \"contoso.com\"",
        );
        assert!(
            message.contains("field `domain`") && message.contains("contoso.com"),
            "{message}"
        );
        let line = in_order()
            .lines()
            .position(|line| line == "domain = \"larkspur-it.example\"")
            .expect("the line")
            + 1;
        assert!(message.starts_with(&format!("line {line} ")), "{message}");
        assert!(
            refusal("larkspur.onmicrosoft.example", "larkspur.onmicrosoft.com")
                .contains("initial_domain")
        );
        assert!(refusal("pat@vendor-portal.example", "pat@vendor.com").contains("field `email`"));
        assert!(refusal("dana@larkspur-it.example", "dana@gmail.com").contains("field `upn`"));
    }

    #[test]
    fn unknown_names_are_refused() {
        assert!(
            refusal("\"Global Administrator\"", "\"Emperor\"")
                .contains("`Emperor` is no directory role")
        );
        assert!(refusal("sku = \"SPB\"", "sku = \"NOPE\"").contains("field `sku`"));
        assert!(
            refusal("provider = \"larkspur\"", "provider = \"larkspurr\"")
                .contains("field `provider`")
        );
        assert!(
            refusal("groups = [\"AdminAgents\"]", "groups = [\"Nobody\"]")
                .contains("field `groups`")
        );
        assert!(
            refusal("\"Directory.Read.All\"", "\"Directory.Eat.All\"")
                .contains("field `delegated`")
        );
        assert!(
            refusal("{vendor}/connect", "https://evil.example/connect")
                .contains("field `redirect_uris`")
        );
    }

    #[test]
    fn form_errors_name_the_line() {
        let message = refusal("title = ", "titel = ");
        assert!(
            message.starts_with("line ") && message.contains("titel"),
            "{message}"
        );
        assert!(refusal("legs = 2", "legs = two").starts_with("line "));
        let cut = build("id = \"x\"\n[propagation")
            .expect_err("a refusal")
            .to_string();
        assert!(cut.starts_with("line 2 of the scenario"), "{cut}");
    }

    #[test]
    fn same_seed_gives_same_world() {
        let one = serde_json::to_value(build(in_order()).expect("a world")).expect("plain data");
        assert_eq!(
            one,
            serde_json::to_value(build(in_order()).expect("a world")).expect("plain data")
        );
    }
}
