//! Reading what another portal lists: names pasted one on each line, or a table with headings.

use std::collections::HashMap;

use grantway_core::journal::ListedName;
use grantway_core::{DomainName, TenantId, Text};

use super::name::same;

/// More is no list of customers.
const NAMES: usize = 20_000;

/// More is no name.
const LETTERS: usize = 256;

/// So many mistakes are told one by one.
const TOLD: usize = 10;

/// Headings under which names stand, in small letters.
const OF_NAMES: [&str; 12] = [
    "organization",
    "organisation",
    "organization name",
    "organisation name",
    "company",
    "company name",
    "customer",
    "customer name",
    "account",
    "account name",
    "name",
    "display name",
];

/// Headings under which tenants stand.
const OF_TENANTS: [&str; 9] = [
    "tenant id",
    "tenantid",
    "tenant",
    "microsoft 365 tenant",
    "microsoft tenant",
    "primary domain",
    "default domain",
    "domain",
    "tenant domain",
];

/// What is wrong with a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    /// The line, from 1; none where it is the whole.
    pub line: Option<u64>,
    /// What is wrong.
    pub what: Text,
}

impl Wrong {
    fn whole(key: &str) -> Vec<Self> {
        vec![Self {
            line: None,
            what: Text::new(key),
        }]
    }

    fn at(line: u64, what: Text) -> Self {
        let line = Some(line);
        Self { line, what }
    }
}

/// Reads a list. A table is known by its headings; without them each line is a name, commas and all, and what stands
/// behind a tab is the tenant beside it.
pub fn read(text: &str) -> Result<Vec<ListedName>, Vec<Wrong>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rows = match Table::of(text) {
        Some(table) => table.rows(text)?,
        None => lines(text),
    };
    if rows.is_empty() {
        return Err(Wrong::whole("pairs-list-empty"));
    }
    if rows.len() > NAMES {
        return Err(Wrong::whole("pairs-list-long"));
    }
    checked(rows)
}

/// A line of a list before it is looked at.
struct Line {
    number: u64,
    name: String,
    tenant: String,
}

fn lines(text: &str) -> Vec<Line> {
    let numbered = (1..).zip(text.lines());
    let filled = numbered.filter(|(_, line)| !line.trim().is_empty());
    filled
        .map(|(number, line)| {
            let (name, tenant) = line.split_once('\t').unwrap_or((line, ""));
            Line {
                number,
                name: unquoted(name.trim()).to_owned(),
                tenant: unquoted(tenant.trim()).to_owned(),
            }
        })
        .collect()
}

fn unquoted(text: &str) -> &str {
    let inside = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inside.unwrap_or(text)
}

/// Where things stand in a table.
struct Table {
    between: u8,
    name: usize,
    tenant: Option<usize>,
}

impl Table {
    /// Known by a heading for names beside other headings, or alone in its line.
    fn of(text: &str) -> Option<Self> {
        let head = text.lines().find(|line| !line.trim().is_empty())?;
        let cells = |between: char| -> Vec<String> {
            let cells = head.split(between);
            cells.map(|cell| same(unquoted(cell.trim()))).collect()
        };
        [';', ',', '\t'].into_iter().find_map(|between| {
            let cells = cells(between);
            let find = |known: &[&str]| {
                let mut known = known.iter();
                known.find_map(|heading| cells.iter().position(|cell| cell == heading))
            };
            Some(Self {
                between: u8::try_from(between).ok()?,
                name: find(&OF_NAMES)?,
                tenant: find(&OF_TENANTS),
            })
        })
    }

    fn rows(&self, text: &str) -> Result<Vec<Line>, Vec<Wrong>> {
        let mut table = csv::ReaderBuilder::new()
            .delimiter(self.between)
            .has_headers(true)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in table.records() {
            let record = record.map_err(|error| {
                let line = error.position().map(csv::Position::line);
                let what = Text::new("pairs-list-unreadable").with("detail", error.to_string());
                vec![Wrong { line, what }]
            })?;
            if record.iter().all(str::is_empty) {
                continue;
            }
            let cell = |place: Option<usize>| {
                let cell = place.and_then(|place| record.get(place));
                plain(cell.unwrap_or_default()).to_owned()
            };
            rows.push(Line {
                number: record.position().map_or(0, csv::Position::line),
                name: cell(Some(self.name)),
                tenant: cell(self.tenant),
            });
        }
        Ok(rows)
    }
}

/// A cell without the mark that keeps spreadsheets from taking it for a formula.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(inside) if inside.starts_with(['=', '+', '-', '@']) => inside,
        _ => cell,
    }
}

fn checked(rows: Vec<Line>) -> Result<Vec<ListedName>, Vec<Wrong>> {
    let mut names = Vec::with_capacity(rows.len());
    let mut wrong = Vec::new();
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in rows {
        match row.read(&mut seen) {
            Ok(name) => names.push(name),
            Err(what) => wrong.push(Wrong::at(row.number, what)),
        }
    }
    if wrong.is_empty() {
        return Ok(names);
    }
    let more = wrong.len().saturating_sub(TOLD);
    wrong.truncate(TOLD);
    if more > 0 {
        let what = Text::new("pairs-list-more").with("count", more);
        wrong.push(Wrong { line: None, what });
    }
    Err(wrong)
}

impl Line {
    fn read(&self, seen: &mut HashMap<String, u64>) -> Result<ListedName, Text> {
        if self.name.is_empty() {
            return Err(Text::new("pairs-list-no-name"));
        }
        check_name(&self.name)?;
        if let Some(first) = seen.insert(same(&self.name), self.number) {
            let first = i64::try_from(first).unwrap_or(i64::MAX);
            let twice = Text::new("pairs-list-twice").with("name", &self.name);
            return Err(twice.with("first", first));
        }
        let tenant = Some(self.tenant.as_str()).filter(|tenant| !tenant.is_empty());
        Ok(ListedName {
            name: self.name.clone(),
            tenant: tenant.map(tenant_of).transpose()?,
        })
    }
}

/// Whether a name can be one.
pub fn check_name(name: &str) -> Result<(), Text> {
    if name.chars().count() > LETTERS {
        return Err(Text::new("pairs-name-long").with("length", LETTERS));
    }
    if name.chars().any(char::is_control) {
        return Err(Text::new("pairs-name-signs"));
    }
    Ok(())
}

fn tenant_of(text: &str) -> Result<String, Text> {
    if let Ok(id) = TenantId::parse(text) {
        return Ok(id.to_string());
    }
    DomainName::parse(text)
        .map(String::from)
        .map_err(|_| Text::new("pairs-list-no-tenant").with("text", text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(text: &str) -> Vec<String> {
        let list = read(text).unwrap_or_else(|wrong| panic!("{text:?}: {wrong:?}"));
        list.into_iter().map(|listed| listed.name).collect()
    }

    fn wrong(text: &str) -> Vec<(Option<u64>, String)> {
        let wrong = read(text).expect_err(text).into_iter();
        wrong.map(|wrong| (wrong.line, wrong.what.key)).collect()
    }

    #[test]
    fn lines_are_names_with_their_commas() {
        let list =
            "\u{feff}Alder Dental\r\n\r\n  Birch, Cedar & Co \n\"Dalby\"\nElm\tELM.example\n";
        assert_eq!(
            names(list),
            ["Alder Dental", "Birch, Cedar & Co", "Dalby", "Elm"]
        );
        assert_eq!(
            read(list).unwrap()[3].tenant.as_deref(),
            Some("elm.example")
        );
    }

    #[test]
    fn tables_are_known_by_their_headings_whatever_stands_between() {
        for between in [",", ";", "\t"] {
            let table = [
                "Key,Organization name,Tenant ID",
                "a,\"Birch / Cedar\",1F2E3D4C-5B6A-4978-8695-A4B3C2D1E001",
                "b,'=Elm,",
                ",,",
            ]
            .join("\n")
            .replace(',', between);
            let list = read(&table).unwrap();
            assert_eq!(list[0].name, "Birch / Cedar");
            let id = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001";
            assert_eq!(list[0].tenant.as_deref(), Some(id));
            assert_eq!((list[1].name.as_str(), &list[1].tenant), ("=Elm", &None));
            assert_eq!(list.len(), 2);
        }
        assert_eq!(names("Name\nAlder"), ["Alder"]);
        assert_eq!(
            names("Organisation\n\"Birch, \"\"B\"\" Ltd\""),
            ["Birch, \"B\" Ltd"]
        );
    }

    #[test]
    fn each_mistake_is_told_with_its_line() {
        let twice = wrong("Alder\n\nBirch\nALDER ");
        assert_eq!(twice, [(Some(4), "pairs-list-twice".into())]);
        let table = wrong("Name,Tenant\nAlder,not a tenant\n,alder.example\nBirch,");
        let keys = [
            (Some(2), "pairs-list-no-tenant".into()),
            (Some(3), "pairs-list-no-name".into()),
        ];
        assert_eq!(table, keys);
        assert_eq!(wrong(" \n"), [(None, "pairs-list-empty".into())]);
        assert_eq!(wrong("Name"), [(None, "pairs-list-empty".into())]);
        let long = "x".repeat(257);
        assert_eq!(wrong(&long), [(Some(1), "pairs-name-long".into())]);
        assert_eq!(wrong("a\u{7}b"), [(Some(1), "pairs-name-signs".into())]);
        let many = vec!["same"; 40].join("\n");
        let told = wrong(&many);
        assert_eq!(told.len(), 11);
        assert_eq!(told[10], (None, "pairs-list-more".into()));
    }

    proptest! {
        #[test]
        fn nothing_that_is_pasted_panics(text in "(\\PC|[\t\n\r,;\"']){0,200}") {
            let _ = read(&text);
        }

        #[test]
        fn names_come_back_as_they_were_given(given in prop::collection::btree_set("[A-Z][a-z]{1,8}( [A-Z&,.'-][a-z]{0,6}){0,3}x", 1..20)) {
            let given: Vec<String> = given.into_iter().collect();
            let one = given.iter().all(|name| !OF_NAMES.contains(&same(name).as_str()));
            prop_assume!(one);
            let mut shared: Vec<String> = given.iter().map(|name| same(name)).collect();
            shared.sort();
            shared.dedup();
            prop_assume!(shared.len() == given.len());
            let read: Vec<String> = read(&given.join("\n")).unwrap().into_iter().map(|l| l.name).collect();
            prop_assert_eq!(read, given);
        }
    }
}
