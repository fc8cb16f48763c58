//! Identifiers. Each has one way in, `parse`, and forms use the same parse for their field errors.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why a text is not the identifier that it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not 8-4-4-4-12 hexadecimal digits.
    #[error("\"{0}\" is not an ID of the form 00000000-0000-0000-0000-000000000000")]
    NotAGuid(String),
    /// Not a host name with at least one dot.
    #[error("\"{0}\" is not a domain such as contoso.com")]
    NotADomain(String),
    /// Not `name@domain`.
    #[error("\"{0}\" is not an account such as name@contoso.com")]
    NotAnAccount(String),
    /// Not four or more capital letters, digits and a dash, such as `HM-7K2Q`.
    #[error("\"{0}\" is not the ID of a setup, such as HM-7K2Q")]
    NotASetup(String),
}

macro_rules! guid {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Reads the hyphenated form, in either case, with blanks around it forgiven.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                let text = text.trim();
                if text.len() != 36 {
                    return Err(IdError::NotAGuid(text.into()));
                }
                Uuid::parse_str(text).map(Self).map_err(|_| IdError::NotAGuid(text.into()))
            }

            /// Wraps a GUID that is one already.
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// The shortened form for a line with little room: `8f4c2a10-…-6d21`.
            pub fn short(&self) -> String {
                let text = self.0.hyphenated().to_string();
                format!("{}-…-{}", &text[..8], &text[32..])
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }
    };
}

guid!(
    /// A tenant's directory id.
    TenantId
);
guid!(
    /// The object id of a user, group, service principal or other directory object.
    ObjectId
);
guid!(
    /// The template id of a directory role: the same in every tenant, and what GDAP calls `roleDefinitionId`.
    RoleId
);
guid!(
    /// The application (client) id of an app registration.
    AppId
);

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text as it is shown and sent.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }
    };
}

name!(
    /// A DNS domain in lower case, such as `contoso.com`.
    DomainName
);
name!(
    /// A user principal name, `name@domain`, in lower case: the directory compares them so.
    Upn
);
name!(
    /// The short id of a setup, such as `HM-7K2Q`: shown to people, and the marker in what a setup makes.
    SetupId
);

impl DomainName {
    /// Reads a domain; a scheme, a path or a port in it is an error, not something to strip.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let domain = text.trim().to_ascii_lowercase();
        let label = |l: &str| {
            !l.is_empty()
                && l.len() <= 63
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let labels: Vec<&str> = domain.split('.').collect();
        let top_is_a_name = labels
            .last()
            .is_some_and(|l| l.bytes().any(|b| b.is_ascii_alphabetic()));
        if domain.len() <= 253
            && labels.len() >= 2
            && labels.iter().all(|l| label(l))
            && top_is_a_name
        {
            Ok(Self(domain))
        } else {
            Err(IdError::NotADomain(text.trim().into()))
        }
    }
}

impl Upn {
    /// Reads an account name. The part before the `@` is what Entra allows: letters, digits and `' . - _ ! # ^ ~`.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let refused = || IdError::NotAnAccount(text.trim().into());
        let (name, domain) = text.trim().rsplit_once('@').ok_or_else(refused)?;
        let domain = DomainName::parse(domain).map_err(|_| refused())?;
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"'.-_!#^~".contains(&b);
        if name.is_empty()
            || name.len() > 64
            || !name.bytes().all(allowed)
            || name.starts_with('.')
            || name.ends_with('.')
        {
            return Err(refused());
        }
        Ok(Self(format!("{}@{}", name.to_ascii_lowercase(), domain)))
    }

    /// The part before the `@`.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(name, _)| name)
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl SetupId {
    /// Letters and digits that nobody misreads over the telephone.
    const ALPHABET: &'static [u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// Reads an id such as `HM-7K2Q`.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let id = text.trim().to_ascii_uppercase();
        let fits = matches!(id.split_once('-'), Some((head, tail))
            if head.len() == 2 && tail.len() == 4 && head.bytes().chain(tail.bytes()).all(|b| b.is_ascii_alphanumeric()));
        if fits {
            Ok(Self(id))
        } else {
            Err(IdError::NotASetup(text.trim().into()))
        }
    }

    /// Makes an id from a two-letter prefix and four random bytes.
    pub fn from_random(prefix: [char; 2], bytes: [u8; 4]) -> Self {
        let mut id: String = prefix
            .iter()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_uppercase()
                } else {
                    'X'
                }
            })
            .collect();
        id.push('-');
        id.extend(bytes.map(|b| char::from(Self::ALPHABET[usize::from(b) % Self::ALPHABET.len()])));
        Self(id)
    }
}

/// The name of a step inside its plan: the pattern chooses it, and it is the same in the next plan of the setup.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(String);

impl StepId {
    /// A step that there is once in a plan.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// A step that there is once for each customer.
    pub fn of(name: &str, tenant: TenantId) -> Self {
        Self(format!("{name}/{tenant}"))
    }

    /// The text of the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_domain_is_lower_case_and_has_a_dot() {
        assert_eq!(
            DomainName::parse(" Contoso.COM ").unwrap().as_str(),
            "contoso.com"
        );
        for wrong in [
            "",
            "contoso",
            "https://contoso.com",
            "contoso.com/x",
            "a..b",
            "-a.com",
            "a.com:443",
            "1.2.3.4",
            "con toso.com",
        ] {
            assert!(DomainName::parse(wrong).is_err(), "{wrong:?} was taken");
        }
    }

    #[test]
    fn an_account_has_a_name_and_a_domain() {
        let upn = Upn::parse("Dana@Larkspur-IT.example").unwrap();
        assert_eq!((upn.name(), upn.domain()), ("dana", "larkspur-it.example"));
        for wrong in [
            "dana",
            "@x.example",
            "da na@x.example",
            "dana@x",
            "d@a@",
            ".a@x.example",
        ] {
            assert!(Upn::parse(wrong).is_err(), "{wrong:?} was taken");
        }
    }

    #[test]
    fn a_guid_is_hyphenated() {
        assert!(TenantId::parse("8f4c2a10-0000-4000-8000-0000000a6d21").is_ok());
        assert!(TenantId::parse("8f4c2a100000400080000000000a6d21").is_err());
        assert_eq!(
            TenantId::parse("8f4c2a10-0000-4000-8000-0000000a6d21")
                .unwrap()
                .short(),
            "8f4c2a10-…-6d21"
        );
    }

    proptest! {
        #[test]
        fn what_parses_parses_again(text in "\\PC{0,40}") {
            if let Ok(domain) = DomainName::parse(&text) {
                prop_assert_eq!(DomainName::parse(domain.as_str()).unwrap(), domain);
            }
            if let Ok(upn) = Upn::parse(&text) {
                prop_assert_eq!(Upn::parse(upn.as_str()).unwrap(), upn);
            }
        }

        #[test]
        fn a_random_setup_id_parses(a in any::<char>(), b in any::<char>(), bytes in any::<[u8; 4]>()) {
            let id = SetupId::from_random([a, b], bytes);
            prop_assert_eq!(SetupId::parse(id.as_str()).unwrap(), id);
        }
    }
}
