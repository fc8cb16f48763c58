//! Making, changing and removing an assignment, with the waits that each of them needs.

use std::collections::BTreeSet;

use grantway_core::change::{Applied, Context, ObjectKey, Origin, Undone};
use grantway_core::desired;
use grantway_core::{Fault, FaultKind, RoleId, Text};

use super::{AccessAssignments, KIND, NEEDS, State, address, key_of};
use crate::changes::{Doing, Patience, asked, json, known};
use crate::graph::Graph;
use crate::graph::access_assignment::RolesChanged;
use crate::http::{HttpError, Refusal};

/// What became of a change of roles.
pub(super) enum Changed {
    Done,
    Gone,
    Drifted,
}

impl AccessAssignments {
    pub(super) async fn create(
        &self,
        cx: &Context<'_>,
        graph: &Graph,
        wanted: &desired::AccessAssignment,
    ) -> Result<Applied, Fault> {
        let group = known(&wanted.group, KIND)?;
        let relationship = known(&wanted.relationship, KIND)?;
        let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
        let mut patience = Patience::long(cx.clock);
        loop {
            let error = match graph
                .create_access_assignment(&relationship, group, &wanted.roles)
                .await
            {
                Ok(assignment) => {
                    let state = State {
                        roles: wanted.roles.clone(),
                        failed: false,
                    };
                    let key = key_of(&relationship, &assignment);
                    return Ok(Applied {
                        origin: Origin::Created,
                        key,
                        state: json(&state),
                        note: None,
                    });
                }
                Err(error) => error,
            };
            if error.refusal().is_some_and(Refusal::is_already_there) {
                let Some(found) = self
                    .find(graph, &relationship, group)
                    .await
                    .map_err(fault)?
                else {
                    return Err(fault(error));
                };
                let state = State::of(&found);
                if state.roles != wanted.roles {
                    return Err(fault(error));
                }
                let ours = cx.is_own(found.created_date_time);
                let (origin, note) = if ours {
                    (Origin::Created, "note-looked-up")
                } else {
                    (Origin::Adopted, "note-was-there")
                };
                let key = key_of(&relationship, &found);
                return Ok(Applied {
                    origin,
                    key,
                    state: json(&state),
                    note: Some(Text::new(note)),
                });
            }
            // The group was made seconds ago, and the relationship's side has not heard of it.
            if !error.refusal().is_some_and(Refusal::is_propagation) {
                return Err(fault(error));
            }
            if !patience.next_look().await {
                let mut fault = fault(error);
                fault.kind = FaultKind::NotYetVisible;
                return Err(fault);
            }
        }
    }

    /// Changes the roles, when they are still what was read before.
    pub(super) async fn set_roles(
        &self,
        cx: &Context<'_>,
        graph: &Graph,
        key: &ObjectKey,
        (from, to): (&BTreeSet<RoleId>, &BTreeSet<RoleId>),
        doing: Doing,
    ) -> Result<Changed, Fault> {
        let fault = |error: HttpError| error.into_fault(doing.text(KIND), NEEDS);
        let (relationship, id) = address(key, doing)?;
        let Some(now) = self.at(graph, relationship, id).await.map_err(fault)? else {
            return Ok(Changed::Gone);
        };
        let roles = now.roles();
        if roles == *to {
            return Ok(Changed::Done);
        }
        if roles != *from {
            return Ok(Changed::Drifted);
        }
        let etag = now.etag.ok_or_else(|| {
            Fault::new(
                FaultKind::UnexpectedAnswer,
                doing.text(KIND),
                "the assignment has no ETag",
            )
        })?;
        match graph
            .change_access_assignment(relationship, id, &etag, to)
            .await
            .map_err(fault)?
        {
            RolesChanged::Already | RolesChanged::UnderWay(None) => {}
            RolesChanged::UnderWay(Some(operation)) => {
                self.follow(cx, graph, (relationship, &operation), doing)
                    .await?
            }
        }
        Ok(Changed::Done)
    }

    /// Follows a long operation to its end.
    async fn follow(
        &self,
        cx: &Context<'_>,
        graph: &Graph,
        (relationship, id): (&str, &str),
        doing: Doing,
    ) -> Result<(), Fault> {
        let mut patience = Patience::long(cx.clock);
        loop {
            let status = match graph.relationship_operation(relationship, id).await {
                // Its address can lag behind the answer that named it.
                Err(error) if error.is_not_found() => None,
                other => Some(other.map_err(|error| error.into_fault(doing.text(KIND), NEEDS))?),
            };
            match status
                .as_ref()
                .and_then(|operation| operation.status.as_deref())
            {
                Some("succeeded") => return Ok(()),
                Some("failed") => {
                    let detail = status
                        .and_then(|operation| operation.data)
                        .unwrap_or_default();
                    let detail = format!(
                        "the service gave up changing the roles {}",
                        crate::http::redact::words(&detail)
                    );
                    return Err(Fault::new(
                        FaultKind::ServiceFailed,
                        doing.text(KIND),
                        detail.trim_end(),
                    ));
                }
                _ => {}
            }
            if !patience.next_look().await {
                return Err(Fault::new(
                    FaultKind::AnswerLost,
                    doing.text(KIND),
                    "the change of roles is still under way",
                ));
            }
        }
    }

    pub(super) async fn remove(
        &self,
        cx: &Context<'_>,
        graph: &Graph,
        key: &ObjectKey,
    ) -> Result<Undone, Fault> {
        let fault = |error: HttpError| error.into_fault(Doing::TakingBack.text(KIND), NEEDS);
        let (relationship, id) = address(key, Doing::TakingBack)?;
        let mut was_gone = true;
        if let Some(now) = self.at(graph, relationship, id).await.map_err(fault)? {
            let no_etag = || {
                Fault::new(
                    FaultKind::UnexpectedAnswer,
                    Doing::TakingBack.text(KIND),
                    "the assignment has no ETag",
                )
            };
            was_gone = false;
            let roles = now.roles();
            let etag = now.etag.ok_or_else(no_etag)?;
            let answer = graph
                .delete_access_assignment(relationship, id, &etag)
                .await;
            if let Err(error) = asked(answer) {
                // Refused: either a repeat of a removal that had taken effect, or it moved from pending to active by
                // itself, which changes the ETag and nothing else.
                let again = self.at(graph, relationship, id).await.map_err(fault)?;
                let moved = error.status().is_some_and(|status| status.as_u16() == 412);
                match again {
                    None => {}
                    Some(again) if moved && again.roles() == roles => {
                        let etag = again.etag.ok_or_else(no_etag)?;
                        let answer = graph
                            .delete_access_assignment(relationship, id, &etag)
                            .await;
                        asked(answer).map_err(fault)?;
                    }
                    Some(_) if moved => {
                        return Ok(Undone::Drifted {
                            because: Text::new("drift-assignment-edited"),
                        });
                    }
                    Some(_) => return Err(fault(error)),
                }
            }
        }
        let mut patience = Patience::long(cx.clock);
        loop {
            let status = match graph.access_assignment(relationship, id).await {
                Err(error) if error.is_not_found() => break,
                other => other.map_err(fault)?.status,
            };
            if status.as_deref() == Some("deleted") {
                break;
            }
            if !patience.next_look().await {
                let detail = format!("the assignment is still {}", status.unwrap_or_default());
                return Err(Fault::new(
                    FaultKind::ServiceFailed,
                    Doing::TakingBack.text(KIND),
                    detail,
                ));
            }
        }
        Ok(if was_gone {
            Undone::WasGone
        } else {
            Undone::Reverted
        })
    }
}
