//! What a command has to say at its end.

use grantway_app::contract::{CheckPage, HomeView, ReviewPage, SetupView, UiProblem};
use serde::Serialize;

use super::print;
use crate::exit::{Exit, of_problem};

/// The end of a command, with what it shows.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub exit: Exit,
    /// The setup as it stands.
    pub setup: Option<Box<SetupView>>,
    /// The checks of its plan.
    pub checks: Option<CheckPage>,
    /// Its plan.
    pub plan: Option<Box<ReviewPage>>,
    /// All setups.
    pub home: Option<HomeView>,
    /// All profiles.
    pub profiles: Vec<ProfileLine>,
    /// Files that were written.
    pub files: Vec<String>,
    /// What was told that did not work.
    pub problems: Vec<UiProblem>,
    /// A last line for people.
    pub note: Option<String>,
}

/// A vendor profile.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProfileLine {
    /// Its id, as setup files name it.
    pub profile: String,
    /// Its name.
    pub name: String,
    /// The pattern that it fills.
    pub pattern: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Printed<'a> {
    command: &'a str,
    exit: u8,
    meaning: Exit,
    #[serde(skip_serializing_if = "Option::is_none")]
    setup: Option<&'a SetupView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checks: Option<&'a CheckPage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<&'a ReviewPage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    home: Option<&'a HomeView>,
    #[serde(skip_serializing_if = "<[ProfileLine]>::is_empty")]
    profiles: &'a [ProfileLine],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    files: &'a [String],
    problems: &'a [UiProblem],
}

impl Outcome {
    /// An end without anything to show.
    pub fn new(exit: Exit) -> Self {
        Self {
            exit,
            setup: None,
            checks: None,
            plan: None,
            home: None,
            profiles: Vec::new(),
            files: Vec::new(),
            problems: Vec::new(),
            note: None,
        }
    }

    /// An end by a problem.
    pub fn problem(problem: UiProblem) -> Self {
        Self {
            problems: vec![problem.clone()],
            ..Self::new(of_problem(&problem))
        }
    }

    /// Prints it: what was found on standard output, what did not work on standard error.
    pub fn print(&self, command: &'static str, json: bool) -> Exit {
        if json {
            let printed = Printed {
                command,
                exit: self.exit as u8,
                meaning: self.exit,
                setup: self.setup.as_deref(),
                checks: self.checks.as_ref(),
                plan: self.plan.as_deref(),
                home: self.home.as_ref(),
                profiles: &self.profiles,
                files: &self.files,
                problems: &self.problems,
            };
            match serde_json::to_string(&printed) {
                Ok(line) => print::out(&line),
                Err(error) => eprintln!("The result cannot be written as JSON: {error}"),
            }
            return self.exit;
        }
        if let Some(home) = &self.home {
            print::home(home);
        }
        if let Some(checks) = &self.checks {
            print::checks(checks);
        }
        if let Some(plan) = &self.plan {
            print::plan(plan);
        }
        if let Some(setup) = &self.setup {
            print::setup(setup);
        }
        for line in &self.profiles {
            print::out(&format!(
                "{}  {}  ({})",
                line.profile, line.name, line.pattern
            ));
        }
        for file in &self.files {
            print::out(&format!("Written: {file}"));
        }
        for problem in &self.problems {
            print::problem(problem);
        }
        if let Some(note) = &self.note {
            print::out(note);
        }
        self.exit
    }
}
