//! An app over an empty folder, and a setup with any number of customers whose checks and plan the pattern makes itself.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use grantway_core::check::Check;
use grantway_core::ids::{ObjectId, SetupId, StepId, TenantId};
use grantway_core::journal::{SetupState, Standing, StepState};
use grantway_core::memory::CountedIds;
use grantway_core::plan::{Action, Fingerprint, Outlook, Plan, Row, StepBody};
use grantway_core::question::*;
use grantway_core::{DomainName, Party, Place, Text, Timestamp, Upn};
use grantway_microsoft::clouds::built_in;
use grantway_microsoft::control::Sleep;
use grantway_patterns::{Answers, Library, Particulars};
use grantway_session::lanes::Lane;
use grantway_store::Vault;
use grantway_store::vault::{Asked, Cost, KeychainUse, Namespace, Passphrase, VaultConfig};
use jiff::tz::TimeZone;
use secrecy::SecretString;
use uuid::{Uuid, uuid};

use crate::answers;
use crate::app::{App, AppOrder, Subject};
use crate::contract::Event;
use crate::host::{BrowserOrder, Host, HostError, SessionOrder, SessionOutcome};

/// A host on which nothing can be opened.
struct Bare;

fn absent() -> HostError {
    HostError::Absent("there is none in this test".into())
}

#[async_trait]
impl Host for Bare {
    fn emit(&self, _event: Event) {}
    async fn run_session(&self, _order: SessionOrder) -> Result<SessionOutcome, HostError> {
        Err(absent())
    }
    fn show_session(&self, _id: &str) {}
    fn stop_session(&self, _id: &str) {}
    fn has_lane(&self, _lane: Lane) -> bool {
        false
    }
    async fn run_browser(&self, _order: BrowserOrder) -> Result<(), HostError> {
        Err(absent())
    }
    async fn copy(&self, _text: SecretString, _secret: bool) -> Result<(), HostError> {
        Err(absent())
    }
    async fn save(&self, _name: &str, _content: &[u8]) -> Result<PathBuf, HostError> {
        Err(absent())
    }
    fn chooses_files(&self) -> bool {
        false
    }
    async fn choose_file(&self, _: &str, _: &[&str]) -> Result<Option<PathBuf>, HostError> {
        Ok(None)
    }
    fn preferences(&self) -> Option<String> {
        None
    }
    fn keep_preferences(&self, _json: &str) -> Result<(), HostError> {
        Ok(())
    }
}

struct Typed;

#[async_trait]
impl Passphrase for Typed {
    async fn ask(&self, _reason: Asked) -> Option<SecretString> {
        Some("only for tests".into())
    }
}

pub(super) fn at(moment: &str) -> Timestamp {
    moment.parse().expect("a moment")
}

fn now() -> Timestamp {
    at("2026-11-24T10:40:00Z")
}

/// An app that asks no cloud.
pub(super) struct Desk {
    pub(super) app: Arc<App>,
    _folder: tempfile::TempDir,
}

impl Desk {
    pub(super) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // The same vault with a passphrase that is cheap to try.
        let cost = Cost {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
        };
        let vault = VaultConfig::new(folder.path().join("live"), Namespace::Live)
            .keychain(KeychainUse::Never)
            .cost(cost);
        Vault::open(&vault, &Typed).await.expect("a vault");
        let order = AppOrder {
            data: folder.path().to_owned(),
            cloud: built_in("global").cloned(),
            practice: None,
            start_in_practice: false,
            goes_on: false,
            passphrase: Arc::new(Typed),
            keychain: KeychainUse::Never,
            around_journal: std::convert::identity,
            sleep: Sleep::Moves,
            machine: now,
            ids: Arc::new(CountedIds::default()),
            zone: TimeZone::UTC,
        };
        let app = App::open(order, Arc::new(Bare)).await;
        Self {
            app: app.unwrap_or_else(|problem| panic!("the app opens: {problem:?}")),
            _folder: folder,
        }
    }

    /// A setup for these customers, checked and planned.
    pub(super) async fn setup(&self, customers: &[Customer]) -> Subject {
        let profile = Library::built_in().profile("huntress").expect("built in");
        let pattern = grantway_patterns::pattern(&profile.pattern).expect("of this version");
        let domains: Vec<String> = customers.iter().map(Customer::domain).collect();
        let raw = [
            ("provider", "larkspur-it.example".to_owned()),
            ("customer", domains.join("\n")),
            ("group", "Huntress Security Platform".to_owned()),
            ("account", "HuntressPlatform".to_owned()),
        ];
        let raw: Answers = raw.map(|(field, value)| (field.to_owned(), value)).into();
        let fields = pattern.parse(profile, &raw).expect("right answers");
        let mut places = vec![Place {
            party: Party::Provider,
            tenant: provider(),
            name: "larkspur-it.example".into(),
        }];
        places.extend(customers.iter().map(|customer| Place {
            party: Party::Customer,
            tenant: customer.tenant(),
            name: customer.domain(),
        }));
        let mut state = SetupState {
            pattern: profile.pattern.clone(),
            profile: profile.id.clone(),
            answers: answers::write(&fields, &places),
            facts: facts(profile, &fields, customers),
            ..SetupState::default()
        };
        let id = SetupId::parse("HM-7K2Q").expect("an id");
        let world = self.app.world().await;
        let (answers, places) = answers::read(&state);
        let mut subject = Subject {
            world,
            id,
            state: Arc::default(),
            profile: profile.clone(),
            pattern,
            answers,
            places,
            ending_consents: Vec::new(),
            in_use: grantway_core::engine::InUse::new(),
        };
        state.checks = pattern.checks(subject.situation(&state.facts));
        let draft = pattern.draft(subject.situation(&state.facts));
        let draft = draft.unwrap_or_else(|missing| panic!("no draft: {missing:?}"));
        let rows: Vec<Row> = draft.steps.into_iter().map(row).collect();
        state.plan = Some(Plan {
            number: 1,
            parent: None,
            made: now(),
            summary: draft.summary,
            fingerprint: Fingerprint::of(&rows.len()),
            rows,
            map: draft.map,
            lasting_role: draft.lasting_role,
            preliminary: draft.preliminary,
        });
        subject.places = answers::read(&state).1;
        subject.state = Arc::new(state);
        subject
    }
}

/// Nothing of it is there yet.
fn row(step: grantway_core::plan::Step) -> Row {
    let action = match &step.body {
        StepBody::Change { .. } => Action::Create,
        StepBody::Check(_) => Action::Check,
        StepBody::Task(_) => Action::ByHand,
        StepBody::Wait(_) => Action::Wait,
        StepBody::HandOff(_) => Action::HandOff,
    };
    Row {
        step,
        outlook: Outlook {
            action,
            before: None,
            fields: Vec::new(),
            permissions: Vec::new(),
        },
    }
}

/// What is not in order in a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    InOrder,
    NoP1,
    AuditOff,
    DefaultsOn,
    NoRelationship,
    WayShut,
}

/// A customer, by its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Customer {
    pub(super) number: u16,
    pub(super) state: State,
}

impl Customer {
    pub(super) fn name(&self) -> String {
        format!("Customer {:04}", self.number)
    }

    pub(super) fn domain(&self) -> String {
        format!("customer-{:04}.example", self.number)
    }

    pub(super) fn tenant(&self) -> TenantId {
        let base = 0x3b7e_0c52_0000_4000_8000_0000_0000_0000;
        TenantId::from_uuid(Uuid::from_u128(base + u128::from(self.number)))
    }

    /// The step of that name for this customer.
    pub(super) fn step(&self, name: &str) -> StepId {
        StepId::of(name, self.tenant())
    }
}

pub(super) fn provider() -> TenantId {
    TenantId::from_uuid(uuid!("1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001"))
}

/// Puts a step where a test wants it.
pub(super) fn put(subject: &mut Subject, step: StepId, standing: Standing) {
    let state = Arc::make_mut(&mut subject.state);
    let state = state.steps.entry(step).or_default();
    *state = StepState {
        standing,
        at: Some(at("2026-11-24T10:39:12Z")),
        ..StepState::default()
    };
}

/// The check of that name in a customer's row.
pub(super) fn check<'a>(subject: &'a Subject, name: &str, of: Customer) -> &'a Check {
    let id = format!("{name}/{}", of.tenant());
    let found = subject.state.checks.iter().find(|check| check.id == id);
    found.unwrap_or_else(|| panic!("no {id}"))
}

struct Reader(Facts);

impl Reader {
    fn read<T: Ask>(&mut self, tenant: TenantId, about: &T, answer: T::Answer) {
        let reading = Reading::Seen {
            value: serde_json::to_value(answer).expect("plain data"),
            right_used: vec![format!("{}.Read", T::KIND)],
        };
        self.0.insert(&Question::of(tenant, about), reading);
    }
}

const P1: Uuid = uuid!("41781fb2-bc02-4b7c-bd55-b576c07bb09d");
const MAILBOX: Uuid = uuid!("9aaf7827-d63c-4b61-89c3-182f06f82e5c");

fn licences(plans: &[Uuid]) -> Vec<LicenceSeen> {
    vec![LicenceSeen {
        part_number: "SPB".into(),
        status: "Enabled".into(),
        usable: 10,
        assigned: 8,
        plans: plans
            .iter()
            .map(|id| PlanSeen {
                id: *id,
                name: "PLAN".into(),
                disabled: false,
            })
            .collect(),
    }]
}

fn facts(profile: &grantway_patterns::Profile, fields: &Answers, customers: &[Customer]) -> Facts {
    let Particulars::GdapServiceAccount(terms) = &profile.particulars else {
        panic!("a profile of another pattern")
    };
    let dana = Upn::parse("dana@larkspur-it.example").expect("an account");
    let mut reader = Reader(Facts {
        at: Some(at("2026-11-24T10:38:00Z")),
        ..Facts::default()
    });
    let tenant = TenantSeen {
        tenant: provider(),
        name: "Larkspur Managed IT".into(),
        domains: vec![DomainSeen {
            name: DomainName::parse("larkspur-it.example").expect("a domain"),
            is_default: true,
            is_managed: true,
        }],
    };
    reader.read(provider(), &TenantProfile {}, tenant);
    let admin = grantway_core::RoleId::parse("62e90394-69f5-4237-9190-012177145e10");
    let person = PersonSeen {
        id: ObjectId::from_uuid(Uuid::from_u128(7)),
        upn: dana.clone(),
        name: "Dana Whitfield".into(),
        roles: [admin.expect("a role")].into(),
        groups: ["AdminAgents".to_owned()].into(),
    };
    reader.read(provider(), &SignedInPerson {}, person);
    let agents = GroupsNamed {
        display_name: "AdminAgents".into(),
    };
    let group = GroupSeen {
        id: ObjectId::from_uuid(Uuid::from_u128(1)),
        display_name: "AdminAgents".into(),
        is_security_group: true,
    };
    reader.read(provider(), &agents, vec![group]);
    let same_name = GroupsNamed {
        display_name: fields["group"].clone(),
    };
    reader.read(provider(), &same_name, Vec::new());
    reader.read(provider(), &Licences {}, licences(&[P1, MAILBOX]));
    let off = SecurityDefaultsSeen { enabled: false };
    reader.read(provider(), &SecurityDefaults {}, off);
    let account = AccountNamed {
        upn: Upn::parse(&fields["account"]).expect("an account"),
    };
    reader.read(provider(), &account, None);
    reader.read(provider(), &AccessPolicies {}, Vec::new());
    let everybody = MethodTarget {
        kind: "group".into(),
        id: "all_users".into(),
        mode: Some("any".into()),
    };
    let authenticator = AuthenticatorPolicySeen {
        enabled: true,
        targets: vec![everybody],
        excluded: Vec::new(),
        external: Vec::new(),
    };
    reader.read(provider(), &AuthenticatorPolicy {}, authenticator);
    for customer in customers {
        let tenant = customer.tenant();
        let relationship = RelationshipSeen {
            id: format!("relationship-{}", customer.number),
            name: format!("Larkspur - {}", customer.name()),
            status: "active".into(),
            customer_name: customer.name(),
            roles: terms.roles.iter().map(|role| role.role.id).collect(),
            ends: Some(at("2028-08-22T00:00:00Z")),
            extends_itself: false,
        };
        let terminated = RelationshipSeen {
            status: "terminated".into(),
            ..relationship.clone()
        };
        let about = Relationships { customer: tenant };
        let seen = match customer.state {
            State::NoRelationship => terminated,
            _ => relationship,
        };
        reader.read(provider(), &about, vec![seen]);
        let scopes = [
            "AuditLogsQuery-Entra.Read.All",
            "LicenseAssignment.Read.All",
            "Policy.Read.All",
            "User.Read.All",
        ]
        .map(str::to_owned);
        let about = CustomerWay {
            needs: scopes.to_vec(),
        };
        if customer.state == State::WayShut {
            let shut = WaySeen::Closed {
                because: Text::new("sign-in-because-blocked-by-policy"),
                code: "AADSTS53003".into(),
            };
            reader.read(tenant, &about, shut);
            continue;
        }
        let open = WaySeen::Open {
            scopes: scopes.into(),
            roles: None,
            by_partner_center: None,
        };
        reader.read(tenant, &about, open);
        let plans: &[Uuid] = match customer.state {
            State::NoP1 => &[MAILBOX],
            _ => &[P1, MAILBOX],
        };
        reader.read(tenant, &Licences {}, licences(plans));
        let defaults = SecurityDefaultsSeen {
            enabled: customer.state == State::DefaultsOn,
        };
        reader.read(tenant, &SecurityDefaults {}, defaults);
        reader.read(tenant, &AccessPolicies {}, Vec::new());
        let audit_log = match customer.state {
            State::AuditOff => AuditLogSeen::Off,
            _ => AuditLogSeen::On,
        };
        reader.read(tenant, &AuditLog {}, audit_log);
        let guest = GuestTwin {
            account: dana.clone(),
        };
        reader.read(tenant, &guest, None);
    }
    reader.0
}
