//! Where each customer of a setup stands, told by its own steps, checks and proofs and by those that all customers share.

use std::collections::{BTreeMap, HashMap};

use grantway_core::change::Undone;
use grantway_core::check::{Check, Verdict, blocking};
use grantway_core::journal::{Phase, Problem as Trouble, SetupState, Standing, StepProof};
use grantway_core::plan::{Row, StepBody};
use grantway_core::{Fault, FaultKind, Party, StepId, TenantId, Text, Timestamp, proof};

use crate::contract::{Readiness, Sign};

/// Where a customer stands in a setup.
pub(super) struct Stands<'a> {
    pub sign: Sign,
    pub word: Word,
    pub because: Option<Because<'a>>,
    pub needs_you: bool,
    pub readiness: Readiness,
}

/// The word beside the sign.
pub(super) enum Word {
    /// A message of the catalogue.
    Key(&'static str),
    Progress {
        done: usize,
        total: usize,
    },
    Until(Timestamp),
}

/// What it waits for, or why it stopped.
#[derive(Clone, Copy)]
pub(super) enum Because<'a> {
    Key(&'static str),
    Says(&'a Text),
    Failed(&'a Row, &'a Fault),
    Troubled(&'a Row, &'a Trouble),
}

impl<'a> Stands<'a> {
    fn new(sign: Sign, key: &'static str, readiness: Readiness) -> Self {
        Self {
            sign,
            word: Word::Key(key),
            because: None,
            needs_you: false,
            readiness,
        }
    }

    fn because(self, because: Because<'a>) -> Self {
        Self {
            because: Some(because),
            ..self
        }
    }

    fn needs_you(self) -> Self {
        Self {
            needs_you: true,
            ..self
        }
    }

    /// Smaller is more urgent.
    pub fn rank(&self) -> u8 {
        match self.sign {
            Sign::Fail => 0,
            _ if self.needs_you => 1,
            Sign::Warn => 2,
            Sign::CannotSee => 3,
            Sign::NeedsYou | Sign::ByHand => 4,
            Sign::Wait => 5,
            Sign::Running | Sign::NotStarted => 6,
            Sign::Pass | Sign::AlreadyRight => 7,
            Sign::LeftOut => 8,
        }
    }
}

/// What some rows of a plan come to together. Of each kind the first row counts.
#[derive(Clone, Copy, Default)]
struct Tally<'a> {
    done: usize,
    total: usize,
    stopped: Option<Because<'a>>,
    signs_in: bool,
    by_hand: Option<&'a Row>,
    handed_off: Option<&'a Text>,
    waits: Option<(&'a Text, Timestamp)>,
}

impl<'a> Tally<'a> {
    fn of(state: &'a SetupState, running: bool, rows: &[&'a Row]) -> Self {
        let mut tally = Self::default();
        for row in rows {
            tally.add(state, running, row);
        }
        tally
    }

    fn add(&mut self, state: &'a SetupState, running: bool, row: &'a Row) {
        if state.is_left_to_person(row) {
            return;
        }
        self.total += 1;
        self.done += usize::from(state.satisfied(row));
        match (state.standing(&row.step.id), &row.step.body) {
            (Standing::Failed(fault) | Standing::UndoFailed(fault), _)
                if matches!(fault.kind, FaultKind::SignInNeeded { .. }) =>
            {
                self.signs_in = true;
            }
            (Standing::Failed(fault) | Standing::UndoFailed(fault), _) => {
                self.stopped.get_or_insert(Because::Failed(row, fault));
            }
            (Standing::Troubled(trouble), _) => {
                self.stopped.get_or_insert(Because::Troubled(row, trouble));
            }
            // It was to be started over, and that has not come to its end.
            (Standing::UndoInDoubt | Standing::Undone(_), _) if !running => {
                self.stopped.get_or_insert(Because::Says(&row.step.title));
            }
            (Standing::NeedsPerson | Standing::Waiting { .. }, StepBody::HandOff(hand_off)) => {
                self.handed_off.get_or_insert(&hand_off.wait.cause);
            }
            (Standing::NeedsPerson, _) => {
                self.by_hand.get_or_insert(row);
            }
            (Standing::Waiting { next_look, .. }, body) => {
                let cause = match body {
                    StepBody::Wait(wait) => &wait.cause,
                    _ => &row.step.title,
                };
                self.waits.get_or_insert((cause, *next_look));
            }
            _ => {}
        }
    }

    /// Both together; what is a customer's own comes first.
    fn and(self, shared: Self) -> Self {
        Self {
            done: self.done + shared.done,
            total: self.total + shared.total,
            stopped: self.stopped.or(shared.stopped),
            signs_in: self.signs_in || shared.signs_in,
            by_hand: self.by_hand.or(shared.by_hand),
            handed_off: self.handed_off.or(shared.handed_off),
            waits: self.waits.or(shared.waits),
        }
    }
}

/// A setup, sorted by customers once, so that a thousand of them are asked for in one pass.
pub(super) struct Sorted<'a> {
    state: &'a SetupState,
    phase: Phase,
    /// Something of it runs now.
    running: bool,
    /// The customer of each step that is for one.
    customers: HashMap<&'a StepId, TenantId>,
    own: HashMap<TenantId, Vec<&'a Row>>,
    /// Rows of the newest plan and of those before it, for take back.
    ever: HashMap<TenantId, Vec<&'a Row>>,
    shared: Tally<'a>,
    own_proofs: HashMap<TenantId, Vec<&'a StepProof>>,
    shared_proofs: Vec<&'a StepProof>,
    checks: HashMap<TenantId, Vec<&'a Check>>,
    /// Why nothing can be planned for anybody.
    blocked: Option<&'a Check>,
}

/// The customer that a row is for, in whatever tenant it happens.
fn customer_of(row: &Row) -> Option<TenantId> {
    let place = &row.step.place;
    let placed = (place.party == Party::Customer).then_some(place.tenant);
    let cell = row.step.cell.as_ref().map(|cell| cell.customer);
    cell.or(placed)
}

/// By customer, and what is for all of them.
fn by_customer<'a, T>(
    items: impl IntoIterator<Item = &'a T>,
    customer: impl Fn(&T) -> Option<TenantId>,
) -> (HashMap<TenantId, Vec<&'a T>>, Vec<&'a T>) {
    let (mut own, mut shared) = (HashMap::<_, Vec<&T>>::new(), Vec::new());
    for item in items {
        match customer(item) {
            Some(tenant) => own.entry(tenant).or_default().push(item),
            None => shared.push(item),
        }
    }
    (own, shared)
}

impl<'a> Sorted<'a> {
    pub fn new(state: &'a SetupState, running: bool) -> Self {
        let (own, shared) = by_customer(state.plan.iter().flat_map(|plan| &plan.rows), customer_of);
        let (ever, _) = by_customer(state.rows(), customer_of);
        let customers: HashMap<&StepId, TenantId> = state
            .rows()
            .filter_map(|row| Some((&row.step.id, customer_of(row)?)))
            .collect();
        let (own_proofs, shared_proofs) = by_customer(&state.proofs, |p: &StepProof| {
            customers.get(&p.step).copied()
        });
        let (checks, _) = by_customer(&state.checks, |check: &Check| {
            (check.place.party == Party::Customer).then_some(check.place.tenant)
        });
        Self {
            state,
            phase: state.phase(),
            running,
            shared: Tally::of(state, running, &shared),
            own,
            ever,
            customers,
            own_proofs,
            shared_proofs,
            checks,
            blocked: blocking(&state.checks).first().copied(),
        }
    }

    /// Whether anything has been begun, by a person or a timer too.
    pub fn has_begun(&self) -> bool {
        let mut steps = self.state.steps.values();
        steps.any(|step| step.standing != Standing::NotStarted)
    }

    /// Whether what was made can be read back now.
    pub fn is_provable(&self) -> bool {
        self.state.undo_began.is_none()
            && self.state.approved.is_some()
            && matches!(self.phase, Phase::Prove | Phase::Done)
    }

    /// Whether access that it gave is gone, or on its way.
    pub fn is_taken_back(&self) -> bool {
        self.state.undo_began.is_some()
    }

    /// Where a customer stands.
    pub fn stands(&self, customer: TenantId) -> Stands<'a> {
        if self.state.undo_began.is_some() {
            return self.undone(customer);
        }
        if self.is_left_out(customer) {
            return self.left_out(customer);
        }
        match self.phase {
            Phase::Answer | Phase::SignIn | Phase::Check | Phase::Review => self.before(customer),
            Phase::Apply => self.applying(customer),
            Phase::Prove | Phase::Done => self.proved(customer),
        }
    }

    fn own(&self, customer: TenantId) -> &[&'a Row] {
        self.own.get(&customer).map_or(&[], Vec::as_slice)
    }

    fn checks(&self, customer: TenantId) -> &[&'a Check] {
        self.checks.get(&customer).map_or(&[], Vec::as_slice)
    }

    fn failing(&self, customer: TenantId) -> Option<&'a Check> {
        let mut checks = self.checks(customer).iter().copied();
        checks.find(|check| check.fails())
    }

    /// Whether there is a plan that is for others alone.
    fn is_left_out(&self, customer: TenantId) -> bool {
        let preliminary = self
            .state
            .plan
            .as_ref()
            .is_some_and(|plan| plan.preliminary);
        self.own(customer).is_empty() && !self.own.is_empty() && !preliminary
    }

    fn left_out(&self, customer: TenantId) -> Stands<'a> {
        let stands = Stands::new(Sign::LeftOut, "sign-left-out", Readiness::NotReady).needs_you();
        match self.failing(customer) {
            Some(check) => stands.because(Because::Says(&check.found)),
            None => stands.because(Because::Key("customer-because-left-out")),
        }
    }

    fn before(&self, customer: TenantId) -> Stands<'a> {
        if let Some(check) = self.failing(customer) {
            return Stands::new(Sign::Fail, "customer-not-ready", Readiness::NotReady)
                .because(Because::Says(&check.found))
                .needs_you();
        }
        let unseen = self.checks(customer).iter().copied().find(|check| {
            check.verdict == Verdict::CannotSee && !self.state.accepted.contains_key(&check.id)
        });
        if let Some(check) = unseen {
            return Stands::new(Sign::CannotSee, "sign-cannot-see", Readiness::NotReady)
                .because(Because::Says(&check.found))
                .needs_you();
        }
        let readiness = if self.checks(customer).is_empty() {
            Readiness::NotChecked
        } else {
            Readiness::Ready
        };
        if self.running {
            return Stands::new(Sign::Running, "customer-checking", readiness);
        }
        let (word, because) = match self.phase {
            Phase::Answer => ("customer-answer", "home-answer"),
            Phase::SignIn => ("customer-sign-in", "home-sign-in"),
            Phase::Check => ("customer-check", "home-check"),
            _ => ("customer-review", "home-review"),
        };
        let because = match self.blocked {
            Some(check) => Because::Says(&check.found),
            None => Because::Key(because),
        };
        Stands::new(Sign::NeedsYou, word, readiness)
            .because(because)
            .needs_you()
    }

    fn applying(&self, customer: TenantId) -> Stands<'a> {
        let own = Tally::of(self.state, self.running, self.own(customer));
        let both = own.and(self.shared);
        let ready = |sign, key| Stands::new(sign, key, Readiness::Ready);
        if let Some(because) = both.stopped {
            return Stands::new(Sign::Fail, "sign-stopped", Readiness::NotReady)
                .because(because)
                .needs_you();
        }
        if both.signs_in {
            return ready(Sign::NeedsYou, "customer-sign-in")
                .because(Because::Key("need-sign-in-apply"))
                .needs_you();
        }
        if both.total > 0 && both.done == both.total {
            // The setup goes on for others.
            return ready(Sign::Wait, "sign-not-proved")
                .because(Because::Key("customer-because-others"));
        }
        if self.state.paused {
            return ready(Sign::NeedsYou, "customer-paused")
                .because(Because::Key("home-paused"))
                .needs_you();
        }
        if let Some(row) = both.by_hand {
            return ready(Sign::ByHand, "sign-by-hand")
                .because(Because::Says(&row.step.title))
                .needs_you();
        }
        if let Some(cause) = both.handed_off {
            return ready(Sign::Wait, "customer-their-turn").because(Because::Says(cause));
        }
        if let Some((cause, next_look)) = both.waits {
            return Stands {
                word: Word::Until(next_look),
                ..ready(Sign::Wait, "sign-waiting").because(Because::Says(cause))
            };
        }
        if self.own(customer).is_empty() && !self.own.is_empty() {
            return ready(Sign::NotStarted, "customer-next-plan")
                .because(Because::Key("customer-because-next-plan"));
        }
        let progress = Stands {
            word: Word::Progress {
                done: both.done,
                total: both.total,
            },
            ..ready(Sign::Running, "sign-running")
        };
        if self.running {
            return progress;
        }
        Stands {
            sign: Sign::NeedsYou,
            ..progress.because(Because::Key("customer-because-halted"))
        }
        .needs_you()
    }

    fn proved(&self, customer: TenantId) -> Stands<'a> {
        let ready = |sign, key| Stands::new(sign, key, Readiness::Ready);
        if self.running {
            return ready(Sign::Running, "customer-proving");
        }
        let own = self.own_proofs.get(&customer).into_iter().flatten();
        let proofs: Vec<&StepProof> = own.chain(&self.shared_proofs).copied().collect();
        if self.state.proved.is_none() || proofs.is_empty() {
            return ready(Sign::NeedsYou, "sign-not-proved")
                .because(Because::Key("home-prove"))
                .needs_you();
        }
        let with = |standing| {
            let mut proofs = proofs.iter().copied();
            proofs.find(move |p| p.proof.standing == standing)
        };
        if let Some(not) = with(proof::Standing::NotProved) {
            return ready(Sign::Wait, "sign-not-proved").because(Because::Says(&not.proof.found));
        }
        let left_to_person = |p: &StepProof| {
            let row = self.state.row(&p.step);
            row.is_some_and(|row| self.state.is_left_to_person(row))
        };
        let mut unseen = proofs.iter().copied();
        let unseen =
            unseen.find(|p| p.proof.standing == proof::Standing::CannotSee && !left_to_person(p));
        if let Some(unseen) = unseen {
            return Stands::new(Sign::CannotSee, "sign-cannot-see", Readiness::NotReady)
                .because(Because::Says(&unseen.proof.found));
        }
        // All that Grantway gave is proved; what only a person can see is still to be said.
        if let Some(unsaid) = with(proof::Standing::CannotSee) {
            return Stands::new(Sign::ByHand, "sign-by-hand", Readiness::Done)
                .because(Because::Says(&unsaid.proof.found));
        }
        Stands::new(Sign::Pass, "sign-proved", Readiness::Done)
    }

    fn undone(&self, customer: TenantId) -> Stands<'a> {
        let stands = |sign, key| Stands::new(sign, key, Readiness::NotSetUp);
        if self.state.undo_ended.is_none() {
            let sign = if self.running {
                Sign::Running
            } else {
                Sign::NeedsYou
            };
            let stands = stands(sign, "customer-taking-back");
            return if self.running {
                stands
            } else {
                stands.because(Because::Key("home-taking-back")).needs_you()
            };
        }
        let rows = self.ever.get(&customer).map_or(&[][..], Vec::as_slice);
        let left = rows
            .iter()
            .find_map(|row| match self.state.standing(&row.step.id) {
                Standing::UndoFailed(fault) => Some(Because::Failed(row, fault)),
                Standing::Undone(Undone::Drifted { .. }) => Some(Because::Says(&row.step.title)),
                _ => None,
            });
        let consent = self.state.own_consents.get(&customer);
        let consent_left = matches!(consent, Some((_, Standing::UndoFailed(_))));
        let left = left.or(consent_left.then_some(Because::Key("home-left-over")));
        match left {
            Some(because) => stands(Sign::Fail, "customer-left-over")
                .because(because)
                .needs_you(),
            None => stands(Sign::LeftOut, "sign-taken-back"),
        }
    }

    /// What of a customer's access ends by itself, soonest first: as the plan saw it, or as it was read back since.
    pub fn ends(&self) -> Ends<'a> {
        let mut ends = Ends::default();
        if self.state.undo_began.is_some() {
            return ends;
        }
        let map = self.state.plan.iter().flat_map(|plan| &plan.map.arrows);
        for arrow in map {
            if let Some(at) = arrow.until {
                let what = arrow.ends_with.as_ref().unwrap_or(&arrow.title);
                ends.add(self.customers.get(&arrow.step).copied(), at, what);
            }
        }
        for proof in &self.state.proofs {
            if let Some(expiry) = &proof.proof.expiry {
                ends.add(
                    self.customers.get(&proof.step).copied(),
                    expiry.at,
                    &expiry.what,
                );
            }
        }
        ends
    }
}

/// What ends next, by customer and for all.
#[derive(Default)]
pub(super) struct Ends<'a> {
    own: BTreeMap<TenantId, (Timestamp, &'a Text)>,
    shared: Option<(Timestamp, &'a Text)>,
}

impl<'a> Ends<'a> {
    fn add(&mut self, customer: Option<TenantId>, at: Timestamp, what: &'a Text) {
        match customer {
            Some(tenant) => {
                let first = self.own.entry(tenant).or_insert((at, what));
                if at < first.0 {
                    *first = (at, what);
                }
            }
            None => {
                if self.shared.is_none_or(|first| at < first.0) {
                    self.shared = Some((at, what));
                }
            }
        }
    }

    /// What ends next of a customer's access.
    pub fn next(&self, customer: TenantId) -> Option<(Timestamp, &'a Text)> {
        let own = self.own.get(&customer).copied();
        own.into_iter().chain(self.shared).min_by_key(|end| end.0)
    }
}
