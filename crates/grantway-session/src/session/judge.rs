//! Which sites the main frame may show.

use crate::address::Site;
use crate::event::NavigationKind;
use crate::lookalike;
use crate::report::RefuseReason;

use super::{MOST_ORIGINS, Session};

/// How many hosts may hand a sign-in on to each other (facts: clean-session §7).
const DEEPEST: u8 = 4;

impl Session {
    /// Whether the main frame may show `site`. `Asking` means: the person decides.
    pub(super) fn judge(&self, site: &Site) -> Result<(), RefuseReason> {
        if self.spec.lists(site) || self.accepted.contains_key(site) {
            return Ok(());
        }
        if let Some(known) = self.imitates(site) {
            return Err(RefuseReason::LookAlike(known));
        }
        if self.declined.contains(site) {
            return Err(RefuseReason::NotInStep);
        }
        match self.candidate_depth(site) {
            None => Err(RefuseReason::NotInStep),
            Some(depth) if depth > DEEPEST => Err(RefuseReason::TooDeep),
            Some(_) if self.spec.remembered_hosts.contains(&site.to_string()) => Ok(()),
            Some(_) => Err(RefuseReason::Asking),
        }
    }

    /// 1 for a site that a sign-in host hands over to, 2 for one that such a site hands over to, and so on.
    pub(super) fn candidate_depth(&self, site: &Site) -> Option<u8> {
        self.origins
            .get(site)
            .copied()
            .flatten()
            .map(|origin| origin.saturating_add(1))
    }

    pub(super) fn imitates(&self, site: &Site) -> Option<String> {
        match site {
            Site::Https { host } if !self.spec.lists(site) => lookalike::imitates(
                host,
                self.spec.sign_in_hosts.iter().chain(&self.spec.step_hosts),
            ),
            _ => None,
        }
    }

    pub(super) fn is_sign_in(&self, site: &Site) -> bool {
        self.spec.sign_in_hosts.iter().any(|rule| rule.covers(site))
    }

    /// Keeps where an unknown site was reached from.
    pub(super) fn note_origin(&mut self, site: &Site, kind: NavigationKind) {
        if self.origins.len() >= MOST_ORIGINS && !self.origins.contains_key(site) {
            return;
        }
        let hop = match kind {
            NavigationKind::Redirect | NavigationKind::Unknown => self
                .last_hop
                .as_ref()
                .and_then(|hop| self.depth_of(hop, site)),
            NavigationKind::Form | NavigationKind::Other => None,
        };
        let depth = hop.or_else(|| {
            self.committed
                .as_ref()
                .and_then(|shown| self.depth_of(shown, site))
        });
        // A site that moves on to itself keeps the way it was first reached.
        if depth.is_some() || !self.origins.contains_key(site) {
            self.origins.insert(site.clone(), depth);
        }
    }

    /// How deep `from` lies in a chain that began at a sign-in host; none if it lies in no such chain.
    fn depth_of(&self, from: &Site, to: &Site) -> Option<u8> {
        if from == to {
            return None;
        }
        if self.is_sign_in(from) {
            return Some(0);
        }
        if let Some(depth) = self.accepted.get(from) {
            return Some(*depth);
        }
        if self.spec.lists(from) {
            return None;
        }
        self.candidate_depth(from)
    }
}
