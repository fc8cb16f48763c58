//! Reading a cloud file: TOML or JSON text in, a checked [`Cloud`] or an error that names the field out.

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

use super::host::is_loopback;
use super::{Cloud, CloudId, Control, HostPattern, HostPatternError, Kind};
use crate::http::origin::Origin;
use grantway_core::ids::AppId;

/// Why a cloud file cannot be used. `field` is written as in the file, e.g. `portals.security_info`.
#[derive(Debug, thiserror::Error)]
pub enum CloudFileError {
    /// The text is no TOML of this shape; the parser's message has line and field.
    #[error("the cloud file cannot be read")]
    Toml(#[source] Box<toml::de::Error>),
    /// The text is no JSON of this shape; the parser's message has line and field.
    #[error("the cloud file cannot be read")]
    Json(#[source] serde_json::Error),
    /// The kind is neither `live` nor `practice`.
    #[error("kind: \"{0}\" is neither \"live\" nor \"practice\"")]
    UnknownKind(String),
    /// The id breaks the rule of [`CloudId`].
    #[error("id: \"{0}\" is not made of lower-case letters, digits and hyphens")]
    BadId(String),
    /// The id belongs to a built-in cloud, or `practice` to a live one.
    #[error("id: \"{0}\" is taken by a built-in cloud")]
    ReservedId(String),
    /// A redirect of its own is for built-in clouds.
    #[error("redirect: a custom cloud's redirect ends in its id")]
    RedirectGiven,
    /// No address at all.
    #[error("{field}: \"{value}\" is not an address")]
    NotAnAddress {
        /// Where in the file.
        field: String,
        /// What stands there.
        value: String,
    },
    /// An address with user, query or fragment, or a service address with a path.
    #[error("{field}: the address has more in it than it may")]
    AddressHasMore {
        /// Where in the file.
        field: String,
    },
    /// A live cloud's address without https.
    #[error("{field}: a live cloud needs https")]
    NotHttps {
        /// Where in the file.
        field: String,
    },
    /// A practice cloud's address that is not on this computer.
    #[error("{field}: a practice cloud lives on this computer (127.0.0.1 or [::1])")]
    NotLoopback {
        /// Where in the file.
        field: String,
    },
    /// The list of sign-in hosts has a bad entry.
    #[error("sign_in_hosts[{index}]")]
    BadHost {
        /// Which entry, from 0.
        index: usize,
        /// What is wrong with it.
        source: HostPatternError,
    },
    /// The sign-in service's own host is missing from the list.
    #[error("sign_in_hosts: the host of login is missing")]
    LoginNotListed,
    /// Not an app id.
    #[error("client_id: \"{0}\" is not a GUID")]
    BadClientId(String),
    /// A live cloud with a practice control.
    #[error("control: only a practice cloud has one")]
    ControlOnLive,
}

/// Whether reserved names may be used: only by the built-in data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reserved {
    Allowed,
    Refused,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCloud {
    id: String,
    redirect: Option<String>,
    kind: String,
    name: String,
    login: String,
    graph: String,
    arm: Option<String>,
    partner_center: Option<String>,
    client_id: Option<String>,
    sign_in_hosts: Vec<String>,
    #[serde(default)]
    portals: BTreeMap<String, String>,
    control: Option<RawControl>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawControl {
    url: String,
    token: String,
}

impl Cloud {
    /// Reads a custom cloud from TOML.
    ///
    /// # Errors
    /// The first field that does not fit.
    pub fn from_toml(text: &str) -> Result<Self, CloudFileError> {
        let raw: RawCloud =
            toml::from_str(text).map_err(|error| CloudFileError::Toml(Box::new(error)))?;
        raw.check(Reserved::Refused)
    }

    /// Reads a custom cloud from JSON.
    ///
    /// # Errors
    /// The first field that does not fit.
    pub fn from_json(text: &str) -> Result<Self, CloudFileError> {
        let raw: RawCloud = serde_json::from_str(text).map_err(CloudFileError::Json)?;
        raw.check(Reserved::Refused)
    }
}

impl RawCloud {
    pub(super) fn check(self, reserved: Reserved) -> Result<Cloud, CloudFileError> {
        let practice = match self.kind.as_str() {
            "live" => false,
            "practice" => true,
            _ => return Err(CloudFileError::UnknownKind(self.kind)),
        };
        let id = CloudId::parse(&self.id).ok_or(CloudFileError::BadId(self.id))?;
        if reserved == Reserved::Refused {
            let taken = ["global", "usgov", "usgov-dod", "china"].contains(&id.as_str())
                || (id.as_str() == "practice" && !practice);
            if taken {
                return Err(CloudFileError::ReservedId(id.to_string()));
            }
            if self.redirect.is_some() {
                return Err(CloudFileError::RedirectGiven);
            }
        }
        let redirect_segment = match self.redirect {
            Some(text) => CloudId::parse(&text).ok_or(CloudFileError::BadId(text))?,
            None => id.clone(),
        };
        let address = AddressRule { practice };
        let login = address.origin("login", &self.login)?;
        let sign_in_hosts = hosts(&self.sign_in_hosts, practice)?;
        if !sign_in_hosts
            .iter()
            .any(|host| host.matches(login.as_url()))
        {
            return Err(CloudFileError::LoginNotListed);
        }
        let portals = self
            .portals
            .into_iter()
            .map(|(key, text)| Ok((key.clone(), address.page(&format!("portals.{key}"), &text)?)))
            .collect::<Result<_, CloudFileError>>()?;
        let control = self
            .control
            .map(|raw| {
                Ok(Control {
                    url: address.page("control.url", &raw.url)?,
                    token: SecretString::from(raw.token),
                })
            })
            .transpose()?;
        let kind = match (practice, control) {
            (true, control) => Kind::Practice(control),
            (false, None) => Kind::Live,
            (false, Some(_)) => return Err(CloudFileError::ControlOnLive),
        };
        Ok(Cloud {
            id,
            redirect_segment,
            kind,
            name: self.name,
            graph: address.origin("graph", &self.graph)?,
            arm: self
                .arm
                .map(|text| address.origin("arm", &text))
                .transpose()?,
            partner_center: self
                .partner_center
                .map(|text| address.origin("partner_center", &text))
                .transpose()?,
            client_id: self
                .client_id
                .map(|text| AppId::parse(&text).map_err(|_| CloudFileError::BadClientId(text)))
                .transpose()?,
            login,
            sign_in_hosts,
            portals,
        })
    }
}

fn hosts(texts: &[String], practice: bool) -> Result<Vec<HostPattern>, CloudFileError> {
    let read = |(index, text): (usize, &String)| {
        let host =
            HostPattern::parse(text).map_err(|source| CloudFileError::BadHost { index, source })?;
        if practice && !host.is_loopback() {
            return Err(CloudFileError::NotLoopback {
                field: format!("sign_in_hosts[{index}]"),
            });
        }
        Ok(host)
    };
    texts.iter().enumerate().map(read).collect()
}

struct AddressRule {
    practice: bool,
}

impl AddressRule {
    /// The address of a page: path and query allowed.
    fn page(&self, field: &str, text: &str) -> Result<Url, CloudFileError> {
        let bad = || CloudFileError::NotAnAddress {
            field: field.to_owned(),
            value: text.to_owned(),
        };
        let url = Url::parse(text).map_err(|_| bad())?;
        let host = url.host().ok_or_else(bad)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad());
        }
        if self.practice && !is_loopback(&host) {
            return Err(CloudFileError::NotLoopback {
                field: field.to_owned(),
            });
        }
        if !self.practice && url.scheme() != "https" {
            return Err(CloudFileError::NotHttps {
                field: field.to_owned(),
            });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(CloudFileError::AddressHasMore {
                field: field.to_owned(),
            });
        }
        Ok(url)
    }

    /// The address of a service: scheme, host and port alone.
    fn origin(&self, field: &str, text: &str) -> Result<Origin, CloudFileError> {
        let url = self.page(field, text)?;
        Origin::of(url).ok_or_else(|| CloudFileError::AddressHasMore {
            field: field.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use grantway_core::ids::TenantId;

    const TENANT: TenantId = TenantId::from_uuid(uuid::Uuid::from_u128(7));

    const PRACTICE: &str = r#"
id = "practice"
kind = "practice"
name = "Practice cloud"
login = "http://127.0.0.1:4001"
graph = "http://127.0.0.1:4002"
client_id = "6f7bb5d6-1111-4c4a-9d7e-0242ac130003"
sign_in_hosts = ["127.0.0.1:4001"]
[portals]
vendor = "http://127.0.0.1:4003/"
security_info = "http://127.0.0.1:4001/security-info"
[control]
url = "http://127.0.0.1:4000"
token = "t0ken"
"#;

    fn refused(from: &str, to: &str) -> String {
        let text = PRACTICE.replace(from, to);
        assert_ne!(text, PRACTICE, "the replacement changes something");
        Cloud::from_toml(&text).unwrap_err().to_string()
    }

    #[test]
    fn practice_file_is_read() {
        let cloud = Cloud::from_toml(PRACTICE).unwrap();
        assert!(cloud.is_practice());
        assert_eq!(cloud.redirect().as_str(), "http://localhost/cb/practice");
        assert_eq!(
            cloud.portal("vendor", TENANT).unwrap().as_str(),
            "http://127.0.0.1:4003/"
        );
        assert!(cloud.is_sign_in_page(&Url::parse("http://127.0.0.1:4001/x").unwrap()));
        assert!(!cloud.is_sign_in_page(&Url::parse("http://127.0.0.1:4002/x").unwrap()));
        assert!(!format!("{cloud:?}").contains("t0ken"));
    }

    #[test]
    fn a_page_is_opened_for_a_tenant_where_its_address_has_room_for_one() {
        let text = PRACTICE.replace(
            "[portals]",
            "[portals]\naudit = \"http://127.0.0.1:4003/audit?tid={tenant}\"\nentra = \"http://127.0.0.1:4003/{tenant}\"",
        );
        let cloud = Cloud::from_toml(&text).unwrap();
        let page = |key| cloud.portal(key, TENANT).map(String::from);
        assert_eq!(
            page("audit").unwrap(),
            format!("http://127.0.0.1:4003/audit?tid={TENANT}")
        );
        assert_eq!(
            page("entra").unwrap(),
            format!("http://127.0.0.1:4003/{TENANT}")
        );
        assert_eq!(page("vendor").unwrap(), "http://127.0.0.1:4003/");
        assert_eq!(page("partner"), None);
    }

    #[test]
    fn same_shape_as_json() {
        let value: serde_json::Value = toml::from_str::<toml::Table>(PRACTICE)
            .map(|table| serde_json::to_value(table).unwrap())
            .unwrap();
        let cloud = Cloud::from_json(&value.to_string()).unwrap();
        assert_eq!(cloud.graph().to_string(), "http://127.0.0.1:4002");
    }

    #[test]
    fn each_error_names_its_field() {
        for (from, to, field) in [
            ("kind = \"practice\"", "kind = \"real\"", "kind"),
            ("id = \"practice\"", "id = \"Practice!\"", "id"),
            ("id = \"practice\"", "id = \"global\"", "id"),
            (
                "login = \"http://127.0.0.1:4001\"",
                "login = \"http://10.0.0.1:4001\"",
                "login",
            ),
            (
                "login = \"http://127.0.0.1:4001\"",
                "login = \"http://127.0.0.1:4001/x\"",
                "login",
            ),
            (
                "graph = \"http://127.0.0.1:4002\"",
                "graph = \"nowhere\"",
                "graph",
            ),
            (
                "graph = \"http://127.0.0.1:4002\"",
                "graph = \"http://localhost:4002\"",
                "graph",
            ),
            (
                "sign_in_hosts = [\"127.0.0.1:4001\"]",
                "sign_in_hosts = [\"127.0.0.1:4001\", \"*.evil.test\"]",
                "sign_in_hosts[1]",
            ),
            (
                "sign_in_hosts = [\"127.0.0.1:4001\"]",
                "sign_in_hosts = []",
                "sign_in_hosts",
            ),
            (
                "http://127.0.0.1:4003/",
                "ftp://127.0.0.1/",
                "portals.vendor",
            ),
            (
                "url = \"http://127.0.0.1:4000\"",
                "url = \"https://control.test\"",
                "control.url",
            ),
            ("6f7bb5d6-1111", "x", "client_id"),
        ] {
            let message = refused(from, to);
            assert!(message.starts_with(field), "{field}: {message}");
        }
    }

    #[test]
    fn kinds_cannot_be_confused() {
        let live_on_loopback = refused("kind = \"practice\"", "kind = \"live\"");
        assert!(live_on_loopback.contains("id"), "{live_on_loopback}");
        let text = PRACTICE
            .replace("kind = \"practice\"", "kind = \"live\"")
            .replace("id = \"practice\"", "id = \"mine\"");
        assert!(matches!(
            Cloud::from_toml(&text),
            Err(CloudFileError::NotHttps { .. })
        ));
    }

    #[test]
    fn a_missing_or_unknown_field_is_named_by_the_parser() {
        let error = Cloud::from_toml(&PRACTICE.replace("graph = \"http://127.0.0.1:4002\"", ""))
            .unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("graph"), "{cause}");
        let error = Cloud::from_toml(&PRACTICE.replace("graph =", "grahp =")).unwrap_err();
        assert!(
            std::error::Error::source(&error)
                .unwrap()
                .to_string()
                .contains("grahp")
        );
    }
}
