//! Answers as the journal keeps them: the fields as typed and parsed, and the tenants that they name.

use std::collections::HashMap;

use grantway_core::journal::SetupState;
use grantway_core::{Party, Place, TenantId};
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

/// A customer of a setup.
pub struct Customer {
    /// Its tenant, with the name that is known best.
    pub place: Place,
    /// The domain that was given for it.
    pub domain: String,
}

/// The customers of a setup.
pub fn customers(state: &SetupState) -> Vec<Customer> {
    let Stored { places: given, .. } =
        serde_json::from_value(state.answers.clone()).unwrap_or_default();
    let (_, known) = read(state);
    // A place is stored under the domain by which it was found; names are put in where it is read.
    given
        .into_iter()
        .zip(known)
        .filter(|(_, place)| place.party == Party::Customer)
        .map(|(given, place)| Customer {
            place,
            domain: given.name,
        })
        .collect()
}

/// The answers of a setup. Names of tenants that were learnt since are put in.
pub fn read(state: &SetupState) -> (Answers, Vec<Place>) {
    let Stored { fields, mut places } = stored(state);
    let mut learnt: HashMap<TenantId, &str> = HashMap::new();
    for check in &state.checks {
        learnt
            .entry(check.place.tenant)
            .or_insert(&check.place.name);
    }
    for place in &mut places {
        if let Some(name) = learnt.get(&place.tenant) {
            place.name = (*name).to_owned();
        }
    }
    (fields, places)
}

/// What was typed for each tenant: a domain of it.
pub fn domains(state: &SetupState) -> HashMap<TenantId, String> {
    let places = stored(state).places.into_iter();
    places.map(|place| (place.tenant, place.name)).collect()
}

fn stored(state: &SetupState) -> Stored {
    Stored::deserialize(&state.answers).unwrap_or_default()
}
