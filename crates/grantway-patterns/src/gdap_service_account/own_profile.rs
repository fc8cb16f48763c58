//! A profile of one's own: the form that asks for it, and how its answers become a file.

use std::sync::LazyLock;

use grantway_core::Text;
use toml::{Table, Value};

use super::particulars::host_of;
use crate::entra_roles::{EntraRole, entra_roles};
use crate::pattern::{Answers, Field, FieldProblem, Made, PickLine, PickOption, Picks, Template};
use crate::profile::Profile;

mod reading;

use reading::Form;

/// Everything that does not depend on the vendor.
const TEMPLATE: &str = include_str!("../../profiles/generic-gdap.toml");

const VENDOR: &str = "vendor";
const PRODUCT: &str = "product";
const PURPOSE: &str = "purpose";
const ROLES: &str = "roles";
const GROUP: &str = "group";
const ACCOUNT: &str = "account";
const PUBLISHER: &str = "publisher";
const BADGE: &str = "badge";
const APP: &str = "app";
const PORTAL: &str = "portal";
const HOSTS: &str = "hosts";
const PROMPTS: &str = "prompts";
const ACTS: &str = "acts";
const LOOK_FOR: &str = "look-for";

/// What a role is used for.
const WHY: &str = "why";
/// What is lost without a role, where the vendor can do without it.
const LOST: &str = "lost";

/// How often a portal may ask for a sign-in.
const MOST_PROMPTS: u8 = 5;

/// The template.
pub(super) struct OwnProfile;

/// The template's table.
fn template() -> &'static Table {
    static TABLE: LazyLock<Table> =
        LazyLock::new(|| TEMPLATE.parse().expect("a test makes a profile from it"));
    &TABLE
}

impl Template for OwnProfile {
    fn title(&self) -> Text {
        Text::new("own-title")
    }

    fn sentence(&self) -> Text {
        Text::new("own-sentence")
    }

    fn form(&self) -> Vec<Field> {
        let mut fields = whose();
        fields.extend(what_is_given());
        fields.extend(the_portal());
        fields
    }

    fn make(&self, raw: &Answers) -> Result<Made, Vec<FieldProblem>> {
        let mut form = Form::new(raw);
        let table = laid_over(&mut form);
        let Some(id) = table.get("id").and_then(Value::as_str).map(str::to_owned) else {
            return Err(form.problems);
        };
        if !form.problems.is_empty() {
            return Err(form.problems);
        }
        let text = table.to_string();
        // What was asked for one by one has to hold together as a file too.
        match Profile::parse_own(&format!("{id}.toml"), &text) {
            Ok(_) => Ok(Made { id, text }),
            Err(error) => Err(vec![FieldProblem {
                field: VENDOR.into(),
                what: Text::new("own-no-profile").with("detail", error.to_string()),
                todo: Text::new("own-todo-no-profile"),
            }]),
        }
    }
}

fn line(id: &'static str, label: &str, why: &str) -> Field {
    Field::line(id, Text::new(label), Text::new(why))
}

/// Whose profile it is.
fn whose() -> Vec<Field> {
    vec![
        Field {
            placeholder: Some("Contoso Security".into()),
            ..line(VENDOR, "own-field-vendor", "own-field-vendor-why")
        },
        Field {
            placeholder: Some("Contoso Watch".into()),
            ..line(PRODUCT, "own-field-product", "own-field-product-why")
        },
        Field {
            hint: Some(Text::new("own-field-purpose-hint")),
            ..line(PURPOSE, "own-field-purpose", "own-field-purpose-why")
        },
    ]
}

/// What the vendor gets, and who that is.
fn what_is_given() -> Vec<Field> {
    vec![
        Field {
            picks: Some(roles()),
            ..line(ROLES, "own-field-roles", "own-field-roles-why")
        },
        Field {
            placeholder: Some("Contoso Watch".into()),
            ..line(GROUP, "own-field-group", "own-field-group-why")
        },
        Field {
            placeholder: Some("ContosoWatch".into()),
            hint: Some(Text::new("own-field-account-hint")),
            ..line(ACCOUNT, "own-field-account", "own-field-account-why")
        },
        Field {
            placeholder: Some("Contoso Security Inc".into()),
            ..line(PUBLISHER, "own-field-publisher", "own-field-publisher-why")
        },
        Field {
            preset: "yes".into(),
            options: vec![
                ("yes".into(), Text::new("own-field-badge-yes")),
                ("no".into(), Text::new("own-field-badge-no")),
            ],
            ..line(BADGE, "own-field-badge", "own-field-badge-why")
        },
        Field {
            optional: true,
            placeholder: Some("00000000-0000-0000-0000-000000000000".into()),
            hint: Some(Text::new("own-field-app-hint")),
            ..line(APP, "own-field-app", "own-field-app-why")
        },
    ]
}

/// The vendor's portal, and what it shows afterwards.
fn the_portal() -> Vec<Field> {
    let counts = (1..=MOST_PROMPTS).map(|count| {
        let label = Text::new("own-field-prompts-count").with("count", i64::from(count));
        (count.to_string(), label)
    });
    vec![
        Field {
            placeholder: Some("https://portal.contoso.com/".into()),
            ..line(PORTAL, "own-field-portal", "own-field-portal-why")
        },
        Field {
            optional: true,
            several: true,
            placeholder: Some("login.contoso.com, *.contoso.com".into()),
            ..line(HOSTS, "own-field-hosts", "own-field-hosts-why")
        },
        Field {
            preset: "1".into(),
            options: counts.collect(),
            ..line(PROMPTS, "own-field-prompts", "own-field-prompts-why")
        },
        Field {
            sentences: true,
            preset: acts_of_template(),
            hint: Some(Text::new("own-field-sentences-hint")),
            ..line(ACTS, "own-field-acts", "own-field-acts-why")
        },
        Field {
            sentences: true,
            optional: true,
            hint: Some(Text::new("own-field-sentences-hint")),
            ..line(LOOK_FOR, "own-field-look-for", "own-field-look-for-why")
        },
    ]
}

/// What is done in a portal, as the template has it.
fn acts_of_template() -> String {
    let acts = template()["gdap_service_account"]["portal"]["instructions"].as_array();
    let acts = acts.into_iter().flatten().filter_map(Value::as_str);
    acts.collect::<Vec<_>>().join("\n")
}

fn roles() -> Picks {
    let option = |role: &EntraRole| PickOption {
        value: role.id.to_string(),
        label: Text::verbatim(role.name),
        privileged: role.privileged,
        warning: role
            .is_global_administrator()
            .then(|| Text::new("own-field-roles-global")),
    };
    Picks {
        options: entra_roles().iter().map(option).collect(),
        lines: vec![
            PickLine {
                id: WHY,
                label: Text::new("own-field-roles-purpose"),
                placeholder: Text::new("own-field-roles-purpose-example"),
                optional: false,
            },
            PickLine {
                id: LOST,
                label: Text::new("own-field-roles-lost"),
                placeholder: Text::new("own-field-roles-lost-example"),
                optional: true,
            },
        ],
    }
}

/// The answers over the template. Where one is wrong it is left out, and stands among the form's problems.
fn laid_over(form: &mut Form<'_>) -> Table {
    let mut table = template().clone();
    let vendor = form.name(VENDOR);
    let product = form.name(PRODUCT);
    let purpose = form.sentence(PURPOSE);
    let roles = form.roles();
    let group = form.group();
    let account = form.account();
    let publisher = form.publisher();
    let portal = form.portal();
    let look_for = form.sentences(LOOK_FOR, true);
    if !form.problems.is_empty() {
        return table;
    }
    table.insert("id".into(), reading::id_of(&vendor, &product).into());
    table.insert("name".into(), product.as_str().into());
    table.insert("vendor".into(), vendor.as_str().into());
    table.insert("monogram".into(), reading::monogram(&product).into());
    let prefix = reading::setup_prefix(&vendor, &product);
    table.insert("setup_prefix".into(), prefix.into());
    table.insert("can".into(), purpose.as_str().into());
    if let Some(Value::Table(terms)) = table.get_mut("gdap_service_account") {
        terms.insert("roles_why".into(), purpose.into());
        terms.insert(
            "group".into(),
            Table::from_iter([("name".to_owned(), group.into())]).into(),
        );
        let account = [
            ("name".to_owned(), Value::from(account)),
            ("display_name".to_owned(), Value::from(product)),
        ];
        terms.insert("account".into(), Table::from_iter(account).into());
        if roles.iter().any(|role| role.is_everything) {
            inner(terms, "relationship", [("extends_itself", false.into())]);
        }
        let roles: Vec<Value> = roles.into_iter().map(|role| role.table.into()).collect();
        terms.insert("role".into(), roles.into());
        terms.insert("publisher".into(), publisher.into());
        inner(terms, "portal", portal);
        if look_for.is_empty() {
            terms.remove("signs_of_life");
        } else {
            inner(terms, "signs_of_life", [("look_for", look_for.into())]);
        }
    }
    table
}

/// Puts values into a table below a table.
fn inner(table: &mut Table, name: &str, values: impl IntoIterator<Item = (&'static str, Value)>) {
    if let Some(Value::Table(inner)) = table.get_mut(name) {
        let values = values.into_iter();
        inner.extend(values.map(|(name, value)| (name.to_owned(), value)));
    }
}
