//! Claims challenges: a service asks for more proof, and the next token request repeats what it asked for.
// facts: own-app-and-tokens §5; entra-docs claims-challenge.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// The claims that a `WWW-Authenticate` header asks for, as JSON text; none when it is no claims challenge.
pub fn claims_of(header: &str) -> Option<String> {
    let parameters = parameters(header);
    let value = |name: &str| {
        parameters
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    };
    if value("error") != Some("insufficient_claims") {
        return None;
    }
    let encoded = value("claims")?.trim_end_matches('=');
    let bytes = STANDARD_NO_PAD
        .decode(encoded)
        .or_else(|_| URL_SAFE_NO_PAD.decode(encoded))
        .ok()?;
    let claims: Value = serde_json::from_slice(&bytes).ok()?;
    claims.is_object().then(|| claims.to_string())
}

/// The `claims` parameter of every request for a token: that we understand challenges (`cp1`), merged with what was asked for.
/// Text that is no JSON object is left out.
pub fn with_capability(asked: Option<&str>) -> String {
    let mut claims = asked
        .and_then(|text| serde_json::from_str::<Value>(text).ok())
        .filter(Value::is_object)
        .unwrap_or_else(|| json!({}));
    let capability = json!({ "values": ["cp1"] });
    match claims.get_mut("access_token") {
        Some(Value::Object(access)) => {
            access.insert("xms_cc".into(), capability);
        }
        _ => claims["access_token"] = json!({ "xms_cc": capability }),
    }
    claims.to_string()
}

/// The `name="value"` pairs of a challenge. Values may be quoted, with backslashes; unquoted ones end at a comma or blank.
fn parameters(header: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut chars = header.chars().peekable();
    let mut name = String::new();
    while let Some(c) = chars.next() {
        match c {
            '=' => {
                let mut value = String::new();
                if chars.next_if_eq(&'"').is_some() {
                    while let Some(c) = chars.next() {
                        match c {
                            '"' => break,
                            '\\' => value.extend(chars.next()),
                            c => value.push(c),
                        }
                    }
                } else {
                    while let Some(c) = chars.next_if(|c| *c != ',' && !c.is_whitespace()) {
                        value.push(c);
                    }
                }
                found.push((std::mem::take(&mut name), value));
            }
            ',' => name.clear(),
            c if c.is_whitespace() => name.clear(),
            c => name.push(c),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    const ASKED: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;

    fn header(encoded: &str) -> String {
        format!(
            "Bearer realm=\"\", authorization_uri=\"https://login.example/common/oauth2/authorize\", \
             error=\"insufficient_claims\", claims=\"{encoded}\""
        )
    }

    #[test]
    fn challenge_is_read_padded_or_not() {
        let encoded = STANDARD.encode(ASKED);
        assert_eq!(claims_of(&header(&encoded)).unwrap(), ASKED);
        assert_eq!(
            claims_of(&header(encoded.trim_end_matches('='))).unwrap(),
            ASKED
        );
    }

    #[test]
    fn other_refusals_are_no_challenge() {
        assert_eq!(
            claims_of("Bearer error=\"invalid_token\", error_description=\"expired\""),
            None
        );
        assert_eq!(claims_of(&header("%%%")), None);
        assert_eq!(claims_of(&header(&STANDARD.encode("[1]"))), None);
    }

    #[test]
    fn capability_is_always_there_and_keeps_what_was_asked() {
        assert_eq!(
            with_capability(None),
            r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#
        );
        let merged: Value = serde_json::from_str(&with_capability(Some(ASKED))).unwrap();
        assert_eq!(merged["access_token"]["nbf"]["value"], "1604106651");
        assert_eq!(merged["access_token"]["xms_cc"]["values"][0], "cp1");
        assert_eq!(with_capability(Some("not json")), with_capability(None));
    }

    proptest! {
        #[test]
        fn no_header_panics(text in "\\PC{0,200}") {
            let _ = claims_of(&text);
            let merged: Value = serde_json::from_str(&with_capability(Some(&text))).unwrap();
            prop_assert_eq!(&merged["access_token"]["xms_cc"]["values"][0], "cp1");
        }
    }
}
