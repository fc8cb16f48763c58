//! A stage: the whole product but its windows, on a practice cloud of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use grantway_app::contract::{
    Call, NeedCard, NeedKind, Page, PhaseName, Reply, SetupView, UiProblem,
};
use grantway_app::{App, AppOrder, AroundJournal, Asked, KeychainUse, Passphrase, Sleep};
use grantway_cli::host::Terminal;
use grantway_cli::practice::{PracticeHere, PracticeOrder};
use grantway_core::memory::CountedIds;
use grantway_microsoft::clouds::Cloud;
use grantway_practice::{ClockMode, ControlAddress, ScenarioSource};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// The provider of the practice world.
const PROVIDER: &str = "larkspur-it.example";
/// The customer that a journey is for when it names none.
const CUSTOMER: &str = "alder-dental.example";

/// How a stage is set.
#[derive(Clone)]
pub struct Knobs {
    /// The scenario.
    pub scenario: &'static str,
    /// The text of a scenario of one's own, in place of the one by its name.
    pub text: Option<String>,
    /// People who are in its provider's tenant besides, as `[[tenant.user]]` tables.
    pub colleagues: &'static str,
    /// What is written is seen everywhere at once: the scenario without the time that it takes.
    pub at_once: bool,
    /// Where its traffic is recorded, below `target/traffic/`; stages of one process with one name share a file. None
    /// records nothing.
    pub traffic: Option<&'static str>,
    /// Data of an earlier stage; none is a fresh folder.
    pub data: Option<PathBuf>,
    /// The file (TOML) of a practice cloud that another process runs; none starts one here.
    pub elsewhere: Option<String>,
    /// Ids come in a fixed order, so that two runs of one story are the same to the letter.
    pub counted_ids: bool,
    /// Real time that every answer of the cloud takes longer.
    pub latency: Option<std::time::Duration>,
    /// What a wait by the clock does: it moves the practice clock, or lasts until somebody else does.
    pub sleep: Sleep,
    /// Who watches the journal.
    pub around_journal: AroundJournal,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            scenario: "in-order",
            text: None,
            colleagues: "",
            at_once: false,
            traffic: None,
            data: None,
            elsewhere: None,
            counted_ids: false,
            latency: None,
            sleep: Sleep::Moves,
            around_journal: std::convert::identity,
        }
    }
}

/// The part of a state dump that take back must leave as it was.
pub type Dump = Value;

/// The stage.
pub struct Stage {
    /// The app.
    pub app: Arc<App>,
    /// Its host.
    pub host: Arc<Terminal>,
    /// Its practice cloud.
    pub practice: Arc<PracticeHere>,
    /// Its data folder.
    pub data: PathBuf,
    control: ControlAddress,
    http: reqwest::Client,
    _folder: Option<tempfile::TempDir>,
}

struct Typed;

#[async_trait]
impl Passphrase for Typed {
    async fn ask(&self, _reason: Asked) -> Option<secrecy::SecretString> {
        Some("only for tests".into())
    }
}

/// Somebody who knows the passphrase of a test's vault.
pub fn passphrase() -> Arc<dyn Passphrase> {
    Arc::new(Typed)
}

/// Traffic files that this process has begun: later stages of the same name add to them.
static BEGUN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fn traffic_file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/traffic");
    std::fs::create_dir_all(&folder).expect("target/ can be written");
    let file = folder.join(format!("{name}.jsonl"));
    let mut begun = BEGUN.lock().unwrap_or_else(PoisonError::into_inner);
    if begun.insert(name.to_owned()) {
        // A file of an earlier run would be added to.
        let _ = std::fs::remove_file(&file);
    }
    file
}

fn scenario(knobs: &Knobs) -> ScenarioSource {
    if let Some(text) = &knobs.text {
        return ScenarioSource::Text(text.clone());
    }
    let builtin = ScenarioSource::Builtin(knobs.scenario.to_owned());
    if knobs.colleagues.is_empty() && !knobs.at_once {
        return builtin;
    }
    // The provider's tenant is the first of the file; what follows it begins with this line.
    let customers = "# ---- The customers";
    let text = builtin.text().expect("a scenario that is built in");
    assert!(text.contains(customers), "{text}");
    let text = text.replace(customers, &format!("{}\n{customers}", knobs.colleagues));
    if !knobs.at_once {
        return ScenarioSource::Text(text);
    }
    let mut table: toml::Table = text.parse().expect("TOML");
    let times = table["propagation"].as_table_mut().expect("seconds");
    for (_, seconds) in times.iter_mut() {
        *seconds = 0.into();
    }
    ScenarioSource::Text(table.to_string())
}

/// The controls that a practice cloud's file names.
fn control_of(file: &str) -> ControlAddress {
    let file: toml::Value = file.parse::<toml::Table>().expect("TOML").into();
    let text = |name: &str| {
        let value = file["control"][name].as_str();
        value.expect("the file names its controls").to_owned()
    };
    ControlAddress {
        url: text("url"),
        token: text("token"),
    }
}

impl Stage {
    /// Sets a stage.
    pub async fn set(knobs: Knobs) -> Self {
        let folder = knobs
            .data
            .is_none()
            .then(|| tempfile::tempdir().expect("a folder for the test"));
        let data = knobs.data.clone().unwrap_or_else(|| {
            folder
                .as_ref()
                .map(|f| f.path().to_owned())
                .unwrap_or_default()
        });
        crate::cheap_vault(&data).await;
        let cloud = knobs
            .elsewhere
            .as_deref()
            .map(|file| Cloud::from_toml(file).expect("the cloud's own file"));
        let order_here = PracticeOrder {
            scenario: Some(scenario(&knobs)),
            clock: ClockMode::Frozen {
                at: "2026-11-24T10:29:00Z".parse().expect("a moment"),
            },
            seed: Some(7),
            traffic: knobs.traffic.map(traffic_file),
            forgets: false,
            latency: knobs.latency,
        };
        let practice = Arc::new(match knobs.elsewhere.as_deref().map(control_of) {
            Some(control) => PracticeHere::elsewhere(control),
            None => PracticeHere::new(order_here),
        });
        let host = Terminal::new(data.clone(), Some(Arc::clone(&practice)));
        let order = AppOrder {
            data: data.clone(),
            cloud,
            practice: Some(practice.clone()),
            start_in_practice: true,
            goes_on: true,
            passphrase: passphrase(),
            keychain: KeychainUse::Never,
            around_journal: knobs.around_journal,
            sleep: knobs.sleep,
            machine: grantway_cli::edge::now,
            ids: if knobs.counted_ids {
                Arc::new(CountedIds::default())
            } else {
                Arc::new(grantway_cli::edge::SystemIds)
            },
            zone: TimeZone::UTC,
        };
        let app = App::open(order, host.clone())
            .await
            .unwrap_or_else(|problem| panic!("the app opens: {problem:?}"));
        let control = practice.control().await.expect("the practice cloud runs");
        let http = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .build()
            .expect("an HTTP client for the controls");
        let stage = Self {
            app,
            host,
            practice,
            data,
            control,
            http,
            _folder: folder,
        };
        let people = stage.ask("people").await;
        let cast = people.as_array().expect("a list").iter().map(|person| {
            let text = |name: &str| person[name].as_str().unwrap_or_default().to_owned();
            (text("upn"), text("password"))
        });
        let (vendor, staff): (Vec<_>, Vec<_>) =
            cast.partition(|(upn, _)| upn.contains("vendor-portal"));
        *stage
            .host
            .cast
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = staff;
        *stage
            .host
            .vendor
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = vendor.into_iter().next();
        stage
    }

    /// Where the practice cloud is controlled.
    pub fn control(&self) -> ControlAddress {
        self.control.clone()
    }

    /// Asks the practice controls.
    pub async fn ask(&self, what: &str) -> Value {
        let url = format!("{}/_practice/{what}", self.control.url);
        let answer = self
            .http
            .get(url)
            .bearer_auth(&self.control.token)
            .send()
            .await
            .expect("the controls answer");
        answer.json().await.expect("JSON")
    }

    /// Tells the practice controls.
    pub async fn tell(&self, what: &str, body: Value) -> Value {
        let url = format!("{}/_practice/{what}", self.control.url);
        let answer = self
            .http
            .post(url)
            .bearer_auth(&self.control.token)
            .json(&body)
            .send()
            .await
            .expect("the controls answer");
        assert!(answer.status().is_success(), "{what}: {}", answer.status());
        answer.json().await.unwrap_or(Value::Null)
    }

    /// Lets something go wrong, from now on.
    pub async fn fault(&self, matches: Value, action: Value) {
        let rules = json!({ "rules": [{ "match": matches, "action": action }] });
        self.tell("faults", rules).await;
    }

    /// Lets nothing go wrong any more.
    pub async fn mend(&self) {
        let url = format!("{}/_practice/faults", self.control.url);
        let call = self.http.delete(url).bearer_auth(&self.control.token);
        let answer = call.send().await.expect("the controls answer");
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    /// How often the rules in force have struck.
    pub async fn struck(&self) -> u64 {
        let rules = self.ask("faults").await;
        let rules = rules["rules"].as_array().expect("a list");
        rules
            .iter()
            .filter_map(|rule| rule["played"].as_u64())
            .sum()
    }

    /// Puts one account in front of every sign-in.
    pub fn only(&self, account: &str) {
        let mut cast = self
            .host
            .cast
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        cast.retain(|(upn, _)| upn == account);
        assert_eq!(cast.len(), 1, "{account} is one of the practice people");
    }

    /// What is live in the cloud.
    pub async fn dump(&self) -> Dump {
        self.ask("state").await["live"].clone()
    }

    /// A domain of each customer's tenant: that of its first account.
    ///
    /// # Panics
    /// When a tenant has no account.
    pub async fn customer_domains(&self) -> Vec<String> {
        let dump = self.dump().await;
        let tenants = dump["tenants"].as_object().expect("tenants by id");
        let domains = tenants.values().map(|tenant| {
            let users = tenant["users"].as_object().expect("accounts by id");
            let upn = users.values().find_map(|user| user["upn"].as_str());
            let (_, domain) = upn.and_then(|upn| upn.split_once('@')).expect("an account");
            domain.to_owned()
        });
        domains.filter(|domain| domain != PROVIDER).collect()
    }

    /// Writes that took effect, by service method and path.
    pub async fn writes(&self) -> Vec<(String, String)> {
        let log = self.ask("log").await;
        let rows = log.as_array().expect("a list");
        rows.iter()
            .filter(|row| {
                row["committed"] == json!(true)
                    && row["method"] != json!("GET")
                    && row["service"] == json!("graph")
            })
            .map(|row| {
                (
                    row["method"].as_str().unwrap_or_default().to_owned(),
                    row["path"].as_str().unwrap_or_default().to_owned(),
                )
            })
            .collect()
    }

    /// A call that must be answered.
    pub async fn call(&self, call: Call) -> Reply {
        let shown = format!("{call:?}");
        self.app
            .call(call)
            .await
            .unwrap_or_else(|problem| panic!("{shown}: {problem:?}"))
    }

    /// A call that must be refused.
    pub async fn refused(&self, call: Call) -> UiProblem {
        let shown = format!("{call:?}");
        match self.app.call(call).await {
            Ok(reply) => panic!("{shown} was answered: {reply:?}"),
            Err(problem) => problem,
        }
    }

    /// A setup as it is shown.
    pub async fn view(&self, id: &str) -> SetupView {
        match self
            .call(Call::Setup {
                id: id.into(),
                phase: None,
            })
            .await
        {
            Reply::Setup(view) => *view,
            other => panic!("not a setup: {other:?}"),
        }
    }

    /// Begins a setup and answers for the practice world.
    pub async fn begin(&self) -> String {
        self.begin_for(&[CUSTOMER.to_owned()]).await
    }

    /// Begins a setup for these customers.
    pub async fn begin_for(&self, domains: &[String]) -> String {
        let call = Call::Open {
            profile: "huntress".into(),
        };
        let Reply::Opened { id } = self.call(call).await else {
            panic!("no setup")
        };
        self.answer_for(&id, domains).await;
        id
    }

    /// Answers for the practice world.
    pub async fn answer(&self, id: &str) {
        self.answer_for(id, &[CUSTOMER.to_owned()]).await;
    }

    async fn answer_for(&self, id: &str, domains: &[String]) {
        self.answer_otherwise(id, domains, &[]).await;
    }

    /// Answers for the practice world, some of them otherwise than the form suggests.
    pub async fn answer_otherwise(&self, id: &str, domains: &[String], others: &[(&str, &str)]) {
        let mut answers = BTreeMap::from([
            ("provider".to_owned(), PROVIDER.to_owned()),
            ("customer".to_owned(), domains.join("\n")),
        ]);
        let others = others.iter();
        answers.extend(others.map(|(field, answer)| ((*field).to_owned(), (*answer).to_owned())));
        let answers = self.with_presets(id, answers).await;
        let call = Call::Answer {
            id: id.into(),
            answers,
        };
        let Reply::Form(outcome) = self.call(call).await else {
            panic!("no form")
        };
        assert!(outcome.stored, "{:?}", outcome.problems);
    }

    /// What the form would send: its presets, and these answers over them.
    pub async fn with_presets(
        &self,
        id: &str,
        answers: BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let call = Call::Setup {
            id: id.into(),
            phase: Some(PhaseName::Answer),
        };
        let Reply::Setup(view) = self.call(call).await else {
            panic!("not a setup")
        };
        let Page::Answer(page) = view.page else {
            panic!("not at the questions")
        };
        let mut all: BTreeMap<String, String> = page
            .fields
            .into_iter()
            .map(|field| (field.id, field.value))
            .collect();
        all.extend(answers);
        all
    }

    /// Signs the provider in and waits for what follows from it.
    pub async fn sign_in(&self, id: &str) {
        self.call(Call::SignIn {
            id: id.into(),
            seat: "provider".into(),
            lane: None,
        })
        .await;
        self.app.settled(id).await;
    }

    /// Approves the plan that is shown, as it asks.
    pub async fn approve(&self, id: &str) {
        let Page::Review(page) = self.view(id).await.page else {
            panic!(
                "not at the review: {:#?}, stuck: {:?}, {:#?}",
                self.problems(),
                self.stuck(),
                self.view(id).await.page
            )
        };
        let approval = page.approval.expect("it can be approved");
        self.call(Call::Approve {
            id: id.into(),
            fingerprint: page.fingerprint,
            typed: approval.word,
        })
        .await;
        self.app.settled(id).await;
    }

    /// The cards that wait for a person.
    pub async fn cards(&self, id: &str) -> Vec<NeedCard> {
        match self.view(id).await.page {
            Page::Apply(page) => page.cards,
            Page::Done(page) => page.cards,
            _ => Vec::new(),
        }
    }

    /// Does what the cards ask, until none is left or one cannot be done by doing it once more.
    pub async fn attend(&self, id: &str) {
        let mut done: Vec<String> = Vec::new();
        loop {
            self.app.settled(id).await;
            let cards = self.cards(id).await;
            let ones_own =
                |card: &&NeedCard| matches!(card.kind, NeedKind::SignIn | NeedKind::Task);
            let Some(card) = cards.iter().find(ones_own) else {
                return;
            };
            assert!(
                done.iter().filter(|step| **step == card.step).count() < 3,
                "{} is asked for again and again",
                card.step
            );
            done.push(card.step.clone());
            self.do_card(id, card).await;
        }
    }

    /// Does one card as a person would: copies what is to be copied, opens the window, does what its pages ask.
    pub async fn do_card(&self, id: &str, card: &NeedCard) {
        if card.kind == NeedKind::SignIn {
            self.sign_in(id).await;
            return;
        }
        for index in 0..card.values.len() {
            self.call(Call::Copy {
                id: id.into(),
                step: card.step.clone(),
                index,
            })
            .await;
        }
        self.call(Call::StartTask {
            id: id.into(),
            step: card.step.clone(),
            lane: None,
        })
        .await;
        self.app.settled(id).await;
        let shown = self.host.shown.lock();
        let shown = shown.unwrap_or_else(PoisonError::into_inner).take();
        if let (Some(_), Some(given)) = (&card.asks, shown) {
            self.finish_with(id, &card.step, &given).await;
        }
    }

    /// Says what the page of a task has shown.
    pub async fn finish_with(&self, id: &str, step: &str, given: &str) {
        self.call(Call::FinishTask {
            id: id.into(),
            step: step.into(),
            prompts: None,
            given: Some(given.into()),
        })
        .await;
        self.app.settled(id).await;
    }

    /// The card by which somebody else is asked to act.
    pub async fn hand_off(&self, id: &str) -> NeedCard {
        let cards = self.cards(id).await;
        let card = cards.iter().find(|card| card.kind == NeedKind::HandOff);
        card.cloned().unwrap_or_else(|| panic!("{cards:#?}"))
    }

    /// Why the robot could not pass its last session.
    pub fn stuck(&self) -> Option<String> {
        let stuck: &Mutex<Option<String>> = &self.host.stuck;
        stuck.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the app told without being asked, oldest first.
    pub fn problems(&self) -> Vec<UiProblem> {
        self.host.problems()
    }
}
