//! Joins kinds of objects and questions with those who know them.

use std::sync::Arc;

use grantway_core::AppId;
use grantway_core::change::Registry;
use grantway_microsoft::clouds::Cloud;
use grantway_microsoft::graph::Graphs;
use grantway_microsoft::http::{Gates, Tokens, Transport};
use uuid::Uuid;

use crate::tokens::SignInTokens;

/// Graph in any tenant of a cloud, called as the client that the sign-ins belong to.
pub fn graphs(
    cloud: &Arc<Cloud>,
    transport: &Arc<Transport>,
    tokens: &Arc<SignInTokens>,
    gates: Arc<Gates>,
    client: Option<AppId>,
) -> Graphs {
    Graphs {
        transport: Arc::clone(transport),
        cloud: Arc::clone(cloud),
        tokens: Arc::clone(tokens) as Arc<dyn Tokens>,
        gates,
        // Without a client nobody can sign in, so nothing is ever called in this name.
        app: client.unwrap_or(AppId::from_uuid(Uuid::nil())),
    }
}

/// Everything that this version can read and change in a cloud.
pub fn registry(graphs: &Graphs) -> Registry {
    grantway_microsoft::reads::registry(graphs)
}
