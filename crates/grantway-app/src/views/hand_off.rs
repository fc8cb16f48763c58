//! Cards of hand-offs: somebody else acts elsewhere, and the person here passes a link on.

use grantway_core::journal::Standing;
use grantway_core::plan::{HandOff, Row, StepBody};
use grantway_core::{Place, Text};

use super::{times, words};
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
        let (acts, check) = match &hand_off.confirm {
            // The table has acts of its own.
            Some(confirm) if confirm.pairing.is_some() => (Vec::new(), None),
            None => (vec![self.button("need-act-look-now", "retry", true)], None),
            // Said by name, as everything that is accepted is.
            Some(_) => (
                vec![
                    self.button("need-act-seen", "accept", true),
                    self.button("need-act-not-seen", "retry", false),
                ],
                Some(row.step.id.to_string()),
            ),
        };
        NeedCard {
            step: row.step.id.to_string(),
            kind: NeedKind::HandOff,
            title: self.text(&row.step.title),
            sentence: self.hand_off_sentence(subject, row, hand_off),
            place: words::place(&row.step.place),
            instructions: instructions.map(|text| self.text(text)).collect(),
            expect: Vec::new(),
            values: self.hand_off_values(subject, hand_off, &row.step.place),
            asks: None,
            session: None,
            lanes: Vec::new(),
            problem: None,
            acts,
            check,
            pairing: row.step.pairing().is_some(),
            seat: None,
        }
    }

    fn hand_off_sentence(&self, subject: &Subject, row: &Row, hand_off: &HandOff) -> String {
        let Some(confirm) = &hand_off.confirm else {
            return self.text(&Text::new("need-hand-off").with("who", hand_off.who.clone()));
        };
        if confirm.pairing.is_some() {
            return self.text(&hand_off.wait.cause);
        }
        let (zone, now) = (&self.order.zone, subject.world.clock.now());
        let step = subject.state.steps.get(&row.step.id);
        let not_seen = step.and_then(|step| step.confirmed.as_ref());
        let text = match (not_seen, subject.state.standing(&row.step.id)) {
            (Some(said), _) => Text::new("need-look-not-seen")
                .with("by", &said.by)
                .with("time", times::near(said.at, now, zone))
                .with("todo", confirm.unseen.clone()),
            (None, Standing::Waiting { next_look, .. }) if *next_look > now => {
                Text::new("need-look-later")
                    .with("cause", hand_off.wait.cause.clone())
                    .with("time", times::near(*next_look, now, zone))
            }
            _ => Text::new("need-look-now").with("cause", hand_off.wait.cause.clone()),
        };
        self.text(&text)
    }

    /// What people are reminded to look for, once all else is done.
    pub(super) fn reminders(&self, subject: &Subject) -> Vec<NeedCard> {
        let rows = subject.state.plan.iter().flat_map(|plan| &plan.rows);
        let open = rows.filter(|row| subject.state.is_left_to_person(row));
        open.filter_map(|row| match &row.step.body {
            StepBody::HandOff(hand_off) => Some(self.hand_off_card(subject, row, hand_off)),
            _ => None,
        })
        .collect()
    }

    /// What can be copied: the link, and a message with it. Nothing where the cloud's page is not known.
    pub(crate) fn hand_off_values(
        &self,
        subject: &Subject,
        hand_off: &HandOff,
        place: &Place,
    ) -> Vec<CopyValueView> {
        let Some(link) = subject.link(&hand_off.page, place) else {
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
