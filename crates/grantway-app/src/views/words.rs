//! Parties, risks and standings in the contract's words.

use grantway_core::check::Verdict;
use grantway_core::journal::Standing;
use grantway_core::plan::Risk;
use grantway_core::proof;
use grantway_core::{Party, Place, Text};

use crate::app::{App, Subject};
use crate::contract::{PartyName, PartyView, RiskView, Sign};

pub fn party(party: Party) -> PartyView {
    match party {
        Party::Provider => PartyView::Provider,
        Party::Customer => PartyView::Customer,
        Party::Vendor => PartyView::Vendor,
    }
}

pub fn risk(risk: Risk) -> RiskView {
    match risk {
        Risk::Low => RiskView::Low,
        Risk::Medium => RiskView::Medium,
        Risk::High => RiskView::High,
    }
}

/// Two letters for inside a mark.
pub fn initials(name: &str) -> String {
    let mut words = name.split([' ', '-', '.']).filter(|word| !word.is_empty());
    let (first, second) = (words.next().unwrap_or(""), words.next());
    let letters: String = match second {
        Some(second) => first
            .chars()
            .take(1)
            .chain(second.chars().take(1))
            .collect(),
        None => first.chars().take(2).collect(),
    };
    letters.to_uppercase()
}

pub fn place(place: &Place) -> PartyName {
    PartyName {
        party: party(place.party),
        name: place.name.clone(),
        tenant: Some(place.tenant.short()),
        initials: initials(&place.name),
    }
}

pub fn of_verdict(verdict: Verdict) -> Sign {
    match verdict {
        Verdict::Pass => Sign::Pass,
        Verdict::Warn => Sign::Warn,
        Verdict::Fail => Sign::Fail,
        Verdict::CannotSee => Sign::CannotSee,
    }
}

pub fn of_proof(standing: proof::Standing) -> Sign {
    match standing {
        proof::Standing::Proved => Sign::Pass,
        proof::Standing::NotProved => Sign::Wait,
        proof::Standing::CannotSee => Sign::CannotSee,
        proof::Standing::ByPerson => Sign::ByHand,
    }
}

/// The sign of a step that is so far; `running` says whether something runs for its setup.
pub fn of_standing(standing: &Standing, already_right: bool, running: bool) -> Sign {
    match standing {
        Standing::NotStarted if already_right => Sign::AlreadyRight,
        Standing::NotStarted => Sign::NotStarted,
        Standing::InDoubt | Standing::UndoInDoubt if running => Sign::Running,
        Standing::InDoubt | Standing::UndoInDoubt => Sign::Wait,
        Standing::Done => Sign::Pass,
        Standing::Failed(_) | Standing::Troubled(_) | Standing::UndoFailed(_) => Sign::Fail,
        Standing::NeedsPerson => Sign::NeedsYou,
        Standing::Attended => Sign::Running,
        Standing::Waiting { .. } => Sign::Wait,
        Standing::Undone(_) => Sign::LeftOut,
    }
}

impl App {
    /// The word of a sign, for ears and for eyes without colour.
    pub(crate) fn sign_word(&self, sign: Sign) -> String {
        self.catalogue.say(match sign {
            Sign::Pass => "sign-passed",
            Sign::AlreadyRight => "sign-already-right",
            Sign::Warn => "sign-look-at",
            Sign::Fail => "sign-failed",
            Sign::CannotSee => "sign-cannot-see",
            Sign::Wait => "sign-waiting",
            Sign::Running => "sign-running",
            Sign::NeedsYou => "sign-needs-you",
            Sign::ByHand => "sign-by-hand",
            Sign::LeftOut => "sign-left-out",
            Sign::NotStarted => "sign-not-started",
        })
    }

    /// The sign of a step and the word for it.
    pub(crate) fn standing(
        &self,
        subject: &Subject,
        standing: &Standing,
        already_right: bool,
    ) -> (Sign, String) {
        let running = crate::world::lock(&subject.world.running).contains_key(&subject.id);
        let sign = of_standing(standing, already_right, running);
        let word = match standing {
            Standing::Done => self.catalogue.say("sign-done"),
            Standing::Failed(_) | Standing::Troubled(_) => self.catalogue.say("sign-stopped"),
            Standing::Undone(_) => self.catalogue.say("sign-taken-back"),
            _ => self.sign_word(sign),
        };
        (sign, word)
    }

    pub(crate) fn text(&self, text: &Text) -> String {
        self.catalogue.text(text)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn initials_are_two_letters() {
        assert_eq!(super::initials("Larkspur Managed IT"), "LM");
        assert_eq!(super::initials("alder-dental.example"), "AD");
        assert_eq!(super::initials("X"), "X");
        assert_eq!(super::initials(""), "");
    }
}
