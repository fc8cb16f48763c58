//! How one kind of cloud object is read, compared, written, proved and undone; and how a question is answered.
//!
//! The microsoft room implements these traits, one [`Change`] for each kind of object; the app room joins
//! kinds and implementations in a [`Registry`].

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Timestamp;
use crate::actor::Actor;
use crate::fault::Fault;
use crate::ids::{SetupId, StepId, TenantId};
use crate::ports::{Clock, Secrets};
use crate::proof::Proof;
use crate::question::Question;
use crate::text::Text;

/// The ids by which an object is found again: at least `id`, and what else its address needs.
pub type ObjectKey = BTreeMap<String, String>;

/// For whom and in whose name a change acts.
pub struct Context<'a> {
    /// The setup; its id is the marker in what is made.
    pub setup: &'a SetupId,
    /// The step.
    pub step: &'a StepId,
    /// The tenant that is acted in.
    pub tenant: TenantId,
    /// In whose name; none where nobody has signed in, and then no call leaves.
    pub actor: Option<Actor>,
    /// The moment from which an object without a marker can be this step's own; none where the step has done nothing.
    pub since: Option<Timestamp>,
    /// An earlier try of the same act may have been cut off half way: what is missing may be missing by our own doing.
    pub cut_off: bool,
    /// Time, for waits between looks.
    pub clock: &'a dyn Clock,
    /// Secrets of the setup.
    pub secrets: &'a dyn Secrets,
}

impl Context<'_> {
    /// Whether an object that was made then can be this step's own. What tells no time of making is somebody else's.
    pub fn is_own(&self, made: Option<Timestamp>) -> bool {
        self.since
            .is_some_and(|since| made.is_some_and(|made| made >= since))
    }
}

/// What is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "observed", rename_all = "snake_case")]
pub enum Observed {
    /// Nothing.
    Absent,
    /// An object.
    Present {
        /// Its ids.
        key: ObjectKey,
        /// The part of it that a plan compares and undo puts back; no times, no ETags.
        state: Value,
        /// It carries the marker of this setup, or came to be since the step began what makes it: an earlier run of ours made it.
        ours: bool,
    },
}

/// One field, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field.
    pub field: Text,
    /// What is there.
    pub before: Text,
    /// What will be.
    pub after: Text,
}

/// What has to be done so that the desired state is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "diff", rename_all = "snake_case")]
pub enum Diff {
    /// Nothing: it is so already. Undo leaves it unless this setup made it.
    AlreadyRight,
    /// Make it.
    Create,
    /// Change it.
    Update,
    /// Take it away.
    Remove,
    /// Something else stands in the way.
    Conflict {
        /// What, for a person.
        because: Text,
    },
}

/// How an object came to be as it is; undo goes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// This setup made it: undo removes it.
    Created,
    /// This setup changed it: undo puts the before-state back.
    Updated,
    /// This setup took it away: whether undo makes it again is the step's rule.
    Removed,
    /// It was there before: undo leaves it.
    Adopted,
}

/// What a write has left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Applied {
    /// How it came to be.
    pub origin: Origin,
    /// Its ids; later steps take their values from here.
    pub key: ObjectKey,
    /// Its state as the answer of the write said; undo of a later edit compares with it.
    pub state: Value,
    /// A note for the journal, such as "the answer was lost; looked up and found, once".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// What undo needs to know of what was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeRecord {
    /// What was wanted, all values resolved.
    pub desired: Value,
    /// What was there before.
    pub before: Observed,
    /// What was done.
    pub applied: Applied,
}

/// What undo has done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "undone", rename_all = "snake_case")]
pub enum Undone {
    /// Removed, or put back to what it was.
    Reverted,
    /// It was gone already.
    WasGone,
    /// Left as it is, on purpose: it was there before, or the step's rule says so.
    Kept,
    /// Somebody changed it since; it was not touched.
    Drifted {
        /// What is different, for a person.
        because: Text,
    },
}

/// What undo left behind, for the person who wants it all gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// What stays, such as "the account is in the recycle bin for 30 days".
    pub what: Text,
    /// How to remove it by hand.
    pub by_hand: Text,
}

/// Which delegated permission a call needs.
pub type Scope = String;

/// What is to be done with an object: its permissions differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Reading for a plan.
    Read,
    /// Writing, and proving what was written.
    Write,
    /// Taking back, and proving that it is gone.
    Undo,
}

/// One kind of cloud object. States are JSON of the type in [`crate::desired`], all values resolved.
#[async_trait]
pub trait Change: Send + Sync {
    /// The kind that it knows: a [`crate::desired::Desired::KIND`].
    fn kind(&self) -> &'static str;

    /// The least delegated permissions for that act.
    fn scopes(&self, act: Act) -> Vec<Scope>;

    /// Reads the object, by its recorded key where there is one, else by its natural key or marker.
    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault>;

    /// Ids of all objects of the kind, where it is one that a person makes and that may not tell when it came; none
    /// where an object tells that itself.
    async fn census(&self, _cx: &Context<'_>) -> Result<Option<BTreeSet<String>>, Fault> {
        Ok(None)
    }

    /// The tenant that reading asks, where it is another one than that of the step.
    fn reads_in(&self, _desired: &Value, of_step: TenantId) -> TenantId {
        of_step
    }

    /// Compares. Pure.
    fn diff(&self, desired: &Value, observed: &Observed) -> Diff;

    /// Says in fields what the diff would change. Pure; `desired` may still hold values that exist only later.
    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange>;

    /// Writes. `observed` is what the plan saw. When the answer is lost it returns [`crate::FaultKind::AnswerLost`]
    /// unless it could find out by looking; it never sends a create twice.
    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault>;

    /// Reads back, from the grantee's side where that is possible. A fault is for "could not ask";
    /// "asked and not so" is a proof with another standing.
    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault>;

    /// Takes back what the record says, and returns only when the removal was read back or cannot be.
    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault>;

    /// What stays after undo although nothing failed (recycle bin, logs).
    fn traces(&self, _record: &ChangeRecord) -> Vec<Trace> {
        Vec::new()
    }
}

/// One kind of question.
#[async_trait]
pub trait Reader: Send + Sync {
    /// The kind that it knows: a [`crate::question::Ask::KIND`].
    fn kind(&self) -> &'static str;

    /// The least delegated permissions for the read.
    fn scopes(&self) -> Vec<Scope>;

    /// Answers, asked in the actor's name. The value is the JSON of the question's answer type. All values of the
    /// question are resolved.
    async fn read(&self, question: &Question, actor: Option<&Actor>) -> Result<Value, Fault>;

    /// From how many questions on, asked of one tenant at once, one read for all of them costs less than one for each.
    /// None where there is no such read.
    fn together_from(&self) -> Option<usize> {
        None
    }

    /// Answers such questions, all of one tenant, in their order. What stands in the way stands in the way of all.
    async fn read_together(
        &self,
        questions: &[Question],
        actor: Option<&Actor>,
    ) -> Result<Vec<Value>, Fault> {
        let mut values = Vec::with_capacity(questions.len());
        for question in questions {
            values.push(self.read(question, actor).await?);
        }
        Ok(values)
    }
}

/// Kinds and who knows them.
#[derive(Clone, Default)]
pub struct Registry {
    changes: HashMap<&'static str, Arc<dyn Change>>,
    readers: HashMap<&'static str, Arc<dyn Reader>>,
}

impl Registry {
    /// An empty registry.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a kind of object.
    pub fn with_change(mut self, change: Arc<dyn Change>) -> Self {
        self.changes.insert(change.kind(), change);
        self
    }

    /// Adds a kind of question.
    pub fn with_reader(mut self, reader: Arc<dyn Reader>) -> Self {
        self.readers.insert(reader.kind(), reader);
        self
    }

    /// Who knows that kind of object.
    pub fn change(&self, kind: &str) -> Result<&Arc<dyn Change>, Fault> {
        self.changes.get(kind).ok_or_else(|| unknown(kind))
    }

    /// Who knows that kind of question.
    pub fn reader(&self, kind: &str) -> Result<&Arc<dyn Reader>, Fault> {
        self.readers.get(kind).ok_or_else(|| unknown(kind))
    }
}

fn unknown(kind: &str) -> Fault {
    Fault::new(
        crate::FaultKind::Local,
        Text::new("doing-looking-up-kind").with("kind", kind),
        format!("this version of the app does not know \"{kind}\""),
    )
}
