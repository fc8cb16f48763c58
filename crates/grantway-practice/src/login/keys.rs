//! The key that signs tokens. Each process makes its own and keeps it in memory only: a practice token is worth nothing
//! outside the process that signed it, and no key lies in the program or on disk.

use std::sync::OnceLock;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// An RSA key pair with its public half in JWKS form.
pub struct SigningKey {
    key: EncodingKey,
    kid: String,
    n: String,
    e: String,
}

/// Why no key could be made or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The random generator or the RSA generator failed.
    #[error("no RSA key could be made")]
    NotMade,
    /// The key library refused the fresh key, or to sign with it.
    #[error("the token signer refused its key")]
    Refused(#[from] jsonwebtoken::errors::Error),
}

impl SigningKey {
    /// The key of this process, made when it is first needed: making one takes longer than all the rest of a start.
    pub fn of_this_process() -> Result<&'static Self, KeyError> {
        static KEY: OnceLock<SigningKey> = OnceLock::new();
        if let Some(key) = KEY.get() {
            return Ok(key);
        }
        let fresh = Self::generate()?;
        Ok(KEY.get_or_init(|| fresh))
    }

    /// Makes a fresh RSA-2048 pair.
    fn generate() -> Result<Self, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::NotMade)?;
        let der = pair.as_der().map_err(|_| KeyError::NotMade)?;
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            wrap(&STANDARD.encode(der.as_ref()))
        );
        let key = EncodingKey::from_rsa_pem(pem.as_bytes())?;
        let AlgorithmParameters::RSA(public) =
            Jwk::from_encoding_key(&key, Algorithm::RS256)?.algorithm
        else {
            return Err(KeyError::NotMade);
        };
        let kid = URL_SAFE_NO_PAD.encode(&Sha256::digest(public.n.as_bytes())[..15]);
        Ok(Self {
            key,
            kid,
            n: public.n,
            e: public.e,
        })
    }

    /// Signs claims as a compact RS256 token whose header names this key.
    pub fn sign<T: Serialize>(&self, claims: &T) -> Result<String, KeyError> {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(self.kid.clone());
        Ok(jsonwebtoken::encode(&header, claims, &self.key)?)
    }

    /// The JWKS document `{"keys":[…]}`.
    pub fn key_set(&self, issuer: &str) -> Value {
        json!({"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "n": self.n, "e": self.e, "issuer": issuer}]})
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

fn wrap(text: &str) -> String {
    let lines: Vec<&str> = (0..text.len())
        .step_by(64)
        .map(|at| &text[at..text.len().min(at + 64)])
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonwebtoken::{DecodingKey, Validation};

    #[test]
    fn a_token_is_verified_by_the_published_key_and_not_by_another() {
        let ours = SigningKey::generate().unwrap();
        let other = SigningKey::generate().unwrap();
        let token = ours
            .sign(&json!({"aud": "a", "exp": 4_000_000_000u64}))
            .unwrap();
        let mut rules = Validation::new(Algorithm::RS256);
        rules.set_audience(&["a"]);
        let verify = |key: &SigningKey| {
            let public = DecodingKey::from_rsa_components(&key.n, &key.e).unwrap();
            jsonwebtoken::decode::<Value>(&token, &public, &rules)
        };
        assert_eq!(verify(&ours).unwrap().claims["aud"], "a");
        assert!(verify(&other).is_err());
    }
}
