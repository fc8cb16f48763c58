//! Maps whose values are shared: a copy of the world costs a pointer for each, and a value that did not change can be told.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Values by name.
pub(crate) type SharedMap<T> = BTreeMap<String, Arc<T>>;

/// Writes the values as if they were not shared; for `#[serde(with)]`.
pub(crate) fn serialize<T: Serialize, S: Serializer>(
    map: &SharedMap<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(map.iter().map(|(name, value)| (name, value.as_ref())))
}

/// Reads them.
pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<SharedMap<T>, D::Error> {
    let map = BTreeMap::<String, T>::deserialize(deserializer)?;
    Ok(map
        .into_iter()
        .map(|(name, value)| (name, Arc::new(value)))
        .collect())
}
