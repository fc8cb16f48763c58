//! The vendor service.

use std::sync::Arc;

use axum::Router;

use crate::cloud::Cloud;

/// The routes of this service.
pub fn router(_cloud: Arc<Cloud>) -> Router {
    Router::new()
}
