//! Views of made-up setups: no cloud is asked, and nothing is read but what a test puts there.

mod matrices;
mod permissions;
mod thousand;
mod world;
