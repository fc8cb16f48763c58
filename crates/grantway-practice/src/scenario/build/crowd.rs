//! A crowd of customers from a short description: each has a name of its own, an administrator, licences, policies and a relationship,
//! and each is in the state that its turn brings. The same description and size give the same crowd, ids included.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use toml::Spanned;
use uuid::Uuid;

use super::{Builder, DAY};
use crate::clock::later;
use crate::scenario::error::ScenarioError;
use crate::scenario::file::{CustomerState, CustomersFile, ShareFile};
use crate::state::{
    AccessAssignment, Application, AuditLog, Authenticator, ConditionalAccessPolicy,
    DelegatedGrant, Domain, DomainKind, GrantReach, GuestOf, Password, PersonCard, Relationship,
    RelationshipStage, Relationships, RoleAssignment, ServicePrincipal, Sku, SkuCounts, Tenant,
    Tenants, User, UserKind, conditions, grant_controls, graph_offer, role_by_name,
    sku_by_part_number,
};

/// The largest crowd.
const LARGEST: u32 = 20_000;

const FIRST: [&str; 36] = [
    "Amber", "Birch", "Cedar", "Dune", "Elm", "Fern", "Granite", "Harbour", "Indigo", "Juniper",
    "Kestrel", "Linden", "Maple", "Nettle", "Oak", "Pebble", "Quarry", "Rowan", "Sage", "Thistle",
    "Umber", "Valley", "Willow", "Yarrow", "Zephyr", "Anchor", "Beacon", "Copper", "Drift",
    "Ember", "Foxglove", "Garnet", "Hazel", "Iris", "Jasper", "Lark",
];
const SECOND: [&str; 30] = [
    "Bakery",
    "Law",
    "Dental",
    "Logistics",
    "Clinic",
    "Design",
    "Foods",
    "Garage",
    "Hotels",
    "Insurance",
    "Joinery",
    "Kitchens",
    "Labs",
    "Media",
    "Nurseries",
    "Optics",
    "Printing",
    "Realty",
    "Schools",
    "Travel",
    "Uniforms",
    "Veterinary",
    "Works",
    "Yachts",
    "Roofing",
    "Textiles",
    "Farms",
    "Brewing",
    "Studios",
    "Timber",
];

/// What all customers of a crowd share.
struct Shared<'a> {
    provider: &'a Tenant,
    group: Uuid,
    administrator: Option<GuestOf>,
    roles: Vec<Uuid>,
    missing: Uuid,
    scopes: &'a [String],
    client: Option<&'a Application>,
    licences: Licences,
}

/// Licences, looked up once.
struct Licences {
    usual: Sku,
    without_p1: Sku,
    without_mailbox: Sku,
}

impl Builder<'_> {
    /// Makes the crowd and answers the ids of its tenants.
    pub(super) fn crowd(
        &self,
        file: &CustomersFile,
        keys: &BTreeMap<&str, (Uuid, &str)>,
        client: Option<&Application>,
        tenants: &mut Tenants,
        relationships: &mut Relationships,
        people: &mut Vec<PersonCard>,
    ) -> Result<BTreeSet<Uuid>, ScenarioError> {
        if file.count > LARGEST || file.mix.iter().all(|share| share.weight == 0) {
            return Err(self.wrong(
                &file.provider,
                "customers",
                format!("a crowd has at most {LARGEST} customers and at least one state"),
            ));
        }
        let provider = keys
            .get(file.provider.get_ref().as_str())
            .and_then(|(id, _)| tenants.get(id))
            .cloned();
        let Some(provider) = provider else {
            return Err(self.wrong(
                &file.provider,
                "provider",
                format!(
                    "no tenant of this file is called `{}`",
                    file.provider.get_ref()
                ),
            ));
        };
        let group = provider
            .groups
            .values()
            .find(|group| group.display_name == *file.group.get_ref());
        let Some(group) = group else {
            return Err(self.wrong(
                &file.group,
                "group",
                format!(
                    "the provider's tenant has no group `{}`",
                    file.group.get_ref()
                ),
            ));
        };
        let administrator = group.members.first().map(|user| GuestOf {
            tenant: provider.id,
            user: *user,
        });
        let shared = Shared {
            group: group.id,
            administrator,
            roles: self.roles(&file.roles)?,
            missing: self.role(&file.missing_role)?,
            scopes: &file.scopes,
            client,
            licences: self.licences(&file.provider)?,
            provider: &provider,
        };
        let mut shown = BTreeSet::new();
        let mut made = BTreeSet::new();
        for (index, state) in turns(&file.mix, file.count).into_iter().enumerate() {
            let name = name(index);
            let tenant = self.customer(&shared, index, &name, state);
            if let Some(relationship) = self.tie(&shared, index, &tenant, state) {
                relationships.insert(relationship);
            }
            // One administrator of each state is enough for the list beside the screen.
            if shown.insert(state) {
                people.push(PersonCard {
                    upn: administrator_of(&tenant),
                    tenant: Some(tenant.id),
                    role: format!("Administrator of a customer: {}", told(state)),
                });
            }
            made.insert(tenant.id);
            tenants.insert(tenant);
        }
        Ok(made)
    }

    fn role(&self, name: &Spanned<String>) -> Result<Uuid, ScenarioError> {
        let found = role_by_name(name.get_ref()).map(|role| role.template);
        found.ok_or_else(|| {
            self.wrong(
                name,
                "missing_role",
                format!(
                    "`{}` is no directory role that the practice cloud knows",
                    name.get_ref()
                ),
            )
        })
    }

    fn licences(&self, at: &Spanned<String>) -> Result<Licences, ScenarioError> {
        let counted = |part_number: &str| {
            let counts = SkuCounts {
                enabled: 20,
                consumed: 14,
            };
            sku_by_part_number(part_number)
                .map(|sku| Sku { counts, ..sku })
                .ok_or_else(|| {
                    self.wrong(
                        at,
                        "customers",
                        format!("the licence {part_number} is not known"),
                    )
                })
        };
        Ok(Licences {
            usual: counted("SPB")?,
            without_p1: counted("O365_BUSINESS_PREMIUM")?,
            without_mailbox: counted("AAD_PREMIUM")?,
        })
    }

    fn customer(
        &self,
        shared: &Shared<'_>,
        index: usize,
        name: &str,
        state: CustomerState,
    ) -> Tenant {
        let slug = name.to_ascii_lowercase().replace(' ', "-");
        let domain = |name: String, initial: bool| Domain {
            name,
            kind: DomainKind::Managed,
            verified: true,
            default: !initial,
            initial,
        };
        let mut tenant = Tenant {
            id: id(index, "tenant"),
            display_name: name.to_owned(),
            country: "US".to_owned(),
            created: self.ago(900),
            domains: vec![
                domain(
                    format!("{}.onmicrosoft.example", slug.replace('-', "")),
                    true,
                ),
                domain(format!("{slug}.example"), false),
            ],
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            service_principals: BTreeMap::new(),
            role_assignments: BTreeMap::new(),
            delegated_grants: BTreeMap::new(),
            app_role_assignments: BTreeMap::new(),
            skus: vec![match state {
                CustomerState::NoP1 => shared.licences.without_p1.clone(),
                CustomerState::NoMailbox => shared.licences.without_mailbox.clone(),
                _ => shared.licences.usual.clone(),
            }],
            security_defaults: state == CustomerState::SecurityDefaults,
            conditional_access: BTreeMap::new(),
            recycle_bin: BTreeMap::new(),
            strengths: BTreeMap::new(),
            authenticator_allowed: true,
            role_requests: BTreeMap::new(),
            audit_log: match state {
                CustomerState::AuditOff => AuditLog::default(),
                _ => AuditLog::recording(self.ago(700)),
            },
            multi_tenant_apps_refused: false,
            apps_by_administrators: false,
            partner: None,
        };
        let graph = id(index, "graph");
        let made = self.ago(900);
        tenant.service_principals.insert(
            graph,
            ServicePrincipal::of_resource(graph, graph_offer(), made, made),
        );
        self.accounts(shared, index, state, &mut tenant);
        self.policies(shared, index, state, &mut tenant);
        if let Some(app) = shared
            .client
            .filter(|_| state != CustomerState::NotConsented)
        {
            let (client, made) = (id(index, "client"), self.ago(60));
            tenant
                .service_principals
                .insert(client, ServicePrincipal::of(client, app, made, made));
            let grant = id(index, "grant").simple().to_string();
            tenant.delegated_grants.insert(
                grant.clone(),
                DelegatedGrant {
                    id: grant,
                    client,
                    resource: graph,
                    reach: GrantReach::AllPrincipals,
                    scopes: shared.scopes.to_vec(),
                    effective_from: made,
                },
            );
        }
        tenant
    }

    fn accounts(
        &self,
        shared: &Shared<'_>,
        index: usize,
        state: CustomerState,
        tenant: &mut Tenant,
    ) {
        let domain = tenant.default_domain().to_owned();
        let account = |what: &str, upn: String, display_name: &str| User {
            id: id(index, what),
            mail_nickname: upn.split('@').next().unwrap_or_default().to_owned(),
            mail: Some(upn.clone()),
            upn,
            display_name: display_name.to_owned(),
            given_name: None,
            surname: None,
            job_title: None,
            usage_location: Some("US".to_owned()),
            kind: UserKind::Member,
            enabled: true,
            password: Password::Practice("practice-Admin-1".to_owned()),
            must_change_password: false,
            last_password_change: self.ago(120),
            authenticators: vec![Authenticator {
                id: id(index, "phone"),
                device_name: "Practice phone".to_owned(),
                app_version: "6.2409.6094".to_owned(),
                created: self.ago(120),
            }],
            created: self.ago(500),
            visible_from: self.ago(500),
            guest_of: None,
            sessions_valid_from: None,
            second_proof_skipped: false,
        };
        let administrator = account("admin", format!("admin@{domain}"), "Administrator");
        let role = id(index, "role").simple().to_string();
        if let Some(global) = role_by_name("Global Administrator") {
            tenant.role_assignments.insert(
                role.clone(),
                RoleAssignment {
                    id: role,
                    role: global.template,
                    principal: administrator.id,
                    effective_from: self.ago(300),
                    visible_from: self.ago(300),
                    ends: None,
                },
            );
        }
        let staff = account("staff", format!("staff@{domain}"), "Front desk");
        let mut all = vec![administrator, staff];
        if let Some(person) = shared
            .administrator
            .filter(|_| state == CustomerState::GuestTwin)
        {
            let home = shared.provider.users.get(&person.user);
            let name = home.map_or("Guest", |user| user.display_name.as_str());
            let mut guest = account("guest", format!("guest-1@{domain}"), name);
            guest.kind = UserKind::Guest;
            guest.mail = home.map(|user| user.upn.clone());
            guest.guest_of = Some(person);
            all.push(guest);
        }
        tenant
            .users
            .extend(all.into_iter().map(|user| (user.id, user)));
    }

    fn policies(
        &self,
        shared: &Shared<'_>,
        index: usize,
        state: CustomerState,
        tenant: &mut Tenant,
    ) {
        if matches!(state, CustomerState::NoP1 | CustomerState::SecurityDefaults) {
            return;
        }
        let spared = json!({
            "guestOrExternalUserTypes": "serviceProvider",
            "externalTenants": {
                "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
                "membershipKind": "enumerated", "members": [shared.provider.id],
            },
        });
        let mut add = |what: &str, name: &str, state: &str, control: &str, spared: Value| {
            let users = json!({ "includeUsers": ["All"], "excludeGuestsOrExternalUsers": spared });
            let policy = ConditionalAccessPolicy {
                id: id(index, what),
                display_name: name.to_owned(),
                state: state.to_owned(),
                conditions: conditions(
                    &json!({ "users": users, "applications": { "includeApplications": ["All"] } }),
                ),
                grant_controls: grant_controls(&json!({ "builtInControls": [control] })),
                session_controls: Value::Null,
                created: self.ago(400),
                modified: None,
            };
            tenant.conditional_access.insert(policy.id, policy);
        };
        let bare = state == CustomerState::NoExclusion;
        let exclusion = if bare { Value::Null } else { spared };
        add("mfa", "MFA for everybody", "enabled", "mfa", exclusion);
        if state == CustomerState::Blocked {
            add(
                "block",
                "Block what is not ours",
                "enabled",
                "block",
                Value::Null,
            );
        }
        if state == CustomerState::ReportOnly {
            let reported = "enabledForReportingButNotEnforced";
            add(
                "report",
                "Managed devices only",
                reported,
                "compliantDevice",
                Value::Null,
            );
        }
    }

    fn tie(
        &self,
        shared: &Shared<'_>,
        index: usize,
        tenant: &Tenant,
        state: CustomerState,
    ) -> Option<Relationship> {
        if state == CustomerState::NoRelationship {
            return None;
        }
        let mut roles = shared.roles.clone();
        if state == CustomerState::RoleMissing {
            roles.retain(|role| *role != shared.missing);
        }
        let pending = state == CustomerState::Pending;
        let since = self.ago(if pending { 5 } else { 60 });
        let assignment = AccessAssignment {
            id: id(index, "assignment"),
            group: shared.group,
            roles: roles.clone(),
            created: since,
            modified: since,
            active_from: since,
            deleted_at: None,
            change: None,
            version: 1,
        };
        Some(Relationship {
            id: format!("{}-{}", id(index, "relationship"), id(index, "half")),
            display_name: format!("Access {index:05} {}", tenant.display_name),
            provider_tenant: shared.provider.id,
            customer_tenant: Some(tenant.id),
            customer_name: Some(tenant.display_name.clone()),
            duration: "P730D".to_owned(),
            auto_extend: "PT0S".to_owned(),
            roles,
            stage: if pending {
                RelationshipStage::ApprovalPending
            } else {
                RelationshipStage::Active
            },
            stage_since: since,
            created: self.ago(62),
            activated: (!pending).then_some(since),
            usable_from: None,
            ends: (!pending).then(|| later(self.start, 670 * DAY)),
            modified: since,
            version: 1,
            assignments: if pending {
                BTreeMap::new()
            } else {
                BTreeMap::from([(assignment.id, assignment)])
            },
            requests: BTreeMap::new(),
            operations: BTreeMap::new(),
        })
    }
}

fn administrator_of(tenant: &Tenant) -> String {
    format!("admin@{}", tenant.default_domain())
}

/// The state of each customer: in every stretch of the crowd each state is about as common as its weight says.
fn turns(mix: &[ShareFile], count: u32) -> Vec<CustomerState> {
    let total: i64 = mix.iter().map(|share| i64::from(share.weight)).sum();
    let mut owed = vec![0_i64; mix.len()];
    let mut turns = Vec::new();
    for _ in 0..count {
        for (owed, share) in owed.iter_mut().zip(mix) {
            *owed += i64::from(share.weight);
        }
        let most = owed
            .iter()
            .enumerate()
            .max_by_key(|(at, owed)| (**owed, std::cmp::Reverse(*at)));
        if let Some((at, _)) = most {
            owed[at] -= total;
            turns.push(*mix[at].state.get_ref());
        }
    }
    turns
}

fn name(index: usize) -> String {
    let first = FIRST[index % FIRST.len()];
    // The second word moves on by one with each round of the first, so that neighbours share neither.
    let second = SECOND[(index + index / FIRST.len()) % SECOND.len()];
    match index / (FIRST.len() * SECOND.len()) {
        0 => format!("{first} {second}"),
        round => format!("{first} {second} {}", round + 1),
    }
}

/// An id that a customer's thing has in every crowd.
fn id(index: usize, what: &str) -> Uuid {
    // FNV-1a over the name, then two rounds of SplitMix64: ids must differ, nobody has to be kept from guessing them.
    let named = what.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mut state = named ^ u64::try_from(index).unwrap_or(u64::MAX).rotate_left(32);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let bytes = (u128::from(next()) << 64 | u128::from(next())).to_be_bytes();
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

fn told(state: CustomerState) -> &'static str {
    match state {
        CustomerState::Ready => "nothing is missing",
        CustomerState::RoleMissing => "the relationship lacks a role",
        CustomerState::NoRelationship => "no relationship",
        CustomerState::Pending => "has not approved the relationship",
        CustomerState::NoP1 => "no Entra ID P1",
        CustomerState::NoMailbox => "no mailbox",
        CustomerState::SecurityDefaults => "Security Defaults are on",
        CustomerState::NoExclusion => "a policy does not spare service providers",
        CustomerState::Blocked => "a policy blocks service providers",
        CustomerState::ReportOnly => "a reported policy does not spare service providers",
        CustomerState::AuditOff => "the audit log is off",
        CustomerState::GuestTwin => "the provider's administrator is a guest",
        CustomerState::NotConsented => "the app is not known",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_neighbours_differ() {
        let names: BTreeSet<String> = (0..3_000).map(name).collect();
        assert_eq!(names.len(), 3_000);
        assert_eq!(name(0), "Amber Bakery");
    }

    #[test]
    fn ids_differ() {
        let things = [
            "tenant",
            "admin",
            "staff",
            "graph",
            "client",
            "relationship",
            "half",
        ];
        let ids: BTreeSet<Uuid> = (0..2_000)
            .flat_map(|index| things.map(|what| id(index, what)))
            .collect();
        assert_eq!(ids.len(), 2_000 * things.len());
    }

    #[test]
    fn states_come_as_often_as_they_weigh() {
        let share = |state, weight| ShareFile {
            state: Spanned::new(0..0, state),
            weight,
        };
        let mix = [
            share(CustomerState::Ready, 3),
            share(CustomerState::Pending, 1),
        ];
        let turns = turns(&mix, 8);
        let pending = |part: &[CustomerState]| {
            part.iter()
                .filter(|state| **state == CustomerState::Pending)
                .count()
        };
        assert_eq!((pending(&turns[..4]), pending(&turns[4..])), (1, 1));
    }
}
