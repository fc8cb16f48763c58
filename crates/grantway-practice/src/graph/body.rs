//! Request bodies, read field by field with Graph's own error texts.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::answer::Refusal;
use super::call::Call;
use super::kind::Kind;

/// A request body of a kind of object.
#[derive(Debug)]
pub(super) struct Body<'a> {
    fields: &'a Map<String, Value>,
    resource: &'static str,
}

impl<'a> Body<'a> {
    /// The body of a call; refuses what is no object or names unknown properties.
    pub fn of(call: &'a Call, kind: &Kind, resource: &'static str) -> Result<Self, Refusal> {
        let Some(Value::Object(fields)) = &call.body else {
            return Err(Refusal::new(
                axum::http::StatusCode::BAD_REQUEST,
                "BadRequest",
                "Empty Payload. JSON content expected.",
            ));
        };
        for name in fields.keys().filter(|name| !name.contains('@')) {
            if kind.property(name).is_none() {
                return Err(Refusal::bad_request(format!("Invalid property '{name}'.")));
            }
        }
        Ok(Self { fields, resource })
    }

    /// A part of the body.
    pub fn part(&self, name: &str) -> Result<Option<Body<'a>>, Refusal> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(fields)) => Ok(Some(Body {
                fields,
                resource: self.resource,
            })),
            Some(_) => Err(self.invalid(name)),
        }
    }

    /// A value as it was sent.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name)
    }

    /// Whether a property was sent.
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// The names of the properties that were sent.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.fields.keys().map(String::as_str)
    }

    /// A text, if it was sent and is not null.
    pub fn text(&self, name: &str) -> Result<Option<&'a str>, Refusal> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.invalid(name)),
        }
    }

    /// A text that must be there.
    pub fn required_text(&self, name: &str) -> Result<&'a str, Refusal> {
        self.text(name)?
            .filter(|text| !text.is_empty())
            .ok_or_else(|| {
                Refusal::bad_request(format!(
                    "A value is required for property '{name}' of resource '{}'.",
                    self.resource
                ))
            })
    }

    /// A yes or no, if it was sent.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.invalid(name)),
        }
    }

    /// A yes or no that must be there.
    pub fn required_flag(&self, name: &str) -> Result<bool, Refusal> {
        self.flag(name)?.ok_or_else(|| {
            Refusal::bad_request(format!(
                "A value is required for property '{name}' of resource '{}'.",
                self.resource
            ))
        })
    }

    /// An id that must be there.
    pub fn required_id(&self, name: &str) -> Result<Uuid, Refusal> {
        self.required_text(name)?
            .parse()
            .map_err(|_| self.invalid(name))
    }

    /// The text of an error about a property.
    pub fn invalid(&self, name: &str) -> Refusal {
        Refusal::bad_request(format!(
            "Invalid value specified for property '{name}' of resource '{}'.",
            self.resource
        ))
    }
}

/// An object id in a path.
pub(super) fn object_id(text: &str) -> Result<Uuid, Refusal> {
    text.parse()
        .map_err(|_| Refusal::bad_request(format!("Invalid object identifier '{text}'.")))
}

/// The object id at the end of an `@odata.id`.
pub(super) fn reference(call: &Call) -> Result<Uuid, Refusal> {
    let address = call
        .body
        .as_ref()
        .and_then(|body| body.get("@odata.id"))
        .and_then(Value::as_str);
    let Some(address) = address else {
        return Err(Refusal::bad_request(
            "A value is required for property '@odata.id'.",
        ));
    };
    reference_id(address).ok_or_else(|| {
        Refusal::bad_request(format!(
            "Invalid URL format specified in payload: '{address}'."
        ))
    })
}

/// The object id at the end of a link such as `…/directoryObjects/ID` or `…/users('ID')`.
pub(super) fn reference_id(address: &str) -> Option<Uuid> {
    let last = address.trim_end_matches('/').rsplit('/').next()?;
    let last = last
        .split_once("('")
        .map_or(last, |(_, rest)| rest.trim_end_matches("')"));
    last.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_end_in_an_id() {
        let id = "b1000000-0000-4000-8000-000000000001";
        for address in [
            format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}"),
            format!("https://g/v1.0/users('{id}')"),
            format!("https://g/v1.0/users/{id}/"),
        ] {
            assert_eq!(
                reference_id(&address).map(|id| id.to_string()).as_deref(),
                Some(id),
                "{address}"
            );
        }
        assert_eq!(
            reference_id("https://graph.microsoft.com/v1.0/users/dana"),
            None
        );
    }
}
