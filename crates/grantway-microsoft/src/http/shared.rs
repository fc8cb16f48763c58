//! One read for all who ask at the same time: where an API allows one request a second, a list that twenty steps need is fetched once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use grantway_core::{Fault, Timestamp};

use super::gate::later;

/// For how long an answer is handed out after it has come. Steps of one plan follow each other within moments; a person who looks again
/// gets a fresh answer.
const KEPT: Duration = Duration::from_secs(2);

type Flight<V> = Shared<BoxFuture<'static, Result<(V, Timestamp), Fault>>>;

/// Reads that are under way or have just ended, by key. Who joins gets what the first one gets, a fault too; a fault is not kept. Nobody
/// has to stay for the others: whoever waits drives the read on.
pub struct SharedReads<K, V> {
    flights: Mutex<HashMap<K, Flight<V>>>,
}

impl<K, V> Default for SharedReads<K, V> {
    fn default() -> Self {
        Self {
            flights: Mutex::default(),
        }
    }
}

impl<K: Eq + Hash, V: Clone + Send + Sync + 'static> SharedReads<K, V> {
    /// Joins a read that is under way, takes the answer of one that has just ended, or begins `read`. What `read` gives carries the
    /// moment at which it came.
    pub async fn get<R>(
        &self,
        key: K,
        now: Timestamp,
        read: impl FnOnce() -> R + Send,
    ) -> Result<V, Fault>
    where
        R: Future<Output = Result<(V, Timestamp), Fault>> + Send + 'static,
    {
        let flight = {
            let mut flights = self.lock();
            flights.retain(|_, flight| is_fresh(flight, now));
            flights
                .entry(key)
                .or_insert_with(|| read().boxed().shared())
                .clone()
        };
        flight.await.map(|(value, _)| value)
    }

    /// Lets nobody join or take what was read before this moment: something was written.
    pub fn forget(&self, mut is_stale: impl FnMut(&K) -> bool) {
        self.lock().retain(|key, _| !is_stale(key));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<K, Flight<V>>> {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_fresh<V: Clone>(flight: &Flight<V>, now: Timestamp) -> bool {
    match flight.peek() {
        None => true,
        Some(Ok((_, came))) => later(*came, KEPT) >= now,
        Some(Err(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use grantway_core::{FaultKind, Text};

    use super::*;

    struct Source {
        reads: SharedReads<&'static str, usize>,
        begun: Arc<AtomicUsize>,
    }

    impl Source {
        fn new() -> Self {
            Self {
                reads: SharedReads::default(),
                begun: Arc::default(),
            }
        }

        async fn ask(&self, key: &'static str, now: i64, fails: bool) -> Result<usize, Fault> {
            let now = Timestamp::from_second(now).unwrap();
            let begun = Arc::clone(&self.begun);
            self.reads
                .get(key, now, || async move {
                    let number = begun.fetch_add(1, Ordering::SeqCst);
                    tokio::task::yield_now().await;
                    if fails {
                        let doing = Text::new("doing-reading");
                        return Err(Fault::new(FaultKind::Offline, doing, "no route"));
                    }
                    Ok((number, now))
                })
                .await
        }
    }

    #[tokio::test]
    async fn who_asks_at_once_or_soon_after_shares_one_read() {
        let source = Source::new();
        let all = futures_util::future::join_all((0..20).map(|_| source.ask("a", 0, false))).await;
        assert!(all.iter().all(|answer| *answer == Ok(0)), "{all:?}");
        assert_eq!(source.ask("a", 2, false).await, Ok(0));
        assert_eq!(source.ask("a", 3, false).await, Ok(1));
        assert_eq!(source.ask("b", 3, false).await, Ok(2));
    }

    #[tokio::test]
    async fn what_was_read_before_a_write_is_not_handed_out() {
        let source = Source::new();
        source.ask("a", 0, false).await.unwrap();
        source.ask("b", 0, false).await.unwrap();
        source.reads.forget(|key| *key == "a");
        assert_eq!(source.ask("a", 0, false).await, Ok(2));
        assert_eq!(source.ask("b", 0, false).await, Ok(1));
    }

    #[tokio::test]
    async fn a_fault_is_shared_and_not_kept() {
        let source = Source::new();
        let (one, two) = futures_util::join!(source.ask("a", 0, true), source.ask("a", 0, true));
        assert_eq!(one, two);
        assert!(one.is_err());
        assert_eq!(source.ask("a", 0, false).await, Ok(1));
    }

    #[tokio::test]
    async fn who_leaves_does_not_take_the_read_with_them() {
        let source = Source::new();
        let mut first = Box::pin(source.ask("a", 0, false));
        assert!(futures_util::poll!(first.as_mut()).is_pending());
        let second = source.ask("a", 0, false);
        drop(first);
        assert_eq!(second.await, Ok(0));
    }
}
