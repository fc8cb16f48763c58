//! A profile of one's own: its form, and what comes of the answers.

use super::words::Words;
use crate::gdap_service_account::own_profile::OwnProfile;
use crate::pattern::{Answers, Picks, Template};
use crate::profile::{Particulars, Profile};

const SECURITY_READER: &str = "5d6b6bb7-de71-4623-b4af-96380a352509";
const REPORTS_READER: &str = "4a5d8f65-41da-4de4-8968-e035b65339cf";
const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";
const TIER_2: &str = "e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8";

/// The presets of the form, and these answers over them.
fn answers(over: &[(&str, &str)]) -> Answers {
    let presets = OwnProfile.form().into_iter();
    let mut answers: Answers = presets
        .map(|field| (field.id.to_owned(), field.preset))
        .collect();
    let given = [
        ("vendor", "Contoso Security"),
        ("product", "Contoso Watch"),
        ("purpose", "It looks for stolen sign-ins."),
        ("group", "Contoso Watch"),
        ("account", "ContosoWatch"),
        ("publisher", "Contoso Security Inc"),
        ("portal", "https://portal.contoso.com/start"),
        ("hosts", "login.contoso.com, *.contoso.net"),
        ("look-for", "Open the portal.\n\nEvents arrive."),
    ];
    let roles = [
        (
            "roles".to_owned(),
            format!("{SECURITY_READER}, {REPORTS_READER}"),
        ),
        (
            Picks::answer("roles", SECURITY_READER, "why"),
            "Reads alerts.".to_owned(),
        ),
        (
            Picks::answer("roles", REPORTS_READER, "why"),
            "Reads sign-ins.".to_owned(),
        ),
        (
            Picks::answer("roles", REPORTS_READER, "lost"),
            "No report.".to_owned(),
        ),
    ];
    answers.extend(roles);
    let all = given.iter().chain(over);
    answers.extend(all.map(|(field, answer)| ((*field).to_owned(), (*answer).to_owned())));
    answers
}

fn made(over: &[(&str, &str)]) -> Profile {
    let made = OwnProfile.make(&answers(over)).expect("a profile");
    let profile = Profile::parse_own(&format!("{}.toml", made.id), &made.text).expect("it reads");
    assert_eq!(profile.id, made.id);
    profile
}

fn refused(over: &[(&str, &str)]) -> Vec<(String, String)> {
    let problems = OwnProfile.make(&answers(over)).expect_err("a refusal");
    problems
        .into_iter()
        .map(|problem| (problem.field.into_owned(), problem.what.key))
        .collect()
}

#[test]
fn what_was_answered_stands_in_the_profile() {
    let profile = made(&[("app", "5C0B7A61-8E2D-4F3A-B1C4-9D7E6F5A4B03")]);
    assert_eq!(profile.id, "own-contoso-security-watch");
    assert_eq!(profile.name, "Contoso Watch");
    assert_eq!(profile.monogram, "CW");
    assert_eq!(profile.setup_prefix, ['C', 'C']);
    let Particulars::GdapServiceAccount(terms) = &profile.particulars else {
        panic!("a profile of this pattern")
    };
    let roles: Vec<(&str, &str, bool, Option<&str>)> = terms
        .roles
        .iter()
        .map(|role| {
            let named = &role.role;
            (
                named.name.as_str(),
                named.why.as_str(),
                role.privileged,
                role.optional.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        roles,
        [
            ("Security Reader", "Reads alerts.", true, None),
            (
                "Reports Reader",
                "Reads sign-ins.",
                false,
                Some("No report.")
            ),
        ]
    );
    let app = terms.publisher.app.expect("an app");
    assert_eq!(app.to_string(), "5c0b7a61-8e2d-4f3a-b1c4-9d7e6f5a4b03");
    assert!(terms.publisher.verified);
    assert!(terms.relationship.extends_itself);
    assert_eq!(
        terms.portal.hosts,
        ["portal.contoso.com", "login.contoso.com", "*.contoso.net"]
    );
    assert_eq!(terms.portal.prompts, 1);
    assert_eq!(terms.portal.instructions.len(), 6);
    let signs = terms.signs_of_life.as_ref().expect("something to look for");
    assert_eq!(signs.look_for, ["Open the portal.", "Events arrive."]);
}

#[test]
fn what_may_be_left_empty_is_left_out() {
    let profile = made(&[("look-for", ""), ("hosts", ""), ("app", " ")]);
    let Particulars::GdapServiceAccount(terms) = &profile.particulars else {
        panic!("a profile of this pattern")
    };
    assert_eq!(terms.signs_of_life, None);
    assert_eq!(terms.publisher.app, None);
    assert_eq!(terms.portal.hosts, ["portal.contoso.com"]);
}

#[test]
fn an_app_without_the_badge_is_told_by_its_id() {
    let app = "5c0b7a61-8e2d-4f3a-b1c4-9d7e6f5a4b03";
    let profile = made(&[("badge", "no"), ("app", app)]);
    let Particulars::GdapServiceAccount(terms) = &profile.particulars else {
        panic!("a profile of this pattern")
    };
    assert!(!terms.publisher.verified);
    assert_eq!(
        terms.publisher.app.map(|app| app.to_string()).as_deref(),
        Some(app)
    );
}

#[test]
fn global_administrator_is_warned_of_and_ends_the_extension() {
    let picks = OwnProfile.form().into_iter().find_map(|field| field.picks);
    let options = picks.expect("a field of roles").options;
    let warned: Vec<&str> = options
        .iter()
        .filter(|option| option.warning.is_some())
        .map(|option| option.value.as_str())
        .collect();
    assert_eq!(warned, [GLOBAL_ADMINISTRATOR]);
    let why = Picks::answer("roles", GLOBAL_ADMINISTRATOR, "why");
    let profile = made(&[("roles", GLOBAL_ADMINISTRATOR), (&why, "Everything.")]);
    let Particulars::GdapServiceAccount(terms) = &profile.particulars else {
        panic!("a profile of this pattern")
    };
    assert!(!terms.relationship.extends_itself);
}

#[test]
fn what_is_wrong_is_told_at_its_field() {
    let lost = Picks::answer("roles", SECURITY_READER, "lost");
    let why = Picks::answer("roles", SECURITY_READER, "why");
    let long = "x".repeat(501);
    for (field, answer, told, what) in [
        ("vendor", " ", "vendor", "answer-missing"),
        ("product", "a\nb", "product", "answer-no-name"),
        ("purpose", &long, "purpose", "answer-no-name"),
        ("roles", "", "roles", "own-no-roles"),
        ("roles", TIER_2, "roles", "own-no-role"),
        (&why, "", &why, "answer-missing"),
        (&lost, "No alerts.", "roles", "own-all-optional"),
        ("account", "two words", "account", "answer-no-account"),
        ("account", "a@contoso.com", "account", "answer-no-account"),
        ("publisher", "", "publisher", "answer-missing"),
        ("badge", "perhaps", "badge", "answer-missing"),
        ("app", "an app", "app", "own-no-app"),
        ("badge", "no", "app", "own-app-needed"),
        (
            "portal",
            "http://portal.contoso.com/",
            "portal",
            "own-no-portal",
        ),
        (
            "portal",
            "https://me@portal.contoso.com/",
            "portal",
            "own-no-portal",
        ),
        ("portal", "https://127.0.0.1/", "portal", "own-no-portal"),
        (
            "portal",
            "https://portal.contoso.com:8443/",
            "portal",
            "own-no-portal",
        ),
        ("hosts", "https://login.contoso.com", "hosts", "own-no-host"),
        ("hosts", "*.com", "hosts", "own-no-host"),
        ("prompts", "0", "prompts", "answer-missing"),
        ("acts", "\n", "acts", "answer-missing"),
        (
            "look-for",
            &"x\n".repeat(21),
            "look-for",
            "own-no-sentences",
        ),
    ] {
        let problems = refused(&[(field, answer)]);
        let told = (told.to_owned(), what.to_owned());
        assert_eq!(problems, [told], "{field}: {answer}");
    }
    assert!(refused(&[("vendor", ""), ("portal", ""), ("app", "x")]).len() == 3);
}

#[test]
fn every_name_makes_an_id_that_can_be_the_name_of_a_file() {
    for (vendor, product, id) in [
        ("CON", "CON", "own-con"),
        ("../../etc", "passwd", "own-etc-passwd"),
        ("Ärzte & Söhne", "N°1", "own-rzte-s-hne-n-1"),
        ("Щит", "Щит", "own-d0a9d0b8d182d0a9d0b8d182"),
    ] {
        let profile = made(&[("vendor", vendor), ("product", product)]);
        assert_eq!(profile.id, id);
    }
    let long = "long name ".repeat(9) + &"x".repeat(9);
    assert!(made(&[("vendor", &long)]).id.len() <= 60);
}

#[test]
fn what_a_person_typed_cannot_break_out_of_its_field() {
    let sly = "It \"reads\".\\ [portal] address = 'x' ${a} { $b }";
    let profile = made(&[("purpose", sly)]);
    assert_eq!(profile.can, sly);
}

#[test]
fn form_and_refusals_in_words() {
    let words = Words::english();
    let mut said = vec![
        words.say(&OwnProfile.title()),
        words.say(&OwnProfile.sentence()),
    ];
    for field in OwnProfile.form() {
        let hint = field.hint.iter().map(|hint| words.say(hint));
        let options = field.options.iter().map(|(_, label)| words.say(label));
        let lines = field.picks.iter().flat_map(|picks| &picks.lines);
        let lines = lines.flat_map(|line| [words.say(&line.label), words.say(&line.placeholder)]);
        let warnings = field.picks.iter().flat_map(|picks| &picks.options);
        let warnings = warnings.filter_map(|option| Some(words.say(option.warning.as_ref()?)));
        let parts = hint.chain(options).chain(lines).chain(warnings);
        let parts: Vec<String> = parts.collect();
        let (label, why) = (words.say(&field.label), words.say(&field.why));
        said.push(format!(
            "{}: {label}. {why} [{}]",
            field.id,
            parts.join(" | ")
        ));
    }
    for (field, answer) in [
        ("roles", ""),
        ("roles", TIER_2),
        ("account", "a@b"),
        ("app", "x"),
        ("badge", "no"),
        ("portal", "http://x.example"),
        ("hosts", "https://x"),
        ("look-for", &"x\n".repeat(21)),
        (&Picks::answer("roles", SECURITY_READER, "lost"), "x"),
    ] {
        for problem in OwnProfile
            .make(&answers(&[(field, answer)]))
            .expect_err("a refusal")
        {
            let (what, todo) = (words.say(&problem.what), words.say(&problem.todo));
            said.push(format!("{}: {what} {todo}", problem.field));
        }
    }
    insta::assert_snapshot!(said.join("\n"));
}
