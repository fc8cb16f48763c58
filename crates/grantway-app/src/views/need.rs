//! Cards that need a person: tasks, sign-ins, decisions.

use grantway_core::journal::{Problem as Trouble, Standing};
use grantway_core::plan::{CopyValue, HandOff, Row, StepBody, Task};
use grantway_core::{Fault, FaultKind, Text};

use super::{matrix, words};
use crate::app::{App, Subject};
use crate::contract::{
    AskView, CopyValueView, ExpectView, MoreView, NeedAct, NeedCard, NeedKind, SessionView,
    UiProblem,
};
use crate::problem::Problem;
use crate::use_cases::{START_OVER, Stage};
use crate::world::{Purpose, lock};

/// Of so many customers in the same state the cards are drawn; the others are counted.
const CARDS_OF_A_KIND: usize = 2;

/// What a row needs of a person.
pub(super) enum Need<'a> {
    /// A task is ready, or its window is open.
    Task(&'a Task),
    /// What a task had left is half removed.
    HalfStartedOver(&'a Task, &'a Standing),
    /// A task did not go as it should.
    TroubledTask(&'a Task, &'a Trouble),
    /// Somebody else acts, and is to be handed a link.
    HandOff(&'a HandOff),
    /// It failed.
    Failed(&'a Fault),
    /// A check or a wait did not come out as it should.
    Troubled(&'a Trouble),
}

impl Need<'_> {
    /// The kind of the card.
    pub(super) fn kind(&self) -> NeedKind {
        match self {
            Need::Task(_) => NeedKind::Task,
            Need::HandOff(_) => NeedKind::HandOff,
            Need::HalfStartedOver(..)
            | Need::TroubledTask(..)
            | Need::Failed(_)
            | Need::Troubled(_) => NeedKind::Stopped,
        }
    }
}

/// The cards of a setup.
pub(crate) struct Cards {
    /// Those that are drawn, most urgent first.
    pub shown: Vec<NeedCard>,
    /// How many there are in all.
    pub count: usize,
    /// The customers whose cards are not drawn.
    pub more: Vec<MoreView>,
}

impl App {
    /// The cards of a setup, most urgent first. Where it has several customers, a few of each kind of theirs.
    pub(crate) fn cards(&self, subject: &Subject) -> Cards {
        let mut shown = Vec::new();
        if let Some(card) = self.sign_in_card(subject) {
            shown.push(card);
        }
        if let Some(card) = self.halted_card(subject) {
            shown.push(card);
        }
        // Once all is taken back, no matrix stands beside them.
        let several = subject.has_several_customers() && subject.state.undo_began.is_none();
        // By kind: how many customers' cards there are.
        let mut of_customers = [0; 4];
        let mut hidden = 0;
        for row in subject.state.plan.iter().flat_map(|plan| &plan.rows) {
            let Some(need) = self.need(subject, row) else {
                continue;
            };
            if several && row.step.cell.is_some() {
                let count = &mut of_customers[urgency(need.kind())];
                *count += 1;
                if *count > CARDS_OF_A_KIND {
                    hidden += 1;
                    continue;
                }
            }
            shown.push(self.card(subject, row, &need));
        }
        shown.extend(self.consent_cards(subject));
        shown.sort_by_key(|card| urgency(card.kind));
        let more = [NeedKind::Stopped, NeedKind::Task, NeedKind::HandOff]
            .into_iter()
            .filter_map(|kind| {
                let left = of_customers[urgency(kind)].checked_sub(CARDS_OF_A_KIND)?;
                let (filter, sentence) = matrix::of_kind(kind)?;
                (left > 0).then(|| MoreView {
                    sentence: self.text(&Text::new(sentence).with("count", left)),
                    filter: filter.into(),
                })
            })
            .collect();
        Cards {
            count: shown.len() + hidden,
            shown,
            more,
        }
    }

    /// The cards of one of several customers, all of them.
    pub(super) fn cards_of<'a>(
        &self,
        subject: &Subject,
        rows: impl Iterator<Item = &'a Row>,
    ) -> Vec<NeedCard> {
        let mut cards: Vec<NeedCard> = rows
            .filter_map(|row| Some(self.card(subject, row, &self.need(subject, row)?)))
            .collect();
        cards.sort_by_key(|card| urgency(card.kind));
        cards
    }

    pub(super) fn button(&self, key: &str, calls: &str, primary: bool) -> NeedAct {
        NeedAct {
            label: self.catalogue.say(key),
            calls: calls.into(),
            primary,
            asks_prompts: false,
        }
    }

    fn sign_in_card(&self, subject: &Subject) -> Option<NeedCard> {
        let stage = subject.stage();
        let tenant = subject.working_tenant()?;
        let place = subject.places.iter().find(|place| place.tenant == tenant)?;
        let seat = subject
            .pattern
            .seats()
            .into_iter()
            .find(|seat| seat.party == place.party)?;
        let steps = subject.state.steps.values().map(|step| &step.standing);
        let consents = subject.state.own_consents.values();
        let asked_again = steps
            .chain(consents.map(|(_, standing)| standing))
            .find_map(|standing| match standing {
                Standing::Failed(fault) | Standing::UndoFailed(fault) => match &fault.kind {
                    FaultKind::SignInNeeded { because, .. } => Some(because.clone()),
                    _ => None,
                },
                _ => None,
            });
        let trouble = lock(&subject.world.troubles).get(&subject.id).cloned();
        let lost = trouble
            .as_ref()
            .is_some_and(|problem| problem.text.key == "problem-sign-in-needed");
        let missing = stage != Stage::Read && !subject.missing_scopes(stage, tenant).is_empty();
        let session = self.session_view(subject, &Purpose::Seat(seat.id.to_owned()));
        if !(missing || lost || asked_again.is_some() || session.is_some())
            || (subject.signs_in_later() && session.is_none())
            || (subject.state.undo_ended.is_some() && !subject.ends_consent())
        {
            return None;
        }
        let sentence = match &asked_again {
            Some(because) => {
                self.text(&Text::new("need-sign-in-again").with("because", because.clone()))
            }
            None => self.catalogue.say(if stage == Stage::Undo {
                "need-sign-in-undo"
            } else {
                "need-sign-in-apply"
            }),
        };
        let acts = match &session {
            Some(session) if session.has_window => {
                vec![self.button("need-act-show-window", "showSession", true)]
            }
            Some(_) => Vec::new(),
            None => vec![self.button("need-act-sign-in", "signIn", true)],
        };
        Some(NeedCard {
            step: seat.id.to_owned(),
            kind: NeedKind::SignIn,
            title: self.text(&Text::new("need-sign-in-title").with("place", place.name.clone())),
            sentence,
            place: words::place(place),
            instructions: Vec::new(),
            expect: Vec::new(),
            values: Vec::new(),
            asks: None,
            session,
            lanes: self.lanes(false),
            problem: None,
            acts,
            check: None,
            pairing: false,
            seat: self.seat(subject, seat.id, stage).map(Box::new),
        })
    }

    /// The run came to a halt that belongs to no step: the journal cannot be written, the network is gone.
    fn halted_card(&self, subject: &Subject) -> Option<NeedCard> {
        if lock(&subject.world.running).contains_key(&subject.id) {
            return None;
        }
        let trouble = lock(&subject.world.troubles).get(&subject.id).cloned()?;
        if trouble.text.key == "problem-sign-in-needed" {
            return None;
        }
        let tenant = subject.working_tenant()?;
        let place = subject.places.iter().find(|place| place.tenant == tenant)?;
        let done = subject.progress().0;
        Some(NeedCard {
            step: String::new(),
            kind: NeedKind::Stopped,
            title: self.catalogue.say("need-halted-title"),
            sentence: self.text(&Text::new("need-stopped-sentence").with("done", done)),
            place: words::place(place),
            instructions: Vec::new(),
            expect: Vec::new(),
            values: Vec::new(),
            asks: None,
            session: None,
            lanes: Vec::new(),
            problem: Some(trouble.view(&self.catalogue)),
            acts: vec![self.button("need-act-go-on", "goOn", true)],
            check: None,
            pairing: false,
            seat: None,
        })
    }

    /// What a row needs of a person; none where it goes on by itself, or is over.
    pub(super) fn need<'a>(&self, subject: &'a Subject, row: &'a Row) -> Option<Need<'a>> {
        let state = &subject.state;
        let standing = state.standing(&row.step.id);
        match (&row.step.body, standing) {
            (StepBody::Task(task), Standing::NeedsPerson) => Some(Need::Task(task)),
            (StepBody::Task(task), _) if self.task_session(subject, row).is_some() => {
                Some(Need::Task(task))
            }
            (
                StepBody::Task(task),
                Standing::UndoInDoubt | Standing::Undone(_) | Standing::UndoFailed(_),
            ) if state.undo_began.is_none() => {
                let is_busy = lock(&subject.world.busy).get(&subject.id) == Some(&START_OVER);
                let waits_for_sign_in = matches!(
                    standing,
                    Standing::UndoFailed(fault) if matches!(fault.kind, FaultKind::SignInNeeded { .. })
                );
                (!is_busy && !waits_for_sign_in).then_some(Need::HalfStartedOver(task, standing))
            }
            (_, Standing::UndoFailed(fault)) if state.undo_ended.is_some() => {
                Some(Need::Failed(fault))
            }
            (_, Standing::Failed(fault))
                if matches!(fault.kind, FaultKind::SignInNeeded { .. }) =>
            {
                None
            }
            (_, Standing::Failed(fault)) => Some(Need::Failed(fault)),
            // What somebody else was asked for is not waited for any more once it is taken back.
            (StepBody::HandOff(hand_off), Standing::NeedsPerson | Standing::Waiting { .. }) => {
                state
                    .undo_began
                    .is_none()
                    .then_some(Need::HandOff(hand_off))
            }
            (StepBody::Task(task), Standing::Troubled(trouble)) => {
                Some(Need::TroubledTask(task, trouble))
            }
            (_, Standing::Troubled(trouble)) => Some(Need::Troubled(trouble)),
            _ => None,
        }
    }

    fn task_session(&self, subject: &Subject, row: &Row) -> Option<SessionView> {
        self.session_view(subject, &Purpose::Task(row.step.id.to_string()))
    }

    fn card(&self, subject: &Subject, row: &Row, need: &Need<'_>) -> NeedCard {
        match need {
            Need::Task(task) => self.task_card(subject, row, task, None),
            Need::HalfStartedOver(task, standing) => {
                self.half_started_over(subject, row, task, standing)
            }
            Need::TroubledTask(task, trouble) => self.troubled_task(subject, row, task, trouble),
            Need::HandOff(hand_off) => self.hand_off_card(subject, row, hand_off),
            Need::Failed(fault) => {
                let problem = Problem::from(*fault).view(&self.catalogue);
                let acts = vec![self.button("need-act-retry", "retry", true)];
                self.stopped_card(subject, row, problem, acts, None)
            }
            Need::Troubled(trouble) => {
                let (problem, check) = self.trouble(row, trouble);
                let mut acts = vec![self.button("need-act-look-again", "retry", true)];
                if check.is_some() {
                    acts.push(self.button("need-act-accept", "accept", false));
                }
                self.stopped_card(subject, row, problem, acts, check)
            }
        }
    }

    /// Why a row has stopped, in a sentence.
    pub(super) fn stopped_because(&self, row: &Row, standing: &Standing) -> Option<String> {
        match standing {
            Standing::Failed(fault) | Standing::UndoFailed(fault) => {
                Some(Problem::from(fault).view(&self.catalogue).what)
            }
            Standing::Troubled(trouble) => Some(self.trouble(row, trouble).0.what),
            _ => None,
        }
    }

    fn task_card(
        &self,
        subject: &Subject,
        row: &Row,
        task: &Task,
        problem: Option<UiProblem>,
    ) -> NeedCard {
        let session = self.task_session(subject, row);
        let mut acts = Vec::new();
        match &session {
            None => {
                acts.push(self.button("need-act-open", "startTask", true));
                if task.asks.is_some() {
                    // Who has been there can say what it showed.
                    acts.push(self.button("need-act-done", "finishTask", false));
                }
                if subject.client_given_by(&row.step.id).is_some() {
                    acts.push(self.button("need-act-other-client", "startOver", false));
                }
            }
            // Signing in is all that is done: it ends by itself.
            Some(session) if task.sign_in.is_some() => {
                if session.has_window {
                    acts.push(self.button("need-act-show-window", "showSession", true));
                }
            }
            Some(session) => {
                let done = NeedAct {
                    asks_prompts: !session.has_window && task.expected_prompts > 1,
                    ..self.button("need-act-done", "finishTask", true)
                };
                acts.push(done);
                if session.has_window {
                    acts.push(self.button("need-act-show-window", "showSession", false));
                }
            }
        }
        let values = task.values.iter().map(|value| match value {
            CopyValue::Plain { label, text } => CopyValueView {
                label: self.text(label),
                text: Some(subject.known(text).unwrap_or_default()),
            },
            CopyValue::Secret { label, .. } => CopyValueView {
                label: self.text(label),
                text: None,
            },
        });
        NeedCard {
            step: row.step.id.to_string(),
            kind: if problem.is_some() {
                NeedKind::Stopped
            } else {
                NeedKind::Task
            },
            title: self.text(&row.step.title),
            sentence: self.text(&row.step.why),
            place: words::place(&row.step.place),
            instructions: task
                .instructions
                .iter()
                .map(|text| self.text(text))
                .collect(),
            expect: task
                .expect
                .iter()
                .map(|e| ExpectView {
                    label: self.text(&e.label),
                    value: self.text(&e.value),
                })
                .collect(),
            values: values.collect(),
            asks: task.asks.as_ref().map(|asks| AskView {
                label: self.text(&asks.label),
                hint: self.text(&asks.hint),
                placeholder: asks.placeholder.clone(),
            }),
            session,
            lanes: self.lanes(false),
            problem,
            acts,
            check: None,
            pairing: false,
            seat: None,
        }
    }

    fn troubled_task(
        &self,
        subject: &Subject,
        row: &Row,
        task: &Task,
        trouble: &Trouble,
    ) -> NeedCard {
        let (problem, check) = self.trouble(row, trouble);
        let mut card = self.task_card(subject, row, task, Some(problem));
        if card.session.is_some() {
            return card;
        }
        // A task that is in trouble has its effect, if any, still out there: it has to go before it is done again.
        let left_something = task.effect.is_some();
        card.acts = match trouble {
            // What came of it has to go before it is done again.
            Trouble::TooFewPrompts { .. } | Trouble::CheckFailed { .. } if left_something => {
                vec![
                    self.button("need-act-start-over", "startOver", true),
                    self.button("need-act-look-again", "retryTask", false),
                ]
            }
            Trouble::CheckFailed { .. } => vec![
                self.button("need-act-open-again", "startTask", true),
                self.button("need-act-look-again", "finishTask", false),
            ],
            _ => vec![
                self.button("need-act-open-again", "startTask", true),
                self.button("need-act-look-again", "finishTask", false),
            ],
        };
        if subject.client_given_by(&row.step.id).is_some() {
            card.acts
                .push(self.button("need-act-other-client", "startOver", false));
        }
        for act in &mut card.acts {
            // Looking again is saying once more that it is done.
            if act.calls == "retryTask" {
                act.calls = "finishTask".into();
            }
        }
        if let Trouble::TooFewPrompts { .. } = trouble
            && let Some(remedy) = &task.if_interfered
        {
            card.instructions = vec![self.text(remedy)];
        }
        if check.is_some() {
            card.acts
                .push(self.button("need-act-accept", "accept", false));
            card.check = check;
        }
        card
    }

    /// What an act had left was to go, so that the act can be done again, and that has not come to its end.
    fn half_started_over(
        &self,
        subject: &Subject,
        row: &Row,
        task: &Task,
        standing: &Standing,
    ) -> NeedCard {
        let problem = match standing {
            Standing::UndoFailed(fault) => Problem::from(fault),
            _ => Problem::new("trouble-half-started-over", "GW-TSK-0012"),
        };
        let mut card = self.task_card(subject, row, task, Some(problem.view(&self.catalogue)));
        card.acts = vec![self.button("need-act-start-over", "startOver", true)];
        card
    }

    fn stopped_card(
        &self,
        subject: &Subject,
        row: &Row,
        problem: UiProblem,
        acts: Vec<NeedAct>,
        check: Option<String>,
    ) -> NeedCard {
        NeedCard {
            step: row.step.id.to_string(),
            kind: NeedKind::Stopped,
            title: self.text(&Text::new("need-stopped-title").with("step", row.step.title.clone())),
            sentence: self
                .text(&Text::new("need-stopped-sentence").with("done", subject.progress().0)),
            place: words::place(&row.step.place),
            instructions: Vec::new(),
            expect: Vec::new(),
            values: Vec::new(),
            asks: None,
            session: None,
            lanes: Vec::new(),
            problem: Some(problem),
            acts,
            check,
            pairing: false,
            seat: None,
        }
    }

    /// What a trouble says to a person, and the check that can be accepted.
    fn trouble(&self, row: &Row, trouble: &Trouble) -> (UiProblem, Option<String>) {
        let (problem, check) = problem_of(row, trouble);
        (problem.view(&self.catalogue), check)
    }
}

/// The place of a kind among the cards: the most urgent first.
fn urgency(kind: NeedKind) -> usize {
    match kind {
        NeedKind::SignIn => 0,
        NeedKind::Stopped => 1,
        NeedKind::Task => 2,
        NeedKind::HandOff => 3,
    }
}

/// What a trouble says, and the check that can be accepted.
pub(super) fn problem_of(row: &Row, trouble: &Trouble) -> (Problem, Option<String>) {
    let (problem, check) = match trouble {
        Trouble::TooFewPrompts { seen, expected } => (
            Problem::new("trouble-too-few-prompts", "GW-CON-0001")
                .with("seen", i64::from(*seen))
                .with("expected", i64::from(*expected)),
            None,
        ),
        Trouble::NotFinished => (Problem::new("trouble-not-finished", "GW-TSK-0010"), None),
        Trouble::NoEffect => (Problem::new("trouble-no-effect", "GW-TSK-0011"), None),
        Trouble::Overdue => (Problem::new("trouble-overdue", "GW-WAI-0001"), None),
        Trouble::CheckFailed { check } => {
            let acceptable = (!check.fails()).then(|| check.id.clone());
            let todo = check.remedies.first().map(|remedy| remedy.detail.clone());
            let problem = Problem::new("trouble-check-failed", "GW-CON-0007")
                .with("found", check.found.clone())
                .with("needed", check.needed.clone())
                .with(
                    "todo",
                    todo.unwrap_or_else(|| Text::new("trouble-check-failed-todo")),
                );
            (problem, acceptable)
        }
    };
    (problem.with("step", row.step.title.clone()), check)
}
