//! Grantway's own consents among what take back takes back: after every row of the plan, since the rows need them.

use grantway_core::change::Undone;
use grantway_core::journal::Standing;
use grantway_core::{FaultKind, Place, Text};

use super::words;
use crate::app::{App, Subject};
use crate::contract::{LeftRow, NeedCard, NeedKind, PutAwayView, Sign, TakeBackRow};
use crate::problem::Problem;

/// By this the screens tell these rows from steps of the plan.
const ROW: &str = "own-consent";

impl App {
    /// What take back would do with them.
    pub(super) fn consents_to_end(&self, subject: &Subject) -> Vec<TakeBackRow> {
        let sign_ins = subject.state.sign_ins.values();
        sign_ins
            .map(|sign_in| {
                let ends = subject.ending_consents.contains(&sign_in.place.tenant);
                let (sign, fate) = if !subject.in_use.is_empty() {
                    (Sign::AlreadyRight, "fate-consent-waits")
                } else if ends {
                    (Sign::NotStarted, "fate-consent-removed")
                } else {
                    (Sign::AlreadyRight, "fate-consent-kept")
                };
                self.consent_row(subject, &sign_in.place, sign, self.sign_word(sign), fate)
            })
            .collect()
    }

    /// What became of them, once take back began.
    pub(super) fn consents_ended(&self, subject: &Subject) -> Vec<TakeBackRow> {
        let state = &subject.state;
        let open = state
            .sign_ins
            .values()
            .map(|sign_in| &sign_in.place)
            .filter(|place| !state.own_consents.contains_key(&place.tenant))
            .map(|place| (place, &Standing::NotStarted));
        let told = state
            .own_consents
            .values()
            .map(|(place, standing)| (place, standing));
        told.chain(open)
            .map(|(place, standing)| {
                let fate = match standing {
                    Standing::Undone(Undone::Kept) => "fate-consent-kept",
                    Standing::Undone(Undone::Drifted { because })
                        if because.key != "own-consent-for-everyone" =>
                    {
                        "fate-lent-consent"
                    }
                    Standing::Undone(Undone::Drifted { .. }) => "fate-consent-for-everyone",
                    Standing::Undone(Undone::WasGone) => "undone-was-gone",
                    Standing::Undone(_) => "undone-reverted",
                    Standing::UndoFailed(_) => "undone-failed",
                    _ => "undone-not-yet",
                };
                let (sign, sign_word) = self.standing(subject, standing, false);
                self.consent_row(subject, place, sign, sign_word, fate)
            })
            .collect()
    }

    /// What is said before a setup is put away that is still signed in: what the sign-ins have left, and what can become of it.
    pub(super) async fn put_away_view(
        &self,
        subject: &Subject,
    ) -> Result<Option<PutAwayView>, Problem> {
        let state = &subject.state;
        if state.sign_ins.is_empty() || state.closed || !subject.may_be_put_away() {
            return Ok(None);
        }
        let uses = subject.world.uses().await?;
        let last = uses.last_of(&subject.id, state);
        // What a setup has made goes before the permissions to make it: that is take back's.
        let removable = if subject.has_made_something() {
            0
        } else {
            last.len()
        };
        let rows = state.sign_ins.values().map(|sign_in| {
            let (sign, fate) = if !last.contains(&sign_in.place.tenant) {
                (Sign::AlreadyRight, "fate-consent-kept")
            } else if removable > 0 {
                (Sign::NotStarted, "fate-consent-removable")
            } else {
                (Sign::AlreadyRight, "fate-consent-stays")
            };
            self.consent_row(subject, &sign_in.place, sign, self.sign_word(sign), fate)
        });
        let sentence = if removable > 0 {
            "put-away-removable"
        } else if last.is_empty() {
            "put-away-used"
        } else {
            "put-away-stays"
        };
        Ok(Some(PutAwayView {
            sentence: self.catalogue.say(sentence),
            rows: rows.collect(),
            remove: (removable > 0).then(|| self.catalogue.say("put-away-remove")),
            keep: self.catalogue.say("put-away-keep"),
        }))
    }

    fn consent_row(
        &self,
        subject: &Subject,
        place: &Place,
        sign: Sign,
        sign_word: String,
        fate: &str,
    ) -> TakeBackRow {
        TakeBackRow {
            step: format!("{ROW}/{}", place.tenant),
            sign,
            sign_word,
            title: self.text(&title(subject, place)),
            place: words::place(place),
            fate: self.catalogue.say(fate),
        }
    }

    /// Consents to clients that the setup has turned away from, with the way to end them by hand.
    pub(super) fn consents_turned_from(&self, subject: &Subject) -> Vec<LeftRow> {
        let left = subject.state.left_consents.iter();
        left.map(|left| {
            let (title, by_hand) = if left.lent {
                ("lent-consent-title", "lent-consent-by-hand")
            } else {
                ("own-consent-title", "own-consent-by-hand")
            };
            let because = Text::new("consent-left-because")
                .with("client", &left.client)
                .with("scopes", left.scopes.join(", "));
            LeftRow {
                what: self.text(&Text::new(title).with("place", &left.place.name)),
                because: self.text(&because),
                by_hand: self.catalogue.say(by_hand),
                place: words::place(&left.place),
                failed: false,
            }
        })
        .collect()
    }

    /// Those that stay, since they could not be taken away or are for everyone, with the way to do it by hand.
    pub(super) fn consents_left(&self, subject: &Subject) -> Vec<LeftRow> {
        let consents = subject.state.own_consents.values();
        consents
            .filter_map(|(place, standing)| {
                let (because, failed) = match standing {
                    Standing::UndoFailed(fault) => {
                        let because = Text::new("left-because-fault")
                            .with("detail", fault.detail.clone())
                            .with("id", fault.quote());
                        (because, true)
                    }
                    Standing::Undone(Undone::Drifted { because }) => (because.clone(), false),
                    _ => return None,
                };
                Some(LeftRow {
                    what: self.text(&title(subject, place)),
                    because: self.text(&because),
                    by_hand: self.catalogue.say(if is_lent(subject) {
                        "lent-consent-by-hand"
                    } else {
                        "own-consent-by-hand"
                    }),
                    place: words::place(place),
                    failed,
                })
            })
            .collect()
    }

    /// A card for each that could not be taken away; a missing sign-in has a card of its own kind.
    pub(super) fn consent_cards(&self, subject: &Subject) -> Vec<NeedCard> {
        let consents = subject.state.own_consents.values();
        consents
            .filter_map(|(place, standing)| {
                let Standing::UndoFailed(fault) = standing else {
                    return None;
                };
                if matches!(fault.kind, FaultKind::SignInNeeded { .. }) {
                    return None;
                }
                let problem = match fault.kind {
                    FaultKind::NotYetVisible => {
                        Problem::new("problem-own-consent-stays", "GW-UND-0002")
                    }
                    _ => Problem::from(fault),
                };
                Some(NeedCard {
                    step: format!("{ROW}/{}", place.tenant),
                    kind: NeedKind::Stopped,
                    title: self
                        .text(&Text::new("need-stopped-title").with("step", title(subject, place))),
                    sentence: self.catalogue.say("own-consent-stopped"),
                    place: words::place(place),
                    instructions: Vec::new(),
                    expect: Vec::new(),
                    values: Vec::new(),
                    asks: None,
                    session: None,
                    lanes: Vec::new(),
                    problem: Some(problem.view(&self.catalogue)),
                    acts: vec![self.button("need-act-retry", "goOn", true)],
                    check: None,
                    pairing: false,
                    seat: None,
                })
            })
            .collect()
    }
}

/// What a consent of Grantway's own is called, or one to the client that it has borrowed.
pub(super) fn title(subject: &Subject, place: &Place) -> Text {
    let key = if is_lent(subject) {
        "lent-consent-title"
    } else {
        "own-consent-title"
    };
    Text::new(key).with("place", place.name.clone())
}

/// Whether the setup works in the name of a client of somebody else's.
fn is_lent(subject: &Subject) -> bool {
    let own = subject.setup_client();
    own.is_some_and(|own| own.lent.is_some())
}
