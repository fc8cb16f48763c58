//! Where a run is disturbed, and in what order of chance.

use grantway_practice::faults::FaultRule;
use serde_json::json;

/// What happens to a run. Numbers count from 1 within one process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blow {
    /// Killed: its request of that number is on its way and has not taken effect.
    BeforeRequest(u64),
    /// Killed: its write of that number has taken effect, and its answer is lost.
    AfterWrite(u64),
    /// Killed: it is about to append the entry of that number.
    BeforeAppend(u64),
    /// Killed: the entry of that number is durable, and nothing has followed from it.
    AfterAppend(u64),
    /// Not killed: the answer to its write of that number is lost after it took effect.
    LostAnswer(u64),
}

/// A kind of blow, to be given a number.
pub type Kind = fn(u64) -> Blow;

/// Every kind: at requests, at writes and at entries of the journal.
pub const KINDS: [Kind; 5] = [
    Blow::BeforeRequest,
    Blow::AfterWrite,
    Blow::LostAnswer,
    Blow::BeforeAppend,
    Blow::AfterAppend,
];

impl Blow {
    /// What the practice cloud does for it.
    pub fn rule(self) -> Option<FaultRule> {
        let rule = match self {
            Self::BeforeRequest(nth) => json!({ "match": { "nth": nth }, "action": "hang" }),
            Self::AfterWrite(nth) | Self::LostAnswer(nth) => json!({
                "match": { "service": "graph", "write_only": true, "nth": nth },
                "action": "drop_after_commit",
            }),
            Self::BeforeAppend(_) | Self::AfterAppend(_) => return None,
        };
        Some(serde_json::from_value(rule).expect("a rule of the practice cloud"))
    }

    /// What the child is told for it.
    pub fn stop(self) -> Vec<String> {
        match self {
            Self::BeforeAppend(nth) => vec!["before".into(), nth.to_string()],
            Self::AfterAppend(nth) => vec!["after".into(), nth.to_string()],
            _ => Vec::new(),
        }
    }

    /// Whether it ends the process.
    pub fn kills(self) -> bool {
        !matches!(self, Self::LostAnswer(_))
    }

    /// Its number.
    pub fn nth(self) -> u64 {
        match self {
            Self::BeforeRequest(nth)
            | Self::AfterWrite(nth)
            | Self::BeforeAppend(nth)
            | Self::AfterAppend(nth)
            | Self::LostAnswer(nth) => nth,
        }
    }
}

/// Chance that can be had again by its seed (SplitMix64).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 1 to `end`.
    pub fn up_to(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end.max(1) + 1
    }

    /// So many different numbers from 1 to `end`, in order; all of them where there are no more.
    pub fn some(&mut self, count: usize, end: u64) -> Vec<u64> {
        let mut all: Vec<u64> = (1..=end).collect();
        while all.len() > count {
            let place = self.up_to(all.len() as u64) as usize - 1;
            all.remove(place);
        }
        all
    }

    /// The blow that falls while an earlier one is made good: early, since making good comes first.
    pub fn again(&mut self) -> Blow {
        match self.up_to(4) {
            1 => Blow::BeforeRequest(self.up_to(12)),
            2 => Blow::AfterWrite(self.up_to(3)),
            3 => Blow::BeforeAppend(self.up_to(6)),
            _ => Blow::AfterAppend(self.up_to(6)),
        }
    }
}
