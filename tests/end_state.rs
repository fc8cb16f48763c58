//! What a run leaves, compared with what was there, or with what another one left: ids that a run made itself are left out, everything else stays.

use serde_json::Value;
use uuid::Uuid;

/// Where two dumps differ, as JSON pointers with both values.
pub fn differences(left: &Value, right: &Value) -> Vec<String> {
    fn walk(at: &str, left: &Value, right: &Value, found: &mut Vec<String>) {
        match (left, right) {
            (Value::Object(a), Value::Object(b)) => {
                let names: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
                for name in names {
                    let (one, other) = (
                        a.get(name).unwrap_or(&Value::Null),
                        b.get(name).unwrap_or(&Value::Null),
                    );
                    walk(&format!("{at}/{name}"), one, other, found);
                }
            }
            _ if left == right => {}
            _ => found.push(format!("{at}: {left} | {right}")),
        }
    }
    let mut found = Vec::new();
    walk("", left, right, &mut found);
    found
}

/// Every leaf of a dump in a line, sorted. An id that was not in the world at the start, and the names of the setups,
/// stand as a word: two runs of one plan are then equal, and an object that was made twice is a line too many.
pub fn end_state(start: &Value, end: &Value, setups: &[&str]) -> Vec<String> {
    let start = start.to_string();
    let mut lines = Vec::new();
    leaves("", end, &mut lines);
    let mut lines: Vec<String> = lines
        .iter()
        .map(|line| plain(&start, line, setups))
        .collect();
    lines.sort();
    lines
}

/// A text without what its run made: ids that the start does not know, and the names of the setups.
pub fn plain(start: &str, text: &str, setups: &[&str]) -> String {
    let mut plain = text.to_owned();
    for (place, setup) in setups.iter().enumerate() {
        plain = plain
            .replace(setup, &format!("<SETUP {place}>"))
            .replace(&setup.to_ascii_lowercase(), &format!("<setup {place}>"));
    }
    for part in text.split(|c: char| !c.is_ascii_hexdigit() && c != '-') {
        if is_id(part) && !start.contains(part) {
            plain = plain.replace(part, "<made>");
        }
    }
    plain
}

/// Ids are of 36 bytes, and those of relationships two of them joined; everything else between separators is not.
fn is_id(part: &str) -> bool {
    let one = |part: &str| part.len() == 36 && Uuid::parse_str(part).is_ok();
    let two = || part.len() == 73 && one(&part[..36]) && one(&part[37..]);
    part.is_ascii() && (one(part) || two())
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
