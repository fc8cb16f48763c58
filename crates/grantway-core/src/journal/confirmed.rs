//! What a person says of something that shows nowhere else.

use serde_json::json;

use super::step_state::StepState;
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
    /// What a person's word on a step proves: never more than that they have seen it.
    pub fn proof(confirm: &Confirm, step: Option<&StepState>) -> Proof {
        let said = step.and_then(|step| step.confirmed.as_ref());
        let pairs = step.filter(|_| confirm.pairing.is_some());
        let pairs = pairs.map(|step| &step.pairs.confirmed);
        let by = |key: &str, said: &Self| Text::new(key).with("by", &said.by);
        let (standing, found) = match said {
            None => (Standing::CannotSee, Text::new("proof-found-unconfirmed")),
            Some(said) if said.seen => {
                let found = match pairs {
                    Some(pairs) => by("proof-found-paired", said).with("count", pairs.len()),
                    None => by("proof-found-confirmed", said),
                };
                (Standing::ByPerson, found)
            }
            Some(said) => (
                Standing::NotProved,
                by("proof-found-unseen", said).with("todo", confirm.unseen.clone()),
            ),
        };
        let mut evidence = json!({
            "confirmed_by": said.map(|said| &said.by),
            "seen": said.map(|said| said.seen),
            "at": said.map(|said| said.at),
        });
        if let Some(pairs) = pairs {
            let named = pairs.iter();
            let named = named.map(|(tenant, pair)| (tenant.to_string(), json!(pair.name)));
            evidence["pairs"] = named.collect::<serde_json::Map<_, _>>().into();
        }
        Proof {
            expiry: None,
            claim: confirm.claim.clone(),
            read_from: Text::new("proof-from-person"),
            standing,
            found,
            evidence,
            look_again: None,
        }
    }
}
