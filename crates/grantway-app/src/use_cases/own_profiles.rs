//! A profile of one's own: made from a form, brought in from a file, given away as a file, put away.

use std::collections::BTreeMap;
use std::sync::Arc;

use grantway_core::Text;
use grantway_patterns::{FieldProblem, Library, Origin, Template};

use crate::app::App;
use crate::contract::FormOutcome;
use crate::own_profiles::{OwnProfileError, OwnProfiles, name_of, read_file};
use crate::problem::Problem;
use crate::uses::has_ended;

/// The field under which a file that is brought in is told of.
const FILE: &str = "profileFile";

impl From<OwnProfileError> for Problem {
    fn from(error: OwnProfileError) -> Self {
        let (key, id) = if error.is_taken() {
            ("problem-profile-taken", "GW-PRF-0002")
        } else {
            ("problem-profile-file", "GW-PRF-0001")
        };
        Problem::new(key, id).with("detail", error.to_string())
    }
}

impl From<FieldProblem> for Problem {
    fn from(problem: FieldProblem) -> Self {
        Problem::new("problem-field", "GW-ANS-0001")
            .with("what", problem.what)
            .with("todo", problem.todo)
            .of_field(&problem.field)
    }
}

impl App {
    /// The profiles that there are.
    pub(crate) fn library(&self) -> Arc<Library> {
        Arc::clone(&self.shelf().library)
    }

    /// Reads the profiles of one's own anew.
    fn look_at_profiles(&self) {
        *self.shelf() = Shelf::of(&self.own_profiles());
        self.everything_changed();
    }

    pub(crate) fn own_profiles(&self) -> OwnProfiles {
        OwnProfiles::below(&self.order.data)
    }

    /// Makes a profile from the answers of a pattern's form.
    pub(crate) fn make_profile(
        &self,
        template: &str,
        answers: &BTreeMap<String, String>,
    ) -> Result<FormOutcome, Problem> {
        let made = match template_of(template)?.make(answers) {
            Ok(made) => made,
            Err(wrong) => {
                return Ok(self.outcome(wrong.into_iter().map(Problem::from)));
            }
        };
        // The first field is the vendor's name, which the id follows from.
        let first = template_of(template)?.form().first().map(|field| field.id);
        let taken = || {
            let problem = Problem::new("problem-field", "GW-ANS-0001")
                .with("what", Text::new("own-taken").with("id", &made.id))
                .with("todo", Text::new("own-todo-taken"));
            self.outcome([problem.of_field(first.unwrap_or_default())])
        };
        if self.library().profile(&made.id).is_some() {
            return Ok(taken());
        }
        if let Err(error) = OwnProfiles::judge(&format!("{}.toml", made.id), &made.text) {
            return Ok(self.outcome([error.into()]));
        }
        match self.own_profiles().keep(&made.id, &made.text) {
            Ok(()) => {}
            Err(error) if error.is_taken() => return Ok(taken()),
            Err(error) => return Err(not_kept(&error)),
        }
        self.look_at_profiles();
        Ok(self.outcome([]))
    }

    /// Lets the person choose a file and keeps the profile in it. Nothing of a file that is wrong is kept.
    pub(crate) async fn import_profile(&self) -> Result<FormOutcome, Problem> {
        let title = self.catalogue.say("profile-choose");
        let Some(path) = self.host.choose_file(&title, &["toml"]).await? else {
            return Ok(FormOutcome {
                stored: false,
                problems: Vec::new(),
            });
        };
        let read = read_file(&path)
            .and_then(|text| Ok((OwnProfiles::judge(&name_of(&path), &text)?.id, text)));
        let kept = read.and_then(|(id, text)| {
            let profiles = self.own_profiles();
            if self.library().origin(&id) == Some(Origin::PutAway)
                && profiles.take_up(&id, &text)?
            {
                return Ok(());
            }
            // Judged among the others too: an id is never there twice.
            let mut library = (*self.library()).clone();
            library.add_own(&name_of(&path), &text, false)?;
            profiles.keep(&id, &text)
        });
        Ok(match kept {
            Ok(()) => {
                self.look_at_profiles();
                self.outcome([])
            }
            Err(error) => self.outcome([Problem::from(error).of_field(FILE)]),
        })
    }

    /// Writes a profile of one's own where the person will find it.
    pub(crate) async fn export_profile(&self, profile: &str) -> Result<String, Problem> {
        self.is_own(profile)?;
        let text = self.own_profiles().text(profile)?;
        let name = format!("{profile}.toml");
        let path = self.host.save(&name, text.as_bytes()).await?;
        Ok(path.display().to_string())
    }

    /// Puts a profile of one's own away, unless a setup that is not over needs it.
    pub(crate) async fn put_profile_away(&self, profile: &str) -> Result<(), Problem> {
        self.is_own(profile)?;
        let setups = self.world().await.setups().await?;
        let in_use: Vec<String> = setups
            .iter()
            .filter(|(_, state)| state.profile == profile && !has_ended(state))
            .map(|(id, _)| id.to_string())
            .collect();
        if !in_use.is_empty() {
            return Err(Problem::new("problem-profile-in-use", "GW-PRF-0003")
                .with("count", in_use.len())
                .with("setups", in_use.join(", ")));
        }
        self.own_profiles()
            .put_away(profile)
            .map_err(|error| not_kept(&error))?;
        self.look_at_profiles();
        Ok(())
    }

    fn is_own(&self, profile: &str) -> Result<(), Problem> {
        match self.library().origin(profile) {
            Some(Origin::Own) => Ok(()),
            _ => Err(Problem::new("problem-profile-not-own", "GW-PRF-0005")
                .with("profile", profile.to_owned())),
        }
    }

    fn outcome(&self, problems: impl IntoIterator<Item = Problem>) -> FormOutcome {
        let problems: Vec<_> = problems
            .into_iter()
            .map(|problem| problem.view(&self.catalogue))
            .collect();
        FormOutcome {
            stored: problems.is_empty(),
            problems,
        }
    }
}

/// The profiles as they were read last, with what could not be used.
pub(crate) struct Shelf {
    pub library: Arc<Library>,
    pub problems: Vec<Problem>,
}

impl Shelf {
    pub fn of(profiles: &OwnProfiles) -> Self {
        let (library, wrong) = profiles.library();
        let damaged = |error: OwnProfileError| {
            Problem::new("problem-profile-damaged", "GW-PRF-0006")
                .with("detail", error.to_string())
                .with("folder", profiles.folder().display().to_string())
        };
        Self {
            library: Arc::new(library),
            problems: wrong.into_iter().map(damaged).collect(),
        }
    }
}

/// The form of that pattern.
pub(crate) fn template_of(pattern: &str) -> Result<&'static dyn Template, Problem> {
    grantway_patterns::pattern(pattern)
        .and_then(|pattern| pattern.template())
        .ok_or_else(|| {
            Problem::new("problem-no-such-pattern", "GW-SET-0003")
                .with("pattern", pattern.to_owned())
        })
}

fn not_kept(error: &OwnProfileError) -> Problem {
    Problem::new("problem-profile-not-kept", "GW-PRF-0004").with("detail", error.to_string())
}
