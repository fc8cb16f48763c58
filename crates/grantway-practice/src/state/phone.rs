//! Prompts on the pretend phone: a sign-in waits until somebody types the number that the page shows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A prompt on the pretend phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhonePrompt {
    /// Id of the prompt.
    pub id: Uuid,
    /// Tenant of the account.
    pub tenant: Uuid,
    /// Account that signs in.
    pub upn: String,
    /// Application that it signs in to.
    pub app: String,
    /// Where the sign-in comes from, for people.
    pub from: String,
    /// The number that the page shows, two digits. It is never told to the phone's list.
    pub number: u8,
    /// When it was made.
    pub created: Timestamp,
    /// When it lapses.
    pub expires: Timestamp,
    /// What the person answered.
    pub outcome: PromptOutcome,
}

/// What became of a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PromptOutcome {
    /// No answer yet.
    Waiting,
    /// The right number was typed.
    Approved,
    /// The person said no, or typed a wrong number.
    Denied,
}

/// What a person does on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneAnswer {
    /// Types a number.
    Approve(u8),
    /// Refuses.
    Deny,
}

impl PhonePrompt {
    /// Whether the prompt still waits for an answer.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.outcome == PromptOutcome::Waiting && now < self.expires
    }

    /// Takes the person's answer. A wrong number denies the sign-in.
    pub fn answer(&mut self, answer: PhoneAnswer) -> PromptOutcome {
        self.outcome = match answer {
            PhoneAnswer::Approve(number) if number == self.number => PromptOutcome::Approved,
            PhoneAnswer::Approve(_) | PhoneAnswer::Deny => PromptOutcome::Denied,
        };
        self.outcome
    }
}
