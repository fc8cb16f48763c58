//! The signed-in person with their roles and groups.

use std::collections::BTreeSet;

use async_trait::async_trait;
use grantway_core::question::{PersonSeen, SignedInPerson};
use grantway_core::{ObjectId, RoleId, Upn};

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::role_assignment::RoleAssignment;

pub(super) struct Person;

#[async_trait]
impl Answerer for Person {
    type Question = SignedInPerson;
    const SCOPES: &'static [&'static str] = &[
        "User.Read",
        "Group.ReadBasic.All",
        "RoleManagement.Read.Directory",
    ];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(graph: &Graph, _: &SignedInPerson) -> Result<PersonSeen, ReadError> {
        let (me, memberships) = futures_util::try_join!(graph.me(), graph.my_memberships())?;
        let id = ObjectId::parse(&me.id)?;
        let (roles, groups): (Vec<_>, Vec<_>) = memberships
            .into_iter()
            .partition(|membership| membership.is_directory_role());
        let all_roles_readable = roles.iter().all(|role| role.role_template_id.is_some());
        let mut held: BTreeSet<RoleId> = roles
            .iter()
            .filter_map(|role| RoleId::parse(role.role_template_id.as_deref()?).ok())
            .collect();
        match graph.role_assignments_of(id).await {
            Ok(assignments) => held.extend(
                assignments
                    .iter()
                    .filter(|assignment| assignment.is_tenant_wide())
                    .filter_map(role_of),
            ),
            // The list of memberships has told all roles already.
            Err(error)
                if error.status().is_some_and(|status| status.as_u16() == 403)
                    && all_roles_readable => {}
            Err(error) => return Err(error.into()),
        }
        Ok(PersonSeen {
            id,
            upn: Upn::parse(me.user_principal_name.as_deref().unwrap_or_default())?,
            name: me.display_name.unwrap_or_default(),
            roles: held,
            groups: groups
                .into_iter()
                .filter_map(|group| group.display_name)
                .collect(),
        })
    }
}

fn role_of(assignment: &RoleAssignment) -> Option<RoleId> {
    RoleId::parse(assignment.role_definition_id.as_deref()?).ok()
}
