//! Joins kinds of objects and questions with those who know them.

use std::sync::Arc;

use grantway_core::change::Registry;
use grantway_microsoft::clouds::Cloud;
use grantway_microsoft::graph::Graphs;
use grantway_microsoft::http::{Gates, Tokens, Transport};

use crate::tokens::SignInTokens;

/// Graph in any tenant of a cloud.
pub fn graphs(
    cloud: &Arc<Cloud>,
    transport: &Arc<Transport>,
    tokens: &Arc<SignInTokens>,
    gates: Arc<Gates>,
) -> Graphs {
    Graphs {
        transport: Arc::clone(transport),
        cloud: Arc::clone(cloud),
        tokens: Arc::clone(tokens) as Arc<dyn Tokens>,
        gates,
        policies: Arc::default(),
    }
}

/// Everything that this version can read and change in a cloud.
pub fn registry(graphs: &Graphs) -> Registry {
    grantway_microsoft::reads::registry(graphs)
}
