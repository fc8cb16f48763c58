//! The gallery.

use grantway_core::Text;

use super::words;
use crate::app::App;
use crate::contract::{CardView, FactLine, GalleryView, PartyName};

impl App {
    pub(crate) fn gallery_view(&self) -> GalleryView {
        let cards = self.library.profiles().iter().filter_map(|profile| {
            let pattern = grantway_patterns::pattern(&profile.pattern)?;
            let card = pattern.card(profile);
            let flow = card.flow.iter().map(|(party, label)| {
                let name = self.text(label);
                PartyName {
                    party: words::party(*party),
                    initials: words::initials(&name),
                    name,
                    tenant: None,
                }
            });
            Some(CardView {
                profile: profile.id.clone(),
                name: profile.name.clone(),
                pattern: self.text(&pattern.name()),
                monogram: profile.monogram.clone(),
                risk: words::risk(card.risk),
                flow: flow.collect(),
                sentence: self.text(&card.sentence),
                notice: card.notice.as_ref().map(|notice| self.text(notice)),
                facts: card
                    .lines
                    .iter()
                    .map(|line| FactLine {
                        label: self.text(&line.label),
                        value: self.text(&line.value),
                    })
                    .collect(),
                by_hand: self.text(&Text::new("card-by-hand").with("count", card.by_hand)),
            })
        });
        GalleryView {
            cards: cards.collect(),
        }
    }
}
