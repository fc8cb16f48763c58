//! Microsoft Graph v1.0, as far as the setups of this cloud need it. Paths are read the OData way (keys in brackets or behind a
//! slash, any case), so the routes are matched here and not by the HTTP library.

use std::sync::Arc;

use axum::Router;

use crate::cloud::Cloud;

/// The routes of this service.
pub fn router(_cloud: Arc<Cloud>) -> Router {
    Router::new()
}
