//! What a pattern has to say, so that the app can guide a person through it without knowing it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use grantway_core::check::Check;
use grantway_core::ids::SetupId;
use grantway_core::journal::Attendance;
use grantway_core::plan::{Draft, Plan, Risk, Row};
use grantway_core::question::{Facts, Question, Reading};
use grantway_core::{AppId, DomainName, Party, Place, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::profile::Profile;

/// The answers of a setup: by field, as they were typed and parsed.
pub type Answers = BTreeMap<String, String>;

/// A field of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name in the answers.
    pub id: &'static str,
    /// Its label.
    pub label: Text,
    /// What it is for.
    pub why: Text,
    /// A short hint.
    pub hint: Option<Text>,
    /// What stands in it before anyone types; from the profile, or from other answers.
    pub preset: String,
    /// An example.
    pub placeholder: Option<String>,
    /// It may hold several values, one on each line or with commas between.
    pub several: bool,
    /// The party whose tenants it names by their domains, if it does.
    pub names: Option<Party>,
    /// It may stay empty.
    pub optional: bool,
    /// It is asked only while another field has one of these values.
    pub only_when: Option<OnlyWhen>,
    /// Value and label of each choice; empty for a line of text.
    pub options: Vec<(String, Text)>,
    /// Things of which any may be chosen, each by its own tick; empty for every other kind of field. The answer holds the
    /// values of those that are ticked, with commas between.
    pub choices: Vec<FieldChoice>,
    /// Things of which some are picked; none for every other kind of field.
    pub picks: Option<Picks>,
    /// It holds sentences, one on each line.
    pub sentences: bool,
}

impl Field {
    /// A line of text that has to be filled in.
    pub fn line(id: &'static str, label: Text, why: Text) -> Self {
        Self {
            id,
            label,
            why,
            hint: None,
            preset: String::new(),
            placeholder: None,
            several: false,
            names: None,
            optional: false,
            only_when: None,
            options: Vec::new(),
            choices: Vec::new(),
            picks: None,
            sentences: false,
        }
    }
}

/// When a field is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnlyWhen {
    /// The other field; it stands before this one.
    pub field: &'static str,
    /// The values of it.
    pub values: &'static [&'static str],
}

/// One thing that may be ticked.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChoice {
    /// Its value in the answer.
    pub value: String,
    /// What it is.
    pub label: Text,
    /// What it is for.
    pub why: Text,
    /// What is lost without it.
    pub lost: Text,
    /// It gives control over people or settings.
    pub privileged: bool,
}

/// Things of which some are picked out of many, each with lines of text of its own. The answer to the field holds the values
/// of those that are picked, with commas between; [`Picks::answer`] names the answers to their lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Picks {
    /// What there is to pick from.
    pub options: Vec<PickOption>,
    /// What is asked of each that is picked.
    pub lines: Vec<PickLine>,
}

/// One thing that may be picked.
#[derive(Debug, Clone, PartialEq)]
pub struct PickOption {
    /// Its value in the answer.
    pub value: String,
    /// What it is.
    pub label: Text,
    /// It gives control over people or settings.
    pub privileged: bool,
    /// What to know before picking it.
    pub warning: Option<Text>,
}

/// A line of text that belongs to something picked.
#[derive(Debug, Clone, PartialEq)]
pub struct PickLine {
    /// Its name in the answer.
    pub id: &'static str,
    /// Its label.
    pub label: Text,
    /// An example.
    pub placeholder: Text,
    /// It may stay empty.
    pub optional: bool,
}

impl Picks {
    /// The name of the answer to a line of something picked.
    pub fn answer(field: &str, value: &str, line: &str) -> String {
        format!("{field}.{value}.{line}")
    }
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldProblem {
    /// The field, or the answer to a line of something picked in it.
    pub field: Cow<'static, str>,
    /// What is wrong.
    pub what: Text,
    /// What to do.
    pub todo: Text,
}

impl FieldProblem {
    /// Something is wrong with the answer to a field.
    pub(crate) fn new(field: &'static str, what: Text, todo: Text) -> Self {
        Self {
            field: field.into(),
            what,
            todo,
        }
    }

    /// There is no answer to a field that needs one.
    pub(crate) fn missing(field: &'static str) -> Self {
        Self::new(
            field,
            Text::new("answer-missing"),
            Text::new("answer-todo-missing"),
        )
    }

    /// It is no domain.
    pub(crate) fn no_domain(field: &'static str, given: &str) -> Self {
        Self::new(
            field,
            Text::new("answer-no-domain").with("value", given),
            Text::new("answer-todo-domain"),
        )
    }
}

/// A tenant that the answers name by its domain. The app finds out its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The part that it plays.
    pub party: Party,
    /// The domain that was given.
    pub domain: DomainName,
    /// The field in which it was given.
    pub field: &'static str,
}

/// A sign-in that a setup needs.
#[derive(Debug, Clone, PartialEq)]
pub struct SeatSpec {
    /// Its name, such as `provider`.
    pub id: &'static str,
    /// Whose it is.
    pub party: Party,
    /// What kind of account is needed.
    pub needs: Text,
}

/// The client in whose name a setup signs in, where that is not the one that Settings name.
#[derive(Debug, Clone, PartialEq)]
pub struct SetupClient {
    /// The client.
    pub client: AppId,
    /// What the person is told before the sign-in page names it.
    pub notice: Text,
    /// Set where it is somebody else's.
    pub lent: Option<Lent>,
}

/// A client of somebody else's. It answers to this computer without a path, and gets no more than it is lent for.
#[derive(Debug, Clone, PartialEq)]
pub struct Lent {
    /// The permissions that the setup's sign-ins have brought, and that go at the end; none where nothing tells which they are.
    pub takes_back: Option<BTreeSet<String>>,
}

/// A line of a card: label and value.
#[derive(Debug, Clone, PartialEq)]
pub struct CardLine {
    /// The label.
    pub label: Text,
    /// The value.
    pub value: Text,
}

/// A column in which customers are shown side by side: checks and steps name theirs by its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub id: &'static str,
    /// Its heading, a word or two.
    pub title: Text,
    /// What stands in it, in a sentence.
    pub what: Text,
}

/// A card of the gallery.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Who gives to whom, from giver to receiver, with the label of each.
    pub flow: Vec<(Party, Text)>,
    /// What is given.
    pub sentence: Text,
    /// Where the procedure comes from, where that needs a word.
    pub notice: Option<Text>,
    /// Until, licences, sign in as, time.
    pub lines: Vec<CardLine>,
    /// Steps by hand.
    pub by_hand: usize,
    /// How much harm the whole could do.
    pub risk: Risk,
}

/// Everything that a pattern may go by. Nothing of it is asked for by the pattern itself.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The setup.
    pub setup: &'a SetupId,
    /// The profile.
    pub profile: &'a Profile,
    /// The answers.
    pub answers: &'a Answers,
    /// The tenants of the setup, found by their domains; the name is the domain until the tenant's own is known.
    pub places: &'a [Place],
    /// What was read.
    pub facts: &'a Facts,
    /// The checks that a person accepted as they are, by id, with the account that did.
    pub accepted: &'a BTreeMap<String, String>,
    /// The plan that was made last, be it for other answers: what it says of the time before its own sign-ins stays so.
    pub planned: Option<&'a Plan>,
    /// The moment.
    pub now: Timestamp,
}

/// Why there is no draft although the checks let it through: a fact is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("the plan cannot be made: {}", because.key)]
pub struct NoDraft {
    /// What is missing.
    pub because: Text,
}

/// A profile that was made from a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub id: String,
    /// Its file.
    pub text: String,
}

/// What a person makes a profile of their own from.
pub trait Template: Send + Sync {
    /// What is made, as the heading of its card and form.
    fn title(&self) -> Text;
    /// What it is for, in a sentence or two.
    fn sentence(&self) -> Text;
    /// The form.
    fn form(&self) -> Vec<Field>;
    /// Makes the profile; all problems at once.
    fn make(&self, raw: &Answers) -> Result<Made, Vec<FieldProblem>>;
}

/// A way of granting access.
pub trait Pattern: Send + Sync {
    /// Its id, such as a profile names it.
    fn id(&self) -> &'static str;
    /// Its name for people.
    fn name(&self) -> Text;
    /// What a profile of one's own is made from; none where every profile comes with the app.
    fn template(&self) -> Option<&'static dyn Template>;
    /// Kinds of desired states that its plans for these answers may hold: whoever reads for a plan needs the rights to read
    /// these.
    fn kinds(&self, answers: &Answers) -> &'static [&'static str];
    /// The columns of the customers' checks, in the order in which they are shown.
    fn check_columns(&self) -> Vec<Column>;
    /// The columns of the customers' steps, in the order in which they are shown.
    fn step_columns(&self, profile: &Profile) -> Vec<Column>;
    /// The card of a profile.
    fn card(&self, profile: &Profile) -> Card;
    /// The form. `answers` are those given so far: presets may follow from them.
    fn form(&self, profile: &Profile, answers: &Answers) -> Vec<Field>;
    /// Reads the answers by the same parse as the engine's types; all problems at once.
    fn parse(&self, profile: &Profile, raw: &Answers) -> Result<Answers, Vec<FieldProblem>>;
    /// The tenants that the answers name.
    fn tenants(&self, answers: &Answers) -> Vec<Named>;
    /// The sign-ins that are needed.
    fn seats(&self) -> Vec<SeatSpec>;
    /// Whether they come before the plan. Otherwise a step of the plan is the sign-in: before it there is no client to sign in
    /// with, and nothing is read.
    fn signs_in_first(&self, _: &Answers) -> bool {
        true
    }
    /// The client in whose name they are; none is the one that Settings name.
    fn client(&self, _: Situation<'_>) -> Option<SetupClient> {
        None
    }
    /// What has to be read, as far as what was read already leads there: asked again with the answers it may tell more.
    fn questions(&self, situation: Situation<'_>) -> Vec<Question>;
    /// What that means.
    fn checks(&self, situation: Situation<'_>) -> Vec<Check>;
    /// What is to be done.
    fn draft(&self, situation: Situation<'_>) -> Result<Draft, NoDraft>;
    /// What a reading means for a row of the plan; `attendance` is what the session of a task saw.
    fn judge(
        &self,
        situation: Situation<'_>,
        row: &Row,
        reading: &Reading,
        attendance: Option<&Attendance>,
    ) -> Check;
}
