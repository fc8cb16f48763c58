//! `/directory/deletedItems`: the recycle bin.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::answer::{Answer, Outcome, Refusal, moment};
use super::body::object_id;
use super::context::Context;
use super::kind::{APPLICATION, DIRECTORY_OBJECT, GROUP, Kind, SERVICE_PRINCIPAL, USER};
use super::path::Key;
use super::{application, group, service_principal, user};
use crate::state::{Deleted, DeletedObject};

pub(super) fn users(context: &Context<'_>, _: &[Key]) -> Outcome {
    list(context, &USER, "users")
}

pub(super) fn groups(context: &Context<'_>, _: &[Key]) -> Outcome {
    list(context, &GROUP, "groups")
}

pub(super) fn applications(context: &Context<'_>, _: &[Key]) -> Outcome {
    list(context, &APPLICATION, "applications")
}

pub(super) fn service_principals(context: &Context<'_>, _: &[Key]) -> Outcome {
    list(context, &SERVICE_PRINCIPAL, "servicePrincipals")
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let id = object_id(keys[0].value())?;
    let (kind, fields) = context.tenant(|tenant| {
        tenant
            .recycle_bin
            .get(&id)
            .map(shown)
            .ok_or_else(|| Refusal::not_found(id))
    })?;
    require_scope(context, kind)?;
    let mut item = Map::new();
    item.insert(
        "@odata.type".into(),
        format!("#microsoft.graph.{}", kind.name).into(),
    );
    item.extend(
        fields
            .into_iter()
            .filter(|(name, _)| kind.shows(name) || name == "deletedDateTime"),
    );
    context.entity(&DIRECTORY_OBJECT, "directoryObjects", item)
}

pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let id: Uuid = object_id(keys[0].value())?;
    let kind = context.tenant(|tenant| {
        tenant
            .recycle_bin
            .get(&id)
            .map(|deleted| shown(deleted).0)
            .ok_or_else(|| Refusal::not_found(id))
    })?;
    require_scope(context, kind)?;
    context.caller.require_role(match kind.name {
        "user" => &["User Administrator"],
        "group" => &["Groups Administrator", "User Administrator"],
        _ => service_principal::MANAGERS,
    })?;
    context.change(|tenant| match tenant.recycle_bin.remove(&id) {
        Some(_) => Ok(Answer::no_content()),
        None => Err(Refusal::not_found(id)),
    })
}

fn list(context: &Context<'_>, kind: &'static Kind, path: &str) -> Outcome {
    let items = context.tenant(|tenant| {
        let all = tenant.recycle_bin.values().map(shown);
        Ok(all
            .filter(|(found, _)| found.name == kind.name)
            .map(|(_, item)| item)
            .collect())
    })?;
    context.list(kind, path, items)
}

// The permission follows the kind of object, which the path does not tell.
fn require_scope(context: &Context<'_>, kind: &Kind) -> Result<(), Refusal> {
    let (read, write): (&[&str], &[&str]) = match kind.name {
        "user" => (
            &["User.Read.All", "Directory.Read.All"],
            &[
                "User.ReadWrite.All",
                "User.DeleteRestore.All",
                "Directory.ReadWrite.All",
            ],
        ),
        "group" => (
            &["Group.Read.All", "Directory.Read.All"],
            &["Group.ReadWrite.All", "Directory.ReadWrite.All"],
        ),
        _ => (
            &["Application.Read.All", "Directory.Read.All"],
            &["Application.ReadWrite.All", "Directory.ReadWrite.All"],
        ),
    };
    let may =
        context.caller.has_scope(write) || (context.call.reads() && context.caller.has_scope(read));
    if may { Ok(()) } else { Err(Refusal::denied()) }
}

fn shown(deleted: &Deleted) -> (&'static Kind, Map<String, Value>) {
    let (kind, mut item): (&'static Kind, _) = match &deleted.object {
        DeletedObject::User(found) => (&USER, user::shown(found)),
        DeletedObject::Group(found) => (&GROUP, group::shown(found)),
        DeletedObject::Application(app) => (&APPLICATION, application::shown(app)),
        DeletedObject::ServicePrincipal { principal, .. } => {
            (&SERVICE_PRINCIPAL, service_principal::shown(principal))
        }
    };
    item.insert("deletedDateTime".into(), moment(deleted.at));
    (kind, item)
}
