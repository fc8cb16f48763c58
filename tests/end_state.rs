//! The end states of two runs, made comparable: ids that a run made itself are left out, everything else stays.

use std::collections::BTreeSet;

use serde_json::Value;
use uuid::Uuid;

/// Every leaf of a dump in a line, sorted. An id that was not in the world at the start, and the setup's own name,
/// stand as a word: two runs of one plan are then equal, and an object that was made twice is a line too many.
pub fn end_state(start: &Value, end: &Value, setup: &str) -> Vec<String> {
    let known = ids_of(&start.to_string());
    let text = end.to_string();
    let made: Vec<String> = ids_of(&text).difference(&known).cloned().collect();
    let mut lines = Vec::new();
    leaves("", end, &mut lines);
    for line in &mut lines {
        for id in &made {
            *line = line.replace(id, "<made>");
        }
        *line = line
            .replace(setup, "<SETUP>")
            .replace(&setup.to_ascii_lowercase(), "<setup>");
    }
    lines.sort();
    lines
}

fn ids_of(text: &str) -> BTreeSet<String> {
    // An id is one of 36 bytes; everything else between the separators of JSON is not.
    text.split(|c: char| !c.is_ascii_hexdigit() && c != '-')
        .filter(|part| part.len() == 36 && Uuid::parse_str(part).is_ok())
        .map(str::to_owned)
        .collect()
}

fn leaves(at: &str, value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                leaves(&format!("{at}/{name}"), value, lines);
            }
        }
        // The order in which members were added is not part of what they are.
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                leaves(&format!("{at}/*"), item, lines);
            }
        }
        leaf => lines.push(format!("{at}: {leaf}")),
    }
}
