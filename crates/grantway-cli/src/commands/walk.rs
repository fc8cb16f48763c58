//! The way through a setup that commands share: finding or beginning it, signing in, reading, doing what cards ask.

use std::collections::{BTreeMap, BTreeSet};

use grantway_app::contract::Call;
use grantway_app::contract::{
    CheckPage, NeedCard, NeedKind, Page, PhaseName, Reply, ReviewPage, SetupView,
};

use super::desk::{Desk, Problem, problem, unexpected};
use super::outcome::Outcome;
use crate::exit::{Exit, Verb, of_problem, of_view};
use crate::setup_file::SetupFile;

/// How often a card is done over before a person has to look.
const TRIES: usize = 3;

/// What a live cloud needs and a terminal has not.
fn needs_window() -> Problem {
    problem(
        "GW-CTL-0001",
        "A person has to sign in, and a terminal has no clean window. Nothing was changed.",
        Some("On a real cloud nobody but a person signs in.".into()),
        "Begin the setup in the Grantway app and sign in there; grantctl goes on with it from the same data folder.",
    )
}

impl Desk {
    async fn page(&self, id: &str, phase: PhaseName) -> Result<Box<SetupView>, Problem> {
        let call = Call::Setup {
            id: id.into(),
            phase: Some(phase),
        };
        match self.call(call).await? {
            Reply::Setup(view) => Ok(view),
            _ => Err(unexpected()),
        }
    }

    /// The newest setup of that profile with these answers that was not taken back; those that wait before those that are done.
    pub async fn find(
        &self,
        file: &SetupFile,
        id: Option<&str>,
    ) -> Result<Option<Box<SetupView>>, Problem> {
        if let Some(id) = id {
            return self.view(id).await.map(Some);
        }
        let mut taken_back = None;
        for id in self.fitting(file).await? {
            let view = self.view(&id).await?;
            let Page::Done(page) = &view.page else {
                return Ok(Some(view));
            };
            if !page.taken_back {
                return Ok(Some(view));
            }
            taken_back.get_or_insert(view);
        }
        Ok(taken_back)
    }

    async fn fitting(&self, file: &SetupFile) -> Result<Vec<String>, Problem> {
        let Reply::Gallery(gallery) = self.call(Call::Gallery).await? else {
            return Err(unexpected());
        };
        let card = gallery
            .cards
            .into_iter()
            .find(|card| card.profile == file.profile);
        let name = card.map(|card| card.name).unwrap_or_default();
        let Reply::Home(home) = self.call(Call::Home).await? else {
            return Err(unexpected());
        };
        let lines = home.groups.iter().flat_map(|group| &group.rows);
        let mut fitting = Vec::new();
        for line in lines
            .chain(&home.finished)
            .filter(|line| line.profile == name)
        {
            let view = self.page(&line.id, PhaseName::Answer).await?;
            let Page::Answer(page) = view.page else {
                continue;
            };
            let given: BTreeMap<_, _> = page
                .fields
                .iter()
                .map(|f| (f.id.as_str(), f.value.as_str()))
                .collect();
            let same = |(field, value): (&String, &String)| {
                given
                    .get(field.as_str())
                    .is_some_and(|given| given.trim().eq_ignore_ascii_case(value.trim()))
            };
            if file.answers.iter().all(same) {
                fitting.push(line.id.clone());
            }
        }
        Ok(fitting)
    }

    /// The setup to go on with, or a new one. A setup that was taken back is over.
    pub async fn find_or_begin(
        &self,
        file: &SetupFile,
        id: Option<&str>,
    ) -> Result<String, Problem> {
        if let Some(view) = self.find(file, id).await? {
            let is_over = matches!(&view.page, Page::Done(page) if page.taken_back);
            if !is_over || id.is_some() {
                return Ok(view.id.clone());
            }
        }
        if !self.is_practice {
            return Err(needs_window());
        }
        self.begin(file).await
    }

    async fn begin(&self, file: &SetupFile) -> Result<String, Problem> {
        let open = Call::Open {
            profile: file.profile.clone(),
        };
        let Reply::Opened { id } = self.call(open).await? else {
            return Err(unexpected());
        };
        let stored = self.answer(&id, file).await;
        if stored.is_err() {
            // Nothing came of it, so nothing is to stand on Home for it.
            let close = Call::Close {
                id: id.clone(),
                end_consents: false,
            };
            if let Err(error) = self.call(close).await {
                tracing::warn!(id = error.id, "a setup without answers was not put away");
            }
        }
        stored.map(|()| id)
    }

    async fn answer(&self, id: &str, file: &SetupFile) -> Result<(), Problem> {
        let Page::Answer(page) = self.view(id).await?.page else {
            return Err(unexpected());
        };
        let asked: Vec<&str> = page.fields.iter().map(|field| field.id.as_str()).collect();
        if let Some(field) = file
            .answers
            .keys()
            .find(|field| !asked.contains(&field.as_str()))
        {
            return Err(Box::new(file.unasked(field, &asked)));
        }
        let mut answers: BTreeMap<String, String> = page
            .fields
            .iter()
            .map(|field| (field.id.clone(), field.value.clone()))
            .collect();
        answers.extend(file.answers.clone());
        let call = Call::Answer {
            id: id.into(),
            answers,
        };
        match self.call(call).await? {
            Reply::Form(outcome) if outcome.stored => Ok(()),
            Reply::Form(outcome) => match outcome.problems.into_iter().next() {
                Some(first) => Err(Box::new(file.place(first))),
                None => Err(unexpected()),
            },
            _ => Err(unexpected()),
        }
    }

    /// Signs in every seat that is empty.
    async fn sign_in(&self, id: &str) -> Result<(), Problem> {
        let Page::SignIn(page) = self.page(id, PhaseName::SignIn).await?.page else {
            return Err(unexpected());
        };
        if let Some(blocked) = page.blocked {
            return Err(problem(
                "GW-CLD-0011",
                "There is no client ID for this cloud. Nothing was changed.",
                Some(blocked),
                "Give client_id in the table [cloud] of the setup file.",
            ));
        }
        for seat in page.seats {
            let call = Call::SignIn {
                id: id.into(),
                seat: seat.id,
                lane: None,
            };
            self.call(call).await?;
            self.app.settled(id).await;
        }
        Ok(())
    }

    /// Reads and judges anew, signing in where that is needed. Nothing is done for a setup that is approved.
    pub async fn read(&self, id: &str) -> Result<(), Problem> {
        self.app.settled(id).await;
        match self.view(id).await?.page {
            Page::SignIn(_) => self.sign_in(id).await,
            Page::Check(_) | Page::Review(_) => {
                match self.call(Call::Check { id: id.into() }).await {
                    Err(problem) if of_problem(&problem) == Exit::Person => self.sign_in(id).await,
                    Err(problem) => Err(problem),
                    Ok(_) => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Does what the cards ask, as far as the practice robot can; what is left on them is for a person.
    pub async fn attend(&self, id: &str) -> Result<(), Problem> {
        let mut tries: BTreeMap<String, usize> = BTreeMap::new();
        let mut given_up: BTreeSet<String> = BTreeSet::new();
        loop {
            self.app.settled(id).await;
            if !self.is_practice {
                return Ok(());
            }
            let view = self.view(id).await?;
            let card = cards(&view)
                .iter()
                .find(|card| is_ones_own(card.kind) && !given_up.contains(&card.step));
            let Some(card) = card.cloned() else {
                return Ok(());
            };
            let tried = tries.entry(card.step.clone()).or_default();
            if *tried == TRIES {
                given_up.insert(card.step.clone());
                continue;
            }
            *tried += 1;
            self.do_card(id, &card).await?;
        }
    }

    async fn do_card(&self, id: &str, card: &NeedCard) -> Result<(), Problem> {
        let id = id.to_owned();
        let step = card.step.clone();
        if card.kind == NeedKind::SignIn {
            let call = Call::SignIn {
                id,
                seat: step,
                lane: None,
            };
            return self.call(call).await.map(|_| ());
        }
        for index in 0..card.values.len() {
            let call = Call::Copy {
                id: id.clone(),
                step: step.clone(),
                index,
            };
            self.call(call).await?;
        }
        let call = Call::StartTask {
            id: id.clone(),
            step: step.clone(),
            lane: None,
        };
        self.call(call).await?;
        if card.asks.is_none() {
            return Ok(());
        }
        self.app.settled(&id).await;
        let Some(given) = self.shown() else {
            return Ok(());
        };
        let call = Call::FinishTask {
            id,
            step,
            prompts: None,
            given: Some(given),
        };
        self.call(call).await.map(|_| ())
    }

    /// What the last page has shown to the robot.
    #[cfg(feature = "practice")]
    fn shown(&self) -> Option<String> {
        let shown = self.host.shown.lock();
        shown
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take()
    }

    /// Nothing: nobody has looked.
    #[cfg(not(feature = "practice"))]
    fn shown(&self) -> Option<String> {
        None
    }

    /// The end of a command about a setup, with what it has to show.
    pub async fn outcome(&self, verb: Verb, id: &str) -> Result<Outcome, Problem> {
        let view = self.view(id).await?;
        #[cfg_attr(
            not(feature = "practice"),
            allow(unused_mut, reason = "only the robot adds to them")
        )]
        let mut problems = self.problems();
        let exit = of_view(verb, &view, problems.last());
        #[cfg(feature = "practice")]
        if let (Exit::Person | Exit::Stopped, Some(why)) = (exit, stuck(self)) {
            problems.push(why);
        }
        let early = matches!(view.page, Page::Check(_) | Page::Review(_));
        let (checks, plan) = if verb == Verb::Plan || early {
            (self.checks(id).await?, self.plan(id).await?)
        } else {
            (None, None)
        };
        Ok(Outcome {
            setup: Some(view),
            checks,
            plan,
            problems,
            ..Outcome::new(exit)
        })
    }

    async fn checks(&self, id: &str) -> Result<Option<CheckPage>, Problem> {
        match self.page(id, PhaseName::Check).await?.page {
            Page::Check(page) => Ok(Some(page)),
            _ => Ok(None),
        }
    }

    pub async fn plan(&self, id: &str) -> Result<Option<Box<ReviewPage>>, Problem> {
        match self.page(id, PhaseName::Review).await?.page {
            Page::Review(page) => Ok(Some(page)),
            _ => Ok(None),
        }
    }
}

/// Why the robot could not pass its last session.
#[cfg(feature = "practice")]
fn stuck(desk: &Desk) -> Option<grantway_app::contract::UiProblem> {
    let stuck = desk.host.stuck.lock();
    let why = stuck
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .clone()?;
    Some(*problem(
        "GW-SES-0120",
        "The practice robot could not pass a page.",
        Some(why),
        "Do this step in the Grantway app, or look at the practice scenario.",
    ))
}

/// Whether whoever sits here can do it: no decision is asked for, and nobody else has to act.
fn is_ones_own(kind: NeedKind) -> bool {
    matches!(kind, NeedKind::SignIn | NeedKind::Task)
}

/// The cards of a page.
pub(crate) fn cards(view: &SetupView) -> &[NeedCard] {
    match &view.page {
        Page::Apply(page) => &page.cards,
        Page::Done(page) => &page.cards,
        _ => &[],
    }
}

/// The number that was given, or asked for at the terminal; a problem where nobody can be asked.
pub(crate) fn approval(
    given: Option<&str>,
    word: &str,
    label: &str,
    json: bool,
) -> Result<String, Problem> {
    use std::io::{BufRead, IsTerminal, Write};
    if let Some(given) = given {
        return Ok(given.trim().to_owned());
    }
    let missing = || {
        problem(
            "GW-CTL-0002",
            "Nobody has approved this. Nothing was changed.",
            Some(label.to_owned()),
            &format!("Read the plan, then give --approve {word}."),
        )
    };
    let stdin = std::io::stdin();
    if json || !stdin.is_terminal() || !std::io::stderr().is_terminal() {
        return Err(missing());
    }
    eprint!("{label}: ");
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    match stdin.lock().read_line(&mut line) {
        Ok(read) if read > 0 && !line.trim().is_empty() => Ok(line.trim().to_owned()),
        _ => Err(missing()),
    }
}
