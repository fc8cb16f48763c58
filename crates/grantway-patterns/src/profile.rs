//! Vendor profiles: the particular case of a pattern, as validated data.
//!
//! A profile is a TOML file. Fields that nobody knows are refused; every error names the file, the line and the field.

use serde::Deserialize;
use toml::Spanned;

use crate::{gdap_service_account, own_app};

/// What one vendor needs, for one pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Its id, as setups name it: small letters, digits and dashes.
    pub id: String,
    /// Its name for people: the vendor's product.
    pub name: String,
    /// The vendor's name for people.
    pub vendor: String,
    /// One to three letters for the diamond.
    pub monogram: String,
    /// The two capital letters with which ids of its setups begin.
    pub setup_prefix: [char; 2],
    /// The id of the pattern.
    pub pattern: String,
    /// What can be done with what is given, in a sentence or two.
    pub can: String,
    /// Where the procedure comes from, where that needs a word.
    pub notice: Option<String>,
    /// The licences that are needed, in a few words.
    pub licences: String,
    /// Minutes that a setup usually takes a person, waits included.
    pub minutes: u32,
    /// What the pattern needs to know beyond that.
    pub particulars: Particulars,
}

/// What a profile says to its pattern alone; one table of the file, named as the pattern is.
#[derive(Debug, Clone, PartialEq)]
pub enum Particulars {
    /// For the GDAP service account.
    GdapServiceAccount(gdap_service_account::Particulars),
    /// For Grantway's own app registration.
    OwnApp(own_app::Particulars),
}

/// Why a profile cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The text is no TOML, or a field is unknown, missing or of another kind.
    #[error("{file}, line {line}, {field}: {problem}")]
    Wrong {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The field, as the file writes it; for a missing one its name is in the problem.
        field: String,
        /// What is wrong.
        problem: String,
    },
    /// Another profile has that id already.
    #[error("{file}: another profile has the id \"{id}\"")]
    IdTaken {
        /// The file.
        file: String,
        /// The id.
        id: String,
    },
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    id: Spanned<String>,
    name: Spanned<String>,
    vendor: Spanned<String>,
    monogram: Spanned<String>,
    setup_prefix: Spanned<String>,
    pattern: Spanned<String>,
    can: Spanned<String>,
    notice: Option<Spanned<String>>,
    licences: Spanned<String>,
    minutes: Spanned<u32>,
    gdap_service_account: Option<gdap_service_account::ParticularsFile>,
    own_app: Option<own_app::ParticularsFile>,
}

impl Profile {
    /// Reads a profile. `file` is only named in errors.
    pub fn parse(file: &str, text: &str) -> Result<Self, ProfileError> {
        let source = Source { file, text };
        let raw: ProfileFile = toml::from_str(text).map_err(|error| source.unreadable(&error))?;
        let id = source.filled("id", &raw.id)?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.chars().all(plain) {
            return Err(source.wrong("id", &raw.id, "small letters, digits and dashes only"));
        }
        let monogram = source.filled("monogram", &raw.monogram)?;
        if monogram.chars().count() > 3 {
            return Err(source.wrong("monogram", &raw.monogram, "three letters at most"));
        }
        let letters: Vec<char> = raw.setup_prefix.get_ref().chars().collect();
        let setup_prefix = match letters[..] {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => [a, b],
            _ => {
                return Err(source.wrong(
                    "setup_prefix",
                    &raw.setup_prefix,
                    "two capital letters from A to Z",
                ));
            }
        };
        if *raw.minutes.get_ref() == 0 {
            return Err(source.wrong("minutes", &raw.minutes, "at least 1"));
        }
        let pattern = source.filled("pattern", &raw.pattern)?;
        let missing = |table: &str| {
            let problem = format!("the table [{table}] is missing");
            source.wrong("pattern", &raw.pattern, problem)
        };
        let particulars = match pattern.as_str() {
            gdap_service_account::ID => {
                let table = raw.gdap_service_account.as_ref();
                let table = table.ok_or_else(|| missing("gdap_service_account"))?;
                Particulars::GdapServiceAccount(table.read(&source)?)
            }
            own_app::ID => {
                let table = raw.own_app.as_ref().ok_or_else(|| missing("own_app"))?;
                Particulars::OwnApp(table.read(&source)?)
            }
            _ => return Err(source.wrong("pattern", &raw.pattern, "no pattern has this id")),
        };
        Ok(Self {
            id,
            name: source.filled("name", &raw.name)?,
            vendor: source.filled("vendor", &raw.vendor)?,
            monogram,
            setup_prefix,
            pattern,
            can: source.filled("can", &raw.can)?,
            notice: raw
                .notice
                .as_ref()
                .map(|notice| source.filled("notice", notice))
                .transpose()?,
            licences: source.filled("licences", &raw.licences)?,
            minutes: *raw.minutes.get_ref(),
            particulars,
        })
    }
}

/// With this an id of a profile of one's own begins: it never takes the id of one that comes with the app, now or later, and
/// its file has a name that every system allows.
pub(crate) const OWN: &str = "own-";

/// The longest id of a profile of one's own.
pub(crate) const OWN_LENGTH: usize = 60;

impl Profile {
    /// Reads a profile of one's own: the same, with an id of its kind.
    pub fn parse_own(file: &str, text: &str) -> Result<Self, ProfileError> {
        let profile = Self::parse(file, text)?;
        let source = Source { file, text };
        let raw: ProfileFile = toml::from_str(text).map_err(|error| source.unreadable(&error))?;
        // A file from elsewhere must not bring in a client of its own choice under this app's name.
        if crate::pattern(&profile.pattern).is_none_or(|pattern| pattern.template().is_none()) {
            let problem = "no profile of one's own can be made for this pattern";
            return Err(source.wrong("pattern", &raw.pattern, problem));
        }
        let problem = if !profile.id.starts_with(OWN) {
            "the ID of a profile of one's own begins with own-"
        } else if profile.id.len() > OWN_LENGTH || profile.id.len() == OWN.len() {
            "must have a name after own-, and 60 characters at most"
        } else {
            return Ok(profile);
        };
        Err(source.wrong("id", &raw.id, problem))
    }

    /// Where the vendor's portal starts, and the hosts that its flow may visit; none where no portal is part of it.
    pub fn portal(&self) -> Option<(&str, &[String])> {
        match &self.particulars {
            Particulars::GdapServiceAccount(terms) => {
                Some((&terms.portal.address, &terms.portal.hosts))
            }
            Particulars::OwnApp(_) => None,
        }
    }
}

/// A profile's text, for errors that name the place.
pub(crate) struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl Source<'_> {
    /// The text of a field, which must not be blank.
    pub(crate) fn filled(
        &self,
        field: &str,
        value: &Spanned<String>,
    ) -> Result<String, ProfileError> {
        let text = value.get_ref().trim();
        if text.is_empty() {
            return Err(self.wrong(field, value, "must not be empty"));
        }
        Ok(text.to_owned())
    }

    /// A field that does not hold what it must.
    pub(crate) fn wrong<T>(
        &self,
        field: &str,
        value: &Spanned<T>,
        problem: impl Into<String>,
    ) -> ProfileError {
        ProfileError::Wrong {
            file: self.file.into(),
            line: self.line(value.span().start),
            field: field.into(),
            problem: problem.into(),
        }
    }

    fn unreadable(&self, error: &toml::de::Error) -> ProfileError {
        let start = error.span().map_or(0, |span| span.start);
        let line = self.line(start);
        let written = self.text.lines().nth(line - 1).unwrap_or("").trim();
        let field = match written.split_once('=') {
            Some((name, _)) => name.trim(),
            None => written,
        };
        ProfileError::Wrong {
            file: self.file.into(),
            line,
            field: if field.is_empty() { "file" } else { field }.into(),
            problem: error.message().trim().replace('\n', ", "),
        }
    }

    fn line(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or(self.text);
        before.matches('\n').count() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = include_str!("../profiles/huntress.toml");

    fn refused(text: &str) -> String {
        Profile::parse("own.toml", text).unwrap_err().to_string()
    }

    fn line_of(text: &str, part: &str) -> usize {
        text.lines().position(|line| line.contains(part)).unwrap() + 1
    }

    #[test]
    fn every_built_in_profile_is_valid_and_its_pattern_is_there() {
        for profile in crate::Library::built_in().profiles() {
            assert!(crate::pattern(&profile.pattern).is_some(), "{}", profile.id);
        }
        let huntress = crate::Library::built_in().profile("huntress").unwrap();
        let Particulars::GdapServiceAccount(terms) = &huntress.particulars else {
            panic!("a profile of another pattern")
        };
        assert_eq!(terms.roles.len(), 10);
        assert_eq!(terms.publisher.name, "Huntress Labs Inc");
        assert!(terms.publisher.verified);
        assert_eq!(terms.roles.iter().filter(|role| role.privileged).count(), 7);
        assert!(crate::Library::built_in().profile("nobody").is_none());
    }

    #[test]
    fn an_unknown_field_is_named_with_its_line() {
        let text = GOOD.replace("minutes = 20", "minutes = 20\nlogo = \"x.png\"");
        let line = line_of(&text, "logo");
        let error = refused(&text);
        assert!(
            error.starts_with(&format!("own.toml, line {line}, logo: unknown field")),
            "{error}"
        );
    }

    #[test]
    fn a_wrong_value_is_named_with_its_line() {
        for (good, bad, field) in [
            ("monogram = \"Hu\"", "monogram = \"Hunt\"", "monogram"),
            ("monogram = \"Hu\"", "monogram = 7", "monogram"),
            (
                "setup_prefix = \"HM\"",
                "setup_prefix = \"hm\"",
                "setup_prefix",
            ),
            ("id = \"huntress\"", "id = \"Hunt ress\"", "id"),
            ("minutes = 20", "minutes = 0", "minutes"),
            ("minutes = 20", "minutes = \"20\"", "minutes"),
            ("name = \"Huntress MDR\"", "name = \"  \"", "name"),
            (
                "pattern = \"gdap-service-account\"",
                "pattern = \"none\"",
                "pattern",
            ),
            (
                "id = \"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3\"",
                "id = \"9b895d92\"",
                "gdap_service_account.role.id",
            ),
            (
                "id = \"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3\"",
                "id = \"0526716b-113d-4c15-b2c8-68e3c22b9f80\"",
                "gdap_service_account.role.id",
            ),
            (
                "address = \"https://huntress.io/\"",
                "address = \"http://huntress.io/\"",
                "gdap_service_account.portal.address",
            ),
            (
                "address = \"https://huntress.io/\"",
                "address = \"https://me@huntress.io:8443/\"",
                "gdap_service_account.portal.address",
            ),
            (
                "id = \"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3\"",
                "id = \"d29b2b05-8046-44ba-8758-1e26182fcf32\"",
                "gdap_service_account.role.id",
            ),
            (
                "permissions = []",
                "app = \"none\"",
                "gdap_service_account.publisher.app",
            ),
            (
                "verified = true",
                "verified = false",
                "gdap_service_account.publisher.verified",
            ),
            (
                "extends_itself = true",
                "extends_itself = \"yes\"",
                "extends_itself",
            ),
            (
                "hosts = [\"huntress.io\", \"*.huntress.io\"]",
                "hosts = [\"https://huntress.io\"]",
                "gdap_service_account.portal.hosts",
            ),
            (
                "prompts = 2",
                "prompts = 0",
                "gdap_service_account.portal.prompts",
            ),
            (
                "name = \"HuntressPlatform\"",
                "name = \"Huntress Platform\"",
                "gdap_service_account.account.name",
            ),
            (
                "every = 15",
                "every = 0",
                "gdap_service_account.assignment_wait.every",
            ),
            (
                "at_most = 86_400",
                "at_most = 60",
                "gdap_service_account.signs_of_life.wait.at_most",
            ),
            (
                "at_most = 900",
                "at_most = 10",
                "gdap_service_account.assignment_wait.at_most",
            ),
        ] {
            assert!(GOOD.contains(good), "{good}");
            let text = GOOD.replacen(good, bad, 1);
            // A doubled role is seen at the second of the two.
            let lines: Vec<&str> = text.lines().collect();
            let line = lines.iter().rposition(|line| *line == bad).unwrap() + 1;
            let error = refused(&text);
            assert!(
                error.starts_with(&format!("own.toml, line {line}, {field}: ")),
                "{bad} gave: {error}"
            );
        }
    }

    #[test]
    fn a_missing_field_a_missing_table_and_a_cut_file_are_errors() {
        assert!(refused(&GOOD.replace("vendor = \"Huntress\"\n", "")).contains("`vendor`"));
        let head = &GOOD[..GOOD.find("[gdap_service_account]").unwrap()];
        assert!(refused(head).contains("the table [gdap_service_account] is missing"));
        assert!(refused(&GOOD[..GOOD.len() / 2]).starts_with("own.toml, line "));
        assert!(refused("").contains("missing field"));
    }

    #[test]
    fn a_role_has_microsofts_name_and_label_whatever_a_file_says() {
        let text = GOOD
            .replace(
                "name = \"User Administrator\"",
                "name = \"Harmless Reader\"",
            )
            .replace("privileged = true", "privileged = false");
        let profile = Profile::parse("own.toml", &text).unwrap();
        let Particulars::GdapServiceAccount(terms) = &profile.particulars else {
            panic!("a profile of this pattern")
        };
        let user = terms.roles.last().expect("ten roles");
        assert_eq!(user.role.name, "User Administrator");
        assert_eq!(terms.roles.iter().filter(|role| role.privileged).count(), 7);
    }

    #[test]
    fn a_relationship_with_global_administrator_cannot_extend_itself() {
        let text = GOOD.replacen(
            "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
            "62e90394-69f5-4237-9190-012177145e10",
            1,
        );
        let line = line_of(&text, "extends_itself");
        let told = refused(&text);
        assert!(
            told.starts_with(&format!(
                "own.toml, line {line}, gdap_service_account.relationship.extends_itself: "
            )),
            "{told}"
        );
        let text = text.replace("extends_itself = true", "extends_itself = false");
        assert!(Profile::parse("own.toml", &text).is_ok());
    }

    #[test]
    fn a_profile_of_ones_own_brings_no_client_of_its_own_choice() {
        let text = include_str!("../profiles/own-app.toml");
        let id = text.lines().find(|line| line.starts_with("id = ")).unwrap();
        let text = text.replace(id, "id = \"own-mine\"");
        assert!(Profile::parse("mine.toml", &text).is_ok());
        let refused = Profile::parse_own("mine.toml", &text).unwrap_err();
        assert!(refused.to_string().contains("pattern"), "{refused}");
    }

    #[test]
    fn a_profile_of_ones_own_never_takes_a_name_of_the_apps() {
        let own = |id: &str| {
            let text = GOOD.replace("id = \"huntress\"", &format!("id = \"{id}\""));
            Profile::parse_own("mine.toml", &text).map(|profile| profile.id)
        };
        assert_eq!(own("own-mine").as_deref(), Ok("own-mine"));
        for id in [
            "huntress",
            "con",
            "own-",
            &format!("own-{}", "x".repeat(60)),
        ] {
            let told = own(id).unwrap_err().to_string();
            let line = line_of(GOOD, "id = \"huntress\"");
            assert!(
                told.starts_with(&format!("mine.toml, line {line}, id: ")),
                "{told}"
            );
        }
    }

    #[test]
    fn a_profile_that_was_put_away_is_found_and_not_offered() {
        let text = GOOD.replace("id = \"huntress\"", "id = \"own-mine\"");
        let mut library = crate::Library::built_in().clone();
        library.add_own("own-mine.toml", &text, true).unwrap();
        assert!(library.profile("own-mine").is_some());
        assert_eq!(library.origin("own-mine"), Some(crate::Origin::PutAway));
        let offered: Vec<&str> = library.offered().map(|(p, _)| p.id.as_str()).collect();
        assert_eq!(offered, ["huntress", "app-registration"]);
        let twice = library.add_own("again.toml", &text, false).unwrap_err();
        assert!(matches!(twice, ProfileError::IdTaken { .. }), "{twice}");
    }

    #[test]
    fn two_profiles_cannot_have_one_id() {
        let error = crate::Library::read([("a.toml", GOOD), ("b.toml", GOOD)]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "b.toml: another profile has the id \"huntress\""
        );
    }
}
