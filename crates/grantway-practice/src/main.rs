//! The practice cloud on its own.
#![forbid(unsafe_code)]
fn main() {}
