//! What a profile says about Grantway's own registration: what it is, what it may ask for, and the client lent for the way in.

use std::collections::{BTreeMap, BTreeSet};

use grantway_core::desired::ApiScopes;
use grantway_core::{AppId, RoleId};
use serde::Deserialize;
use toml::Spanned;

use crate::profile::{ProfileError, Source};

/// What the pattern needs to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Particulars {
    /// What the registration is called unless the person says otherwise.
    pub display_name: String,
    /// Whose accounts may use it, by Microsoft's word.
    pub audience: String,
    /// Addresses to which answers may go.
    pub redirects: BTreeSet<String>,
    /// What the page in Entra calls some of that.
    pub portal: PortalWords,
    /// The client that is lent for the way in.
    pub tool: Tool,
    /// Seconds until one can usually sign in to a new app.
    pub wait: u32,
    /// The APIs with what is asked of them.
    pub apis: Vec<OfApi>,
    /// Directory roles of which any will do, each with its name.
    pub roles: Vec<(RoleId, String)>,
    /// Directory roles that may register an app and no more, each with its name.
    pub registrars: Vec<(RoleId, String)>,
}

/// What a person chooses on the page in Entra, in its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalWords {
    /// The account types that make the audience.
    pub account_types: String,
    /// The platform of the redirect addresses.
    pub platform: String,
}

/// A client of Microsoft's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Its id.
    pub client: AppId,
    /// Its name, as the consent page has it.
    pub name: String,
    /// What it is asked for at the first sign-in.
    pub reads: BTreeSet<String>,
    /// What it is asked for once the plan is approved.
    pub writes: BTreeSet<String>,
}

/// What is asked of one API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfApi {
    /// What the registration may ask for in all.
    pub all: ApiScopes,
    /// What is granted with it.
    pub granted: ApiScopes,
    /// What that is for.
    pub why: String,
    /// Ids of permissions by their names: a tenant that does not know the API shows no names.
    pub ids: BTreeMap<String, String>,
}

/// The table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParticularsFile {
    display_name: Spanned<String>,
    audience: Spanned<String>,
    redirects: BTreeSet<String>,
    portal: PortalFile,
    tool: ToolFile,
    wait: WaitFile,
    api: Vec<ApiFile>,
    role: Spanned<Vec<RoleFile>>,
    registrar: Vec<RoleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PortalFile {
    account_types: Spanned<String>,
    platform: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToolFile {
    client: Spanned<String>,
    name: Spanned<String>,
    reads: BTreeSet<String>,
    writes: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitFile {
    seconds: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApiFile {
    app: Spanned<String>,
    name: Spanned<String>,
    why: Spanned<String>,
    granted: BTreeSet<String>,
    asked_later: BTreeSet<String>,
    #[serde(default)]
    ids: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleFile {
    id: Spanned<String>,
    name: Spanned<String>,
}

impl ParticularsFile {
    /// Reads every value; the first that is wrong is the error.
    pub(crate) fn read(&self, source: &Source<'_>) -> Result<Particulars, ProfileError> {
        let role = |of: &str, raw: &RoleFile| {
            let id = RoleId::parse(raw.id.get_ref()).map_err(|error| {
                source.wrong(&format!("own_app.{of}.id"), &raw.id, error.to_string())
            })?;
            let name = source.filled(&format!("own_app.{of}.name"), &raw.name)?;
            Ok((id, name))
        };
        let roles = self.role.get_ref().iter().map(|raw| role("role", raw));
        let roles: Vec<_> = roles.collect::<Result<_, ProfileError>>()?;
        let registrars = self.registrar.iter().map(|raw| role("registrar", raw));
        let registrars: Vec<_> = registrars.collect::<Result<_, ProfileError>>()?;
        if roles.is_empty() {
            return Err(source.wrong("own_app.role", &self.role, "one role at least"));
        }
        Ok(Particulars {
            display_name: source.filled("own_app.display_name", &self.display_name)?,
            audience: source.filled("own_app.audience", &self.audience)?,
            redirects: self.redirects.clone(),
            portal: PortalWords {
                account_types: source
                    .filled("own_app.portal.account_types", &self.portal.account_types)?,
                platform: source.filled("own_app.portal.platform", &self.portal.platform)?,
            },
            tool: Tool {
                client: app(source, "own_app.tool.client", &self.tool.client)?,
                name: source.filled("own_app.tool.name", &self.tool.name)?,
                reads: self.tool.reads.clone(),
                writes: self.tool.writes.clone(),
            },
            wait: self.wait.seconds,
            apis: self
                .api
                .iter()
                .map(|raw| raw.read(source))
                .collect::<Result<_, _>>()?,
            roles,
            registrars,
        })
    }
}

impl ApiFile {
    fn read(&self, source: &Source<'_>) -> Result<OfApi, ProfileError> {
        let granted = ApiScopes {
            api: app(source, "own_app.api.app", &self.app)?,
            name: source.filled("own_app.api.name", &self.name)?,
            scopes: self.granted.clone(),
        };
        let all = ApiScopes {
            scopes: self.granted.union(&self.asked_later).cloned().collect(),
            ..granted.clone()
        };
        let why = source.filled("own_app.api.why", &self.why)?;
        Ok(OfApi {
            all,
            granted,
            why,
            ids: self.ids.clone(),
        })
    }
}

fn app(source: &Source<'_>, name: &str, raw: &Spanned<String>) -> Result<AppId, ProfileError> {
    AppId::parse(raw.get_ref()).map_err(|error| source.wrong(name, raw, error.to_string()))
}
