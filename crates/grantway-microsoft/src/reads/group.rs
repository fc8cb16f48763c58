//! Groups by display name.

use async_trait::async_trait;
use grantway_core::ObjectId;
use grantway_core::question::{GroupSeen, GroupsNamed};

use super::{Answerer, ReadError};
use crate::graph::Graph;

pub(super) struct Named;

#[async_trait]
impl Answerer for Named {
    type Question = GroupsNamed;
    const SCOPES: &'static [&'static str] = &["Group.ReadBasic.All"];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(graph: &Graph, question: &GroupsNamed) -> Result<Vec<GroupSeen>, ReadError> {
        let groups = graph.groups_named(&question.display_name).await?;
        let seen = |group: crate::graph::group::Group| {
            Ok(GroupSeen {
                id: ObjectId::parse(&group.id)?,
                display_name: group.display_name.unwrap_or_default(),
                is_security_group: group.security_enabled.unwrap_or(false),
            })
        };
        groups.into_iter().map(seen).collect()
    }
}
