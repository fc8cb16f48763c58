//! The page for people. Everything that comes from a document is escaped by the template; nothing is marked as safe.

use askama::Template;
use grantway_core::proof::Standing;
use grantway_core::{Party, Timestamp};

use crate::proof::{ProofDocument, ReportError};

/// The hash of the style sheet, for the page's own policy: a test holds it to the sheet.
pub(crate) const STYLE_HASH: &str = "sha256-WqvHBgTPwVXDA79sZ6rN9fiB7sPorJqcyfhh9eUQ9TU=";

#[derive(Template)]
#[template(path = "proof.html")]
struct Page<'a> {
    document: &'a ProofDocument,
    style_hash: &'static str,
    proved: usize,
    not_proved: usize,
    cannot_see: usize,
    by_person: usize,
}

pub(crate) fn page(document: &ProofDocument) -> Result<String, ReportError> {
    let page = Page {
        document,
        style_hash: STYLE_HASH,
        proved: document.count(Standing::Proved),
        not_proved: document.count(Standing::NotProved),
        cannot_see: document.count(Standing::CannotSee),
        by_person: document.count(Standing::ByPerson),
    };
    Ok(page.render()?)
}

/// A moment in words, in UTC: `20 Nov 2026, 10:50:12 UTC`.
fn moment(at: &Timestamp) -> String {
    at.strftime("%-d %b %Y, %H:%M:%S UTC").to_string()
}

/// The sign's word, its shape and its class.
fn sign(standing: &Standing) -> (&'static str, &'static str, &'static str) {
    match standing {
        Standing::Proved => ("Proved", "\u{2713}", "proved"),
        Standing::NotProved => ("Not proved yet", "\u{25B2}", "not-proved"),
        Standing::CannotSee => ("Cannot see", "\u{25D1}", "cannot-see"),
        Standing::ByPerson => ("Confirmed by a person", "\u{25C7}", "by-person"),
    }
}

/// The party's word, mark and class.
fn mark(party: &Party) -> (&'static str, &'static str, &'static str) {
    match party {
        Party::Provider => ("Provider", "\u{25A0}", "provider"),
        Party::Customer => ("Customer", "\u{25CF}", "customer"),
        Party::Vendor => ("Vendor", "\u{25C6}", "vendor"),
    }
}
