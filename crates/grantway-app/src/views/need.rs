//! Cards that need a person: tasks, sign-ins, decisions.

use grantway_core::journal::{Problem as Trouble, Standing};
use grantway_core::plan::{CopyValue, Row, StepBody, Task};
use grantway_core::{FaultKind, Text};

use super::words;
use crate::app::{App, Subject};
use crate::contract::{CopyValueView, ExpectView, NeedAct, NeedCard, NeedKind, UiProblem};
use crate::problem::Problem;
use crate::use_cases::{START_OVER, Stage};
use crate::world::{Purpose, lock};

impl App {
    /// The cards of a setup, most urgent first.
    pub(crate) fn cards(&self, subject: &Subject) -> Vec<NeedCard> {
        let mut cards = Vec::new();
        if let Some(card) = self.sign_in_card(subject) {
            cards.push(card);
        }
        if let Some(card) = self.halted_card(subject) {
            cards.push(card);
        }
        let rows = subject.state.plan.iter().flat_map(|plan| &plan.rows);
        for row in rows {
            if let Some(card) = self.card(subject, row) {
                cards.push(card);
            }
        }
        cards.extend(self.consent_cards(subject));
        cards.sort_by_key(|card| match card.kind {
            NeedKind::SignIn => 0,
            NeedKind::Stopped => 1,
            NeedKind::Task => 2,
            NeedKind::HandOff => 3,
        });
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
            session,
            lanes: self.lanes(false),
            problem: None,
            acts,
            check: None,
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
            session: None,
            lanes: Vec::new(),
            problem: Some(trouble.view(&self.catalogue)),
            acts: vec![self.button("need-act-go-on", "goOn", true)],
            check: None,
            seat: None,
        })
    }

    fn card(&self, subject: &Subject, row: &Row) -> Option<NeedCard> {
        let standing = subject.state.standing(&row.step.id);
        let open = self.session_view(subject, &Purpose::Task(row.step.id.to_string()));
        match (&row.step.body, standing) {
            (StepBody::Task(task), Standing::NeedsPerson) => {
                Some(self.task_card(subject, row, task, None))
            }
            (StepBody::Task(task), _) if open.is_some() => {
                Some(self.task_card(subject, row, task, None))
            }
            (
                StepBody::Task(task),
                Standing::UndoInDoubt | Standing::Undone(_) | Standing::UndoFailed(_),
            ) if subject.state.undo_began.is_none() => {
                self.half_started_over(subject, row, task, standing)
            }
            (_, Standing::UndoFailed(fault)) if subject.state.undo_ended.is_some() => {
                let problem = Problem::from(fault).view(&self.catalogue);
                let acts = vec![self.button("need-act-retry", "retry", true)];
                Some(self.stopped_card(subject, row, problem, acts, None))
            }
            (_, Standing::Failed(fault))
                if matches!(fault.kind, FaultKind::SignInNeeded { .. }) =>
            {
                None
            }
            (_, Standing::Failed(fault)) => {
                let problem = Problem::from(fault).view(&self.catalogue);
                Some(self.stopped_card(
                    subject,
                    row,
                    problem,
                    vec![self.button("need-act-retry", "retry", true)],
                    None,
                ))
            }
            (StepBody::HandOff(hand_off), Standing::NeedsPerson | Standing::Waiting { .. }) => {
                Some(self.hand_off_card(subject, row, hand_off))
            }
            (StepBody::Task(task), Standing::Troubled(trouble)) => {
                Some(self.troubled_task(subject, row, task, trouble))
            }
            (_, Standing::Troubled(trouble)) => {
                let (problem, check) = self.trouble(row, trouble);
                let mut acts = vec![self.button("need-act-look-again", "retry", true)];
                if check.is_some() {
                    acts.push(self.button("need-act-accept", "accept", false));
                }
                Some(self.stopped_card(subject, row, problem, acts, check))
            }
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
        let session = self.session_view(subject, &Purpose::Task(row.step.id.to_string()));
        let mut acts = Vec::new();
        match &session {
            None => acts.push(self.button("need-act-open", "startTask", true)),
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
            session,
            lanes: self.lanes(false),
            problem,
            acts,
            check: None,
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
    ) -> Option<NeedCard> {
        if lock(&subject.world.busy).get(&subject.id) == Some(&START_OVER) {
            return None;
        }
        let problem = match standing {
            Standing::UndoFailed(fault) if matches!(fault.kind, FaultKind::SignInNeeded { .. }) => {
                return None;
            }
            Standing::UndoFailed(fault) => Problem::from(fault),
            _ => Problem::new("trouble-half-started-over", "GW-TSK-0012"),
        };
        let mut card = self.task_card(subject, row, task, Some(problem.view(&self.catalogue)));
        card.acts = vec![self.button("need-act-start-over", "startOver", true)];
        Some(card)
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
            session: None,
            lanes: Vec::new(),
            problem: Some(problem),
            acts,
            check,
            seat: None,
        }
    }

    /// What a trouble says to a person, and the check that can be accepted.
    fn trouble(&self, row: &Row, trouble: &Trouble) -> (UiProblem, Option<String>) {
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
        (
            problem
                .with("step", row.step.title.clone())
                .view(&self.catalogue),
            check,
        )
    }
}
