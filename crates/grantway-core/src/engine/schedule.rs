//! Which step may begin: its own order, and the caps.
//!
//! A step is looked at when something has happened that may let it begin, not whenever anything has: with a thousand
//! customers thousands of steps end, and thousands wait.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::future::Future;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::Caps;
use crate::Timestamp;
use crate::ids::TenantId;
use crate::journal::JournalError;

/// When a step may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// At once.
    Now,
    /// Not before the step of that place has come to an end.
    After(usize),
    /// Not before that moment.
    At(Timestamp),
    /// Nothing that happens here lets it begin.
    Never,
}

/// Steps by their places, in the order in which they begin where several may.
pub(super) trait Agenda {
    /// How many there are.
    fn len(&self) -> usize;

    /// In whose name the step of that place works.
    fn tenant(&self, place: usize) -> TenantId;

    /// When it may begin. It is asked for again after what was named has happened, after its own end, and before it begins.
    fn turn(&self, place: usize, progress: &Progress) -> Turn;

    /// The time.
    fn now(&self) -> Timestamp;

    /// Whether nothing new may begin for now.
    fn is_held(&self) -> bool {
        false
    }
}

/// How far the steps of an agenda are in this run.
#[derive(Debug)]
pub(super) struct Progress(Vec<Stage>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    NotBegun,
    Running,
    Ended,
}

impl Progress {
    /// Whether it runs now.
    pub(super) fn is_running(&self, place: usize) -> bool {
        self.0[place] == Stage::Running
    }

    /// Whether it runs or has run.
    pub(super) fn has_begun(&self, place: usize) -> bool {
        self.0[place] != Stage::NotBegun
    }
}

/// Runs steps side by side until none may begin and none runs. A journal that fails stops everything new and is returned
/// once what has left is back.
pub(super) async fn drive<A, F>(
    caps: Caps,
    agenda: &A,
    mut begin: impl FnMut(usize) -> F,
) -> Result<(), JournalError>
where
    A: Agenda,
    F: Future<Output = (usize, Result<(), JournalError>)>,
{
    let mut board = Board::of(caps, agenda);
    let mut tasks = FuturesUnordered::new();
    let mut failure = None;
    loop {
        if failure.is_none() && !agenda.is_held() {
            while let Some(place) = board.next() {
                tasks.push(begin(place));
            }
        }
        match tasks.next().await {
            None => return failure.map_or(Ok(()), Err),
            Some((place, outcome)) => {
                board.ended(place);
                if let Err(error) = outcome {
                    failure.get_or_insert(error);
                }
            }
        }
    }
}

/// What may begin, and what waits for what.
struct Board<'a, A> {
    caps: Caps,
    agenda: &'a A,
    progress: Progress,
    /// How many run in each tenant's name, and in all.
    in_tenant: HashMap<TenantId, usize>,
    running: usize,
    ready: BTreeSet<usize>,
    /// Those that were ready when their tenant's cap was reached.
    parked: HashMap<TenantId, BTreeSet<usize>>,
    /// By place, those that wait for its end.
    behind: Vec<Vec<usize>>,
    timed: BinaryHeap<Reverse<(Timestamp, usize)>>,
}

impl<'a, A: Agenda> Board<'a, A> {
    fn of(caps: Caps, agenda: &'a A) -> Self {
        let mut board = Self {
            caps,
            agenda,
            progress: Progress(vec![Stage::NotBegun; agenda.len()]),
            in_tenant: HashMap::new(),
            running: 0,
            ready: BTreeSet::new(),
            parked: HashMap::new(),
            behind: vec![Vec::new(); agenda.len()],
            timed: BinaryHeap::new(),
        };
        for place in 0..agenda.len() {
            board.look(place);
        }
        board
    }

    /// Puts a step where it belongs now. Whether it may begin.
    fn look(&mut self, place: usize) -> bool {
        let turn = self.agenda.turn(place, &self.progress);
        match turn {
            Turn::Now => {
                self.ready.insert(place);
            }
            Turn::After(other) => self.behind[other].push(place),
            Turn::At(moment) => self.timed.push(Reverse((moment, place))),
            Turn::Never => {}
        }
        turn == Turn::Now
    }

    /// The next step that begins, which counts as running from now on.
    fn next(&mut self) -> Option<usize> {
        self.wake();
        while self.running < self.caps.steps {
            let place = self.ready.pop_first()?;
            let tenant = self.agenda.tenant(place);
            let in_tenant = self.in_tenant.entry(tenant).or_default();
            if *in_tenant >= self.caps.per_tenant {
                self.parked.entry(tenant).or_default().insert(place);
                continue;
            }
            *in_tenant += 1;
            // Something may have happened since it was found ready.
            if self.look(place) {
                self.ready.remove(&place);
                self.progress.0[place] = Stage::Running;
                self.running += 1;
                return Some(place);
            }
            self.leave(tenant);
        }
        None
    }

    /// Looks again at those whose moment has come.
    fn wake(&mut self) {
        if self.timed.is_empty() {
            return;
        }
        let now = self.agenda.now();
        while let Some(Reverse((moment, place))) = self.timed.peek().copied() {
            if moment > now {
                return;
            }
            self.timed.pop();
            if !self.progress.is_running(place) {
                self.look(place);
            }
        }
    }

    fn ended(&mut self, place: usize) {
        self.progress.0[place] = Stage::Ended;
        self.running -= 1;
        self.leave(self.agenda.tenant(place));
        self.look(place);
        for other in std::mem::take(&mut self.behind[place]) {
            self.look(other);
        }
    }

    /// Gives the room in a tenant to the first that waits for it.
    fn leave(&mut self, tenant: TenantId) {
        if let Some(in_tenant) = self.in_tenant.get_mut(&tenant) {
            *in_tenant -= 1;
        }
        let first = self.parked.get_mut(&tenant).and_then(BTreeSet::pop_first);
        self.ready.extend(first);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::*;

    /// Steps of one tenant or several, with those that have to end before each.
    struct Steps {
        after: Vec<Vec<usize>>,
        tenants: u128,
        ended: RefCell<BTreeSet<usize>>,
        now: Cell<i64>,
        due: HashMap<usize, i64>,
        looks: Cell<usize>,
    }

    impl Steps {
        fn of(after: Vec<Vec<usize>>) -> Self {
            Self {
                after,
                tenants: 1,
                ended: RefCell::default(),
                now: Cell::new(0),
                due: HashMap::new(),
                looks: Cell::new(0),
            }
        }

        /// The order in which they begin.
        async fn run(&self, caps: Caps) -> Vec<usize> {
            let begun = RefCell::new(Vec::new());
            let begin = |place| {
                begun.borrow_mut().push(place);
                async move {
                    self.ended.borrow_mut().insert(place);
                    self.now.set(self.now.get() + 1);
                    (place, Ok(()))
                }
            };
            drive(caps, self, begin).await.unwrap();
            begun.into_inner()
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    impl Agenda for Steps {
        fn len(&self) -> usize {
            self.after.len()
        }

        fn tenant(&self, place: usize) -> TenantId {
            TenantId::from_uuid(uuid::Uuid::from_u128(place as u128 % self.tenants))
        }

        fn turn(&self, place: usize, progress: &Progress) -> Turn {
            self.looks.set(self.looks.get() + 1);
            if progress.has_begun(place) {
                return Turn::Never;
            }
            if let Some(due) = self.due.get(&place).filter(|due| **due > self.now.get()) {
                return Turn::At(at(*due));
            }
            let ended = self.ended.borrow();
            let open = self.after[place]
                .iter()
                .find(|other| !ended.contains(other));
            open.map_or(Turn::Now, |other| Turn::After(*other))
        }

        fn now(&self) -> Timestamp {
            at(self.now.get())
        }
    }

    const CAPS: Caps = Caps {
        steps: 32,
        per_tenant: 8,
    };

    #[tokio::test]
    async fn steps_begin_in_their_order_and_after_what_they_need() {
        let steps = Steps::of(vec![
            vec![2],
            vec![],
            vec![],
            vec![0, 1],
            vec![9],
            vec![],
            vec![],
            vec![],
            vec![],
            vec![9],
        ]);
        let begun = steps
            .run(Caps {
                steps: 1,
                per_tenant: 1,
            })
            .await;
        // The last two wait for each other, or for themselves, and never begin.
        assert_eq!(begun, [1, 2, 0, 3, 5, 6, 7, 8]);
    }

    #[tokio::test]
    async fn a_moment_that_comes_while_others_run_is_not_missed() {
        let mut steps = Steps::of(vec![vec![]; 6]);
        steps.due = HashMap::from([(0, 3), (1, 99)]);
        let begun = steps
            .run(Caps {
                steps: 1,
                per_tenant: 1,
            })
            .await;
        assert_eq!(begun, [2, 3, 4, 0, 5], "the one of later is left");
    }

    #[tokio::test]
    async fn looks_grow_with_the_steps_and_not_with_their_square() {
        for tenants in [1, 7] {
            for customers in [100, 1000] {
                // A group that all assignments need, a look that each of them needs, and a consent that needs all looks.
                let mut after = vec![vec![]];
                after.extend((0..customers).map(|_| vec![0]));
                after.extend((1..=customers).map(|assignment| vec![assignment]));
                after.push((customers + 1..=2 * customers).collect());
                let mut steps = Steps::of(after);
                steps.tenants = tenants;
                let begun = steps.run(CAPS).await;
                assert_eq!(begun.len(), 2 * customers + 2);
                assert_eq!(begun.last(), Some(&(2 * customers + 1)));
                let looks = steps.looks.get();
                assert!(looks <= 6 * (2 * customers + 2), "{customers}: {looks}");
            }
        }
    }
}
