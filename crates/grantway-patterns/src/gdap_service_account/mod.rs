//! The GDAP service account: one account of the provider that a vendor uses, with roles in the customer through a
//! security group and an active GDAP relationship.
//!
//! One account serves any number of customers: whatever concerns a customer is a loop over [`subject::Subject::customers`].

mod card;
mod checks;
mod columns;
mod directory_roles;
mod draft;
mod first_sign_in;
mod form;
mod group_way;
mod judge;
mod licences;
mod map;
mod mapping;
mod own_profile;
mod particulars;
mod policies;
mod relationship;
mod signs_of_life;
mod subject;
mod tasks;
#[cfg(test)]
pub(crate) mod tests;
mod way_in;

pub(crate) use particulars::ParticularsFile;
pub use particulars::{
    Mapping, NamedRole, Particulars, Portal, RelationshipTerms, SignsOfLife, VendorRole, WaitTimes,
};

use grantway_core::check::Check;
use grantway_core::desired::{
    AccessAssignment, AccessPolicy, Account, AuthenticationStrength, CustomerConsent,
    DefaultsReplaced, Desired, DirectoryRole, Group, Membership, PolicyExclusion, Relationship,
    TimedDirectoryRole,
};
use grantway_core::journal::Attendance;
use grantway_core::plan::{Draft, Row};
use grantway_core::question::{Question, Reading};
use grantway_core::{Party, Text};

use crate::pattern::{
    Answers, Card, Column, Field, FieldProblem, Named, NoDraft, Pattern, SeatSpec, Situation,
    Template,
};
use crate::profile::Profile;
use subject::Subject;

/// The pattern's id.
pub const ID: &str = "gdap-service-account";

/// The pattern.
#[derive(Debug, Clone, Copy)]
pub struct GdapServiceAccount;

impl Pattern for GdapServiceAccount {
    fn id(&self) -> &'static str {
        ID
    }

    fn name(&self) -> Text {
        Text::new("gdap-name")
    }

    fn template(&self) -> Option<&'static dyn Template> {
        Some(&own_profile::OwnProfile)
    }

    fn kinds(&self, _: &Answers) -> &'static [&'static str] {
        &[
            Group::KIND,
            Account::KIND,
            Membership::KIND,
            DirectoryRole::KIND,
            // The vendor's app is not among them: nobody knows it before the consent, so no plan reads it.
            Relationship::KIND,
            AccessAssignment::KIND,
            AuthenticationStrength::KIND,
            AccessPolicy::KIND,
            PolicyExclusion::KIND,
            DefaultsReplaced::KIND,
            CustomerConsent::KIND,
            TimedDirectoryRole::KIND,
        ]
    }

    fn check_columns(&self) -> Vec<Column> {
        columns::of_checks()
    }

    fn step_columns(&self, profile: &Profile) -> Vec<Column> {
        columns::of_steps(card::terms(profile))
    }

    fn card(&self, profile: &Profile) -> Card {
        card::card(profile)
    }

    fn form(&self, profile: &Profile, answers: &Answers) -> Vec<Field> {
        form::form(profile, answers)
    }

    fn parse(&self, profile: &Profile, raw: &Answers) -> Result<Answers, Vec<FieldProblem>> {
        form::parse(profile, raw)
    }

    fn tenants(&self, answers: &Answers) -> Vec<Named> {
        form::tenants(answers)
    }

    fn seats(&self) -> Vec<SeatSpec> {
        vec![SeatSpec {
            id: "provider",
            party: Party::Provider,
            needs: Text::new("gdap-seat-provider"),
        }]
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
            because: Text::new("gdap-no-draft-answers"),
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
