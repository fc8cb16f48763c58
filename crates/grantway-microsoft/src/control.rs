//! The controls of a practice cloud: its clock, its phone, its scenarios.
//!
//! The practice cloud and this client share no types: they meet on the wire. Everything here goes to the
//! loopback address that the cloud's own file names, with that run's token.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use grantway_core::Timestamp;
use grantway_core::ports::Clock;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

use crate::clouds::{Cloud, Kind};

/// Why the controls did not answer.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// Nobody listens there any more, or the answer was cut.
    #[error("the practice cloud does not answer")]
    Silent(#[source] reqwest::Error),
    /// It said no, and why.
    #[error("the practice cloud refused: {0}")]
    Refused(String),
    /// The HTTP client cannot be built.
    #[error("the HTTP client cannot be built")]
    Client(#[source] reqwest::Error),
}

/// A sign-in that waits for the practice phone. The number is on the sign-in page, not here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PhonePrompt {
    /// Its id.
    pub id: String,
    /// The account that signs in.
    pub upn: String,
    /// The app that it signs in to.
    pub app: String,
    /// From where.
    #[serde(default)]
    pub from: String,
}

/// A practice account with its made-up password.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PracticePerson {
    /// The account.
    pub upn: String,
    /// The name.
    pub name: String,
    /// The tenant's name.
    #[serde(default)]
    pub tenant_name: String,
    /// What they are there.
    #[serde(default)]
    pub role: String,
    /// The password; none once the account has chosen its own.
    #[serde(default)]
    pub password: Option<String>,
}

/// A scenario.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ScenarioSummary {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it teaches.
    #[serde(default)]
    pub teaches: String,
}

/// The controls of one practice cloud.
#[derive(Debug)]
pub struct Control {
    client: reqwest::Client,
    base: Url,
    token: SecretString,
}

impl Control {
    /// The controls of a practice cloud; none for a live one.
    ///
    /// # Errors
    /// When the platform's HTTP set-up is unusable.
    pub fn of(cloud: &Cloud) -> Result<Option<Self>, ControlError> {
        let Kind::Practice(Some(control)) = cloud.kind() else {
            return Ok(None);
        };
        let client = reqwest::Client::builder()
            .no_proxy()
            // Plain HTTP on this computer: reading the system's certificates would only cost time.
            .tls_certs_only([])
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .build()
            .map_err(ControlError::Client)?;
        Ok(Some(Self {
            client,
            base: control.url.clone(),
            token: control.token.clone(),
        }))
    }

    /// The prompts that wait for the phone, oldest first.
    ///
    /// # Errors
    /// See [`ControlError`].
    pub async fn prompts(&self) -> Result<Vec<PhonePrompt>, ControlError> {
        #[derive(Deserialize)]
        struct Prompts {
            prompts: Vec<PhonePrompt>,
        }
        Ok(self.get::<Prompts>("/_practice/phone").await?.prompts)
    }

    /// Answers a prompt with the number that was typed, or with "it is not me".
    ///
    /// # Errors
    /// Also when the number is wrong or the prompt is over.
    pub async fn answer_prompt(&self, id: &str, number: Option<u8>) -> Result<(), ControlError> {
        let body = match number {
            Some(number) => json!({ "answer": "approve", "number": number }),
            None => json!({ "answer": "deny" }),
        };
        self.post::<Value>(&["_practice", "phone", id], &body)
            .await
            .map(|_| ())
    }

    /// The accounts of the loaded scenario.
    ///
    /// # Errors
    /// See [`ControlError`].
    pub async fn people(&self) -> Result<Vec<PracticePerson>, ControlError> {
        self.get("/_practice/people").await
    }

    /// The scenarios that can be loaded.
    ///
    /// # Errors
    /// See [`ControlError`].
    pub async fn scenarios(&self) -> Result<Vec<ScenarioSummary>, ControlError> {
        self.get("/_practice/scenarios").await
    }

    /// The id of the loaded scenario.
    ///
    /// # Errors
    /// See [`ControlError`].
    pub async fn scenario(&self) -> Result<String, ControlError> {
        #[derive(Deserialize)]
        struct Info {
            scenario: String,
        }
        Ok(self.get::<Info>("/_practice/info").await?.scenario)
    }

    /// Loads a scenario afresh.
    ///
    /// # Errors
    /// Also when there is no scenario of that id.
    pub async fn load(&self, scenario: &str) -> Result<(), ControlError> {
        self.post::<Value>(&["_practice", "reset"], &json!({ "scenario": scenario }))
            .await
            .map(|_| ())
    }

    async fn clock(&self) -> Result<Reading, ControlError> {
        self.get("/_practice/clock").await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ControlError> {
        let mut url = self.base.clone();
        url.set_path(path);
        self.send(self.client.get(url)).await
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &Value,
    ) -> Result<T, ControlError> {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.clear().extend(path);
        }
        self.send(self.client.post(url).json(body)).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<T, ControlError> {
        let answer = request
            .bearer_auth(self.token.expose_secret())
            .send()
            .await
            .map_err(silent)?;
        if answer.status().is_success() {
            let text = answer.text().await.map_err(silent)?;
            let text = if text.trim().is_empty() {
                "null"
            } else {
                &text
            };
            return serde_json::from_str(text)
                .map_err(|error| ControlError::Refused(error.to_string()));
        }
        let status = answer.status();
        let body: Value = answer.json().await.unwrap_or(Value::Null);
        let said = ["/error/message", "/message", "/error"]
            .iter()
            .find_map(|path| body.pointer(path)?.as_str());
        Err(ControlError::Refused(
            said.map_or_else(|| status.to_string(), str::to_owned),
        ))
    }
}

fn silent(error: reqwest::Error) -> ControlError {
    // The address has the run's port in it and nothing else worth showing.
    ControlError::Silent(error.without_url())
}

#[derive(Debug, Clone, Deserialize)]
struct Reading {
    now: Timestamp,
    mode: String,
}

/// What sleeping does to a practice clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sleep {
    /// Waits until the clock has come there by itself or was moved.
    Waits,
    /// Moves the clock there: tests and benchmarks do not sleep.
    Moves,
}

/// The practice cloud's clock as the app's own. Moving it wakes what waits.
pub struct PracticeClock {
    control: Control,
    sleep: Sleep,
    /// The machine's clock, for the time between two looks.
    machine: fn() -> Timestamp,
    seen: Mutex<Seen>,
}

#[derive(Clone, Copy)]
struct Seen {
    practice: Timestamp,
    machine: Timestamp,
    running: bool,
}

/// How often a sleeper looks whether the clock was moved.
const LOOK: Duration = Duration::from_millis(200);

impl PracticeClock {
    /// Reads the clock once and follows it from there.
    ///
    /// # Errors
    /// When the practice cloud does not answer.
    pub async fn follow(
        control: Control,
        sleep: Sleep,
        machine: fn() -> Timestamp,
    ) -> Result<Self, ControlError> {
        let reading = control.clock().await?;
        let seen = Mutex::new(Seen {
            practice: reading.now,
            machine: machine(),
            running: reading.mode == "running",
        });
        Ok(Self {
            control,
            sleep,
            machine,
            seen,
        })
    }

    /// Looks at the clock again.
    ///
    /// # Errors
    /// When the practice cloud does not answer.
    pub async fn look(&self) -> Result<Timestamp, ControlError> {
        let reading = self.control.clock().await?;
        self.note(&reading);
        Ok(reading.now)
    }

    /// Moves the clock forward.
    ///
    /// # Errors
    /// When the practice cloud does not answer.
    pub async fn advance(&self, seconds: u32) -> Result<(), ControlError> {
        let reading = self
            .control
            .post(
                &["_practice", "clock"],
                &json!({ "advance_seconds": seconds }),
            )
            .await?;
        self.note(&reading);
        Ok(())
    }

    async fn move_to(&self, moment: Timestamp) -> Result<(), ControlError> {
        let reading = self
            .control
            .post(
                &["_practice", "clock"],
                &json!({ "to": moment.to_string() }),
            )
            .await?;
        self.note(&reading);
        Ok(())
    }

    fn note(&self, reading: &Reading) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = Seen {
            practice: reading.now,
            machine: (self.machine)(),
            running: reading.mode == "running",
        };
    }
}

#[async_trait]
impl Clock for PracticeClock {
    fn now(&self) -> Timestamp {
        let seen = *self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.running {
            return seen.practice;
        }
        let since = (self.machine)().duration_since(seen.machine);
        seen.practice.checked_add(since).unwrap_or(seen.practice)
    }

    async fn sleep_until(&self, moment: Timestamp) {
        loop {
            if self.now() >= moment {
                return;
            }
            if self.sleep == Sleep::Moves {
                // Another sleeper may have moved it further already; the control never goes back, and says where it is.
                if self.move_to(moment).await.is_err() {
                    let _ = self.look().await;
                }
                if self.now() >= moment {
                    return;
                }
            }
            let left = moment.duration_since(self.now());
            let left = Duration::try_from(left).unwrap_or_default();
            tokio::time::sleep(left.min(LOOK)).await;
            // A practice cloud that is gone leaves the last known time; whoever asks it next is told.
            let _ = self.look().await;
        }
    }
}
