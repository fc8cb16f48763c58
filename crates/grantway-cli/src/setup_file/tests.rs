use super::*;

const WHOLE: &str = r#"pattern = "gdap-service-account"
profile = "huntress"

[cloud]
scenario = "in-order"

[provider]
domain = "larkspur-it.example"

[[customers]]
domain = "alder-dental.example"

[answers]
group = "Another name"
"#;

fn parse(text: &str) -> Result<SetupFile, SetupFileError> {
    SetupFile::parse(
        Path::new("setup.toml"),
        text,
        &Known::here(Path::new("no-data")),
    )
}

/// Line, field and text of an error.
fn wrong(text: &str) -> (usize, String, String) {
    match parse(text) {
        Err(SetupFileError::Wrong {
            line, field, what, ..
        }) => (line, field.unwrap_or_default(), what),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_whole_file_is_read() {
    let file = parse(WHOLE).unwrap();
    assert_eq!(file.profile, "huntress");
    assert_eq!(file.cloud, CloudChoice::Scenario("in-order".into()));
    let answers: Vec<_> = file
        .answers
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    assert_eq!(
        answers,
        [
            ("customer", "alder-dental.example"),
            ("group", "Another name"),
            ("provider", "larkspur-it.example")
        ]
    );
}

#[test]
fn a_cut_file_is_refused_wherever_it_is_cut() {
    // What lies beyond is the optional table of answers.
    let end = WHOLE.find("[answers]").unwrap() - 2;
    for cut in 0..end {
        assert!(parse(&WHOLE[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn an_unknown_field_is_named_with_its_line() {
    let text = WHOLE.replace("[[customers]]", "colour = \"red\"\n\n[[customers]]");
    let (line, field, what) = wrong(&text);
    assert_eq!((line, field.as_str()), (10, "colour"), "{what}");
}

#[test]
fn a_wrong_type_is_named_with_its_line() {
    let (line, field, what) = wrong(&WHOLE.replace("\"huntress\"", "7"));
    assert_eq!((line, field.as_str()), (2, "profile"), "{what}");
}

#[test]
fn two_clouds_are_refused() {
    let (line, field, what) = wrong(&WHOLE.replace("[provider]", "id = \"global\"\n[provider]"));
    assert_eq!((line, field.as_str()), (4, "cloud"));
    assert!(what.contains("only one"), "{what}");
}

#[test]
fn no_cloud_is_refused() {
    let (_, field, what) = wrong(&WHOLE.replace("scenario = \"in-order\"\n", ""));
    assert_eq!(field, "cloud");
    assert!(what.contains("needed"), "{what}");
}

#[test]
fn an_unknown_profile_is_named_with_those_that_are_there() {
    let (line, field, what) = wrong(&WHOLE.replace("\"huntress\"", "\"nobody\""));
    assert_eq!((line, field.as_str()), (2, "profile"));
    assert!(
        what.contains("nobody") && what.contains("huntress"),
        "{what}"
    );
}

#[test]
fn a_pattern_that_the_profile_does_not_fill_is_refused() {
    let (line, field, _) = wrong(&WHOLE.replace("gdap-service-account", "b2b-guest"));
    assert_eq!((line, field.as_str()), (1, "pattern"));
}

#[test]
fn a_domain_that_is_none_is_refused() {
    for bad in ["no domain", "alder_dental", "", "dana@alder-dental.example"] {
        let (line, field, _) = wrong(&WHOLE.replace("alder-dental.example", bad));
        assert_eq!((line, field.as_str()), (11, "customers.domain"), "{bad:?}");
    }
}

#[test]
fn several_customers_stand_in_one_answer_and_none_is_refused() {
    let text = WHOLE.replace(
        "[answers]",
        "[[customers]]\ndomain = \"copperfield.example\"\n\n[answers]",
    );
    let setup = parse(&text).unwrap();
    assert_eq!(
        setup.answers["customer"],
        "alder-dental.example, copperfield.example"
    );
    let bad = text.replace("copperfield.example", "copper field");
    let (_, field, _) = wrong(&bad);
    assert_eq!(field, "customers.domain");
}

#[test]
fn a_client_id_needs_a_built_in_cloud_and_a_guid() {
    let live = |extra: &str| WHOLE.replace("scenario = \"in-order\"", extra);
    let (_, field, _) = wrong(&live("id = \"global\"\nclient_id = \"x\""));
    assert_eq!(field, "cloud.client_id");
    let (_, field, _) = wrong(&live("scenario = \"in-order\"\nclient_id = \"x\""));
    assert_eq!(field, "cloud.client_id");
    let (_, field, what) = wrong(&live("id = \"moon\""));
    assert_eq!(field, "cloud.id");
    assert!(what.contains("global"), "{what}");
}

#[test]
fn a_problem_of_the_app_gets_the_line_of_its_field() {
    let problem = UiProblem {
        what: "No tenant has the domain.".into(),
        why: Some("Nobody knows it.".into()),
        todo: "Check the spelling.".into(),
        id: "GW-ANS-0002".into(),
        field: Some("customer".into()),
    };
    let placed = parse(WHOLE).unwrap().place(problem);
    assert_eq!(
        placed.why.as_deref(),
        Some("setup.toml, line 11, field customers.domain: Nobody knows it.")
    );
}

#[test]
fn an_answer_of_which_several_may_be_chosen_is_a_list() {
    let roles = |list: &str| {
        let text = format!("{WHOLE}roles = {list}\n");
        parse(&text).map(|file| file.answers["roles"].clone())
    };
    let two = roles(r#"["Exchange Administrator", "Teams Administrator"]"#);
    assert_eq!(two.unwrap(), "Exchange Administrator, Teams Administrator");
    // None is an answer too, and another one than saying nothing.
    assert_eq!(roles("[]").unwrap(), "");
    assert!(!parse(WHOLE).unwrap().answers.contains_key("roles"));
    let (line, field, _) = wrong(&format!("{WHOLE}roles = 7\n"));
    assert_eq!((line, field.as_str()), (15, "roles"));
}
