//! Which step may begin: its own order, and the caps.

use std::collections::BTreeMap;
use std::future::Future;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::Caps;
use crate::ids::{StepId, TenantId};
use crate::journal::JournalError;

/// A step that may begin.
pub(super) struct Ready {
    pub step: StepId,
    pub tenant: TenantId,
}

/// Runs steps side by side until none is ready and none runs. `ready` is asked again after each end, with the ids
/// that run or have run; a journal that fails stops everything new and is returned once what has left is back.
pub(super) async fn drive<F>(
    caps: Caps,
    mut ready: impl FnMut(&BTreeMap<StepId, TenantId>) -> Vec<Ready>,
    mut begin: impl FnMut(StepId) -> F,
) -> Result<(), JournalError>
where
    F: Future<Output = (StepId, Result<(), JournalError>)>,
{
    let mut running: BTreeMap<StepId, TenantId> = BTreeMap::new();
    let mut tasks = FuturesUnordered::new();
    let mut failure = None;
    loop {
        if failure.is_none() {
            for next in ready(&running) {
                let in_tenant = running
                    .values()
                    .filter(|tenant| **tenant == next.tenant)
                    .count();
                if running.len() >= caps.steps
                    || in_tenant >= caps.per_tenant
                    || running.contains_key(&next.step)
                {
                    continue;
                }
                running.insert(next.step.clone(), next.tenant);
                tasks.push(begin(next.step));
            }
        }
        match tasks.next().await {
            None => return failure.map_or(Ok(()), Err),
            Some((step, outcome)) => {
                running.remove(&step);
                if let Err(error) = outcome {
                    failure.get_or_insert(error);
                }
            }
        }
    }
}
