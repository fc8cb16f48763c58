//! Counting sign-ins from navigation alone; no page is read.
//!
//! A sign-in (a *leg*) is: a page of a sign-in host was shown, and something was sent from it to a sign-in host before the
//! session left. An authorize request that passed without any page of a sign-in host is a silent sign-in: something, a cookie
//! or single sign-on, answered instead of the person (facts: clean-session §9).

/// The counter of one session.
#[derive(Debug, Clone, Default)]
pub(crate) struct Legs {
    on_page: bool,
    acted: bool,
    passed_elsewhere: bool,
    authorize_pending: bool,
    prompts: u32,
    silent: u32,
}

impl Legs {
    /// A navigation towards a sign-in host, or a federated one that was accepted. `may_act` is false where the engine says that it was a link or a redirect.
    pub(crate) fn towards_sign_in(&mut self, authorize: bool, may_act: bool) {
        if authorize {
            // Back from another host without a page of it: the next leg begins.
            if self.passed_elsewhere {
                self.leave();
            }
            // Two requests in a row, neither with a page: the first passed silently.
            if self.authorize_pending && self.passed_elsewhere {
                self.silent += 1;
            }
            self.authorize_pending = true;
        } else if self.on_page && may_act {
            self.acted = true;
        }
        self.passed_elsewhere = false;
    }

    /// A navigation towards a host of the step that is no sign-in host. It may be a frame, so nothing is decided yet.
    pub(crate) fn towards_elsewhere(&mut self) {
        self.passed_elsewhere = true;
    }

    /// A page of a sign-in host is shown.
    pub(crate) fn shows_sign_in(&mut self) {
        self.on_page = true;
        self.authorize_pending = false;
        self.passed_elsewhere = false;
    }

    /// A page of another host is shown, the answer was captured, or the session ends.
    pub(crate) fn leaves(&mut self) {
        if self.authorize_pending {
            self.silent += 1;
            self.authorize_pending = false;
        }
        self.leave();
        self.passed_elsewhere = false;
    }

    fn leave(&mut self) {
        if self.on_page && self.acted {
            self.prompts += 1;
        }
        self.on_page = false;
        self.acted = false;
    }

    /// Sign-ins that are over: the session has left the sign-in's pages, or has ended on one. One that is under way does not count yet.
    pub(crate) fn prompts(&self) -> u32 {
        self.prompts
    }

    /// Sign-ins that passed silently.
    pub(crate) fn silent(&self) -> u32 {
        self.silent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sign_in_with_several_pages_counts_once() {
        let mut legs = Legs::default();
        legs.towards_sign_in(true, false);
        legs.shows_sign_in();
        for _ in 0..3 {
            legs.towards_sign_in(false, true);
            legs.shows_sign_in();
        }
        assert_eq!(legs.prompts(), 0);
        legs.leaves();
        assert_eq!((legs.prompts(), legs.silent()), (1, 0));
    }

    #[test]
    fn a_page_that_was_only_looked_at_does_not_count() {
        let mut legs = Legs::default();
        legs.towards_sign_in(true, false);
        legs.shows_sign_in();
        legs.leaves();
        assert_eq!((legs.prompts(), legs.silent()), (0, 0));
    }

    #[test]
    fn an_authorize_request_without_a_page_is_silent() {
        let mut legs = Legs::default();
        legs.towards_sign_in(true, false);
        legs.leaves();
        assert_eq!((legs.prompts(), legs.silent()), (0, 1));
    }

    #[test]
    fn two_legs_with_the_vendor_between_them_only_as_a_redirect() {
        let mut legs = Legs::default();
        legs.towards_sign_in(true, false);
        legs.shows_sign_in();
        legs.towards_sign_in(false, true);
        legs.towards_elsewhere();
        legs.towards_sign_in(true, false);
        legs.shows_sign_in();
        legs.towards_sign_in(false, true);
        legs.leaves();
        assert_eq!((legs.prompts(), legs.silent()), (2, 0));
    }

    #[test]
    fn the_second_leg_answered_by_a_cookie_is_silent() {
        let mut legs = Legs::default();
        legs.towards_sign_in(true, false);
        legs.shows_sign_in();
        legs.towards_sign_in(false, true);
        legs.towards_elsewhere();
        legs.towards_sign_in(true, false);
        legs.towards_elsewhere();
        legs.leaves();
        assert_eq!((legs.prompts(), legs.silent()), (1, 1));
    }
}
