//! OData: query options, `$filter`, `$select`, paging, and the annotations of answers.

mod collection;
mod filter;
mod options;

pub(super) use collection::{collection, entity, page};
pub(super) use options::Options;
