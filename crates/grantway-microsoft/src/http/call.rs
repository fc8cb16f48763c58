//! One request as the rest of the room describes it.

use reqwest::Method;
use serde_json::Value;

/// Whether a request may be sent again when its outcome is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Reading, or a write that ends the same however often it is sent.
    Safe,
    /// A write that could take effect twice: its outcome is looked up, it is not sent again.
    Never,
}

/// Which queue a request stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// None.
    Free,
    /// Conditional Access and identity protection: one request a second and tenant.
    OnePerSecond,
}

/// A request to an API, by path.
#[derive(Clone, Debug)]
pub struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
    pub(crate) repeat: Repeat,
    pub(crate) pace: Pace,
}

impl Call {
    fn new(method: Method, path: impl Into<String>, repeat: Repeat) -> Self {
        Self {
            method,
            path: path.into(),
            query: vec![],
            headers: vec![],
            body: None,
            repeat,
            pace: Pace::Free,
        }
    }

    /// A read. The path begins with `/v1.0/`.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path, Repeat::Safe)
    }

    /// A create or an action.
    pub fn post(path: impl Into<String>, body: Value) -> Self {
        Self {
            body: Some(body),
            ..Self::new(Method::POST, path, Repeat::Never)
        }
    }

    /// A change of what is there. Not repeated unless [`Call::repeatable`] says so.
    pub fn patch(path: impl Into<String>, body: Value) -> Self {
        Self {
            body: Some(body),
            ..Self::new(Method::PATCH, path, Repeat::Never)
        }
    }

    /// A removal. Sent twice it finds nothing the second time, which is what was wanted.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path, Repeat::Safe)
    }

    /// One query parameter, such as `$select`.
    pub fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// One header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Only when the object is still the one that was read.
    pub fn if_match(self, etag: &str) -> Self {
        self.header("If-Match", etag)
    }

    /// A keyed write that ends the same however often it is sent.
    pub fn repeatable(mut self) -> Self {
        self.repeat = Repeat::Safe;
        self
    }

    /// Stands in the queue for Conditional Access.
    pub fn one_per_second(mut self) -> Self {
        self.pace = Pace::OnePerSecond;
        self
    }

    /// Path and query, percent-encoded: spaces as `%20`, since OData services do not take `+` for one everywhere.
    pub(crate) fn path_and_query(&self) -> String {
        let mut text = self.path.clone();
        for (index, (name, value)) in self.query.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            text.push_str(&encode(value));
        }
        text
    }
}

/// Percent-encodes one path segment or query value: everything but letters, digits and `-._~,()'`.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,()'".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A text inside an OData literal: quotes doubled.
pub(crate) fn odata_quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_values_are_encoded_and_names_are_not() {
        let call = Call::get("/v1.0/groups")
            .query("$filter", "displayName eq 'A & B'")
            .query("$select", "id,displayName");
        assert_eq!(
            call.path_and_query(),
            "/v1.0/groups?$filter=displayName%20eq%20'A%20%26%20B'&$select=id,displayName"
        );
    }

    #[test]
    fn odata_quotes_are_doubled() {
        assert_eq!(odata_quote("O'Hara"), "'O''Hara'");
    }

    #[test]
    fn only_reads_and_removals_repeat_by_themselves() {
        let body = serde_json::json!({});
        assert_eq!(Call::get("/").repeat, Repeat::Safe);
        assert_eq!(Call::delete("/").repeat, Repeat::Safe);
        assert_eq!(Call::post("/", body.clone()).repeat, Repeat::Never);
        assert_eq!(Call::patch("/", body.clone()).repeat, Repeat::Never);
        assert_eq!(Call::patch("/", body).repeatable().repeat, Repeat::Safe);
    }
}
