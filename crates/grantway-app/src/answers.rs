//! Answers as the journal keeps them: the fields as typed and parsed, and the tenants that they name.

use grantway_core::Place;
use grantway_core::journal::SetupState;
use grantway_patterns::Answers;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Default, Serialize, Deserialize)]
struct Stored {
    #[serde(default)]
    fields: Answers,
    #[serde(default)]
    places: Vec<Place>,
}

/// The answers for the journal.
pub fn write(fields: &Answers, places: &[Place]) -> Value {
    serde_json::to_value(Stored {
        fields: fields.clone(),
        places: places.to_vec(),
    })
    .expect("answers have string keys only")
}

/// The answers of a setup. Names of tenants that were learnt since are put in.
pub fn read(state: &SetupState) -> (Answers, Vec<Place>) {
    let Stored { fields, mut places } =
        serde_json::from_value(state.answers.clone()).unwrap_or_default();
    for place in &mut places {
        let learnt = state
            .checks
            .iter()
            .find(|check| check.place.tenant == place.tenant)
            .map(|check| check.place.name.clone());
        if let Some(name) = learnt {
            place.name = name;
        }
    }
    (fields, places)
}
