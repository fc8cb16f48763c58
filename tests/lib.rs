//! What journeys and stories share.
#![forbid(unsafe_code)]
