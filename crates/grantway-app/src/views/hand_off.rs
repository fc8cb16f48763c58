//! Cards of hand-offs: somebody else acts elsewhere, and the person here passes a link on.

use grantway_core::Text;
use grantway_core::plan::{HandOff, Row};

use super::words;
use crate::app::{App, Subject};
use crate::contract::{CopyValueView, NeedCard, NeedKind};

impl App {
    pub(super) fn hand_off_card(
        &self,
        subject: &Subject,
        row: &Row,
        hand_off: &HandOff,
    ) -> NeedCard {
        let instructions = hand_off.instructions.iter();
        NeedCard {
            step: row.step.id.to_string(),
            kind: NeedKind::HandOff,
            title: self.text(&row.step.title),
            sentence: self.text(&Text::new("need-hand-off").with("who", hand_off.who.clone())),
            place: words::place(&row.step.place),
            instructions: instructions.map(|text| self.text(text)).collect(),
            expect: Vec::new(),
            values: self.hand_off_values(subject, hand_off),
            session: None,
            lanes: Vec::new(),
            problem: None,
            acts: vec![self.button("need-act-look-now", "retry", true)],
            check: None,
            seat: None,
        }
    }

    /// What can be copied: the link, and a message with it. Nothing where the cloud's page is not known.
    pub(crate) fn hand_off_values(
        &self,
        subject: &Subject,
        hand_off: &HandOff,
    ) -> Vec<CopyValueView> {
        let Some(link) = subject.link(&hand_off.page) else {
            return Vec::new();
        };
        let (title, text) = &hand_off.message;
        let message = format!(
            "{}\n\n{}",
            self.text(title),
            self.text(&text.clone().with("link", link.as_str()))
        );
        vec![
            CopyValueView {
                label: self.catalogue.say("need-hand-off-link"),
                text: Some(link),
            },
            CopyValueView {
                label: self.catalogue.say("need-hand-off-message"),
                text: Some(message),
            },
        ]
    }
}
