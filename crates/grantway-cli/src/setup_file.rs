//! The setup file: what a form asks, written down. Errors name file, line and field.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use grantway_app::Offer;
use grantway_app::contract::UiProblem;
use serde::Deserialize;
use toml::Spanned;

/// Which cloud a setup runs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CloudChoice {
    /// The practice cloud, with a scenario.
    Scenario(String),
    /// A cloud that a file describes; relative paths start at the setup file's folder.
    File(PathBuf),
    /// One that is built in, and the client id of the app registration that signs in there.
    BuiltIn {
        /// The cloud.
        id: String,
        /// The client id.
        client_id: Option<String>,
    },
}

/// A setup file that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupFile {
    /// The file.
    pub path: PathBuf,
    /// The vendor profile.
    pub profile: String,
    /// The cloud.
    pub cloud: CloudChoice,
    /// The account that signs in for the provider, where it is said.
    pub account: Option<String>,
    /// Answers by the pattern's field names.
    pub answers: BTreeMap<String, String>,
    /// The line of each answer, from 1.
    lines: BTreeMap<String, usize>,
}

/// What a setup file may name.
#[derive(Debug, Clone)]
pub struct Known {
    /// Vendor profiles with their patterns.
    pub offers: Vec<Offer>,
    /// Ids of the built-in clouds.
    pub clouds: Vec<String>,
}

impl Known {
    /// What this version has, with the profiles of one's own of a data folder.
    pub fn here(data: &Path) -> Self {
        Self {
            offers: grantway_app::offers(data),
            clouds: grantway_app::clouds(),
        }
    }
}

/// Why a setup file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SetupFileError {
    /// It cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something in it is wrong.
    #[error("{}, line {line}{}: {what}", path.display(), field.as_ref().map(|f| format!(", field {f}")).unwrap_or_default())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The field, where one can be named.
        field: Option<String>,
        /// What is wrong with it.
        what: String,
    },
}

impl SetupFileError {
    /// The finished text.
    pub fn view(&self) -> UiProblem {
        let (why, todo, id, field) = match self {
            Self::Unreadable { source, .. } => (
                format!("{self}: {source}"),
                "Check the name of the file and the right to read it.",
                "GW-STP-0001",
                None,
            ),
            Self::Wrong { field, .. } => (
                self.to_string(),
                "Mend that line. docs/grantctl.md tells what a setup file holds.",
                "GW-STP-0002",
                field.clone(),
            ),
        };
        UiProblem {
            what: "The setup file cannot be used. Nothing was changed.".into(),
            why: Some(why),
            todo: todo.into(),
            id: id.into(),
            field,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    pattern: Spanned<String>,
    profile: Spanned<String>,
    cloud: Spanned<RawCloud>,
    provider: RawProvider,
    customers: Spanned<Vec<RawCustomer>>,
    #[serde(default)]
    answers: BTreeMap<String, Spanned<RawAnswer>>,
}

/// A field of one value, or one of which several may be chosen.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawAnswer {
    One(String),
    Several(Vec<String>),
}

impl RawAnswer {
    /// As the form sends it.
    fn text(&self) -> String {
        match self {
            Self::One(value) => value.clone(),
            Self::Several(values) => values.join(", "),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCloud {
    scenario: Option<Spanned<String>>,
    file: Option<Spanned<String>>,
    id: Option<Spanned<String>>,
    client_id: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProvider {
    domain: Spanned<String>,
    account: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCustomer {
    domain: Spanned<String>,
}

impl SetupFile {
    /// Reads a file.
    pub fn read(path: &Path, known: &Known) -> Result<Self, SetupFileError> {
        let text = std::fs::read_to_string(path).map_err(|source| SetupFileError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(path, &text, known)
    }

    /// Reads the text of a file; `path` is for messages and for what it names beside it.
    pub fn parse(path: &Path, text: &str, known: &Known) -> Result<Self, SetupFileError> {
        let page = Page { path, text };
        let raw: Raw = toml::from_str(text).map_err(|error| page.syntax(&error))?;
        let offer = known
            .offers
            .iter()
            .find(|offer| offer.profile == *raw.profile.get_ref());
        let Some(offer) = offer else {
            let names: Vec<&str> = known.offers.iter().map(|o| o.profile.as_str()).collect();
            let what = format!(
                "there is no vendor profile \"{}\"; there is: {}",
                raw.profile.get_ref(),
                names.join(", ")
            );
            return Err(page.wrong(raw.profile.span().start, "profile", what));
        };
        if offer.pattern != *raw.pattern.get_ref() {
            let what = format!(
                "the profile \"{}\" fills the pattern \"{}\", not \"{}\"",
                offer.profile,
                offer.pattern,
                raw.pattern.get_ref()
            );
            return Err(page.wrong(raw.pattern.span().start, "pattern", what));
        }
        let cloud = page.cloud(&raw.cloud, known)?;
        let customers = raw.customers.get_ref();
        if customers.is_empty() {
            let what = "no customer is named".to_owned();
            return Err(page.wrong(raw.customers.span().start, "customers", what));
        }
        let mut answers = BTreeMap::new();
        let mut lines = BTreeMap::new();
        for (field, value) in &raw.answers {
            if ["provider", "customer"].contains(&field.as_str()) {
                let what = "it has a table of its own in this file".to_owned();
                return Err(page.wrong(value.span().start, &format!("answers.{field}"), what));
            }
            answers.insert(field.clone(), value.get_ref().text());
            lines.insert(field.clone(), page.line(value.span().start));
        }
        let mut named = vec![("provider", "provider.domain", &raw.provider.domain)];
        for customer in customers {
            named.push(("customer", "customers.domain", &customer.domain));
        }
        for (field, shown, domain) in named {
            if !grantway_app::is_domain(domain.get_ref()) {
                let what = format!("\"{}\" is no domain name", domain.get_ref());
                return Err(page.wrong(domain.span().start, shown, what));
            }
            let domain_name = domain.get_ref().trim().to_ascii_lowercase();
            // Several customers stand in one answer, as they do in the form.
            answers
                .entry(field.to_owned())
                .and_modify(|answer: &mut String| *answer = format!("{answer}, {domain_name}"))
                .or_insert(domain_name);
            lines
                .entry(field.to_owned())
                .or_insert_with(|| page.line(domain.span().start));
        }
        let account = match raw.provider.account {
            Some(account) if !account.get_ref().contains('@') => {
                let what = format!("\"{}\" is no account name", account.get_ref());
                return Err(page.wrong(account.span().start, "provider.account", what));
            }
            account => account.map(Spanned::into_inner),
        };
        Ok(Self {
            path: path.to_owned(),
            profile: offer.profile.clone(),
            cloud,
            account,
            answers,
            lines,
        })
    }

    /// A problem that the app found in an answer, with the line where the answer stands.
    pub fn place(&self, mut problem: UiProblem) -> UiProblem {
        let line = problem
            .field
            .as_ref()
            .and_then(|field| self.lines.get(field));
        if let (Some(line), Some(field)) = (line, &problem.field) {
            let at = format!(
                "{}, line {line}, field {}",
                self.path.display(),
                shown(field)
            );
            problem.why = Some(match problem.why.take() {
                Some(why) => format!("{at}: {why}"),
                None => at,
            });
        }
        problem
    }

    /// A problem with an answer that the pattern does not ask for.
    pub fn unasked(&self, field: &str, asked: &[&str]) -> UiProblem {
        let others: Vec<&str> = asked
            .iter()
            .copied()
            .filter(|id| !["provider", "customer"].contains(id))
            .collect();
        SetupFileError::Wrong {
            path: self.path.clone(),
            line: self.lines.get(field).copied().unwrap_or(1),
            field: Some(format!("answers.{field}")),
            what: format!(
                "the pattern does not ask for it; it asks for: {}",
                others.join(", ")
            ),
        }
        .view()
    }
}

/// An answer's field as this file calls it.
fn shown(field: &str) -> String {
    match field {
        "provider" => "provider.domain".into(),
        "customer" => "customers.domain".into(),
        other => format!("answers.{other}"),
    }
}

/// The file while it is read.
struct Page<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Page<'_> {
    fn line(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        1 + before.filter(|byte| **byte == b'\n').count()
    }

    fn wrong(&self, offset: usize, field: &str, what: String) -> SetupFileError {
        SetupFileError::Wrong {
            path: self.path.to_owned(),
            line: self.line(offset),
            field: Some(field.to_owned()),
            what,
        }
    }

    fn syntax(&self, error: &toml::de::Error) -> SetupFileError {
        let offset = error.span().map_or(0, |span| span.start);
        let line = self.line(offset);
        let written = self.text.lines().nth(line - 1).unwrap_or_default();
        // An error names a missing or unknown field itself, in backticks; a wrong value stands behind its key.
        let named = error.message().split('`').nth(1);
        let key = written.split_once('=').map(|(key, _)| key.trim());
        let field = match error.message() {
            message if message.contains("field `") => named.or(key),
            _ => key,
        };
        SetupFileError::Wrong {
            path: self.path.to_owned(),
            line,
            field: field.filter(|field| !field.is_empty()).map(str::to_owned),
            what: error.message().trim().replace('\n', "; "),
        }
    }

    fn cloud(&self, raw: &Spanned<RawCloud>, known: &Known) -> Result<CloudChoice, SetupFileError> {
        let start = raw.span().start;
        let cloud = raw.get_ref();
        if let (Some(client), None) = (&cloud.client_id, &cloud.id) {
            let what = "it belongs to a built-in cloud, which \"id\" names".to_owned();
            return Err(self.wrong(client.span().start, "cloud.client_id", what));
        }
        match (&cloud.scenario, &cloud.file, &cloud.id) {
            (Some(scenario), None, None) => Ok(CloudChoice::Scenario(scenario.get_ref().clone())),
            (None, Some(file), None) => {
                let folder = self.path.parent().unwrap_or(Path::new(""));
                Ok(CloudChoice::File(folder.join(file.get_ref())))
            }
            (None, None, Some(id)) => {
                if !known.clouds.contains(id.get_ref()) {
                    let what = format!(
                        "there is no cloud \"{}\"; there is: {}",
                        id.get_ref(),
                        known.clouds.join(", ")
                    );
                    return Err(self.wrong(id.span().start, "cloud.id", what));
                }
                if let Some(client) = &cloud.client_id
                    && uuid::Uuid::parse_str(client.get_ref()).is_err()
                {
                    let what = format!("\"{}\" is no GUID", client.get_ref());
                    return Err(self.wrong(client.span().start, "cloud.client_id", what));
                }
                Ok(CloudChoice::BuiltIn {
                    id: id.get_ref().clone(),
                    client_id: cloud.client_id.as_ref().map(|id| id.get_ref().clone()),
                })
            }
            (None, None, None) => {
                let what = "one of \"scenario\", \"file\" and \"id\" is needed".to_owned();
                Err(self.wrong(start, "cloud", what))
            }
            _ => {
                let what =
                    "only one of \"scenario\", \"file\" and \"id\" may stand here".to_owned();
                Err(self.wrong(start, "cloud", what))
            }
        }
    }
}

#[cfg(test)]
mod tests;
