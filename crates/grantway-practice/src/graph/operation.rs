//! `…/operations`: long-running changes of a relationship.

use serde_json::{Map, Value, json};

use super::answer::{Outcome, fields, moment};
use super::context::Context;
use super::kind::OPERATION;
use super::path::Key;
use super::relationship::{PATH, not_found, own, require_partner};
use crate::state::Operation;

pub(super) fn list(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let items = context.read(|world| {
        Ok(own(world, context, keys)?
            .operations
            .values()
            .map(|operation| shown(context, operation))
            .collect())
    })?;
    context.list(&OPERATION, &path(keys), items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let wanted = keys[1].value();
    let item = context.read(|world| {
        let found = own(world, context, keys)?
            .operations
            .values()
            .find(|operation| operation.id.to_string().eq_ignore_ascii_case(wanted));
        found
            .map(|operation| shown(context, operation))
            .ok_or_else(|| not_found(wanted))
    })?;
    let running = item.get("status").and_then(Value::as_str) == Some("running");
    let answer = context.entity(&OPERATION, &path(keys), item)?;
    Ok(if running {
        answer.header("retry-after", "10")
    } else {
        answer
    })
}

fn path(keys: &[Key]) -> String {
    format!("{PATH}('{}')/operations", keys[0].value())
}

fn shown(context: &Context<'_>, operation: &Operation) -> Map<String, Value> {
    let status = operation.status(context.now);
    let modified = if status == "succeeded" {
        operation.done_at
    } else {
        operation.created
    };
    fields(json!({
        "id": operation.id,
        "createdDateTime": moment(operation.created),
        "lastModifiedDateTime": moment(modified),
        "operationType": operation.kind,
        "status": status,
        "data": "",
    }))
}
