//! HTTP with the manners that a cloud expects: waiting when asked, never sending a write twice, keeping tokens at home.

pub mod answer;
pub mod batch;
pub mod call;
pub mod error;
pub mod gate;
pub mod origin;
pub mod page;
pub mod redact;
pub mod retry;
pub mod retry_after;
mod scope;
#[cfg(test)]
pub(crate) mod scripted;
pub mod service;
pub mod shared;
#[cfg(test)]
mod tests;
pub mod tokens;
pub mod transport;
mod unsigned;

pub use answer::Answer;
pub use call::{Call, Pace, Repeat};
pub use error::{HttpError, Refusal};
pub use gate::Gates;
pub use scope::granted;
pub use service::{Api, Service};
pub use tokens::{AccessToken, TokenWanted, Tokens};
pub use transport::{Limits, Transport};
