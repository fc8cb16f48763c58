//! Somebody who plays a setup to its end from wherever it stands, as a person does who comes back to it: looks at
//! the page, does what it asks, presses the first button of a card that stopped.

use grantway_app::contract::{Call, NeedCard, NeedKind, Page, Reply};

use crate::Stage;

/// How often a page may be looked at before a setup is said to run in circles.
const MOVES: usize = 40;

/// What playing took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// The setup.
    pub id: String,
    /// What a person had to mend: calls that were refused, and buttons of cards that had stopped.
    pub mended: Vec<String>,
}

impl Stage {
    /// The setup of this stage; none before it was begun.
    ///
    /// # Panics
    /// When there are several: a setup was doubled.
    pub async fn only_setup(&self) -> Option<String> {
        let Reply::Home(home) = self.call(Call::Home).await else {
            panic!("not Home")
        };
        let waiting = home.groups.into_iter().flat_map(|group| group.rows);
        let mut rows: Vec<String> = waiting.chain(home.finished).map(|row| row.id).collect();
        assert!(rows.len() < 2, "one setup became several: {rows:?}");
        rows.pop()
    }

    /// Plays to the end: applied and proved.
    pub async fn play(&self) -> Played {
        let mut mended = Vec::new();
        let id = match self.only_setup().await {
            Some(id) => id,
            None => self.open().await,
        };
        for _ in 0..MOVES {
            self.app.settled(&id).await;
            let call = match self.view(&id).await.page {
                Page::Answer(_) => {
                    self.answer(&id).await;
                    continue;
                }
                Page::SignIn(_) => sign_in(&id),
                Page::Check(_) => Call::Check { id: id.clone() },
                Page::Review(page) => match page.approval {
                    Some(approval) => Call::Approve {
                        id: id.clone(),
                        fingerprint: page.fingerprint,
                        typed: approval.word,
                    },
                    None => Call::GoOn { id: id.clone() },
                },
                Page::Apply(page) => self.next(&id, &page.cards, &mut mended).await,
                Page::Done(page) if page.not_proved > 0 => Call::Prove { id: id.clone() },
                Page::Done(_) => return Played { id, mended },
            };
            self.make(call, &mut mended).await;
        }
        let page = self.view(&id).await.page;
        panic!(
            "{id} does not come to its end: {mended:?}, {page:#?}, stuck: {:?}, {:#?}",
            self.stuck(),
            self.problems()
        )
    }

    /// Plays take back to its end: nothing is left.
    pub async fn play_back(&self, id: &str) -> Played {
        let mut mended = Vec::new();
        for _ in 0..MOVES {
            self.app.settled(id).await;
            let Page::Done(page) = self.view(id).await.page else {
                panic!("{id} was not done")
            };
            let call = match page.take_back {
                _ if page.taken_back && page.left.iter().all(|left| !left.failed) => {
                    return Played {
                        id: id.into(),
                        mended,
                    };
                }
                Some(take_back) if !page.taking_back || page.taken_back => Call::TakeBack {
                    id: id.into(),
                    typed: take_back.word,
                },
                _ => self.next(id, &page.cards, &mut mended).await,
            };
            self.make(call, &mut mended).await;
        }
        let page = self.view(id).await.page;
        panic!(
            "{id} is not taken back: {mended:?}, {page:#?}, {:#?}",
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
            },
            "retry" => Call::Retry { id, step },
            "goOn" => Call::GoOn { id },
            other => panic!("nobody knows the button {other} of {card:#?}"),
        }
    }
}

fn sign_in(id: &str) -> Call {
    Call::SignIn {
        id: id.into(),
        seat: "provider".into(),
        lane: None,
    }
}
