//! Policies, strengths, Security Defaults and timed roles against the practice cloud, each with a token that carries just the permissions
//! which it names; and what is asked before: all of it without a pattern in between.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use grantway_core::change::{Act, ChangeRecord, Context, Diff, Observed, Registry, Undone};
use grantway_core::desired::{
    AccessPolicy, AuthenticationStrength, DefaultsReplaced, Desired, Excluded, Known,
    PolicyControl, PolicyExclusion, PolicyUsers, TimedDirectoryRole,
};
use grantway_core::memory::{CountedIds, MemorySecrets};
use grantway_core::ports::Clock;
use grantway_core::proof::Standing;
use grantway_core::question::{
    AccessPolicies, Ask, AuditLog, AuditLogSeen, AuthenticatorPolicy, GuestTwin, PolicySeen,
    Question,
};
use grantway_core::{
    Actor, AppId, Fault, FaultKind, ObjectId, RoleId, SetupId, StepId, TenantId, Timestamp, Upn,
};
use grantway_microsoft::clouds::Cloud;
use grantway_microsoft::graph::Graphs;
use grantway_microsoft::http::{AccessToken, Gates, Limits, TokenWanted, Tokens, Transport};
use grantway_practice::state::{GRAPH, TokenRequest};
use grantway_practice::{ClockMode, Options, Practice, ScenarioSource};
use secrecy::SecretString;
use serde_json::Value;

const LARKSPUR: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001";
const ALDER: &str = "2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002";
const DANA: &str = "b1000000-0000-4000-8000-000000000001";
const TOM: &str = "b1000000-0000-4000-8000-000000000002";
const CLIENT: &str = "6d1f0c52-3f0b-4c0e-9a51-2b7a4be1c001";
const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

type Practiced = Arc<grantway_practice::cloud::Cloud>;

/// The practice clock; whoever waits moves it.
struct Time(Practiced);

#[async_trait]
impl Clock for Time {
    fn now(&self) -> Timestamp {
        self.0.clock.precise_now()
    }

    async fn sleep_until(&self, moment: Timestamp) {
        // A moment that has passed is no wait.
        let _ = self.0.clock.move_to(moment);
    }
}

/// Dana's tokens, in any tenant, with the permissions that are due at the moment.
struct Issued {
    cloud: Practiced,
    scopes: Mutex<BTreeSet<String>>,
}

#[async_trait]
impl Tokens for Issued {
    async fn token(&self, wanted: &TokenWanted) -> Result<AccessToken, Fault> {
        let request = TokenRequest {
            tenant: wanted.tenant.to_string().parse().expect("an id"),
            home_tenant: LARKSPUR.parse().expect("an id"),
            user: DANA.parse().expect("an id"),
            guest: None,
            upn: "dana@larkspur-it.example".to_owned(),
            roles: Vec::new(),
            client: CLIENT.parse().expect("an id"),
            resource: GRAPH,
            scopes: self
                .scopes
                .lock()
                .expect("no panic")
                .clone()
                .into_iter()
                .collect(),
            cp1: false,
            mfa: true,
            after_challenge: false,
        };
        let now = self.cloud.now();
        let ids = &self.cloud.ids;
        let token = self
            .cloud
            .write(|world| world.tokens.issue_access_token(ids, now, request).0);
        Ok(AccessToken {
            secret: SecretString::from(token),
            expires: Timestamp::MAX,
            scopes: Default::default(),
        })
    }
}

struct Desk {
    practice: Practice,
    registry: Registry,
    tokens: Arc<Issued>,
    clock: Arc<Time>,
    secrets: MemorySecrets,
    setup: SetupId,
    step: StepId,
    began: Timestamp,
}

impl Desk {
    async fn at(scenario: &str, traffic: Option<&str>) -> Self {
        let options = Options {
            scenario: ScenarioSource::Builtin(scenario.to_owned()),
            seed: Some(7),
            clock: ClockMode::Frozen {
                at: "2026-11-24T10:29:00Z".parse().expect("a moment"),
            },
            traffic: traffic.map(|name| {
                let folder =
                    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/traffic");
                std::fs::create_dir_all(&folder).expect("target/ can be written");
                let file = folder.join(format!("{name}.jsonl"));
                let _ = std::fs::remove_file(&file);
                file
            }),
            ..Options::default()
        };
        let practice = Practice::start(options).await.expect("a practice cloud");
        let cloud = Arc::new(Cloud::from_toml(&practice.cloud().to_toml()).expect("its own file"));
        let clock = Arc::new(Time(Arc::clone(practice.inner())));
        let tokens = Arc::new(Issued {
            cloud: Arc::clone(practice.inner()),
            scopes: Mutex::default(),
        });
        let ids = Arc::new(CountedIds::default());
        let transport = Transport::new(&cloud, Limits::default(), clock.clone(), ids);
        let graphs = Graphs {
            transport: Arc::new(transport.expect("a client")),
            cloud,
            tokens: tokens.clone(),
            gates: Arc::new(Gates::new()),
            policies: Arc::default(),
        };
        let began = clock.now();
        Self {
            practice,
            registry: grantway_microsoft::registry(&graphs),
            tokens,
            clock,
            secrets: MemorySecrets::default(),
            setup: SetupId::parse("HM-7K2Q").expect("an id"),
            step: StepId::new("step"),
            began,
        }
    }

    fn cx(&self, tenant: &str) -> Context<'_> {
        Context {
            setup: &self.setup,
            step: &self.step,
            tenant: TenantId::parse(tenant).expect("an id"),
            actor: Some(actor()),
            since: Some(self.began),
            cut_off: false,
            clock: self.clock.as_ref(),
            secrets: &self.secrets,
        }
    }

    fn allow(&self, scopes: Vec<String>) {
        *self.tokens.scopes.lock().expect("no panic") = scopes.into_iter().collect();
    }

    async fn ask<T: Ask>(&self, tenant: &str, about: T) -> Result<T::Answer, Fault> {
        let reader = self.registry.reader(T::KIND)?;
        self.allow(reader.scopes());
        let question = Question::of(TenantId::parse(tenant).expect("an id"), &about);
        let answer = reader.read(&question, Some(&actor())).await?;
        Ok(serde_json::from_value(answer).expect("the question's own answer"))
    }

    async fn policies(&self, tenant: &str) -> Vec<PolicySeen> {
        self.ask(tenant, AccessPolicies {}).await.expect("a list")
    }

    /// Reads, writes and proves, as the engine does.
    async fn make<T: Desired>(&self, tenant: &str, state: &T) -> ChangeRecord {
        let change = self.registry.change(T::KIND).expect("it is registered");
        let desired = serde_json::to_value(state).expect("text keys");
        let cx = self.cx(tenant);
        self.allow(change.scopes(Act::Read));
        let before = change.read(&cx, &desired, None).await.expect("a read");
        let diff = change.diff(&desired, &before);
        assert!(
            matches!(diff, Diff::Create | Diff::Update | Diff::Remove),
            "{}: {diff:?}",
            T::KIND
        );
        assert!(!change.fields(&desired, &before).is_empty());
        self.allow(change.scopes(Act::Write));
        let applied = change.apply(&cx, &desired, &before).await.expect("a write");
        let proof = change
            .prove(&cx, &desired, &applied.key)
            .await
            .expect("a proof");
        assert_eq!(proof.standing, Standing::Proved, "{proof:?}");
        // A second plan finds nothing to do.
        self.wait(5);
        let seen = change.read(&cx, &desired, None).await.expect("a read");
        assert_eq!(
            change.diff(&desired, &seen),
            Diff::AlreadyRight,
            "{}",
            T::KIND
        );
        ChangeRecord {
            desired,
            before,
            applied,
        }
    }

    async fn take_back<T: Desired>(&self, tenant: &str, record: &ChangeRecord) {
        let change = self.registry.change(T::KIND).expect("it is registered");
        self.allow(change.scopes(Act::Undo));
        let undone = change.undo(&self.cx(tenant), record).await;
        assert_eq!(undone, Ok(Undone::Reverted), "{}", T::KIND);
    }

    fn wait(&self, seconds: u64) {
        let moved = self
            .practice
            .inner()
            .clock
            .advance(std::time::Duration::from_secs(seconds));
        moved.expect("a date");
    }

    /// Everything that lasts in the policies of a tenant, and who holds which role.
    fn end_state(&self, tenant: &str) -> Value {
        let tenant = tenant.parse().expect("an id");
        self.practice.inner().read(|world| {
            let tenant = world.tenant(&tenant).expect("a tenant");
            let now = self.practice.inner().now();
            let policies = tenant.conditional_access.values().map(|policy| {
                let mut policy = policy.clone();
                policy.modified = None;
                policy
            });
            let policies: Vec<_> = policies.collect();
            let roles = tenant.role_assignments.values();
            let roles: Vec<_> = roles.filter(|role| role.is_there(now)).collect();
            serde_json::json!({
                "policies": policies,
                "strengths": tenant.strengths,
                "defaults": tenant.security_defaults,
                "roles": roles,
            })
        })
    }

    /// Calls to the policies of a tenant, by what they were answered.
    fn policy_calls(&self, status: impl Fn(u16) -> bool) -> usize {
        let log = self.practice.inner().log.after(0);
        let calls = log.iter().filter(|row| {
            row.path.contains("/conditionalAccess/policies") && row.status.is_some_and(&status)
        });
        calls.count()
    }
}

fn actor() -> Actor {
    Actor {
        home: TenantId::parse(LARKSPUR).expect("an id"),
        account: Upn::parse("dana@larkspur-it.example").expect("a name"),
        client: AppId::parse(CLIENT).expect("an id"),
    }
}

fn provider(policy: &PolicySeen) -> PolicyExclusion {
    PolicyExclusion {
        policy: Known::Now(policy.id.clone()),
        policy_name: policy.name.clone(),
        exclude: Excluded::ServiceProvider {
            tenant: TenantId::parse(LARKSPUR).expect("an id"),
            name: "Larkspur Managed IT".into(),
        },
    }
}

#[tokio::test]
async fn a_customers_policy_leaves_the_provider_out_and_is_put_back() {
    let desk = Desk::at(
        "customer-policy-without-exclusion",
        Some("policies-in-a-customer"),
    )
    .await;
    let us = TenantId::parse(LARKSPUR).expect("an id");
    let before = desk.end_state(ALDER);
    let hit: Vec<PolicySeen> = desk.policies(ALDER).await;
    let hit: Vec<_> = hit
        .into_iter()
        .filter(|one| {
            one.is_on() && one.may_hit_service_providers() && !one.excludes_service_provider(us)
        })
        .collect();
    assert_eq!(hit.len(), 1);
    let record = desk.make(ALDER, &provider(&hit[0])).await;
    let seen = desk.policies(ALDER).await;
    assert!(seen[0].excludes_service_provider(us));
    assert_ne!(desk.end_state(ALDER), before);
    // Somebody of the customer excludes an account of theirs; that is not ours to take back.
    let theirs = serde_json::json!(["b2000000-0000-4000-8000-000000000001"]);
    let edit = |list: Value| {
        desk.practice.inner().write(|world| {
            let id = ALDER.parse().expect("an id");
            let tenant = world.tenant_mut(&id).expect("a tenant");
            let policy = tenant.conditional_access.values_mut().next().expect("one");
            policy.conditions["users"]["excludeUsers"] = list;
        });
    };
    edit(theirs.clone());
    desk.take_back::<PolicyExclusion>(ALDER, &record).await;
    let after = desk.end_state(ALDER);
    assert_eq!(
        after["policies"][0]["conditions"]["users"]["excludeUsers"],
        theirs
    );
    edit(serde_json::json!([]));
    assert_eq!(desk.end_state(ALDER), before);
    assert_eq!(
        desk.policy_calls(|status| status == 429),
        0,
        "one call a second is kept to"
    );
}

#[tokio::test]
async fn twenty_steps_that_plan_in_one_tenant_cost_one_list() {
    let desk = Desk::at("customer-policy-without-exclusion", None).await;
    let policy = desk.policies(ALDER).await.remove(0);
    let before = desk.policy_calls(|_| true);
    desk.wait(5);
    let change = desk
        .registry
        .change(PolicyExclusion::KIND)
        .expect("it is registered");
    let desired = serde_json::to_value(provider(&policy)).expect("text keys");
    let cx = desk.cx(ALDER);
    let reads = (0..20).map(|_| change.read(&cx, &desired, None));
    let seen = futures_util::future::join_all(reads).await;
    assert!(
        seen.iter()
            .all(|one| matches!(one, Ok(Observed::Present { .. }))),
        "{seen:?}"
    );
    assert_eq!(desk.policy_calls(|_| true) - before, 1);
}

#[tokio::test]
async fn push_takes_the_place_of_security_defaults_in_the_order_that_is_accepted() {
    let desk = Desk::at("security-defaults-on", Some("policies-for-an-account")).await;
    let before = desk.end_state(LARKSPUR);
    let account = ObjectId::parse(TOM).expect("an id");
    let strength = AuthenticationStrength {
        name: "Authenticator push".into(),
        combinations: vec!["password,microsoftAuthenticatorPush".into()],
    };
    let strength = desk.make(LARKSPUR, &strength).await;
    let push = AccessPolicy {
        name: "Push for the service account".into(),
        users: PolicyUsers::Account {
            user: Known::Now(account),
            name: "tom@larkspur-it.example".into(),
        },
        exclude_service_provider: None,
        control: PolicyControl::Strength {
            id: Known::Now(strength.applied.key["id"].clone()),
            name: "Authenticator push".into(),
        },
        enabled: false,
    };
    let push_made = desk.make(LARKSPUR, &push).await;
    let everybody = AccessPolicy {
        name: "Second factor for everybody".into(),
        users: PolicyUsers::All,
        exclude_service_provider: None,
        control: PolicyControl::Mfa,
        enabled: false,
    };
    let everybody = desk.make(LARKSPUR, &everybody).await;
    // While Security Defaults are on no policy can be: one goes off and the other on in one go.
    let replaced = DefaultsReplaced {
        policy: Known::Now(everybody.applied.key["id"].clone()),
        policy_name: "Second factor for everybody".into(),
    };
    let replaced = desk.make(LARKSPUR, &replaced).await;
    let push_on = AccessPolicy {
        enabled: true,
        ..push.clone()
    };
    let push_on = desk.make(LARKSPUR, &push_on).await;
    let seen = desk.policies(LARKSPUR).await;
    let other = seen
        .iter()
        .find(|one| one.id != push_made.applied.key["id"]);
    let other = other.expect("the other policy");
    assert!(!other.excludes_user(account));
    let exclusion = PolicyExclusion {
        policy: Known::Now(other.id.clone()),
        policy_name: other.name.clone(),
        exclude: Excluded::Account {
            user: Known::Now(account),
            name: "tom@larkspur-it.example".into(),
        },
    };
    let exclusion = desk.make(LARKSPUR, &exclusion).await;
    let seen = desk.policies(LARKSPUR).await;
    assert!(seen.iter().all(PolicySeen::is_on));
    assert_eq!(
        seen.iter().filter(|one| one.excludes_user(account)).count(),
        1
    );
    // The policy says more by now than it was made with; it is still the one that was made.
    let change = desk
        .registry
        .change(AccessPolicy::KIND)
        .expect("it is registered");
    let again = change
        .read(&desk.cx(LARKSPUR), &everybody.desired, None)
        .await;
    let diff = change.diff(&everybody.desired, &again.expect("a read"));
    assert_eq!(diff, Diff::AlreadyRight);

    desk.take_back::<PolicyExclusion>(LARKSPUR, &exclusion)
        .await;
    desk.take_back::<AccessPolicy>(LARKSPUR, &push_on).await;
    desk.take_back::<DefaultsReplaced>(LARKSPUR, &replaced)
        .await;
    desk.take_back::<AccessPolicy>(LARKSPUR, &everybody).await;
    desk.take_back::<AccessPolicy>(LARKSPUR, &push_made).await;
    desk.take_back::<AuthenticationStrength>(LARKSPUR, &strength)
        .await;
    assert_eq!(desk.end_state(LARKSPUR), before);
    assert_eq!(desk.policy_calls(|status| status == 429), 0);
}

fn administrator(held: bool) -> TimedDirectoryRole {
    TimedDirectoryRole {
        principal: Known::Now(ObjectId::parse(TOM).expect("an id")),
        principal_name: "tom@larkspur-it.example".into(),
        role: RoleId::parse(GLOBAL_ADMINISTRATOR).expect("an id"),
        role_name: "Global Administrator".into(),
        hours: 8,
        held,
        justification: "Setup HM-7K2Q".into(),
    }
}

#[tokio::test]
async fn a_role_is_held_for_hours_and_ended_before() {
    let desk = Desk::at("timed-roles", Some("timed-roles")).await;
    let before = desk.end_state(LARKSPUR);
    let held = desk.make(LARKSPUR, &administrator(true)).await;
    assert!(matches!(desk.end_state(LARKSPUR), state if state != before));
    desk.make(LARKSPUR, &administrator(false)).await;
    assert_eq!(desk.end_state(LARKSPUR), before);
    // Given once more, and taken back; and once more, until its time is over.
    let again = desk.make(LARKSPUR, &administrator(true)).await;
    desk.take_back::<TimedDirectoryRole>(LARKSPUR, &again).await;
    assert_eq!(desk.end_state(LARKSPUR), before);
    desk.make(LARKSPUR, &administrator(true)).await;
    desk.wait(9 * 3_600);
    let change = desk
        .registry
        .change(TimedDirectoryRole::KIND)
        .expect("it is registered");
    desk.allow(change.scopes(Act::Undo));
    let undone = change.undo(&desk.cx(LARKSPUR), &held).await;
    assert_eq!(undone, Ok(Undone::WasGone));

    let plain = Desk::at("in-order", None).await;
    plain.allow(change.scopes(Act::Read));
    let change = plain
        .registry
        .change(TimedDirectoryRole::KIND)
        .expect("it is registered");
    let desired = serde_json::to_value(administrator(true)).expect("text keys");
    let fault = change.read(&plain.cx(LARKSPUR), &desired, None).await;
    let FaultKind::Refused { needs } = fault.expect_err("no P2").kind else {
        panic!("a licence is missing");
    };
    assert_eq!(needs, ["Microsoft Entra ID P2"]);
}

#[tokio::test]
async fn questions_about_a_customer_are_answered_there() {
    let desk = Desk::at("customers-in-reach", Some("questions-about-a-customer")).await;
    let twin = || GuestTwin {
        account: Upn::parse("dana@larkspur-it.example").expect("a name"),
    };
    assert_eq!(desk.ask(ALDER, AuditLog {}).await, Ok(AuditLogSeen::On));
    assert_eq!(desk.ask(ALDER, twin()).await, Ok(None));
    let methods = desk
        .ask(ALDER, AuthenticatorPolicy {})
        .await
        .expect("an answer");
    assert!(methods.push_for_everybody() && methods.external.is_empty());

    let off = Desk::at("customer-audit-off", None).await;
    assert_eq!(off.ask(ALDER, AuditLog {}).await, Ok(AuditLogSeen::Off));
    // Without the permission nothing is known.
    off.allow(vec!["User.Read".into()]);
    let reader = off
        .registry
        .reader(AuditLog::KIND)
        .expect("it is registered");
    let question = Question::of(TenantId::parse(ALDER).expect("an id"), &AuditLog {});
    let fault = reader
        .read(&question, Some(&actor()))
        .await
        .expect_err("refused");
    assert!(matches!(fault.kind, FaultKind::Refused { .. }), "{fault:?}");

    let guest = Desk::at("customer-guest-twin", None).await;
    let seen = guest.ask(ALDER, twin()).await.expect("an answer");
    assert_eq!(seen.expect("the guest").name, "Dana Whitfield");

    let reported = Desk::at("customer-policy-reported", None).await;
    let policies = reported.policies(ALDER).await;
    assert!(policies.iter().any(PolicySeen::is_report_only));
}
