//! Grantway's own app registration in the provider's tenant: made with a client that is lent for the way in, made by a person on
//! the page in Entra, or given by its client ID. There are no customers in it.

mod card;
mod checks;
mod draft;
mod form;
mod judge;
mod particulars;
mod subject;
#[cfg(test)]
mod tests;

pub(crate) use particulars::ParticularsFile;
pub use particulars::{OfApi, Particulars, Tool};

use grantway_core::check::Check;
use grantway_core::desired::{
    AppPrincipal, AppRegistration, ClientChoice, Desired, LentConsent, PersonalGrant,
};
use grantway_core::journal::Attendance;
use grantway_core::plan::{Draft, Row};
use grantway_core::question::{Question, Reading};
use grantway_core::{Party, Text};

use crate::pattern::{
    Answers, Card, Column, Field, FieldProblem, Named, NoDraft, Pattern, SeatSpec, SetupClient,
    Situation, Template,
};
use crate::profile::{self, Profile};
use subject::Subject;

/// The pattern's id.
pub const ID: &str = "own-app";

/// The pattern.
#[derive(Debug, Clone, Copy)]
pub struct OwnApp;

/// The pattern's part of a profile.
fn terms(profile: &Profile) -> &Particulars {
    let profile::Particulars::OwnApp(terms) = &profile.particulars else {
        unreachable!("the reader of profiles gives a pattern its own particulars")
    };
    terms
}

impl Pattern for OwnApp {
    fn id(&self) -> &'static str {
        ID
    }

    fn name(&self) -> Text {
        Text::new("own-app-name")
    }

    fn template(&self) -> Option<&'static dyn Template> {
        None
    }

    fn kinds(&self, answers: &Answers) -> &'static [&'static str] {
        if form::road(answers) != form::BY_TOOL {
            return &[ClientChoice::KIND];
        }
        &[
            AppRegistration::KIND,
            AppPrincipal::KIND,
            PersonalGrant::KIND,
            ClientChoice::KIND,
            LentConsent::KIND,
        ]
    }

    fn check_columns(&self) -> Vec<Column> {
        Vec::new()
    }

    fn step_columns(&self, _: &Profile) -> Vec<Column> {
        Vec::new()
    }

    fn card(&self, profile: &Profile) -> Card {
        card::card(profile)
    }

    fn form(&self, profile: &Profile, _: &Answers) -> Vec<Field> {
        form::form(profile)
    }

    fn parse(&self, _: &Profile, raw: &Answers) -> Result<Answers, Vec<FieldProblem>> {
        form::parse(raw)
    }

    fn tenants(&self, answers: &Answers) -> Vec<Named> {
        form::tenants(answers)
    }

    fn seats(&self) -> Vec<SeatSpec> {
        vec![SeatSpec {
            id: "provider",
            party: Party::Provider,
            needs: Text::new("own-app-seat-provider"),
        }]
    }

    fn signs_in_first(&self, answers: &Answers) -> bool {
        form::road(answers) != form::BY_PORTAL
    }

    fn client(&self, situation: Situation<'_>) -> Option<SetupClient> {
        Subject::of(situation)?.client()
    }

    fn questions(&self, situation: Situation<'_>) -> Vec<Question> {
        Subject::of(situation)
            .map(|subject| subject.questions())
            .unwrap_or_default()
    }

    fn checks(&self, situation: Situation<'_>) -> Vec<Check> {
        Subject::of(situation)
            .map(|subject| checks::checks(&subject))
            .unwrap_or_default()
    }

    fn draft(&self, situation: Situation<'_>) -> Result<Draft, NoDraft> {
        let subject = Subject::of(situation).ok_or_else(|| NoDraft {
            because: Text::new("own-app-no-draft-answers"),
        })?;
        draft::draft(&subject)
    }

    fn judge(
        &self,
        situation: Situation<'_>,
        row: &Row,
        reading: &Reading,
        attendance: Option<&Attendance>,
    ) -> Check {
        judge::judge(situation, row, reading, attendance)
    }
}
