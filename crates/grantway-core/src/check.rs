//! Checks: reads that answer pass, fail, warn or cannot see, with the way to mend it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::ids::TenantId;
use crate::party::{Party, Place};
use crate::text::Text;

/// The answer of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Read, and wrong: nothing is written while it stands.
    Fail,
    /// Read, and worth a look; it works.
    Warn,
    /// No right or no way to read it. Never counted as passed.
    CannotSee,
    /// Read, and right.
    Pass,
}

/// A way to mend a check that did not pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Remedy {
    /// The name that the UI sends back.
    pub id: String,
    /// What it does, in a few words.
    pub title: Text,
    /// What will happen then.
    pub detail: Text,
    /// How it is carried out.
    pub act: RemedyAct,
}

/// How a remedy is carried out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum RemedyAct {
    /// A person does it on a page of the cloud, then checks again.
    ByHand {
        /// The page's name in the cloud's list of portals.
        portal: String,
        /// The path through the page, level by level.
        path: Vec<String>,
        /// The roles of which one is needed there, as the service names them; none where that is not known.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        roles: Vec<String>,
        /// Where it is done, if not where the check was read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Place>,
        /// For so many minutes a read may not tell yet what was done there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lag_minutes: Option<u32>,
    },
    /// The plan does it, as changes that are approved with the rest.
    InPlan,
    /// Go on and accept that it is so; recorded with the person's name.
    Accept,
    /// Sign in with another account.
    OtherAccount,
    /// Change an answer.
    ChangeAnswer {
        /// The field of the answers.
        field: String,
    },
}

/// A check with its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The name, stable from run to run.
    pub id: String,
    /// Where it was read.
    pub place: Place,
    /// What is checked.
    pub title: Text,
    /// The answer.
    pub verdict: Verdict,
    /// What was found.
    pub found: Text,
    /// What is needed.
    pub needed: Text,
    /// Why it matters.
    pub why: Text,
    /// The permission or role by which it was read.
    pub right_used: Vec<String>,
    /// Ways to mend it; empty when it passed.
    pub remedies: Vec<Remedy>,
    /// The columns in which it stands where customers are shown side by side, by the names that the pattern gives them.
    /// One that covers what several others would say stands in the columns of all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// When it is worth looking again, where what tells of it lags behind: until then it cannot be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_again: Option<Timestamp>,
}

impl Check {
    /// Where a remedy is carried out.
    pub fn place_of<'a>(&'a self, remedy: &'a Remedy) -> &'a Place {
        match &remedy.act {
            RemedyAct::ByHand { at: Some(at), .. } => at,
            _ => &self.place,
        }
    }

    /// Whether it has to be mended first: by itself it stops what it is about.
    pub fn fails(&self) -> bool {
        self.verdict == Verdict::Fail
    }

    fn failing_customer(&self) -> Option<TenantId> {
        (self.fails() && self.place.party == Party::Customer).then_some(self.place.tenant)
    }
}

/// The customers that are left out of a plan for now: a check of theirs fails, and others are ready. One that fails never
/// stops another; where none is ready nobody is left out, and the checks stop the whole.
pub fn left_out(checks: &[Check]) -> BTreeSet<TenantId> {
    let failing: BTreeSet<TenantId> = checks.iter().filter_map(Check::failing_customer).collect();
    let someone_is_ready = checks.iter().any(|check| {
        check.place.party == Party::Customer && !failing.contains(&check.place.tenant)
    });
    if someone_is_ready {
        failing
    } else {
        BTreeSet::new()
    }
}

/// The checks because of which nothing may be written.
pub fn blocking(checks: &[Check]) -> Vec<&Check> {
    let left_out = left_out(checks);
    checks
        .iter()
        .filter(|check| check.fails())
        .filter(|check| {
            check
                .failing_customer()
                .is_none_or(|tenant| !left_out.contains(&tenant))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn check(party: Party, tenant: u128, verdict: Verdict) -> Check {
        Check {
            id: format!("check/{tenant}"),
            place: Place {
                party,
                tenant: TenantId::from_uuid(Uuid::from_u128(tenant)),
                name: String::new(),
            },
            title: Text::verbatim(""),
            verdict,
            found: Text::verbatim(""),
            needed: Text::verbatim(""),
            why: Text::verbatim(""),
            right_used: Vec::new(),
            remedies: Vec::new(),
            columns: Vec::new(),
            look_again: None,
        }
    }

    #[test]
    fn a_customer_that_fails_is_left_out_where_another_is_ready() {
        let checks = [
            check(Party::Provider, 1, Verdict::Pass),
            check(Party::Customer, 2, Verdict::Fail),
            check(Party::Customer, 3, Verdict::CannotSee),
        ];
        assert!(blocking(&checks).is_empty());
        assert_eq!(left_out(&checks).len(), 1);
    }

    #[test]
    fn where_no_customer_is_ready_or_the_provider_fails_everything_stops() {
        let none_ready = [
            check(Party::Customer, 2, Verdict::Fail),
            check(Party::Customer, 2, Verdict::Pass),
        ];
        assert_eq!(blocking(&none_ready).len(), 1);
        assert!(left_out(&none_ready).is_empty());
        let provider = [
            check(Party::Provider, 1, Verdict::Fail),
            check(Party::Customer, 3, Verdict::Pass),
        ];
        assert_eq!(blocking(&provider).len(), 1);
    }
}
