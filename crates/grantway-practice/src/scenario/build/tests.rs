//! Scenarios that build, and what is refused with line and field.

use super::*;
use crate::scenario::{base, builtin, builtins};
use crate::state::DomainKind;

fn build(text: &str) -> Result<World, ScenarioError> {
    sized(text, None)
}

fn sized(text: &str, size: Option<u32>) -> Result<World, ScenarioError> {
    let start = "2026-05-01T10:00:00Z".parse().expect("a date in the test");
    world(&base::whole(text)?, &Ids::seeded(1), start, size)
}

fn in_order() -> &'static str {
    builtin("in-order").expect("built in").text
}

fn refusal(from: &str, to: &str) -> String {
    assert!(in_order().contains(from), "{from}");
    build(&in_order().replacen(from, to, 1))
        .expect_err("a refusal")
        .to_string()
}

#[test]
fn every_builtin_scenario_builds_and_names_itself() {
    for scenario in builtins() {
        let world = build(scenario.text).unwrap_or_else(|error| panic!("{}: {error}", scenario.id));
        assert_eq!(world.scenario.id, scenario.id);
        assert_eq!(world.scenario.title, scenario.title);
        assert_eq!(world.scenario.teaches, scenario.teaches);
    }
}

#[test]
fn scenarios_differ_where_they_say_so() {
    let of = |id: &str| build(builtin(id).expect("built in").text).expect("a good scenario");
    let provider = |world: &World| {
        world
            .user_by_upn("dana@larkspur-it.example")
            .expect("Dana")
            .0
            .clone()
    };
    let has_p1 = |world: &World| {
        provider(world)
            .skus
            .iter()
            .any(|sku| sku.plans.iter().any(|plan| plan.name == "AAD_PREMIUM"))
    };
    assert!(has_p1(&of("in-order")) && !has_p1(&of("p1-missing")));
    assert!(
        provider(&of("security-defaults-on")).security_defaults
            && !provider(&of("in-order")).security_defaults
    );
    let fewest = |world: &World| {
        world
            .relationships
            .values()
            .map(|relationship| relationship.roles.len())
            .min()
    };
    assert_eq!(
        (fewest(&of("in-order")), fewest(&of("role-missing"))),
        (Some(10), Some(9))
    );
    let publisher = |world: &World| {
        world.applications[&world.vendor_portal.application]
            .publisher
            .clone()
    };
    assert!(
        publisher(&of("in-order")).verified_id.is_some()
            && publisher(&of("unverified-publisher")).verified_id.is_none()
    );
    assert_ne!(
        publisher(&of("in-order")).name,
        publisher(&of("wrong-publisher")).name
    );
    assert!(
        of("cookies-interfere").quirks.second_prompt_missing
            && !of("in-order").quirks.second_prompt_missing
    );
    assert_eq!(
        provider(&of("federated-provider"))
            .domain("larkspur-it.example")
            .map(|domain| domain.kind),
        Some(DomainKind::Federated)
    );
}

#[test]
fn real_domains_are_refused_with_line_and_field() {
    let message = refusal(
        "domain = \"larkspur-it.example\"",
        "domain = \"contoso.com\"",
    );
    assert!(
        message.contains("field `domain`") && message.contains("contoso.com"),
        "{message}"
    );
    let line = in_order()
        .lines()
        .position(|line| line == "domain = \"larkspur-it.example\"")
        .expect("the line")
        + 1;
    assert!(message.starts_with(&format!("line {line} ")), "{message}");
    assert!(
        refusal("larkspur.onmicrosoft.example", "larkspur.onmicrosoft.com")
            .contains("initial_domain")
    );
    assert!(refusal("pat@vendor-portal.example", "pat@vendor.com").contains("field `email`"));
    assert!(refusal("dana@larkspur-it.example", "dana@gmail.com").contains("field `upn`"));
}

#[test]
fn unknown_names_are_refused() {
    assert!(
        refusal("\"Global Administrator\"", "\"Emperor\"")
            .contains("`Emperor` is no directory role")
    );
    assert!(refusal("sku = \"SPB\"", "sku = \"NOPE\"").contains("field `sku`"));
    assert!(
        refusal("provider = \"larkspur\"", "provider = \"larkspurr\"").contains("field `provider`")
    );
    assert!(
        refusal("groups = [\"AdminAgents\"]", "groups = [\"Nobody\"]").contains("field `groups`")
    );
    assert!(
        refusal("\"Directory.Read.All\"", "\"Directory.Eat.All\"").contains("field `delegated`")
    );
    assert!(
        refusal("{vendor}/connect", "https://evil.example/connect")
            .contains("field `redirect_uris`")
    );
}

#[test]
fn form_errors_name_the_line() {
    let message = refusal("title = ", "titel = ");
    assert!(
        message.starts_with("line ") && message.contains("titel"),
        "{message}"
    );
    assert!(refusal("legs = 2", "legs = two").starts_with("line "));
    let cut = build("id = \"x\"\n[propagation")
        .expect_err("a refusal")
        .to_string();
    assert!(cut.starts_with("line 2 of the scenario"), "{cut}");
}

#[test]
fn same_seed_gives_same_world() {
    let one = serde_json::to_value(build(in_order()).expect("a world")).expect("plain data");
    assert_eq!(
        one,
        serde_json::to_value(build(in_order()).expect("a world")).expect("plain data")
    );
}
