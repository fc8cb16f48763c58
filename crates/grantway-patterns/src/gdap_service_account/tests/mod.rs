//! Stories of this pattern, with made-up facts: what is there, and what the pattern makes of it.

mod checks;
mod columns;
mod customer;
mod draft;
mod form;
mod groups;
mod judge;
mod own_profile;
mod texts;
pub(crate) mod words;
mod world;
