//! Names of companies, as they are compared: without case, accents, punctuation and legal form.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words at the end of a name that tell the legal form alone.
const LEGAL_FORMS: [&str; 56] = [
    "ab",
    "ag",
    "and",
    "aps",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "doo",
    "eg",
    "ek",
    "ev",
    "gbr",
    "gmbh",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kgaa",
    "lda",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "mbh",
    "mbb",
    "nv",
    "ohg",
    "oy",
    "oyj",
    "partg",
    "pllc",
    "plc",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sarl",
    "sas",
    "se",
    "sl",
    "slu",
    "sp",
    "spa",
    "srl",
    "sro",
    "ug",
    "vof",
    "ehf",
    "hf",
    "zoo",
];

/// Legal forms that are written in full or short.
const IN_FULL: [(&str, &str); 4] = [
    ("company", "co"),
    ("corporation", "corp"),
    ("incorporated", "inc"),
    ("limited", "ltd"),
];

/// Letters that no decomposition takes apart.
const LETTERS: [(char, &str); 10] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ı', "i"),
    ('&', " and "),
];

/// The name as it is compared by eye: one blank between words, no case.
pub fn same(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Its words without accents, punctuation and legal form, each after the other.
pub fn bare(name: &str) -> Vec<String> {
    parted(name).0
}

/// Whether two names may be one company's by their legal forms: one tells none, or both the same.
pub fn may_be_one(one: &str, other: &str) -> bool {
    let (one, other) = (parted(one).1, parted(other).1);
    one.is_empty() || other.is_empty() || one == other
}

/// The words of a name, and those of its legal form.
fn parted(name: &str) -> (Vec<String>, BTreeSet<String>) {
    let mut words = joined(words(name));
    while words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    let mut form = BTreeSet::new();
    while words.len() > 1
        && let Some(last) = words.pop_if(|word| LEGAL_FORMS.contains(&word.as_str()))
    {
        let short = IN_FULL.iter().find(|(full, _)| *full == last);
        form.insert(short.map_or(last, |(_, short)| (*short).to_owned()));
    }
    form.remove("and");
    (words, form)
}

/// The first label of a domain as it would stand in a name, without its dashes.
pub fn of_domain(domain: &str) -> String {
    let label = domain.split('.').next().unwrap_or_default();
    words(label).concat()
}

fn words(name: &str) -> Vec<String> {
    let mut plain = String::with_capacity(name.len());
    // Some letters have their plain form only in one case, and some get marks with the other.
    let lower = name.nfkd().collect::<String>().to_lowercase();
    for letter in lower.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        match LETTERS.iter().find(|(known, _)| *known == letter) {
            Some((_, written)) => plain.push_str(written),
            None if letter.is_alphanumeric() => plain.push(letter),
            // What stands inside a word, as in "Kelly's", parts nothing.
            None if matches!(letter, '\'' | '\u{2019}') => {}
            None => plain.push(' '),
        }
    }
    plain.split_whitespace().map(str::to_owned).collect()
}

/// Letters that stand alone, one after the other, are one word: "G.m.b.H." is "gmbh".
fn joined(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut letters = 0;
    for word in words {
        let is_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match joined.last_mut() {
            Some(last) if is_letter && letters > 0 => last.push_str(&word),
            _ => joined.push(word),
        }
        letters = if is_letter { letters + 1 } else { 0 };
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn legal_forms_case_punctuation_and_accents_make_no_other_name() {
        for (one, other) in [
            ("Alder Dental", "ALDER  dental, Inc."),
            ("Müller & Söhne GmbH & Co. KG", "Muller and Sohne"),
            ("Brightwater G.m.b.H.", "Brightwater GmbH"),
            ("Kelly's Bakery L.L.C.", "Kellys Bakery"),
            ("The Hollis Trust plc", "Hollis Trust"),
            ("\u{1d6a8}lpha", "αlpha"),
            ("Øster Bygg A/S", "Oster Bygg"),
            ("Łódź Logistyka Sp. z o.o.", "Lodz Logistyka"),
        ] {
            assert_eq!(bare(one), bare(other), "{one} and {other}");
        }
        for (one, other) in [
            ("Alder Dental", "Alder Law"),
            ("Alder 1", "Alder 2"),
            // A name that is nothing but a legal form is still a name.
            ("SE", "AG"),
        ] {
            assert_ne!(bare(one), bare(other), "{one} and {other}");
        }
        assert!(may_be_one("Alder Ltd.", "Alder Limited") && may_be_one("Alder", "Alder AG"));
        assert!(may_be_one("Alder GmbH & Co. KG", "Alder GmbH & Co KG"));
        assert!(!may_be_one("Alder GmbH", "Alder AG"));
    }

    #[test]
    fn a_domain_reads_as_a_name_without_dashes() {
        assert_eq!(of_domain("alder-dental.example"), "alderdental");
        assert_eq!(of_domain("fabrikam.com"), bare("Fabrikam Inc.").concat());
    }

    proptest! {
        #[test]
        fn a_bare_name_stays_as_it_is(name in "\\PC{0,40}") {
            let once = bare(&name).join(" ");
            prop_assert_eq!(bare(&once).join(" "), once);
        }

        #[test]
        fn case_and_blanks_make_no_other_name(name in "[a-zA-Z0-9 ]{0,30}") {
            let other = name.to_uppercase().replace(' ', "  ");
            prop_assert_eq!(same(&name), same(&other));
            prop_assert_eq!(bare(&name), bare(&other));
        }
    }
}
