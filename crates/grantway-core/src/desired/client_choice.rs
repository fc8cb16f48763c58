//! The client in whose name Grantway signs in.

use serde::{Deserialize, Serialize};

use super::{Desired, Known};
use crate::ids::AppId;

/// The client ID that Settings keep for the cloud that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientChoice {
    /// The client.
    pub client: Known<AppId>,
}

impl Desired for ClientChoice {
    const KIND: &'static str = "client-choice";
}
