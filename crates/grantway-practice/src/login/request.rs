//! An authorization request, parsed once.

use serde_json::Value;
use uuid::Uuid;

use super::pkce;
use super::refusal::Refusal;
use super::scope::{ScopeError, Scopes};

/// Parameters of a request, in order.
pub type Parameters = Vec<(String, String)>;

/// What an app asks for.
#[derive(Debug, Clone)]
pub struct AppRequest {
    /// Client id.
    pub client: Uuid,
    /// Redirect address, exactly as asked.
    pub redirect_uri: String,
    /// Scopes, parsed.
    pub scopes: Scopes,
    /// Scopes, word for word.
    pub scope_words: Vec<String>,
    /// Returned as it came.
    pub state: Option<String>,
    /// For the id token.
    pub nonce: Option<String>,
    /// PKCE challenge.
    pub challenge: Option<String>,
    /// What the person must be asked.
    pub prompt: Prompt,
    /// Account that the app expects.
    pub login_hint: Option<String>,
    /// Whether the app understands claims challenges.
    pub cp1: bool,
    /// Whether the app demands the second proof.
    pub second_proof: bool,
}

/// The `prompt` parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// Ask what is needed.
    Needed,
    /// Ask for credentials again.
    Login,
    /// Let the person choose an account.
    SelectAccount,
    /// Ask for consent again.
    Consent,
    /// Ask nothing.
    None,
}

/// The value of a parameter that may be given once and is not empty.
pub fn single<'a>(
    parameters: &'a Parameters,
    name: &'static str,
) -> Result<Option<&'a str>, Refusal> {
    let mut found = parameters.iter().filter(|(known, _)| known == name);
    let first = found.next().map(|(_, value)| value.as_str());
    if found.next().is_some() {
        return Err(Refusal::Malformed(name));
    }
    Ok(first.filter(|value| !value.is_empty()))
}

/// The value of a parameter that must be given.
pub fn required<'a>(parameters: &'a Parameters, name: &'static str) -> Result<&'a str, Refusal> {
    single(parameters, name)?.ok_or(Refusal::Missing(name))
}

impl AppRequest {
    /// Reads everything but client and redirect address, which must be right before an answer may be sent there.
    pub fn parse(
        parameters: &Parameters,
        client: Uuid,
        redirect_uri: &str,
        public: bool,
        graph: &str,
    ) -> Result<Self, Refusal> {
        let kind = required(parameters, "response_type")?;
        if kind != "code" {
            return Err(Refusal::ResponseType(kind.to_owned()));
        }
        if let Some(mode) = single(parameters, "response_mode")?.filter(|mode| *mode != "query") {
            return Err(Refusal::ResponseType(mode.to_owned()));
        }
        let challenge = single(parameters, "code_challenge")?;
        match (challenge, single(parameters, "code_challenge_method")?) {
            (None, _) if public => return Err(Refusal::NoChallenge),
            (None, _) => {}
            (Some(text), Some("S256")) if pkce::is_challenge(text) => {}
            (Some(_), Some("S256")) => return Err(Refusal::Malformed("code_challenge")),
            (Some(_), _) => return Err(Refusal::ChallengeMethod),
        }
        let scope = required(parameters, "scope")?;
        let claims = Claims::parse(single(parameters, "claims")?)?;
        Ok(Self {
            client,
            redirect_uri: redirect_uri.to_owned(),
            scopes: scopes(scope, graph)?,
            scope_words: scope.split_ascii_whitespace().map(str::to_owned).collect(),
            state: state(parameters)?,
            nonce: single(parameters, "nonce")?.map(str::to_owned),
            challenge: challenge.map(str::to_owned),
            prompt: prompt(parameters)?,
            login_hint: single(parameters, "login_hint")?.map(str::to_owned),
            cp1: claims.cp1,
            second_proof: claims.second_proof,
        })
    }
}

/// Parses a scope list and names the refusal.
pub fn scopes(text: &str, graph: &str) -> Result<Scopes, Refusal> {
    Scopes::parse(text, graph).map_err(|error| match error {
        ScopeError::Empty => Refusal::Missing("scope"),
        ScopeError::Mixed => Refusal::ScopesMixed,
        ScopeError::Malformed(word) => Refusal::Scope(word),
    })
}

/// The `state` parameter. Entra takes markup out of it, so it is refused here rather than changed.
pub fn state(parameters: &Parameters) -> Result<Option<String>, Refusal> {
    let state = single(parameters, "state")?;
    if state.is_some_and(|state| state.contains(['<', '>'])) {
        return Err(Refusal::Malformed("state"));
    }
    Ok(state.map(str::to_owned))
}

fn prompt(parameters: &Parameters) -> Result<Prompt, Refusal> {
    match single(parameters, "prompt")? {
        None => Ok(Prompt::Needed),
        Some("login") => Ok(Prompt::Login),
        Some("select_account") => Ok(Prompt::SelectAccount),
        Some("consent") => Ok(Prompt::Consent),
        Some("none") => Ok(Prompt::None),
        Some(_) => Err(Refusal::Malformed("prompt")),
    }
}

/// What the `claims` parameter says about the access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Claims {
    /// `xms_cc` holds `cp1`: claims challenges are understood.
    pub cp1: bool,
    /// More than that is asked: the answer to a claims challenge.
    pub challenge: bool,
    /// A second proof is asked for (`acrs` or `amr` with `mfa`).
    pub second_proof: bool,
}

impl Claims {
    /// Parses the JSON text; nothing given is nothing asked.
    // facts: own-app-and-tokens §5
    pub fn parse(text: Option<&str>) -> Result<Self, Refusal> {
        let Some(text) = text else {
            return Ok(Self::default());
        };
        let parsed: Value = serde_json::from_str(text).map_err(|_| Refusal::Malformed("claims"))?;
        if !parsed.is_object() {
            return Err(Refusal::Malformed("claims"));
        }
        let Some(asked) = parsed.get("access_token").and_then(Value::as_object) else {
            return Ok(Self::default());
        };
        let holds = |name: &str, wanted: &str| {
            asked.get(name).is_some_and(|claim| {
                claim["value"] == wanted
                    || claim["values"]
                        .as_array()
                        .is_some_and(|values| values.iter().any(|value| value == wanted))
            })
        };
        Ok(Self {
            cp1: holds("xms_cc", "cp1"),
            challenge: asked.keys().any(|name| name != "xms_cc"),
            // A policy that wants more proof is named by its id.
            second_proof: holds("amr", "mfa") || asked.contains_key("capolids"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(pairs: &[(&str, &str)]) -> Parameters {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn parse(extra: &[(&str, &str)]) -> Result<AppRequest, Refusal> {
        let mut all = parameters(&[("response_type", "code"), ("scope", "openid User.Read")]);
        all.extend(parameters(extra));
        AppRequest::parse(&all, Uuid::nil(), "http://localhost/cb", true, "http://g")
    }

    const CHALLENGE: (&str, &str) = (
        "code_challenge",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    );
    const S256: (&str, &str) = ("code_challenge_method", "S256");

    #[test]
    fn a_public_client_needs_an_s256_challenge() {
        assert_eq!(parse(&[]).unwrap_err(), Refusal::NoChallenge);
        assert_eq!(parse(&[CHALLENGE]).unwrap_err(), Refusal::ChallengeMethod);
        assert_eq!(
            parse(&[CHALLENGE, ("code_challenge_method", "plain")]).unwrap_err(),
            Refusal::ChallengeMethod
        );
        assert!(parse(&[CHALLENGE, S256]).is_ok());
    }

    #[test]
    fn a_parameter_given_twice_is_refused() {
        let twice = parse(&[CHALLENGE, S256, ("state", "a"), ("state", "b")]);
        assert_eq!(twice.unwrap_err(), Refusal::Malformed("state"));
    }

    #[test]
    fn claims_tell_cp1_from_a_challenge() {
        let cp1 = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
        let merged = r#"{"access_token":{"xms_cc":{"values":["cp1"]},"nbf":{"essential":true,"value":"1"}}}"#;
        let parsed = Claims::parse(Some(cp1)).unwrap();
        assert!(parsed.cp1 && !parsed.challenge);
        let parsed = Claims::parse(Some(merged)).unwrap();
        assert!(parsed.cp1 && parsed.challenge && !parsed.second_proof);
        assert_eq!(
            Claims::parse(Some("{")).unwrap_err(),
            Refusal::Malformed("claims")
        );
    }
}
