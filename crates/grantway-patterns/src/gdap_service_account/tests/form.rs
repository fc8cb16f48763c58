use super::world::World;
use crate::gdap_service_account::GdapServiceAccount;
use crate::pattern::{Answers, Pattern};
use std::borrow::Cow;

fn answers(of: [(&str, &str); 4]) -> Answers {
    Answers::from(of.map(|(field, answer)| (field.to_owned(), answer.to_owned())))
}

fn problems(of: [(&str, &str); 4]) -> Vec<(&'static str, String)> {
    let profile = World::in_order().profile;
    GdapServiceAccount
        .parse(&profile, &answers(of))
        .unwrap_err()
        .into_iter()
        .map(|problem| match problem.field {
            Cow::Borrowed(field) => (field, problem.what.key),
            Cow::Owned(field) => panic!("{field} is no field of the form"),
        })
        .collect()
}

#[test]
fn answers_are_read_into_their_plain_forms() {
    let profile = World::in_order().profile;
    let read = GdapServiceAccount
        .parse(
            &profile,
            &answers([
                ("provider", " Larkspur-IT.example "),
                ("customer", "Alder-Dental.EXAMPLE"),
                ("group", " Huntress Security Platform "),
                ("account", "HuntressPlatform"),
            ]),
        )
        .unwrap();
    assert_eq!(read["provider"], "larkspur-it.example");
    assert_eq!(read["customer"], "alder-dental.example");
    assert_eq!(read["group"], "Huntress Security Platform");
    assert_eq!(read["account"], "huntressplatform@larkspur-it.example");
    // What was read reads the same again.
    assert_eq!(GdapServiceAccount.parse(&profile, &read).unwrap(), read);
    let parties: Vec<_> = GdapServiceAccount
        .tenants(&read)
        .into_iter()
        .map(|named| (named.field, named.domain.to_string()))
        .collect();
    assert_eq!(
        parties,
        [
            ("provider", "larkspur-it.example".to_owned()),
            ("customer", "alder-dental.example".to_owned())
        ]
    );
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_form() {
    assert_eq!(
        problems([
            ("provider", "https://larkspur-it.example/"),
            ("customer", ""),
            ("group", "two\nlines"),
            ("account", "huntress platform"),
        ]),
        [
            ("provider", "answer-no-domain".to_owned()),
            ("customer", "answer-missing".to_owned()),
            ("group", "answer-no-name".to_owned()),
            ("account", "answer-no-account".to_owned()),
        ]
    );
    assert_eq!(
        GdapServiceAccount
            .parse(&World::in_order().profile, &Answers::new())
            .unwrap_err()
            .len(),
        4
    );
}

#[test]
fn several_customers_come_with_commas_or_on_lines_each_once() {
    let profile = crate::Library::built_in()
        .profile("huntress")
        .unwrap()
        .clone();
    let answers = |customers: &str| {
        let raw = [
            ("provider", "larkspur-it.example"),
            ("customer", customers),
            ("group", "Huntress Security Platform"),
            ("account", "HuntressPlatform"),
        ];
        let raw = raw.map(|(field, answer)| (field.to_owned(), answer.to_owned()));
        GdapServiceAccount.parse(&profile, &Answers::from(raw))
    };
    let parsed =
        answers("Alder-Dental.example,\n brackwater-boats.example; alder-dental.example").unwrap();
    assert_eq!(
        parsed["customer"],
        "alder-dental.example, brackwater-boats.example"
    );
    let tenants = GdapServiceAccount.tenants(&parsed);
    assert_eq!(tenants.len(), 3);
    assert_eq!(answers(&parsed["customer"]).unwrap(), parsed);
    let problems = answers("alder-dental.example, not a domain!").unwrap_err();
    assert_eq!(problems[0].field, "customer");
    assert!(answers("alder-dental.example, larkspur-it.example").is_err());
    assert!(answers(" , ").is_err());
}

#[test]
fn provider_and_customer_are_two() {
    assert_eq!(
        problems([
            ("provider", "larkspur-it.example"),
            ("customer", "LARKSPUR-it.example"),
            ("group", "Platform"),
            ("account", "platform"),
        ]),
        [("customer", "answer-same-domain".to_owned())]
    );
}

#[test]
fn presets_come_from_the_profile_and_follow_the_answers() {
    let profile = World::in_order().profile;
    let preset = |answers: &Answers, id: &str| {
        let fields = GdapServiceAccount.form(&profile, answers);
        fields
            .into_iter()
            .find(|field| field.id == id)
            .unwrap()
            .preset
    };
    let mut given = Answers::new();
    assert_eq!(preset(&given, "group"), "Huntress Security Platform");
    assert_eq!(preset(&given, "account"), "HuntressPlatform");
    given.insert("provider".into(), "larkspur-it.example".into());
    assert_eq!(
        preset(&given, "account"),
        "HuntressPlatform@larkspur-it.example"
    );
}

#[test]
fn roles_that_the_vendor_can_do_without_are_offered_ticked() {
    let mut world = super::world::World::in_order();
    let asked = |world: &super::world::World| {
        let mut form = GdapServiceAccount.form(&world.profile, &world.answers);
        let at = form.iter().position(|field| field.id == "roles");
        at.map(|at| form.remove(at))
    };
    assert!(asked(&world).is_none(), "the vendor needs every role");
    let crate::Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
        panic!("a profile of another pattern")
    };
    for role in &mut terms.roles[3..5] {
        role.optional = Some("Something.".into());
    }
    let ids: Vec<String> = terms.roles[3..5]
        .iter()
        .map(|r| r.role.id.to_string())
        .collect();
    let field = asked(&world).unwrap();
    assert_eq!(field.preset, ids.join(", "));
    let privileged: Vec<bool> = field.choices.iter().map(|c| c.privileged).collect();
    assert_eq!(privileged, [true, false]);
    assert_eq!(field.choices[1].value, ids[1]);

    let parse = |roles: &str| {
        let mut raw = world.answers.clone();
        raw.insert("roles".into(), roles.into());
        GdapServiceAccount.parse(&world.profile, &raw)
    };
    // Ids as the form sends them, names as people write them; what is needed anyway may stand there too.
    for roles in [
        &ids[1],
        "exchange administrator",
        "Exchange Administrator, User Administrator",
    ] {
        assert_eq!(parse(roles).unwrap()["roles"], ids[1], "{roles}");
    }
    assert_eq!(parse("").unwrap()["roles"], "");
    let problem = parse("Global Administrator").unwrap_err().remove(0);
    assert_eq!(
        (&*problem.field, problem.what.key.as_str()),
        ("roles", "answer-no-role")
    );
    // Nobody who was not asked has left anything out.
    assert!(
        !GdapServiceAccount
            .parse(&world.profile, &world.answers)
            .unwrap()
            .contains_key("roles")
    );
}
