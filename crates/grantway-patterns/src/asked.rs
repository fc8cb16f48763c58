//! Checks before their answers are known, and the ways to mend them that every pattern has.

use grantway_core::check::{Check, Remedy, RemedyAct, Verdict};
use grantway_core::{Fault, Place, Text, Timestamp};

/// A check before its answer is known.
pub(crate) struct Asked {
    pub(crate) id: String,
    pub(crate) place: Place,
    pub(crate) title: Text,
    pub(crate) needed: Text,
    pub(crate) why: Text,
    pub(crate) right_used: Vec<String>,
    pub(crate) columns: Vec<String>,
}

impl Asked {
    pub(crate) fn pass(self, found: Text) -> Check {
        self.answered(Verdict::Pass, found, Vec::new())
    }

    pub(crate) fn warn(self, found: Text, remedies: Vec<Remedy>) -> Check {
        self.answered(Verdict::Warn, found, remedies)
    }

    pub(crate) fn fail(self, found: Text, remedies: Vec<Remedy>) -> Check {
        self.answered(Verdict::Fail, found, remedies)
    }

    pub(crate) fn cannot_see(self, found: Text, remedies: Vec<Remedy>) -> Check {
        self.answered(Verdict::CannotSee, found, remedies)
    }

    /// It cannot be told before then: what tells of it lags behind.
    pub(crate) fn not_yet(
        self,
        found: Text,
        look_again: Timestamp,
        remedies: Vec<Remedy>,
    ) -> Check {
        Check {
            look_again: Some(look_again),
            ..self.cannot_see(found, remedies)
        }
    }

    /// It could not be read. `go_on` offers to go on without knowing; without it the plan could not be made either.
    pub(crate) fn unread(self, fault: &Fault, go_on: bool) -> Check {
        let mut remedies = vec![other_account()];
        if go_on {
            remedies.push(accept());
        }
        let found = Text::new("check-not-read")
            .with("detail", &fault.detail)
            .with("id", fault.quote());
        self.cannot_see(found, remedies)
    }

    fn answered(self, verdict: Verdict, found: Text, remedies: Vec<Remedy>) -> Check {
        Check {
            id: self.id,
            place: self.place,
            title: self.title,
            verdict,
            found,
            needed: self.needed,
            why: self.why,
            right_used: self.right_used,
            remedies,
            columns: self.columns,
            look_again: None,
        }
    }
}

/// Sign in with another account.
pub(crate) fn other_account() -> Remedy {
    Remedy {
        id: "other-account".into(),
        title: Text::new("check-remedy-other-account"),
        detail: Text::new("check-remedy-other-account-detail"),
        act: RemedyAct::OtherAccount,
    }
}

/// Go on without knowing.
pub(crate) fn accept() -> Remedy {
    Remedy {
        id: "accept".into(),
        title: Text::new("check-remedy-accept"),
        detail: Text::new("check-remedy-accept-detail"),
        act: RemedyAct::Accept,
    }
}

/// The plan mends it; the person sees how before they approve it.
pub(crate) fn in_plan(id: &str, title: Text, detail: Text) -> Remedy {
    Remedy {
        id: id.into(),
        title,
        detail,
        act: RemedyAct::InPlan,
    }
}

/// Change an answer.
pub(crate) fn change_answer(field: &str, detail: Text) -> Remedy {
    Remedy {
        id: format!("answer-{field}"),
        title: Text::new("check-remedy-answer"),
        detail,
        act: RemedyAct::ChangeAnswer {
            field: field.into(),
        },
    }
}

/// Do it on a page of the cloud, then check again.
pub(crate) fn by_hand(id: &str, title: Text, detail: Text, portal: &str, path: &[&str]) -> Remedy {
    Remedy {
        id: id.into(),
        title,
        detail,
        act: RemedyAct::ByHand {
            portal: portal.into(),
            path: path.iter().map(|level| (*level).to_owned()).collect(),
            roles: Vec::new(),
            at: None,
            lag_minutes: None,
        },
    }
}

/// The same, in another place than the check's.
pub(crate) fn by_hand_at(mut remedy: Remedy, place: &Place) -> Remedy {
    if let RemedyAct::ByHand { at, .. } = &mut remedy.act {
        *at = Some(place.clone());
    }
    remedy
}

/// The same, by somebody who holds one of these roles, and seen after so many minutes at the latest.
pub(crate) fn by_hand_in(mut remedy: Remedy, may: &[&str], minutes: u32) -> Remedy {
    if let RemedyAct::ByHand {
        roles, lag_minutes, ..
    } = &mut remedy.act
    {
        *roles = may.iter().map(|role| (*role).to_owned()).collect();
        *lag_minutes = Some(minutes);
    }
    remedy
}
