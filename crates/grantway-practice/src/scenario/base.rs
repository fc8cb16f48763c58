//! A scenario that changes another one: `base = "in-order"`, and then only what differs. Tables are laid over one another; lists of
//! things that have a name (`key`, `id` or `client_id`) thing by thing, with `remove = true` for one that is to go; other lists as a whole.

use toml::{Table, Value};

use super::builtin;
use super::error::{ScenarioError, line_of};

/// So many scenarios may stand on one another.
const DEEPEST: usize = 5;

/// The text of a whole scenario: a file that names no base is its own.
pub(super) fn whole(text: &str) -> Result<String, ScenarioError> {
    if !text.lines().any(|line| line.starts_with("base")) {
        return Ok(text.to_owned());
    }
    let table = read(text, DEEPEST)?;
    toml::to_string(&table).map_err(|error| ScenarioError::Form {
        line: 1,
        message: error.to_string(),
    })
}

fn read(text: &str, depth: usize) -> Result<Table, ScenarioError> {
    let mut table: Table = toml::from_str(text).map_err(|error| ScenarioError::Form {
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })?;
    let Some(base) = table.remove("base") else {
        return Ok(table);
    };
    let id = base.as_str().unwrap_or_default();
    let known = builtin(id).filter(|_| depth > 0);
    let Some(known) = known else {
        return Err(ScenarioError::UnknownBuiltin { id: id.to_owned() });
    };
    let mut under = read(known.text, depth - 1)?;
    lay(&mut under, table);
    Ok(under)
}

fn lay(under: &mut Table, over: Table) {
    for (name, value) in over {
        match (under.get_mut(&name), value) {
            (Some(Value::Table(known)), Value::Table(value)) => lay(known, value),
            (Some(Value::Array(known)), Value::Array(value))
                if value.iter().all(|item| name_of(item).is_some()) =>
            {
                lay_list(known, value);
            }
            (_, value) => {
                under.insert(name, value);
            }
        }
    }
}

fn lay_list(under: &mut Vec<Value>, over: Vec<Value>) {
    for mut item in over {
        let at = under
            .iter()
            .position(|known| name_of(known) == name_of(&item));
        let gone = item
            .as_table_mut()
            .and_then(|table| table.remove("remove"))
            .is_some_and(|gone| gone.as_bool() == Some(true));
        match (at, item) {
            (Some(at), _) if gone => {
                under.remove(at);
            }
            (Some(at), Value::Table(value)) => {
                if let Some(Value::Table(known)) = under.get_mut(at) {
                    lay(known, value);
                }
            }
            (_, item) => under.push(item),
        }
    }
}

/// What a thing in a list is called.
fn name_of(value: &Value) -> Option<&str> {
    let table = value.as_table()?;
    ["key", "id", "client_id"]
        .into_iter()
        .find_map(|name| table.get(name)?.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_changed_added_and_removed_by_name() {
        let mut under: Table = toml::from_str(
            "title = \"a\"\n[[tenant]]\nkey = \"x\"\nname = \"X\"\nlicence = [{ sku = \"SPB\" }, { sku = \"E3\" }]\n[[tenant]]\nkey = \"y\"",
        )
        .expect("TOML");
        let over: Table = toml::from_str(
            "title = \"b\"\n[[tenant]]\nkey = \"x\"\nlicence = [{ sku = \"F1\" }]\n[[tenant]]\nkey = \"y\"\nremove = true\n[[tenant]]\nkey = \"z\"",
        )
        .expect("TOML");
        lay(&mut under, over);
        let expected: Table = toml::from_str(
            "title = \"b\"\n[[tenant]]\nkey = \"x\"\nname = \"X\"\nlicence = [{ sku = \"F1\" }]\n[[tenant]]\nkey = \"z\"",
        )
        .expect("TOML");
        assert_eq!(under, expected);
    }

    #[test]
    fn an_unknown_base_is_named() {
        let error = whole("base = \"nowhere\"\nid = \"x\"").expect_err("a refusal");
        assert!(error.to_string().contains("nowhere"), "{error}");
    }
}
