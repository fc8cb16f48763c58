//! Proof reports for people and machines.
//!
//! A report is made of finished strings and moments: whoever makes one has chosen the language. Nothing here reads the
//! journal, the cloud or a file, and nothing here is signed: the report says so on its face.
#![forbid(unsafe_code)]

mod html;
mod proof;

pub use proof::{
    Approval, ChangeLine, PairLine, PartyLine, ProofDocument, ProofLine, ReportError, SCHEMA,
    StaysLine, TakeBack,
};
