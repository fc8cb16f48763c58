use super::world::{GIVEN, World};
use crate::own_app::{OwnApp, form};
use crate::pattern::{Answers, Pattern};

fn parsed(answers: &[(&str, &str)]) -> Result<Answers, Vec<String>> {
    let raw: Answers = answers
        .iter()
        .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
        .collect();
    let read = OwnApp.parse(&World::made().profile, &raw);
    read.map_err(|problems| {
        problems
            .into_iter()
            .map(|problem| problem.field.into_owned())
            .collect()
    })
}

#[test]
fn only_what_the_road_needs_is_read() {
    let given = [
        ("road", "given"),
        ("provider", "Larkspur-IT.example"),
        ("client", GIVEN),
        ("name", ""),
        ("used", "whatever"),
    ];
    let answers = parsed(&given).unwrap();
    assert_eq!(
        answers.keys().collect::<Vec<_>>(),
        ["client", "provider", "road"]
    );
    assert_eq!(answers["provider"], "larkspur-it.example");
    let made = [
        ("road", "tool"),
        ("provider", "larkspur-it.example"),
        ("client", "4711"),
        ("name", " Grantway "),
        ("used", "never"),
    ];
    let answers = parsed(&made).unwrap();
    assert_eq!(answers["name"], "Grantway");
    assert!(!answers.contains_key("client"));
    let by_hand = [("road", "portal"), ("used", "whatever")];
    let answers = parsed(&[&made[1..4], &by_hand].concat()).unwrap();
    assert_eq!(
        answers.keys().collect::<Vec<_>>(),
        ["name", "provider", "road"]
    );
}

#[test]
fn every_wrong_answer_is_named_with_its_field() {
    let wrong = [
        ("road", "given"),
        ("provider", "https://x"),
        ("client", "4711"),
    ];
    assert_eq!(parsed(&wrong).unwrap_err(), ["provider", "client"]);
    let wrong = [("road", "tool"), ("name", "a\nb"), ("used", "")];
    assert_eq!(parsed(&wrong).unwrap_err(), ["provider", "name", "used"]);
    assert_eq!(parsed(&[("road", "by magic")]).unwrap_err()[0], "road");
}

#[test]
fn a_field_is_asked_on_its_road_alone() {
    let fields = OwnApp.form(&World::made().profile, &Answers::new());
    let on = |road: &str| -> Vec<&str> {
        let asked = fields.iter().filter(|field| {
            field
                .only_when
                .is_none_or(|when| when.field == form::ROAD && when.values.contains(&road))
        });
        asked.map(|field| field.id).collect()
    };
    assert_eq!(on(form::BY_TOOL), ["road", "provider", "name", "used"]);
    assert_eq!(on(form::BY_PORTAL), ["road", "provider", "name"]);
    assert_eq!(on(form::GIVEN), ["road", "provider", "client"]);
}
