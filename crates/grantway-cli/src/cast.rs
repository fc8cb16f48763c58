//! Who plays: the practice world's people, as the robot needs them.

use std::sync::PoisonError;

use grantway_app::contract::PersonLine;

use crate::host::Terminal;

/// The domain of the practice vendor's portal in every scenario begins so. Its account is none of a tenant.
const VENDOR_DOMAIN: &str = "vendor-portal.";

impl Terminal {
    /// Gives the robot the practice people. `first` is the account that signs in; none is the scenario's first one.
    /// Gives `false` when there is no such account, and changes nothing then.
    pub fn fill_cast(&self, people: &[PersonLine], first: Option<&str>) -> bool {
        let card = |person: &PersonLine| (person.account.clone(), person.password.clone());
        let is_vendor = |person: &PersonLine| {
            let domain = person.account.rsplit('@').next();
            domain.is_some_and(|domain| domain.starts_with(VENDOR_DOMAIN))
        };
        let vendor = people.iter().find(|person| is_vendor(person)).map(card);
        let mut staff: Vec<_> = people
            .iter()
            .filter(|person| !is_vendor(person))
            .map(card)
            .collect();
        if let Some(first) = first {
            let found = staff
                .iter()
                .position(|(account, _)| account.eq_ignore_ascii_case(first));
            let Some(found) = found else {
                return false;
            };
            staff[..=found].rotate_right(1);
        }
        *self.cast.lock().unwrap_or_else(PoisonError::into_inner) = staff;
        *self.vendor.lock().unwrap_or_else(PoisonError::into_inner) = vendor;
        true
    }
}
