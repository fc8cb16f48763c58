//! The traffic file: one JSON line for each Graph exchange, without secrets, in the form that the schema check reads.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::Asked;

/// A traffic file that is being written.
#[derive(Debug)]
pub(crate) struct Traffic {
    file: Mutex<File>,
}

/// Keys whose text values never reach the file.
const SECRET_KEYS: [&str; 8] = [
    "password",
    "secrettext",
    "newpassword",
    "currentpassword",
    "clientsecret",
    "access_token",
    "refresh_token",
    "key",
];

impl Traffic {
    /// Opens a file to add to it.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        let file = File::options().create(true).append(true).open(path)?;
        Ok(Self {
            file: Mutex::new(file),
        })
    }

    /// Adds an exchange.
    pub fn record(
        &self,
        asked: &Asked,
        status: StatusCode,
        answer: &[u8],
        scopes: Option<&[String]>,
    ) {
        let mut line = Map::new();
        line.insert("method".into(), asked.method.as_str().into());
        let query = asked
            .query
            .as_deref()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        line.insert("url".into(), format!("{}{query}", asked.path).into());
        line.insert("requestBody".into(), body(&asked.body));
        line.insert("status".into(), status.as_u16().into());
        line.insert("responseBody".into(), body(answer));
        if let Some(scopes) = scopes {
            line.insert("scopes".into(), scopes.into());
            line.insert("auth".into(), "delegated".into());
        }
        let mut text = Value::Object(line).to_string();
        text.push('\n');
        if let Err(error) = self
            .file
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write_all(text.as_bytes())
        {
            tracing::warn!(%error, "the traffic file misses an exchange");
        }
    }
}

fn body(bytes: &[u8]) -> Value {
    let mut value = serde_json::from_slice(bytes).unwrap_or(Value::Null);
    hide_secrets(&mut value);
    value
}

fn hide_secrets(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if value.is_string() && SECRET_KEYS.contains(&name.to_ascii_lowercase().as_str()) {
                    *value = "***".into();
                } else {
                    hide_secrets(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide_secrets),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden_at_any_depth() {
        let mut value = serde_json::json!({
            "passwordProfile": { "password": "hunter2", "forceChangePasswordNextSignIn": true },
            "requests": [{ "body": { "secretText": "x" } }],
            "password": null,
        });
        hide_secrets(&mut value);
        assert_eq!(
            value,
            serde_json::json!({
                "passwordProfile": { "password": "***", "forceChangePasswordNextSignIn": true },
                "requests": [{ "body": { "secretText": "***" } }],
                "password": null,
            })
        );
    }
}
