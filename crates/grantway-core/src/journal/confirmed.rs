//! What a person says of something that shows nowhere else.

use serde_json::json;

use crate::Timestamp;
use crate::plan::Confirm;
use crate::proof::{Proof, Standing};
use crate::text::Text;

/// What a person said of something that shows nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Whether they saw it.
    pub seen: bool,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Confirmed {
    /// What that proves: never more than that a person has seen it.
    pub fn proof(confirm: &Confirm, said: Option<&Self>) -> Proof {
        let by = |key: &str, said: &Self| Text::new(key).with("by", &said.by);
        let (standing, found) = match said {
            None => (Standing::CannotSee, Text::new("proof-found-unconfirmed")),
            Some(said) if said.seen => (Standing::ByPerson, by("proof-found-confirmed", said)),
            Some(said) => (
                Standing::NotProved,
                by("proof-found-unseen", said).with("todo", confirm.unseen.clone()),
            ),
        };
        Proof {
            expiry: None,
            claim: confirm.claim.clone(),
            read_from: Text::new("proof-from-person"),
            standing,
            found,
            evidence: json!({
                "confirmed_by": said.map(|said| &said.by),
                "seen": said.map(|said| said.seen),
                "at": said.map(|said| said.at),
            }),
            look_again: None,
        }
    }
}
