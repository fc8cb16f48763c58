//! Whether Security Defaults are on.

use async_trait::async_trait;
use grantway_core::question::{SecurityDefaults, SecurityDefaultsSeen};

use super::{Answerer, ReadError};
use crate::graph::Graph;

pub(super) struct Defaults;

#[async_trait]
impl Answerer for Defaults {
    type Question = SecurityDefaults;
    const SCOPES: &'static [&'static str] = &["Policy.Read.All"];
    const ROLES: &'static [&'static str] = &["Security Reader"];

    async fn answer(
        graph: &Graph,
        _: &SecurityDefaults,
    ) -> Result<SecurityDefaultsSeen, ReadError> {
        Ok(SecurityDefaultsSeen {
            enabled: graph.security_defaults().await?.is_enabled,
        })
    }
}
