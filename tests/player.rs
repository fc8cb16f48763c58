//! Somebody who plays a setup to its end from wherever it stands, as a person does who comes back to it: looks at
//! the page, does what it asks, presses the first button of a card that stopped.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use grantway_app::contract::{Call, NeedCard, NeedKind, Page, PhaseName, Reply};
use grantway_cli::robot::Manner;
use grantway_practice::robot::Consent;

use crate::Stage;

/// How often a page may be looked at before a setup is said to run in circles.
const MOVES: usize = 40;

/// Whose setup is played, and how: all that a person who comes back to it knows by heart.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The account in front of the sign-ins; none is the first of the practice people.
    pub signs_in: Option<&'static str>,
    /// Answers over those for the practice world.
    pub answers: &'static [(&'static str, &'static str)],
    /// Answers that are changed to these when the checks do not let the first ones pass.
    pub amended: &'static [(&'static str, &'static str)],
}

/// Somebody with nothing of their own, whose setup is the only one.
pub const ANYBODY: Part = Part {
    signs_in: None,
    answers: &[],
    amended: &[],
};

/// How far a setup is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Applied and proved.
    Applied,
    /// The person has declined what a page asked for, and was told so.
    Declined(Asked),
    /// All that is left waits for the customer.
    Offered,
    /// Something has come of an act that must not be: a card with that problem stops.
    Stopped(&'static str),
    /// What stopped has been started over: its task is ready again.
    StartedOver,
    /// Taken back but for what another setup works with.
    LeftToAnother,
    /// Nothing is left.
    TakenBack,
}

/// When a consent is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// At the first sign-in: to read.
    ToRead,
    /// At the sign-in after the approval: to change.
    ToChange,
    /// On the vendor's page.
    ByVendor,
}

/// What playing took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// The setup.
    pub id: String,
    /// What a person had to mend: calls that were refused, and buttons of cards that had stopped.
    pub mended: Vec<String>,
    /// The link that waits for the customer.
    pub link: Option<String>,
}

impl Part {
    /// The names that its account may have; none when every setup is its own. What the form suggests is nobody's name to
    /// tell setups apart by: a part that leaves the account to it is alone in its world.
    fn accounts(&self) -> Vec<&'static str> {
        let named = |answers: &[(&str, &'static str)]| {
            let mut answers = answers.iter();
            let account = answers.find(|(field, _)| *field == "account");
            account.map(|(_, account)| *account)
        };
        match named(self.answers) {
            Some(account) => [Some(account), named(self.amended)]
                .into_iter()
                .flatten()
                .collect(),
            None => Vec::new(),
        }
    }
}

impl Until {
    /// Whether a person says no to a consent on that page.
    fn declines(self, page: &Page) -> bool {
        let first = |cards: &[NeedCard]| cards.first().map(|card| card.kind);
        match (self, page) {
            (Self::Declined(Asked::ToRead), Page::SignIn(_)) => true,
            (Self::Declined(Asked::ToChange), Page::Apply(page)) => {
                first(&page.cards) == Some(NeedKind::SignIn)
            }
            (Self::Declined(Asked::ByVendor), Page::Apply(page)) => {
                first(&page.cards) == Some(NeedKind::Task)
            }
            _ => false,
        }
    }

    /// Whether it is played backwards.
    fn takes_back(self) -> bool {
        matches!(self, Self::LeftToAnother | Self::TakenBack)
    }

    /// Whether that page is where playing ends; `told` says that the app has told of a consent that was declined.
    fn is_at(self, page: &Page, told: bool) -> bool {
        let cards = match page {
            Page::Apply(page) => page.cards.as_slice(),
            Page::Done(page) => page.cards.as_slice(),
            _ => &[],
        };
        let any = |kind| cards.iter().any(|card| card.kind == kind);
        match (self, page) {
            (Self::Applied, Page::Done(page)) => page.not_proved == 0 && page.proved > 0,
            (Self::LeftToAnother, Page::Done(page)) => {
                let in_use = |card: &NeedCard| {
                    let problem = card.problem.as_ref();
                    problem.is_some_and(|problem| problem.id == "GW-INUSE")
                };
                page.taken_back && !cards.is_empty() && cards.iter().all(in_use)
            }
            (Self::TakenBack, Page::Done(page)) => {
                page.taken_back && page.left.iter().all(|left| !left.failed)
            }
            // What a vendor was refused leaves its card in the journal, so a later process finds it.
            (Self::Declined(Asked::ByVendor), Page::Apply(_)) => {
                any(NeedKind::Stopped)
                    && cards
                        .iter()
                        .all(|card| card.kind != NeedKind::Stopped || card.step == "consent")
            }
            (Self::Declined(_), _) => told && self.declines(page),
            (Self::Offered, Page::Apply(page)) => {
                !page.running
                    && !page.cards.is_empty()
                    && page.cards.iter().all(|card| card.kind == NeedKind::HandOff)
            }
            (Self::Stopped(id), Page::Apply(_)) => cards.iter().any(|card| {
                card.kind == NeedKind::Stopped
                    && card
                        .problem
                        .as_ref()
                        .is_some_and(|problem| problem.id == id)
            }),
            (Self::StartedOver, Page::Apply(_)) => any(NeedKind::Task) && !any(NeedKind::Stopped),
            _ => false,
        }
    }
}

impl Stage {
    /// Every setup of this stage.
    pub async fn setups(&self) -> Vec<String> {
        let Reply::Home(home) = self.call(Call::Home).await else {
            panic!("not Home")
        };
        let waiting = home.groups.into_iter().flat_map(|group| group.rows);
        waiting.chain(home.finished).map(|row| row.id).collect()
    }

    /// The setup of this stage; none before it was begun.
    ///
    /// # Panics
    /// When there are several: a setup was doubled.
    pub async fn only_setup(&self) -> Option<String> {
        self.setup_of(&ANYBODY).await
    }

    /// The setup of a part; none before it was begun.
    ///
    /// # Panics
    /// When there are several: a setup was doubled.
    pub async fn setup_of(&self, part: &Part) -> Option<String> {
        let accounts = part.accounts();
        let mut own = Vec::new();
        for id in self.setups().await {
            let account = self.account_of(&id).await;
            // One without an answer was begun by a process that did not live to give it.
            let is_own = account
                .is_none_or(|account| accounts.is_empty() || accounts.contains(&account.as_str()));
            if is_own {
                own.push(id);
            }
        }
        assert!(own.len() < 2, "one setup became several: {own:?}");
        own.pop()
    }

    /// The account that a setup was answered with.
    async fn account_of(&self, id: &str) -> Option<String> {
        let call = Call::Setup {
            id: id.into(),
            phase: Some(PhaseName::Answer),
        };
        let Reply::Setup(view) = self.call(call).await else {
            panic!("not a setup")
        };
        if view.current == PhaseName::Answer {
            return None;
        }
        let Page::Answer(page) = view.page else {
            panic!("not at the questions")
        };
        let mut fields = page.fields.into_iter();
        let account = fields.find(|field| field.id == "account");
        Some(account.expect("an account is asked for").value)
    }

    /// Plays to the end: applied and proved.
    pub async fn play(&self) -> Played {
        self.play_part(&ANYBODY, Until::Applied).await
    }

    /// Plays take back to its end: nothing is left.
    pub async fn play_back(&self, id: &str) -> Played {
        self.go(id, &ANYBODY, Until::TakenBack).await
    }

    /// Plays a part from wherever its setup stands.
    pub async fn play_part(&self, part: &Part, until: Until) -> Played {
        if let Some(account) = part.signs_in {
            let mut cast = self
                .host
                .cast
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            cast.sort_by_key(|(upn, _)| upn != account);
            assert_eq!(cast[0].0, account, "one of the practice people");
        }
        let id = match self.setup_of(part).await {
            Some(id) => id,
            None => self.open().await,
        };
        self.go(&id, part, until).await
    }

    async fn go(&self, id: &str, part: &Part, until: Until) -> Played {
        let mut mended = Vec::new();
        for _ in 0..MOVES {
            self.app.settled(id).await;
            let page = self.view(id).await.page;
            if until.is_at(&page, self.was_declined()) {
                return Played {
                    id: id.into(),
                    mended,
                    link: link(&page),
                };
            }
            *self
                .host
                .manner
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Manner {
                consent: if until.declines(&page) {
                    Consent::Deny
                } else {
                    Consent::Accept
                },
                ..Manner::default()
            };
            let call = match page {
                Page::Answer(_) => {
                    self.answer_with(id, part.answers).await;
                    continue;
                }
                Page::SignIn(_) => sign_in(id),
                Page::Check(page) => {
                    if page.blocked.is_some() && !part.amended.is_empty() {
                        self.answer_with(id, part.amended).await;
                    }
                    Call::Check { id: id.into() }
                }
                Page::Review(page) => match page.approval {
                    Some(approval) => Call::Approve {
                        id: id.into(),
                        fingerprint: page.fingerprint,
                        typed: approval.word,
                    },
                    None => Call::GoOn { id: id.into() },
                },
                Page::Apply(page) => match page.take_back {
                    Some(take_back) if until.takes_back() => Call::TakeBack {
                        id: id.into(),
                        typed: take_back.word,
                    },
                    _ => self.next(id, &page.cards, &mut mended).await,
                },
                Page::Done(page) => match page.take_back {
                    _ if !until.takes_back() => Call::Prove { id: id.into() },
                    Some(take_back) if !page.taking_back || page.taken_back => Call::TakeBack {
                        id: id.into(),
                        typed: take_back.word,
                    },
                    _ => self.next(id, &page.cards, &mut mended).await,
                },
            };
            self.make(call, &mut mended).await;
        }
        let page = self.view(id).await.page;
        panic!(
            "{id} does not come to {until:?}: {mended:?}, {page:#?}, stuck: {:?}, {:#?}",
            self.stuck(),
            self.problems()
        )
    }

    async fn open(&self) -> String {
        let profile = "huntress".to_owned();
        match self.call(Call::Open { profile }).await {
            Reply::Opened { id } => id,
            other => panic!("no setup: {other:?}"),
        }
    }

    async fn answer_with(&self, id: &str, answers: &[(&str, &str)]) {
        let practice = [
            ("provider", "larkspur-it.example"),
            ("customer", "alder-dental.example"),
        ];
        let given: BTreeMap<String, String> = practice
            .iter()
            .chain(answers)
            .map(|(field, answer)| ((*field).to_owned(), (*answer).to_owned()))
            .collect();
        let answers = self.with_presets(id, given).await;
        let call = Call::Answer {
            id: id.into(),
            answers,
        };
        match self.call(call).await {
            Reply::Form(outcome) => assert!(outcome.stored, "{:?}", outcome.problems),
            other => panic!("no form: {other:?}"),
        }
    }

    /// Whether this process has told that a consent was declined.
    fn was_declined(&self) -> bool {
        let problems = self.problems();
        problems.iter().any(|problem| {
            let why = problem.why.as_deref().unwrap_or_default();
            problem.what.contains("declined") || why.contains("declined")
        })
    }

    async fn make(&self, call: Call, mended: &mut Vec<String>) {
        if let Err(problem) = self.app.call(call).await {
            mended.push(problem.id);
        }
    }

    /// What the most urgent card asks for; without one, going on.
    async fn next(&self, id: &str, cards: &[NeedCard], mended: &mut Vec<String>) -> Call {
        let Some(card) = cards.first() else {
            return Call::GoOn { id: id.into() };
        };
        let (id, step) = (id.to_owned(), card.step.clone());
        if card.kind == NeedKind::SignIn {
            return sign_in(&id);
        }
        let act = card.acts.first().map_or("", |act| act.calls.as_str());
        if card.kind == NeedKind::Stopped {
            mended.push(format!(
                "{act} {step}: {}",
                card.problem.as_ref().map_or("", |problem| &problem.id)
            ));
        }
        if act == "startTask" {
            for index in 0..card.values.len() {
                let (id, step) = (id.clone(), step.clone());
                self.make(Call::Copy { id, step, index }, mended).await;
            }
        }
        match act {
            "startTask" => Call::StartTask {
                id,
                step,
                lane: None,
            },
            "startOver" => Call::StartOver { id, step },
            "finishTask" => Call::FinishTask {
                id,
                step,
                prompts: None,
                given: None,
            },
            "retry" => Call::Retry { id, step },
            "goOn" => Call::GoOn { id },
            other => panic!("nobody knows the button {other} of {card:#?}"),
        }
    }
}

/// The link that a page hands to the customer.
fn link(page: &Page) -> Option<String> {
    let Page::Apply(page) = page else {
        return None;
    };
    let card = page
        .cards
        .iter()
        .find(|card| card.kind == NeedKind::HandOff)?;
    card.values.first()?.text.clone()
}

fn sign_in(id: &str) -> Call {
    Call::SignIn {
        id: id.into(),
        seat: "provider".into(),
        lane: None,
    }
}
