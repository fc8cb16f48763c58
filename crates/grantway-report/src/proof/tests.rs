use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::*;

fn at(moment: &str) -> Timestamp {
    moment.parse().unwrap()
}

fn proof(step: &str, standing: Standing, claim: &str, found: &str) -> ProofLine {
    ProofLine {
        step: step.into(),
        standing,
        claim: claim.into(),
        place: "Larkspur Managed IT".into(),
        read_from: "Microsoft Graph, the group".into(),
        found: found.into(),
        at: at("2026-11-20T10:52:07Z"),
        evidence: json!({ "id": "a1000000-0000-4000-8000-000000000009" }),
    }
}

fn document() -> ProofDocument {
    ProofDocument {
        setup: "HM-7K2Q".into(),
        pattern: "GDAP service account".into(),
        profile: "Example MDR".into(),
        cloud: "Microsoft global cloud".into(),
        practice: false,
        made: at("2026-11-20T11:00:00Z"),
        summary: "One account gets 10 admin roles in Alder Dental.".into(),
        parties: vec![
            PartyLine {
                party: Party::Provider,
                name: "Larkspur Managed IT".into(),
                tenant: Some("1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001".into()),
            },
            PartyLine {
                party: Party::Vendor,
                name: "Example Labs".into(),
                tenant: None,
            },
        ],
        approval: Some(Approval {
            by: "dana@larkspur-it.example".into(),
            at: at("2026-11-20T10:44:02Z"),
            plan: 1,
            fingerprint: "4f91c2a708de".into(),
            changes: 7,
        }),
        changes: vec![ChangeLine {
            step: "group".into(),
            title: "Group Example Platform".into(),
            place: "Larkspur Managed IT".into(),
            action: "made".into(),
            state: "done 10:50:12".into(),
        }],
        proofs: vec![
            proof(
                "group",
                Standing::Proved,
                "The group is there.",
                "It is so.",
            ),
            proof(
                "account",
                Standing::NotProved,
                "The account can sign in.",
                "It is not there.",
            ),
            proof(
                "consent",
                Standing::CannotSee,
                "The app has the consent.",
                "Microsoft refused.",
            ),
            proof(
                "signs-of-life",
                Standing::ByPerson,
                "Data arrives.",
                "Dana has seen it.",
            ),
        ],
        pairs: vec![PairLine {
            tenant: "2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002".into(),
            name: "Alder Dental".into(),
            other: "Alder <Dental> Ltd".into(),
            by: "dana@larkspur-it.example".into(),
            at: at("2026-11-20T10:58:00Z"),
        }],
        stays: vec![StaysLine {
            what: "The account is in the recycle bin for 30 days.".into(),
            place: "Larkspur Managed IT".into(),
            because: "Microsoft keeps it for a while.".into(),
            by_hand: "Delete it for good.".into(),
            failed: true,
        }],
        take_back: TakeBack::Ended {
            by: "dana@larkspur-it.example".into(),
            at: at("2026-11-20T12:00:00Z"),
            outcome: "6 of 7 changes are taken back".into(),
        },
    }
}

#[test]
fn the_json_form_has_its_schema_first_and_reads_back() {
    let text = document().to_json().unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(ProofDocument::from_json(&text).unwrap(), document());
}

#[test]
fn json_of_another_shape_is_refused() {
    let text = document().to_json().unwrap();
    let other = text.replace("grantway-proof/2", "grantway-proof/3");
    let error = ProofDocument::from_json(&other).unwrap_err();
    assert_eq!(
        error.to_string(),
        "this is \"grantway-proof/3\", and this version knows \"grantway-proof/2\""
    );
    let unknown = text.replacen("\"setup\"", "\"extra\": 1, \"setup\"", 1);
    assert!(matches!(
        ProofDocument::from_json(&unknown),
        Err(ReportError::Json(_))
    ));
    assert!(matches!(
        ProofDocument::from_json(&text[..40]),
        Err(ReportError::Json(_))
    ));
    assert!(matches!(
        ProofDocument::from_json("{}"),
        Err(ReportError::Schema { .. })
    ));
}

#[test]
fn the_page() {
    insta::assert_snapshot!(document().to_html().unwrap());
}

#[test]
fn practice_is_marked_on_the_page_and_live_is_not() {
    let mark = "Practice. This happened in the practice cloud";
    assert!(!document().to_html().unwrap().contains(mark));
    let practice = ProofDocument {
        practice: true,
        ..document()
    };
    let page = practice.to_html().unwrap();
    assert!(page.contains(mark));
    assert!(page.contains("<title>Proof HM-7K2Q (practice)</title>"));
}

#[test]
fn an_empty_proof_says_that_nothing_was_read() {
    let empty = ProofDocument {
        approval: None,
        changes: Vec::new(),
        proofs: Vec::new(),
        stays: Vec::new(),
        take_back: TakeBack::NotBegun,
        ..document()
    };
    let page = empty.to_html().unwrap();
    for sentence in [
        "Nothing was approved.",
        "Nothing was read back yet.",
        "There is no plan.",
        "Nothing was taken back.",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
    assert!(!page.contains("What stays"));
}

#[test]
fn a_take_back_on_its_way_is_not_called_done() {
    let begun = ProofDocument {
        take_back: TakeBack::Begun {
            by: "dana@larkspur-it.example".into(),
            at: at("2026-11-20T11:59:00Z"),
        },
        ..document()
    };
    let page = begun.to_html().unwrap();
    assert!(page.contains(
        "Begun by dana@larkspur-it.example, 20 Nov 2026, 11:59:00 UTC. It is not at its end."
    ));
}

/// Every string of a document replaced by something that would act if it were not escaped.
fn hostile() -> ProofDocument {
    const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'</style><!--";
    fn spoil(value: &mut Value) {
        match value {
            Value::String(text) if text.parse::<Timestamp>().is_err() => *text = HOSTILE.into(),
            Value::Array(items) => items.iter_mut().for_each(spoil),
            Value::Object(fields) => {
                for (name, value) in fields {
                    // These words are of our own making: the shape of the document.
                    let ours = matches!(name.as_str(), "party" | "standing") || *value == "ended";
                    if !ours {
                        spoil(value);
                    }
                }
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(document()).unwrap();
    spoil(&mut value);
    serde_json::from_value(value).unwrap()
}

#[test]
fn hostile_names_stay_text() {
    let page = hostile().to_html().unwrap();
    assert!(page.contains("alert(1)"), "the names are in the page");
    for act in ["<script", "<img", "<!--"] {
        assert!(!page.contains(act), "{act}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    // The same tags as a harmless document has: nothing opened a tag or an attribute.
    let tags = |page: &str| page.matches('<').count();
    assert_eq!(tags(&page), tags(&document().to_html().unwrap()));
    let quotes = |page: &str| page.matches('"').count();
    assert_eq!(quotes(&page), quotes(&document().to_html().unwrap()));
}

#[test]
fn nothing_in_the_page_is_loaded_or_runs() {
    let page = document().to_html().unwrap();
    for way_out in [
        "http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link", "<iframe",
    ] {
        assert!(!page.contains(way_out), "{way_out}");
    }
}

#[test]
fn the_pages_policy_allows_its_own_style_sheet() {
    let page = document().to_html().unwrap();
    let (_, rest) = page.split_once("<style>").unwrap();
    let (sheet, _) = rest.split_once("</style>").unwrap();
    let hash = format!("sha256-{}", STANDARD.encode(Sha256::digest(sheet)));
    assert_eq!(crate::html::STYLE_HASH, hash);
    // A browser decodes the attribute first, so an escaped plus sign or slash counts as itself.
    let written = hash.replace('+', "&#43;").replace('/', "&#47;");
    assert!(
        page.contains(&format!("style-src '{hash}'"))
            || page.contains(&format!("style-src '{written}'"))
    );
}
