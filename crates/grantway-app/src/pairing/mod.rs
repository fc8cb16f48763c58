//! Pairing tenants with the names that another portal has for them: proposed, looked at by a person, confirmed by them.
//!
//! Nothing here is read from that portal: it lists what a person gave, and what they say they have done there.

mod listing;
mod name;
mod propose;
mod table;

pub use listing::{Wrong, check_name, read};
pub use propose::Because;
pub use table::{Elsewhere, Known, PairRow, Stands, Table};
