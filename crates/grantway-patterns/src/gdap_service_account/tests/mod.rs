//! Stories of this pattern.
