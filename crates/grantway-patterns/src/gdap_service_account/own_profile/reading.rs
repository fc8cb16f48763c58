//! How the answers of the form are read: by the parse of the types that a setup is made of.

use grantway_core::{AppId, DomainName, RoleId, Text, Upn};
use toml::{Table, Value};

use super::{
    ACCOUNT, ACTS, APP, BADGE, GROUP, HOSTS, LOST, MOST_PROMPTS, PORTAL, PROMPTS, PUBLISHER, ROLES,
    WHY, host_of,
};
use crate::entra_roles::entra_role;
use crate::pattern::{Answers, FieldProblem, Picks};
use crate::profile::{OWN, OWN_LENGTH};

/// The longest name.
const NAME_LENGTH: usize = 100;
/// The longest sentence.
const SENTENCE_LENGTH: usize = 500;
/// What Entra allows as a group's display name (docs: group, `displayName` at most 256 characters).
const GROUP_LENGTH: usize = 256;
/// So many sentences may stand in one field.
const SENTENCES: usize = 20;

/// The answers, and what is wrong with them so far.
pub(super) struct Form<'a> {
    raw: &'a Answers,
    pub problems: Vec<FieldProblem>,
}

/// A role that was picked.
pub(super) struct PickedRole {
    /// As the file has it.
    pub table: Table,
    /// It may do everything.
    pub is_everything: bool,
}

impl<'a> Form<'a> {
    pub fn new(raw: &'a Answers) -> Self {
        Self {
            raw,
            problems: Vec::new(),
        }
    }

    fn given(&self, field: &str) -> &'a str {
        self.raw
            .get(field)
            .map(|answer| answer.trim())
            .unwrap_or("")
    }

    fn wrong(&mut self, field: impl Into<String>, what: Text, todo: Text) {
        self.problems.push(FieldProblem {
            field: field.into().into(),
            what,
            todo,
        });
    }

    fn missing(&mut self, field: impl Into<String>) {
        self.wrong(
            field,
            Text::new("answer-missing"),
            Text::new("answer-todo-missing"),
        );
    }

    /// A text of one line that has to be there.
    fn text(&mut self, field: &str, length: usize) -> String {
        let given = self.given(field);
        if given.is_empty() {
            self.missing(field);
        } else if given.chars().count() > length || given.chars().any(char::is_control) {
            self.wrong(
                field,
                Text::new("answer-no-name"),
                Text::new("answer-todo-name").with("length", length),
            );
        }
        given.to_owned()
    }

    pub fn name(&mut self, field: &str) -> String {
        self.text(field, NAME_LENGTH)
    }

    pub fn sentence(&mut self, field: &str) -> String {
        self.text(field, SENTENCE_LENGTH)
    }

    pub fn group(&mut self) -> String {
        self.text(GROUP, GROUP_LENGTH)
    }

    /// The name before the `@`; any domain lets it be parsed.
    pub fn account(&mut self) -> String {
        let given = self.given(ACCOUNT);
        if given.is_empty() {
            self.missing(ACCOUNT);
        } else if given.contains('@') || Upn::parse(&format!("{given}@domain.example")).is_err() {
            self.wrong(
                ACCOUNT,
                Text::new("answer-no-account").with("value", given),
                Text::new("own-todo-account"),
            );
        }
        given.to_owned()
    }

    /// Sentences, one on each line.
    pub fn sentences(&mut self, field: &str, optional: bool) -> Vec<Value> {
        let lines = self.given(field).lines().map(str::trim);
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        let is_long = |line: &&str| line.chars().count() > SENTENCE_LENGTH;
        let is_odd = |line: &&str| line.chars().any(char::is_control);
        if lines.is_empty() && !optional {
            self.missing(field);
        } else if lines.len() > SENTENCES || lines.iter().any(|line| is_long(line) || is_odd(line))
        {
            self.wrong(
                field,
                Text::new("own-no-sentences"),
                Text::new("own-todo-sentences")
                    .with("count", SENTENCES)
                    .with("length", SENTENCE_LENGTH),
            );
        }
        lines.into_iter().map(Value::from).collect()
    }

    /// The picked roles in the order in which they were picked, each with what it is for.
    pub fn roles(&mut self) -> Vec<PickedRole> {
        let mut roles: Vec<(RoleId, PickedRole)> = Vec::new();
        for value in super::super::form::several(self.given(ROLES)) {
            let Some(known) = RoleId::parse(value).ok().and_then(entra_role) else {
                self.wrong(
                    ROLES,
                    Text::new("own-no-role").with("value", value),
                    Text::new("own-todo-role"),
                );
                continue;
            };
            if roles.iter().any(|(id, _)| *id == known.id) {
                continue;
            }
            let why = self.text(&Picks::answer(ROLES, value, WHY), SENTENCE_LENGTH);
            let mut table = Table::from_iter([
                ("id".to_owned(), Value::from(known.id.to_string())),
                ("name".to_owned(), Value::from(known.name)),
                ("why".to_owned(), Value::from(why)),
                ("privileged".to_owned(), Value::from(known.privileged)),
            ]);
            let lost = Picks::answer(ROLES, value, LOST);
            if !self.given(&lost).is_empty() {
                let lost = self.text(&lost, SENTENCE_LENGTH);
                table.insert("optional".into(), lost.into());
            }
            let is_everything = known.is_global_administrator();
            roles.push((
                known.id,
                PickedRole {
                    table,
                    is_everything,
                },
            ));
        }
        if roles.is_empty() && self.given(ROLES).is_empty() {
            self.wrong(
                ROLES,
                Text::new("own-no-roles"),
                Text::new("own-todo-roles"),
            );
        }
        let is_optional = |(_, role): &(RoleId, PickedRole)| role.table.contains_key("optional");
        if !roles.is_empty() && roles.iter().all(is_optional) {
            self.wrong(
                ROLES,
                Text::new("own-all-optional"),
                Text::new("own-todo-all-optional"),
            );
        }
        roles.into_iter().map(|(_, role)| role).collect()
    }

    pub fn publisher(&mut self) -> Table {
        let name = self.name(PUBLISHER);
        let verified = match self.given(BADGE) {
            "yes" => true,
            "no" => false,
            _ => {
                self.missing(BADGE);
                true
            }
        };
        let mut table = Table::from_iter([
            ("name".to_owned(), Value::from(name)),
            ("verified".to_owned(), Value::from(verified)),
        ]);
        let app = self.given(APP);
        match AppId::parse(app) {
            _ if app.is_empty() && verified => {}
            // Anybody can give an app that name.
            _ if app.is_empty() => self.wrong(
                APP,
                Text::new("own-app-needed"),
                Text::new("own-todo-app-needed"),
            ),
            Ok(app) => {
                table.insert("app".into(), app.to_string().into());
            }
            Err(_) => self.wrong(
                APP,
                Text::new("own-no-app").with("value", app),
                Text::new("own-todo-app"),
            ),
        }
        table
    }

    /// The portal's address and hosts, how often it asks for a sign-in, and what is done there.
    pub fn portal(&mut self) -> Vec<(&'static str, Value)> {
        let address = self.given(PORTAL);
        let mut hosts = Vec::new();
        match host_of(address) {
            _ if address.is_empty() => self.missing(PORTAL),
            Ok(host) => hosts.push(host.to_string()),
            Err(_) => self.wrong(
                PORTAL,
                Text::new("own-no-portal").with("value", address),
                Text::new("own-todo-portal"),
            ),
        }
        for host in super::super::form::several(self.given(HOSTS)) {
            let name = host.strip_prefix("*.").unwrap_or(host);
            match DomainName::parse(name) {
                Ok(domain) => {
                    let host = host.to_ascii_lowercase();
                    let host = if host.starts_with("*.") {
                        format!("*.{domain}")
                    } else {
                        host
                    };
                    if !hosts.contains(&host) {
                        hosts.push(host);
                    }
                }
                Err(_) => self.wrong(
                    HOSTS,
                    Text::new("own-no-host").with("value", host),
                    Text::new("own-todo-host"),
                ),
            }
        }
        let prompts: i64 = self.given(PROMPTS).parse().unwrap_or(0);
        if !(1..=i64::from(MOST_PROMPTS)).contains(&prompts) {
            self.missing(PROMPTS);
        }
        let acts = self.sentences(ACTS, false);
        let hosts: Vec<Value> = hosts.into_iter().map(Value::from).collect();
        vec![
            ("address", address.into()),
            ("hosts", hosts.into()),
            ("prompts", prompts.into()),
            ("instructions", acts.into()),
        ]
    }
}

/// The id of a profile: its vendor and product in small letters and digits. A name without any is told apart by its bytes.
pub(super) fn id_of(vendor: &str, product: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for name in [vendor, product] {
        for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
            let word = word.to_ascii_lowercase();
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
        }
    }
    if words.is_empty() {
        let bytes = vendor.bytes().chain(product.bytes()).take(24);
        words.push(bytes.map(|byte| format!("{byte:02x}")).collect());
    }
    let mut id = format!("{OWN}{}", words.join("-"));
    // ASCII alone: every byte is a character.
    id.truncate(OWN_LENGTH);
    id.trim_end_matches('-').to_owned()
}

/// Two letters for the diamond.
pub(super) fn monogram(product: &str) -> String {
    let mut words = product
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or("?");
    let letters: String = match words.next() {
        Some(second) => first
            .chars()
            .take(1)
            .chain(second.chars().take(1))
            .collect(),
        None => first.chars().take(2).collect(),
    };
    letters
}

/// The two letters with which ids of its setups begin.
pub(super) fn setup_prefix(vendor: &str, product: &str) -> String {
    let names = [vendor, product];
    let mut letters = names.iter().filter_map(|name| {
        let mut letters = name.chars().filter(char::is_ascii_alphabetic);
        letters.next().map(|letter| letter.to_ascii_uppercase())
    });
    match (letters.next(), letters.next()) {
        // Setups of practice begin so.
        (Some('P'), Some('R')) | (None, _) | (_, None) => "OV".into(),
        (Some(first), Some(second)) => format!("{first}{second}"),
    }
}
