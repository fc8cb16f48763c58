//! Setups as they are told entry by entry.

use grantway_core::change::{Applied, Origin};
use grantway_core::check::{Check, Verdict};
use grantway_core::desired::DesiredState;
use grantway_core::journal::{ActKind, Entry, Recorded, SignIn, StepProof};
use grantway_core::plan::{
    Action, Cell, Fingerprint, GrantArrow, GrantMap, Outlook, Plan, PortalAddress, Risk, Row, Step,
    StepBody, Task, TaskKind, UndoRule, WaitStep,
};
use grantway_core::proof::{Expiry, Proof, Standing as Proved};
use grantway_core::question::Facts;
use grantway_core::{Fault, FaultKind, ObjectId, Party, StepId, Upn};
use uuid::Uuid;

use super::super::*;

pub fn tenant(number: usize) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(number as u128 + 1))
}

fn domain(number: usize) -> String {
    format!("customer{number}.example")
}

fn provider() -> Place {
    Place {
        party: Party::Provider,
        tenant: TenantId::from_uuid(Uuid::from_u128(u128::MAX)),
        name: "larkspur-it.example".into(),
    }
}

fn customer(number: usize) -> Place {
    Place {
        party: Party::Customer,
        tenant: tenant(number),
        name: domain(number),
    }
}

pub fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

pub fn now() -> Timestamp {
    moment("2026-11-24T10:29:00Z")
}

/// The steps of a customer: roles assigned, and active.
pub fn roles(number: usize) -> StepId {
    StepId::of("roles", tenant(number))
}

pub fn active(number: usize) -> StepId {
    StepId::of("active", tenant(number))
}

/// What all customers share.
pub fn group() -> StepId {
    StepId::new("group")
}

pub fn consent() -> StepId {
    StepId::new("consent")
}

fn row(id: StepId, body: StepBody) -> Row {
    let action = match &body {
        StepBody::Change { .. } => Action::Create,
        StepBody::Wait(_) => Action::Wait,
        _ => Action::ByHand,
    };
    let text = || Text::verbatim(id.as_str());
    Row {
        step: Step {
            cell: None,
            place: provider(),
            title: text(),
            why: text(),
            means: text(),
            undo: text(),
            risk: Risk::Low,
            after: Vec::new(),
            body,
            id,
        },
        outlook: Outlook {
            action,
            before: None,
            fields: Vec::new(),
            permissions: Vec::new(),
        },
    }
}

/// The same, for one customer.
fn of(number: usize, mut row: Row) -> Row {
    row.step.cell = Some(Cell {
        customer: tenant(number),
        column: row.step.id.as_str().into(),
    });
    row
}

fn change(id: StepId) -> Row {
    let desired = DesiredState {
        kind: "thing".into(),
        state: serde_json::Value::Null,
    };
    row(
        id,
        StepBody::Change {
            desired,
            undo_rule: UndoRule::Restore,
            reverses: None,
        },
    )
}

fn wait(id: StepId) -> Row {
    let wait = WaitStep {
        cause: Text::verbatim("Microsoft makes it active"),
        first_look: 30,
        every: 30,
        usually: 60,
        at_most: 600,
        until: None,
    };
    row(id, StepBody::Wait(wait))
}

fn task(id: StepId) -> Row {
    let task = Task {
        kind: TaskKind::Consent,
        sign_in: None,
        address: PortalAddress {
            portal: "vendor".into(),
            fallback: None,
            hosts: Vec::new(),
        },
        instructions: Vec::new(),
        values: Vec::new(),
        expect: Vec::new(),
        expected_prompts: 1,
        if_interfered: None,
        verify: None,
        effect: None,
        by_hand: None,
        stays: None,
        asks: None,
    };
    row(id, StepBody::Task(Box::new(task)))
}

pub fn check(number: usize, verdict: Verdict, found: &str) -> Check {
    Check {
        columns: Vec::new(),
        look_again: None,
        id: format!("check/{number}"),
        place: Place {
            name: format!("Customer {number}"),
            ..customer(number)
        },
        title: Text::verbatim("a check"),
        verdict,
        found: Text::verbatim(found),
        needed: Text::verbatim("needed"),
        why: Text::verbatim("why"),
        right_used: Vec::new(),
        remedies: Vec::new(),
    }
}

pub fn proof(step: StepId, standing: Proved, until: Option<&str>) -> StepProof {
    StepProof {
        step,
        place: provider(),
        proof: Proof {
            claim: Text::verbatim("it is there"),
            read_from: Text::verbatim("Graph"),
            standing,
            found: Text::verbatim("what was read"),
            evidence: serde_json::Value::Null,
            expiry: until.map(|at| Expiry {
                at: moment(at),
                what: Text::new("ends-relationship"),
            }),
            look_again: None,
        },
    }
}

/// A setup while it is told.
pub struct Told {
    id: SetupId,
    state: SetupState,
    seq: u64,
}

impl Told {
    /// Answered for customers.
    pub fn of(id: &str, profile: &str, customers: impl IntoIterator<Item = usize>) -> Self {
        let mut told = Self {
            id: SetupId::parse(id).expect("a setup's id"),
            state: SetupState::default(),
            seq: 0,
        };
        let mut places = vec![provider()];
        places.extend(customers.into_iter().map(customer));
        told.and(Entry::Opened {
            pattern: "gdap-service-account".into(),
            profile: profile.into(),
            cloud: "practice".into(),
        })
        .and(Entry::Answered {
            answers: crate::answers::write(&Default::default(), &places),
        });
        told
    }

    pub fn and(&mut self, entry: Entry) -> &mut Self {
        self.seq += 1;
        self.state.fold(&Recorded {
            seq: self.seq,
            at: now(),
            setup: self.id.clone(),
            entry,
        });
        self
    }

    pub fn signed_in(&mut self) -> &mut Self {
        self.and(Entry::SignedIn {
            sign_in: SignIn {
                place: provider(),
                account: Upn::parse("dana@larkspur-it.example").expect("a name"),
                account_id: ObjectId::from_uuid(Uuid::from_u128(5)),
                name: "Dana Whitfield".into(),
                scopes: Vec::new(),
                client: Uuid::from_u128(7).to_string(),
            },
        })
    }

    pub fn checked(&mut self, checks: Vec<Check>) -> &mut Self {
        self.and(Entry::Checked {
            facts: Facts::default(),
            checks,
        })
    }

    /// Approved for customers, each with its end.
    pub fn approved(&mut self, customers: &[(usize, Option<&str>)]) -> &mut Self {
        let mut rows = vec![change(group())];
        for (number, _) in customers {
            rows.extend(
                [change(roles(*number)), wait(active(*number))].map(|row| of(*number, row)),
            );
        }
        rows.push(task(consent()));
        let arrows = customers.iter().map(|(number, until)| GrantArrow {
            from: format!("customer/{number}"),
            to: "group".into(),
            title: Text::verbatim("10 roles"),
            until: until.map(moment),
            ends: None,
            ends_with: Some(Text::new("ends-relationship")),
            risk: Risk::High,
            passing: false,
            step: roles(*number),
        });
        let map = GrantMap {
            nodes: Vec::new(),
            arrows: arrows.collect(),
        };
        let fingerprint = Fingerprint::of(&rows);
        let plan = Plan {
            number: 1,
            parent: None,
            made: now(),
            summary: Text::verbatim("summary"),
            rows,
            map,
            lasting_role: None,
            preliminary: false,
            fingerprint: fingerprint.clone(),
        };
        self.and(Entry::Planned {
            plan: Box::new(plan),
        })
        .and(Entry::Approved {
            plan: 1,
            fingerprint,
            by: "dana".into(),
        })
    }

    pub fn done(&mut self, steps: impl IntoIterator<Item = StepId>) -> &mut Self {
        for step in steps {
            let applied = Applied {
                origin: Origin::Created,
                key: Default::default(),
                state: serde_json::Value::Null,
                note: None,
            };
            self.and(Entry::Done { step, applied });
        }
        self
    }

    pub fn all_done(&mut self) -> &mut Self {
        let rows = self.state.plan.clone().expect("a plan").rows;
        self.done(rows.into_iter().map(|row| row.step.id))
    }

    pub fn failed(&mut self, step: StepId, act: ActKind) -> &mut Self {
        let fault = Fault::new(
            FaultKind::Refused { needs: Vec::new() },
            Text::verbatim("writing roles"),
            "no",
        );
        self.and(Entry::Failed { step, act, fault })
    }

    pub fn proved(&mut self, proofs: Vec<StepProof>) -> &mut Self {
        self.and(Entry::Proved { proofs })
    }

    pub fn end(&mut self) -> (SetupId, Arc<SetupState>) {
        (self.id.clone(), Arc::new(self.state.clone()))
    }
}
