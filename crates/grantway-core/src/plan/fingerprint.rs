//! The fingerprint of a plan and of what was read for it.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of anything that can be written as JSON. Keys are sorted first, so the order in which they were written does not count.
    pub fn of<T: Serialize>(content: &T) -> Self {
        let value = serde_json::to_value(content).expect("plans have string keys only");
        let digest = Sha256::digest(sorted(value).to_string());
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The form for people: `4F91 C2A7 08DE`.
    pub fn short(&self) -> String {
        let head: String = self.0.chars().take(12).collect();
        let head = head.to_ascii_uppercase();
        [head.get(0..4), head.get(4..8), head.get(8..12)]
            .iter()
            .flatten()
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let ordered: std::collections::BTreeMap<String, Value> =
                map.into_iter().map(|(k, v)| (k, sorted(v))).collect();
            Value::Object(ordered.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_order_of_keys_does_not_count_and_values_do() {
        let one = Fingerprint::of(&json!({ "a": 1, "b": { "c": 2, "d": 3 } }));
        assert_eq!(
            one,
            Fingerprint::of(&json!({ "b": { "d": 3, "c": 2 }, "a": 1 }))
        );
        assert_ne!(
            one,
            Fingerprint::of(&json!({ "b": { "d": 3, "c": 2 }, "a": 2 }))
        );
        assert_eq!(one.short().len(), 14);
    }
}
