//! A service principal is taken away: of a vendor's app, and of an app of one's own.

use grantway_core::change::{Context, Undone};
use grantway_core::{Fault, FaultKind, ObjectId};

use super::{Doing, Patience, asked};
use crate::graph::Graph;
use crate::http::HttpError;

/// Removes it and waits until it cannot be read any more. Errors name the kind of change and the rights that it needs.
pub(super) async fn remove(
    cx: &Context<'_>,
    graph: &Graph,
    id: ObjectId,
    (kind, needs): (&'static str, &[&str]),
) -> Result<Undone, Fault> {
    let fault = |error: HttpError| error.into_fault(Doing::TakingBack.text(kind), needs);
    match graph.service_principal(id).await {
        Err(error) if error.is_not_found() => return Ok(Undone::WasGone),
        other => other.map_err(fault)?,
    };
    // It was there a moment ago: not there now is the same as taken.
    asked(graph.delete_service_principal(id).await).map_err(fault)?;
    let mut patience = Patience::long(cx.clock);
    loop {
        match graph.service_principal(id).await {
            Err(error) if error.is_not_found() => return Ok(Undone::Reverted),
            Err(error) => return Err(fault(error)),
            Ok(_) if patience.next_look().await => {}
            Ok(_) => {
                return Err(Fault::new(
                    FaultKind::ServiceFailed,
                    Doing::TakingBack.text(kind),
                    "the service principal is removed but can still be read",
                ));
            }
        }
    }
}
