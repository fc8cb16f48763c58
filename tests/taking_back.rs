//! Taking a setup back as its person does.

use grantway_app::contract::{Call, NeedKind, Page};

use crate::Stage;

impl Stage {
    /// Takes back everything, as it asks.
    pub async fn take_back(&self, id: &str) {
        let word = match self.view(id).await.page {
            Page::Apply(page) => page.take_back.map(|take_back| take_back.word),
            Page::Done(page) => page.take_back.map(|take_back| take_back.word),
            Page::Check(page) => page.take_back.map(|take_back| take_back.word),
            Page::Review(page) => page.take_back.map(|take_back| take_back.word),
            _ => None,
        };
        self.call(Call::TakeBack {
            id: id.into(),
            typed: word.expect("there is something to take back"),
        })
        .await;
        self.attend(id).await;
    }

    /// Does what the cards of a setup ask for that could not take everything back: the sign-in with the right to, or Try again.
    pub async fn try_again(&self, id: &str) {
        self.attend(id).await;
        let Page::Done(page) = self.view(id).await.page else {
            panic!("{id} is not at its end")
        };
        let stopped = page
            .cards
            .iter()
            .find(|card| card.kind == NeedKind::Stopped);
        if let Some(card) = stopped {
            let step = card.step.clone();
            self.call(Call::Retry {
                id: id.to_owned(),
                step,
            })
            .await;
            self.attend(id).await;
        }
    }
}
