//! What a profile says about a GDAP service account: roles, group, account, publisher, the vendor's portal, the wait.

use std::collections::BTreeSet;

use grantway_core::desired::ExpectedPublisher;
use grantway_core::{AppId, DomainName, RoleId, TenantId, Upn};
use serde::Deserialize;
use toml::Spanned;

use crate::entra_roles::entra_role;
use crate::profile::{ProfileError, Source};

/// What the pattern needs to know of a vendor.
#[derive(Debug, Clone, PartialEq)]
pub struct Particulars {
    /// What the vendor uses the roles for, in a sentence.
    pub roles_why: String,
    /// What the security group is called unless the person says otherwise.
    pub group_name: String,
    /// The account's name before the `@`, unless the person says otherwise.
    pub account_name: String,
    /// What people see of the account.
    pub account_display_name: String,
    /// The roles that the group gets in each customer, in the vendor's order.
    pub roles: Vec<VendorRole>,
    /// The role that the account holds in the provider's tenant until the consent is given.
    pub temporary_role: NamedRole,
    /// Who must stand behind the application.
    pub publisher: ExpectedPublisher,
    /// The permissions that the vendor says it asks for, by value; empty where it does not say.
    pub permissions: BTreeSet<String>,
    /// The vendor's portal.
    pub portal: Portal,
    /// What a relationship is asked for with, where a customer has none that will do.
    pub relationship: RelationshipTerms,
    /// How the wait for an assignment runs.
    pub assignment_wait: WaitTimes,
    /// How tenants are mapped in the vendor's portal; none where the profile does not say.
    pub mapping: Option<Mapping>,
    /// What the vendor's portal shows once all is done; none where the profile does not say.
    pub signs_of_life: Option<SignsOfLife>,
}

/// How tenants are mapped, one to one, to what the vendor's portal keeps for each customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What to do there, in order.
    pub instructions: Vec<String>,
    /// The words by which the portal marks what belongs to the provider itself, where it does.
    pub own_mark: Option<String>,
    /// How a mapping is taken away there.
    pub stays: String,
}

/// By what a person sees that the vendor receives what it was set up for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignsOfLife {
    /// What to look for, in order.
    pub look_for: Vec<String>,
    /// What to do where it does not come.
    pub not_seen: String,
    /// When to look; nothing is read.
    pub wait: WaitTimes,
}

/// How a new relationship is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelationshipTerms {
    /// How long it lasts, 1 to 730 days.
    pub days: u32,
    /// Whether it is extended by half a year when it ends.
    pub extends_itself: bool,
    /// How the wait for the customer's approval runs.
    pub wait: WaitTimes,
}

/// A role that the vendor asks for in the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct VendorRole {
    /// Which.
    pub role: NamedRole,
    /// Microsoft labels it as privileged.
    pub privileged: bool,
    /// What is lost without it, where the vendor works without it; a person may leave it out then.
    pub optional: Option<String>,
}

/// A directory role with what it is used for.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedRole {
    /// Its template id.
    pub id: RoleId,
    /// Its name, as Microsoft writes it.
    pub name: String,
    /// What it is used for.
    pub why: String,
}

/// The vendor's portal, where the consent begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Portal {
    /// Where it starts, unless the cloud names another start page.
    pub address: String,
    /// Hosts that the flow may visit; `*.` in front means any name below.
    pub hosts: Vec<String>,
    /// What to do there, in order.
    pub instructions: Vec<String>,
    /// How often Microsoft asks for credentials when nothing interferes.
    pub prompts: u8,
}

/// A durable wait, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitTimes {
    /// From the start to the first look.
    pub first_look: u32,
    /// Between looks.
    pub every: u32,
    /// What it usually takes.
    pub usually: u32,
    /// When a person has to decide.
    pub at_most: u32,
}

/// The table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParticularsFile {
    roles_why: Spanned<String>,
    group: GroupFile,
    account: AccountFile,
    role: Spanned<Vec<RoleFile>>,
    temporary_role: TemporaryRoleFile,
    publisher: PublisherFile,
    portal: PortalFile,
    relationship: RelationshipFile,
    assignment_wait: WaitFile,
    mapping: Option<MappingFile>,
    signs_of_life: Option<SignsOfLifeFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    name: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountFile {
    name: Spanned<String>,
    display_name: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleFile {
    id: Spanned<String>,
    name: Spanned<String>,
    why: Spanned<String>,
    privileged: bool,
    optional: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemporaryRoleFile {
    id: Spanned<String>,
    name: Spanned<String>,
    why: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublisherFile {
    name: Spanned<String>,
    verified: Spanned<bool>,
    owner_tenant: Option<Spanned<String>>,
    app: Option<Spanned<String>>,
    #[serde(default)]
    permissions: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PortalFile {
    address: Spanned<String>,
    hosts: Vec<Spanned<String>>,
    instructions: Vec<Spanned<String>>,
    prompts: Spanned<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationshipFile {
    days: Spanned<u32>,
    extends_itself: Spanned<bool>,
    wait: WaitFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    instructions: Vec<Spanned<String>>,
    own_mark: Option<Spanned<String>>,
    stays: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignsOfLifeFile {
    look_for: Vec<Spanned<String>>,
    not_seen: Spanned<String>,
    wait: WaitFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitFile {
    first_look: u32,
    every: Spanned<u32>,
    usually: u32,
    at_most: Spanned<u32>,
}

impl ParticularsFile {
    /// Reads every value; the first that is wrong is the error.
    pub(crate) fn read(&self, source: &Source<'_>) -> Result<Particulars, ProfileError> {
        let account_name = source.filled(&field("account.name"), &self.account.name)?;
        // Only the part before the `@` is known here; any domain lets it be parsed.
        if Upn::parse(&format!("{account_name}@domain.example")).is_err() {
            return Err(source.wrong(
                &field("account.name"),
                &self.account.name,
                "not a name that an account can have before its @",
            ));
        }
        Ok(Particulars {
            roles_why: source.filled(&field("roles_why"), &self.roles_why)?,
            group_name: source.filled(&field("group.name"), &self.group.name)?,
            account_name,
            account_display_name: source
                .filled(&field("account.display_name"), &self.account.display_name)?,
            roles: self.roles(source)?,
            temporary_role: NamedRole {
                id: role_id(source, "temporary_role.id", &self.temporary_role.id)?,
                name: source.filled(&field("temporary_role.name"), &self.temporary_role.name)?,
                why: source.filled(&field("temporary_role.why"), &self.temporary_role.why)?,
            },
            publisher: self.publisher(source)?,
            permissions: self.publisher.permissions.clone(),
            portal: self.portal.read(source)?,
            relationship: self.relationship(source)?,
            assignment_wait: self.assignment_wait.read(source, "assignment_wait")?,
            mapping: self
                .mapping
                .as_ref()
                .map(|mapping| mapping.read(source))
                .transpose()?,
            signs_of_life: self
                .signs_of_life
                .as_ref()
                .map(|signs| signs.read(source))
                .transpose()?,
        })
    }

    fn roles(&self, source: &Source<'_>) -> Result<Vec<VendorRole>, ProfileError> {
        let mut roles: Vec<VendorRole> = Vec::new();
        for raw in self.role.get_ref() {
            let id = role_id(source, "role.id", &raw.id)?;
            let Some(known) = entra_role(id) else {
                return Err(source.wrong(
                    &field("role.id"),
                    &raw.id,
                    "no built-in role of Entra that a GDAP relationship can hold has this ID",
                ));
            };
            if roles.iter().any(|other| other.role.id == id) {
                return Err(source.wrong(
                    &field("role.id"),
                    &raw.id,
                    "this role stands here twice",
                ));
            }
            source.filled(&field("role.name"), &raw.name)?;
            roles.push(VendorRole {
                role: NamedRole {
                    id,
                    // Whoever writes a profile cannot give a role another name or play it down.
                    name: known.name.into(),
                    why: source.filled(&field("role.why"), &raw.why)?,
                },
                privileged: raw.privileged || known.privileged,
                optional: raw
                    .optional
                    .as_ref()
                    .map(|lost| source.filled(&field("role.optional"), lost))
                    .transpose()?,
            });
        }
        if roles.iter().all(|role| role.optional.is_some()) {
            return Err(source.wrong(
                &field("role"),
                &self.role,
                "one role at least must be needed",
            ));
        }
        Ok(roles)
    }

    fn publisher(&self, source: &Source<'_>) -> Result<ExpectedPublisher, ProfileError> {
        let owner_tenant = match &self.publisher.owner_tenant {
            None => None,
            Some(raw) => Some(TenantId::parse(raw.get_ref()).map_err(|error| {
                source.wrong(&field("publisher.owner_tenant"), raw, error.to_string())
            })?),
        };
        let app =
            match &self.publisher.app {
                None => None,
                Some(raw) => Some(AppId::parse(raw.get_ref()).map_err(|error| {
                    source.wrong(&field("publisher.app"), raw, error.to_string())
                })?),
            };
        let verified = *self.publisher.verified.get_ref();
        if !verified && app.is_none() && owner_tenant.is_none() {
            return Err(source.wrong(
                &field("publisher.verified"),
                &self.publisher.verified,
                "without the badge, app or owner_tenant must say which application it is",
            ));
        }
        Ok(ExpectedPublisher {
            name: source.filled(&field("publisher.name"), &self.publisher.name)?,
            verified,
            owner_tenant,
            app,
        })
    }

    fn relationship(&self, source: &Source<'_>) -> Result<RelationshipTerms, ProfileError> {
        let terms = self.relationship.read(source)?;
        let is_all = |raw: &RoleFile| {
            let role = RoleId::parse(raw.id.get_ref()).ok().and_then(entra_role);
            role.is_some_and(|role| role.is_global_administrator())
        };
        if terms.extends_itself && self.role.get_ref().iter().any(is_all) {
            return Err(source.wrong(
                &field("relationship.extends_itself"),
                &self.relationship.extends_itself,
                "must be false: a relationship with Global Administrator cannot extend itself",
            ));
        }
        Ok(terms)
    }
}

impl PortalFile {
    fn read(&self, source: &Source<'_>) -> Result<Portal, ProfileError> {
        let address = source.filled(&field("portal.address"), &self.address)?;
        host_of(&address)
            .map_err(|problem| source.wrong(&field("portal.address"), &self.address, problem))?;
        let mut hosts = Vec::new();
        for raw in &self.hosts {
            let name = raw.get_ref().strip_prefix("*.").unwrap_or(raw.get_ref());
            let domain = DomainName::parse(name)
                .map_err(|error| source.wrong(&field("portal.hosts"), raw, error.to_string()))?;
            hosts.push(if raw.get_ref().starts_with("*.") {
                format!("*.{domain}")
            } else {
                domain.to_string()
            });
        }
        if *self.prompts.get_ref() == 0 {
            return Err(source.wrong(&field("portal.prompts"), &self.prompts, "at least 1"));
        }
        Ok(Portal {
            address,
            hosts,
            instructions: self
                .instructions
                .iter()
                .map(|raw| source.filled(&field("portal.instructions"), raw))
                .collect::<Result<_, _>>()?,
            prompts: *self.prompts.get_ref(),
        })
    }
}

impl RelationshipFile {
    fn read(&self, source: &Source<'_>) -> Result<RelationshipTerms, ProfileError> {
        let days = *self.days.get_ref();
        if !(1..=730).contains(&days) {
            return Err(source.wrong(
                &field("relationship.days"),
                &self.days,
                "from 1 to 730, the longest that Microsoft allows",
            ));
        }
        Ok(RelationshipTerms {
            days,
            extends_itself: *self.extends_itself.get_ref(),
            wait: self.wait.read(source, "relationship.wait")?,
        })
    }
}

impl MappingFile {
    fn read(&self, source: &Source<'_>) -> Result<Mapping, ProfileError> {
        let own_mark = self.own_mark.as_ref();
        Ok(Mapping {
            instructions: self
                .instructions
                .iter()
                .map(|raw| source.filled(&field("mapping.instructions"), raw))
                .collect::<Result<_, _>>()?,
            own_mark: own_mark
                .map(|mark| source.filled(&field("mapping.own_mark"), mark))
                .transpose()?,
            stays: source.filled(&field("mapping.stays"), &self.stays)?,
        })
    }
}

impl SignsOfLifeFile {
    fn read(&self, source: &Source<'_>) -> Result<SignsOfLife, ProfileError> {
        Ok(SignsOfLife {
            look_for: self
                .look_for
                .iter()
                .map(|raw| source.filled(&field("signs_of_life.look_for"), raw))
                .collect::<Result<_, _>>()?,
            not_seen: source.filled(&field("signs_of_life.not_seen"), &self.not_seen)?,
            wait: self.wait.read(source, "signs_of_life.wait")?,
        })
    }
}

impl WaitFile {
    fn read(&self, source: &Source<'_>, name: &str) -> Result<WaitTimes, ProfileError> {
        if *self.every.get_ref() == 0 {
            return Err(source.wrong(&field(&format!("{name}.every")), &self.every, "at least 1"));
        }
        if *self.at_most.get_ref() < self.usually.max(self.first_look) {
            return Err(source.wrong(
                &field(&format!("{name}.at_most")),
                &self.at_most,
                "not less than the first look and the usual time",
            ));
        }
        Ok(WaitTimes {
            first_look: self.first_look,
            every: *self.every.get_ref(),
            usually: self.usually,
            at_most: *self.at_most.get_ref(),
        })
    }
}

/// The host of an address that a portal may have: https, a named host, no port, no user.
pub(super) fn host_of(address: &str) -> Result<DomainName, String> {
    let Some(rest) = address.strip_prefix("https://") else {
        return Err("must begin with https://".into());
    };
    if rest.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("must have no blanks".into());
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    DomainName::parse(&rest[..end]).map_err(|error| error.to_string())
}

fn field(name: &str) -> String {
    format!("gdap_service_account.{name}")
}

fn role_id(source: &Source<'_>, name: &str, raw: &Spanned<String>) -> Result<RoleId, ProfileError> {
    RoleId::parse(raw.get_ref()).map_err(|error| source.wrong(&field(name), raw, error.to_string()))
}
