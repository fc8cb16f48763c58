//! The practice phone, reached as a person reaches it: what waits, and an answer.

use reqwest::Client;
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::RobotError;
use super::browser::{client, network};
use crate::ControlAddress;

/// The phone of a practice cloud.
pub(super) struct PracticePhone {
    client: Client,
    control: ControlAddress,
}

#[derive(Deserialize)]
struct Waiting {
    prompts: Vec<Prompt>,
}

#[derive(Deserialize)]
struct Prompt {
    id: String,
    upn: String,
}

impl PracticePhone {
    pub(super) fn new(control: ControlAddress) -> Result<Self, RobotError> {
        Ok(Self {
            client: client()?,
            control,
        })
    }

    /// Answers the newest prompt of an account: with a number, or with no. Without a prompt nothing happens.
    pub(super) async fn answer(&self, upn: &str, number: Option<u8>) -> Result<(), RobotError> {
        let list = self.address("/_practice/phone")?;
        let answer = self
            .client
            .get(list.clone())
            .bearer_auth(&self.control.token)
            .send()
            .await
            .map_err(|source| network(&list, source))?;
        refuse(&answer)?;
        let waiting: Waiting = answer
            .json()
            .await
            .map_err(|source| network(&list, source))?;
        let newest = waiting
            .prompts
            .into_iter()
            .rev()
            .find(|prompt| prompt.upn.eq_ignore_ascii_case(upn));
        let Some(prompt) = newest else { return Ok(()) };
        let address = self.address(&format!("/_practice/phone/{}", prompt.id))?;
        let body = match number {
            Some(number) => json!({"answer": "approve", "number": number}),
            None => json!({"answer": "deny"}),
        };
        let answer = self
            .client
            .post(address.clone())
            .bearer_auth(&self.control.token)
            .json(&body)
            .send()
            .await
            .map_err(|source| network(&address, source))?;
        refuse(&answer)
    }

    fn address(&self, path: &str) -> Result<Url, RobotError> {
        Url::parse(&self.control.url)
            .and_then(|base| base.join(path))
            .map_err(|_| RobotError::Address {
                address: self.control.url.clone(),
            })
    }
}

impl std::fmt::Debug for PracticePhone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PracticePhone")
            .field("url", &self.control.url)
            .finish_non_exhaustive()
    }
}

fn refuse(answer: &reqwest::Response) -> Result<(), RobotError> {
    if answer.status().is_success() {
        Ok(())
    } else {
        Err(RobotError::PracticePhone {
            status: answer.status().as_u16(),
        })
    }
}
