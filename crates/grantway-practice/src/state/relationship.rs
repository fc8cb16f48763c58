//! A delegated admin relationship between a provider and a customer, and the assignments of its roles to groups.
//! Stages that pass by themselves are computed from the time at which they began.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::later;

/// A delegated admin relationship.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationship {
    /// Id: two GUIDs joined by a hyphen.
    pub id: String,
    /// Name, unique among the provider's relationships.
    pub display_name: String,
    /// Provider's tenant.
    pub provider_tenant: Uuid,
    /// Customer's tenant; none while any customer may accept.
    pub customer_tenant: Option<Uuid>,
    /// Customer's name.
    pub customer_name: Option<String>,
    /// Length as an ISO 8601 duration, `P730D`.
    pub duration: String,
    /// How it extends itself, `PT0S` for not at all.
    pub auto_extend: String,
    /// Template ids of the roles.
    pub roles: Vec<Uuid>,
    /// The last recorded stage and when it began.
    pub stage: RelationshipStage,
    /// When the stage began.
    pub stage_since: Timestamp,
    /// When it was made.
    pub created: Timestamp,
    /// When it becomes, or became, active.
    pub activated: Option<Timestamp>,
    /// When its roles begin to count, where that is later.
    #[serde(default)]
    pub usable_from: Option<Timestamp>,
    /// When it ends.
    pub ends: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Version, raised by each change: the ETag.
    pub version: u32,
    /// Assignments of roles to groups, by id.
    pub assignments: BTreeMap<Uuid, AccessAssignment>,
    /// What the partner asked for, by id.
    pub requests: BTreeMap<Uuid, PartnerRequest>,
    /// Long-running operations, by id.
    pub operations: BTreeMap<Uuid, Operation>,
}

/// Recorded stages of a relationship; what lies between two of them follows from the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RelationshipStage {
    /// Made, may still be edited.
    Created,
    /// Locked; the customer must approve it.
    ApprovalPending,
    /// Approved by the customer; becomes active by itself.
    Approved,
    /// In force.
    Active,
    /// Past its end.
    Expired,
    /// To be ended; ends by itself.
    TerminationRequested,
    /// Ended.
    Terminated,
}

/// The roles of a relationship, or some of them, given to a group of the provider's tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessAssignment {
    /// Id of the assignment.
    pub id: Uuid,
    /// Id of the security group.
    pub group: Uuid,
    /// Template ids of the roles in force.
    pub roles: Vec<Uuid>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// When it stops being pending.
    pub active_from: Timestamp,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
    /// Roles that are on their way in.
    pub change: Option<AssignmentChange>,
    /// Version, raised by each change: the ETag.
    pub version: u32,
}

/// A change of an assignment's roles that is not in force yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentChange {
    /// Template ids of the new roles.
    pub roles: Vec<Uuid>,
    /// When they come into force.
    pub at: Timestamp,
}

/// What a partner asked of a relationship.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerRequest {
    /// Id of the request.
    pub id: Uuid,
    /// `lockForApproval` or `terminate`.
    pub action: String,
    /// When it was made.
    pub created: Timestamp,
}

/// A long-running operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// Id of the operation.
    pub id: Uuid,
    /// What kind it is, in Graph's word.
    pub kind: String,
    /// When it began.
    pub created: Timestamp,
    /// When it ends well.
    pub done_at: Timestamp,
}

/// How long a deleted assignment is shown as being deleted, seconds.
const DELETING: i64 = 10;
/// How long an approved relationship takes to be activating, and then active, seconds each.
const ACTIVATING: i64 = 10;
/// How long each step of an ending takes, seconds.
const TERMINATING: i64 = 10;
/// How long an extension lasts, seconds.
// facts: api-gdap-hardening §2.4
const EXTENSION: i64 = 180 * 86_400;
/// How long a customer has to answer, days.
// facts: api-gdap-hardening §2.4
const APPROVAL_DAYS: i64 = 90;

impl Relationship {
    /// The status in Graph's word at a moment.
    pub fn status(&self, now: Timestamp) -> &'static str {
        let since = |seconds| later(self.stage_since, seconds) <= now;
        let active = || {
            if self.end(now).is_some_and(|end| end <= now) {
                "expired"
            } else {
                "active"
            }
        };
        match self.stage {
            RelationshipStage::Created => "created",
            RelationshipStage::ApprovalPending if since(APPROVAL_DAYS * 86_400) => "expired",
            RelationshipStage::ApprovalPending => "approvalPending",
            RelationshipStage::Approved if since(2 * ACTIVATING) => active(),
            RelationshipStage::Approved if since(ACTIVATING) => "activating",
            RelationshipStage::Approved => "approved",
            RelationshipStage::Active => active(),
            RelationshipStage::Expired => "expired",
            RelationshipStage::TerminationRequested if since(2 * TERMINATING) => "terminated",
            RelationshipStage::TerminationRequested if since(TERMINATING) => "terminating",
            RelationshipStage::TerminationRequested => "terminationRequested",
            RelationshipStage::Terminated => "terminated",
        }
    }

    /// Whether its roles count at a moment.
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.status(now) == "active"
    }

    /// When it ends, as it stands at a moment: a relationship that extends itself gets more days whenever its end comes.
    pub fn end(&self, now: Timestamp) -> Option<Timestamp> {
        let end = self.ends?;
        if self.auto_extend != "P180D" || now < end {
            return Some(end);
        }
        let passed = now.duration_since(end).as_secs() / EXTENSION + 1;
        Some(later(end, passed * EXTENSION))
    }

    /// Takes the customer's approval: the relationship becomes active by itself. `delay` seconds later its roles count.
    pub fn approve(&mut self, now: Timestamp, delay: i64) {
        let active = later(now, 2 * ACTIVATING);
        self.stage = RelationshipStage::Approved;
        self.stage_since = now;
        self.activated = Some(active);
        self.usable_from = Some(later(active, delay));
        self.ends = duration_days(&self.duration).map(|days| later(active, days * 86_400));
        self.touch(now);
    }

    /// Begins its end, asked for by either side.
    pub fn terminate(&mut self, now: Timestamp) {
        self.stage = RelationshipStage::TerminationRequested;
        self.stage_since = now;
        self.touch(now);
    }

    /// Roles that a member of some groups has in the customer's tenant at a moment.
    pub fn roles_for(&self, groups: &[Uuid], now: Timestamp) -> Vec<Uuid> {
        if !self.is_active(now) || self.usable_from.is_some_and(|from| now < from) {
            return Vec::new();
        }
        self.assignments
            .values()
            .filter(|assignment| {
                groups.contains(&assignment.group) && assignment.status(now) == "active"
            })
            .flat_map(|assignment| assignment.roles_at(now).to_vec())
            .collect()
    }

    /// Notes a change: a new version and the time.
    pub fn touch(&mut self, now: Timestamp) {
        self.version += 1;
        self.modified = now;
    }
}

impl AccessAssignment {
    /// The status in Graph's word at a moment.
    pub fn status(&self, now: Timestamp) -> &'static str {
        match self.deleted_at {
            Some(at) if later(at, DELETING) <= now => "deleted",
            Some(_) => "deleting",
            None if self.active_from <= now => "active",
            None => "pending",
        }
    }

    /// The roles in force at a moment.
    pub fn roles_at(&self, now: Timestamp) -> &[Uuid] {
        match &self.change {
            Some(change) if change.at <= now => &change.roles,
            _ => &self.roles,
        }
    }
}

impl Operation {
    /// The status in Graph's word at a moment.
    pub fn status(&self, now: Timestamp) -> &'static str {
        if self.done_at <= now {
            "succeeded"
        } else {
            "running"
        }
    }
}

/// Days of an ISO 8601 duration made of years and days; none for other forms.
pub fn duration_days(duration: &str) -> Option<i64> {
    let rest = duration.strip_prefix('P')?;
    let (years, rest) = match rest.split_once('Y') {
        Some((years, rest)) => (years.parse::<u32>().ok()?, rest),
        None => (0, rest),
    };
    let days = match rest.strip_suffix('D') {
        Some(days) => days.parse::<u32>().ok()?,
        None if rest.is_empty() && years > 0 => 0,
        None => return None,
    };
    years.checked_mul(365)?.checked_add(days).map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_counted_in_days() {
        for (text, expected) in [
            ("P730D", Some(730)),
            ("P2Y", Some(730)),
            ("P1D", Some(1)),
            ("P1Y10D", Some(375)),
            ("PT5H", None),
            ("730", None),
            ("P", None),
        ] {
            assert_eq!(duration_days(text), expected, "{text}");
        }
    }

    #[test]
    fn a_relationship_that_extends_itself_gets_its_days_when_the_end_comes() {
        let mut one = relationship(RelationshipStage::Active);
        one.auto_extend = "P180D".into();
        assert_eq!(one.end(at(999)), Some(at(1_000)));
        assert_eq!(one.end(at(1_000)), Some(at(1_000 + EXTENSION)));
        assert_eq!(one.status(at(1_000)), "active");
        assert_eq!(
            one.end(at(1_000 + EXTENSION)),
            Some(at(1_000 + 2 * EXTENSION))
        );
    }

    #[test]
    fn approved_roles_count_after_the_delay() {
        let mut one = relationship(RelationshipStage::ApprovalPending);
        one.approve(at(0), 900);
        assert_eq!(one.activated, Some(at(20)));
        assert_eq!(one.ends, Some(at(20 + 730 * 86_400)));
        assert_eq!(one.usable_from, Some(at(920)));
        assert_eq!(one.status(at(20)), "active");
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + seconds).expect("a date in the test")
    }

    fn relationship(stage: RelationshipStage) -> Relationship {
        Relationship {
            id: "r".into(),
            display_name: "r".into(),
            provider_tenant: Uuid::nil(),
            customer_tenant: None,
            customer_name: None,
            duration: "P730D".into(),
            auto_extend: "PT0S".into(),
            roles: vec![],
            stage,
            stage_since: at(0),
            created: at(0),
            activated: None,
            usable_from: None,
            ends: Some(at(1_000)),
            modified: at(0),
            version: 1,
            assignments: BTreeMap::new(),
            requests: BTreeMap::new(),
            operations: BTreeMap::new(),
        }
    }

    #[test]
    fn approval_leads_to_active_and_then_to_the_end() {
        let approved = relationship(RelationshipStage::Approved);
        assert_eq!(approved.status(at(0)), "approved");
        assert_eq!(approved.status(at(10)), "activating");
        assert_eq!(approved.status(at(20)), "active");
        assert_eq!(approved.status(at(1_000)), "expired");
    }

    #[test]
    fn unanswered_approval_expires_after_ninety_days() {
        let pending = relationship(RelationshipStage::ApprovalPending);
        assert_eq!(pending.status(at(90 * 86_400 - 1)), "approvalPending");
        assert_eq!(pending.status(at(90 * 86_400)), "expired");
    }

    #[test]
    fn termination_passes_through_its_steps() {
        let ending = relationship(RelationshipStage::TerminationRequested);
        assert_eq!(ending.status(at(9)), "terminationRequested");
        assert_eq!(ending.status(at(10)), "terminating");
        assert_eq!(ending.status(at(20)), "terminated");
    }

    #[test]
    fn assignment_is_pending_then_active_then_deleting_then_deleted() {
        let mut assignment = AccessAssignment {
            id: Uuid::nil(),
            group: Uuid::nil(),
            roles: vec![],
            created: at(0),
            modified: at(0),
            active_from: at(30),
            deleted_at: None,
            change: None,
            version: 1,
        };
        assert_eq!(assignment.status(at(29)), "pending");
        assert_eq!(assignment.status(at(30)), "active");
        assignment.deleted_at = Some(at(40));
        assert_eq!(assignment.status(at(49)), "deleting");
        assert_eq!(assignment.status(at(50)), "deleted");
    }
}
