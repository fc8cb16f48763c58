//! Whether a person of another tenant has a guest account here.

use async_trait::async_trait;
use grantway_core::ObjectId;
use grantway_core::question::{GuestSeen, GuestTwin};

use super::{Answerer, ReadError};
use crate::graph::Graph;

pub(super) struct Twin;

#[async_trait]
impl Answerer for Twin {
    type Question = GuestTwin;
    const SCOPES: &'static [&'static str] = &["User.Read.All"];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(graph: &Graph, question: &GuestTwin) -> Result<Option<GuestSeen>, ReadError> {
        let guests = graph.accounts_standing_for(&question.account).await?;
        guests.into_iter().next().map(seen).transpose()
    }
}

fn seen(user: crate::graph::user::User) -> Result<GuestSeen, ReadError> {
    Ok(GuestSeen {
        id: ObjectId::parse(&user.id)?,
        name: user.display_name.unwrap_or_default(),
    })
}
