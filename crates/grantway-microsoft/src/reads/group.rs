//! Groups by display name or id, and who is in them.

use async_trait::async_trait;
use grantway_core::ObjectId;
use grantway_core::question::{
    GroupFitness, GroupOfId, GroupSeen, GroupUnfit, GroupWithMembers, GroupsNamed,
    GroupsWithMembers,
};

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::group::Group;

pub(super) struct Named;

#[async_trait]
impl Answerer for Named {
    type Question = GroupsNamed;
    const SCOPES: &'static [&'static str] = &["Group.ReadBasic.All"];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(graph: &Graph, question: &GroupsNamed) -> Result<Vec<GroupSeen>, ReadError> {
        let groups = graph.groups_named(&question.display_name).await?;
        groups.into_iter().map(seen).collect()
    }
}

/// Group names with members: what is behind a name that somebody wants to use.
pub(super) struct WithMembers;

#[async_trait]
impl Answerer for WithMembers {
    type Question = GroupsWithMembers;
    const SCOPES: &'static [&'static str] = &["GroupMember.Read.All"];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(
        graph: &Graph,
        question: &GroupsWithMembers,
    ) -> Result<Vec<GroupWithMembers>, ReadError> {
        let mut found = Vec::new();
        for group in graph.kinds_of_groups_named(&question.display_name).await? {
            let unfit = unfit(&group);
            let group = seen(group)?;
            let members = graph.named_members(group.id).await?;
            let mut members: Vec<String> = members
                .into_iter()
                // Who may not read a member's name still sees that there is one.
                .map(|member| member.display_name.unwrap_or(member.id))
                .collect();
            members.sort();
            found.push(GroupWithMembers {
                group,
                unfit,
                members,
            });
        }
        Ok(found)
    }
}

pub(super) struct OfId;

#[async_trait]
impl Answerer for OfId {
    type Question = GroupOfId;
    const SCOPES: &'static [&'static str] = &["Group.ReadBasic.All"];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(
        graph: &Graph,
        question: &GroupOfId,
    ) -> Result<Option<GroupFitness>, ReadError> {
        match graph.kind_of_group(question.id).await {
            Ok(group) => {
                let unfit = unfit(&group);
                let group = seen(group)?;
                Ok(Some(GroupFitness { group, unfit }))
            }
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn seen(group: Group) -> Result<GroupSeen, ReadError> {
    Ok(GroupSeen {
        id: ObjectId::parse(&group.id)?,
        display_name: group.display_name.unwrap_or_default(),
        is_security_group: group.security_enabled.unwrap_or(false),
    })
}

fn unfit(group: &Group) -> Option<GroupUnfit> {
    let is_security =
        group.security_enabled.unwrap_or(false) && !group.mail_enabled.unwrap_or(false);
    if !is_security {
        Some(GroupUnfit::NotSecurity)
    } else if group
        .group_types
        .iter()
        .any(|kind| kind == "DynamicMembership")
    {
        Some(GroupUnfit::Dynamic)
    } else if group.on_premises_sync_enabled == Some(true) {
        Some(GroupUnfit::Synced)
    } else if group.is_assignable_to_role == Some(true) {
        Some(GroupUnfit::RoleAssignable)
    } else {
        None
    }
}
