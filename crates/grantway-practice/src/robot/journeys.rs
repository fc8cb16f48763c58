//! The robot against a whole practice cloud: what a person would meet, page by page.

use url::Url;

use super::{Consent, Observer, Person, Phone, Robot, RobotError, Verdict, Walk};
use crate::state::GrantReach;
use crate::{Options, Practice, ScenarioSource};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const REDIRECT: &str = "http://localhost/cb/practice";

/// Stops at the redirect address, as the owner of a sign-in window does.
#[derive(Default)]
struct Watcher {
    navigations: Vec<String>,
    commits: Vec<(String, bool)>,
}

impl Observer for Watcher {
    fn navigating(&mut self, url: &str) -> Verdict {
        self.navigations.push(url.to_owned());
        if url.starts_with(REDIRECT) {
            Verdict::Stop
        } else {
            Verdict::Go
        }
    }

    fn committed(&mut self, _url: &str, title: &str, is_form_post: bool) {
        self.commits.push((title.to_owned(), is_form_post));
    }
}

async fn practice(scenario: &str) -> Practice {
    let options = Options {
        scenario: ScenarioSource::Builtin(scenario.to_owned()),
        seed: Some(1),
        ..Options::default()
    };
    Practice::start(options).await.expect("free ports")
}

fn person(upn: &str, password: &str) -> Person {
    Person {
        upn: upn.to_owned(),
        password: password.to_owned(),
        new_password: None,
        consent: Consent::Accept,
        phone: Phone::Approve,
    }
}

fn dana() -> Person {
    person("dana@larkspur-it.example", "practice-Dana-1")
}

fn pat() -> Person {
    person("pat@vendor-portal.example", "practice-Pat-1")
}

fn authorize(practice: &Practice, tenant: &str, scope: &str, extra: &str) -> String {
    let cloud = practice.cloud();
    let client = cloud.client_id.expect("the scenario offers a client");
    let mut url = Url::parse(&format!("{}/{tenant}/oauth2/v2.0/authorize", cloud.login)).unwrap();
    url.query_pairs_mut()
        .append_pair("client_id", &client.to_string())
        .append_pair("response_type", "code")
        .append_pair("redirect_uri", REDIRECT)
        .append_pair("scope", scope)
        .append_pair("code_challenge", CHALLENGE)
        .append_pair("code_challenge_method", "S256")
        .append_pair("state", "s-1")
        .append_pair("nonce", "n-1");
    format!("{url}{extra}")
}

async fn walk(
    practice: &Practice,
    url: &str,
    people: &[Person],
) -> (Result<Walk, RobotError>, Watcher) {
    let mut watcher = Watcher::default();
    let mut robot = Robot::new(practice.control().clone()).unwrap();
    let walk = robot.walk(url, people, &mut watcher).await;
    (walk, watcher)
}

fn answer(walk: &Walk, name: &str) -> Option<String> {
    let url = Url::parse(&walk.final_url).unwrap();
    url.query_pairs()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// Turns dana into a fresh account: first password, no phone.
fn make_fresh(practice: &Practice) {
    practice.inner().write(|world| {
        let (tenant, user) = world
            .user_by_upn(&dana().upn)
            .map(|(tenant, user)| (tenant.id, user.id))
            .unwrap();
        let user = world.user_mut(&tenant, &user).unwrap();
        user.must_change_password = true;
        user.authenticators.clear();
    });
}

/// What the vendor's app holds in the provider's tenant.
#[derive(Debug, PartialEq, Eq)]
struct Held {
    verified_publisher: Option<String>,
    scopes_for_all: usize,
    app_roles: usize,
}

fn vendor_app_in_provider_tenant(practice: &Practice) -> Option<Held> {
    practice.inner().read(|world| {
        let tenant = world.tenant_by_domain("larkspur-it.example")?;
        let app = tenant.service_principal_by_app(&world.vendor_portal.application)?;
        let grants = tenant.delegated_grants.values();
        let roles = tenant.app_role_assignments.values();
        Some(Held {
            verified_publisher: app.verified_publisher.clone().map(|(name, _)| name),
            scopes_for_all: grants
                .filter(|grant| grant.client == app.id && grant.reach == GrantReach::AllPrincipals)
                .map(|grant| grant.scopes.len())
                .sum(),
            app_roles: roles.filter(|held| held.principal == app.id).count(),
        })
    })
}

#[tokio::test]
async fn dana_signs_in_and_consents_once() {
    let practice = practice("in-order").await;
    let url = authorize(
        &practice,
        "larkspur-it.example",
        "openid offline_access Group.Read.All",
        "",
    );
    let (first, watcher) = walk(&practice, &url, &[dana()]).await;
    let first = first.unwrap();
    assert_eq!(
        first.pages,
        ["account", "password", "number", "stay", "consent"]
    );
    assert_eq!(first.credential_prompts, 1);
    assert_eq!(answer(&first, "state").as_deref(), Some("s-1"));
    assert!(answer(&first, "code").is_some());
    assert!(!watcher.commits[0].1 && watcher.commits[1].1);
    let (second, _) = walk(&practice, &url, &[dana()]).await;
    assert_eq!(
        second.unwrap().pages,
        ["account", "password", "number", "stay"]
    );
    practice.shutdown().await;
}

#[tokio::test]
async fn a_signed_in_browser_goes_through_without_a_page_unless_asked_again() {
    let practice = practice("in-order").await;
    let url = |extra| authorize(&practice, "organizations", "openid", extra);
    let mut robot = Robot::new(practice.control().clone()).unwrap();
    let people = [dana()];
    robot
        .walk(&url(""), &people, &mut Watcher::default())
        .await
        .unwrap();
    let mut watcher = Watcher::default();
    let silent = robot.walk(&url(""), &people, &mut watcher).await.unwrap();
    assert_eq!((silent.pages.len(), silent.credential_prompts), (0, 0));
    assert!(watcher.commits.is_empty());
    assert_eq!(watcher.navigations.len(), 2);
    let none = robot
        .walk(&url("&prompt=none"), &people, &mut Watcher::default())
        .await
        .unwrap();
    assert!(answer(&none, "code").is_some());
    let again = robot
        .walk(&url("&prompt=login"), &people, &mut Watcher::default())
        .await
        .unwrap();
    assert_eq!(again.credential_prompts, 1);
    let prompts: Vec<bool> = practice.inner().read(|world| {
        let records = world.sign_ins.records.iter();
        records.map(|record| record.prompted).collect()
    });
    assert_eq!(prompts, [true, false, false, true]);
    practice.shutdown().await;
}

#[tokio::test]
async fn a_fresh_account_changes_its_password_and_registers_the_phone() {
    let practice = practice("in-order").await;
    make_fresh(&practice);
    let url = practice.cloud().portals["security_info"].clone();
    let (stuck, _) = walk(&practice, &url, &[dana()]).await;
    assert!(
        matches!(stuck, Err(RobotError::Stuck { page, .. }) if page.contains("change password"))
    );
    let mut fresh = dana();
    fresh.new_password = Some("Kept-for-good-7".to_owned());
    let (done, _) = walk(&practice, &url, &[fresh.clone()]).await;
    assert_eq!(
        done.unwrap().pages,
        [
            "account",
            "password",
            "change-password",
            "register",
            "number",
            "all-set"
        ]
    );
    let (changed, phones) = practice.inner().read(|world| {
        let (_, user) = world.user_by_upn(&fresh.upn).unwrap();
        (user.must_change_password, user.authenticators.len())
    });
    assert_eq!((changed, phones), (false, 1));
    let (later, _) = walk(&practice, &url, &[fresh]).await;
    assert_eq!(
        later.unwrap().pages,
        ["account", "password", "password", "number", "all-set"]
    );
    practice.shutdown().await;
}

#[tokio::test]
async fn the_vendor_asks_twice_and_gets_what_it_asked_for() {
    let practice = practice("in-order").await;
    let url = practice.cloud().portals["vendor"].clone();
    let (done, watcher) = walk(&practice, &url, &[pat(), dana()]).await;
    let done = done.unwrap();
    assert_eq!(done.credential_prompts, 2);
    assert_eq!(done.pages.last().map(String::as_str), Some("connected"));
    assert_eq!(
        done.pages.iter().filter(|page| *page == "consent").count(),
        1
    );
    assert!(
        watcher
            .navigations
            .iter()
            .any(|url| url.contains("prompt=login"))
    );
    assert_eq!(
        vendor_app_in_provider_tenant(&practice),
        Some(Held {
            verified_publisher: Some("Huntress Labs Inc".to_owned()),
            scopes_for_all: 5,
            app_roles: 2,
        })
    );
    practice.shutdown().await;
}

#[tokio::test]
async fn where_cookies_interfere_the_second_prompt_is_missing() {
    let practice = practice("cookies-interfere").await;
    let url = practice.cloud().portals["vendor"].clone();
    let (done, _) = walk(&practice, &url, &[pat(), dana()]).await;
    let done = done.unwrap();
    assert_eq!(done.credential_prompts, 1);
    assert_eq!(done.pages.last().map(String::as_str), Some("connected"));
    practice.shutdown().await;
}

#[tokio::test]
async fn an_unverified_publisher_stays_unverified_after_the_consent() {
    let practice = practice("unverified-publisher").await;
    let url = practice.cloud().portals["vendor"].clone();
    let (done, _) = walk(&practice, &url, &[pat(), dana()]).await;
    assert_eq!(done.unwrap().credential_prompts, 2);
    let held = vendor_app_in_provider_tenant(&practice).unwrap();
    assert_eq!(held.verified_publisher, None);
    assert!(held.scopes_for_all > 0);
    practice.shutdown().await;
}

#[tokio::test]
async fn a_denied_consent_leaves_nothing_behind() {
    let practice = practice("in-order").await;
    let mut no = dana();
    no.consent = Consent::Deny;
    let url = practice.cloud().portals["vendor"].clone();
    let (done, _) = walk(&practice, &url, &[pat(), no.clone()]).await;
    assert_eq!(
        done.unwrap().pages.last().map(String::as_str),
        Some("integrations")
    );
    assert!(vendor_app_in_provider_tenant(&practice).is_none());
    let url = authorize(&practice, "organizations", "openid Group.Read.All", "");
    let (denied, _) = walk(&practice, &url, &[no]).await;
    let denied = denied.unwrap();
    assert_eq!(answer(&denied, "error").as_deref(), Some("access_denied"));
    assert!(
        answer(&denied, "error_description")
            .unwrap()
            .starts_with("AADSTS65004")
    );
    practice.shutdown().await;
}

#[tokio::test]
async fn somebody_without_rights_is_told_that_an_administrator_is_needed() {
    let practice = practice("in-order").await;
    let tom = person("tom@larkspur-it.example", "practice-Tom-1");
    let url = authorize(&practice, "organizations", "openid Group.ReadWrite.All", "");
    let (done, _) = walk(&practice, &url, &[tom]).await;
    let done = done.unwrap();
    assert_eq!(
        done.pages.last().map(String::as_str),
        Some("approval-needed")
    );
    assert!(
        answer(&done, "error_description")
            .unwrap()
            .starts_with("AADSTS90094")
    );
    practice.shutdown().await;
}

#[tokio::test]
async fn a_phone_that_says_no_or_nothing_stops_the_sign_in() {
    let practice = practice("in-order").await;
    let url = authorize(&practice, "organizations", "openid", "");
    for (phone, page) in [
        (Phone::Deny, "not approved"),
        (Phone::Ignore, "approve on the phone"),
    ] {
        let who = Person { phone, ..dana() };
        let (stuck, _) = walk(&practice, &url, &[who]).await;
        let said = stuck.unwrap_err().to_string();
        assert!(said.contains(page), "{said}");
    }
    practice.shutdown().await;
}

/// Lets a minute pass each time the number is shown.
struct Slow<'a>(&'a Practice);

impl Observer for Slow<'_> {
    fn navigating(&mut self, _url: &str) -> Verdict {
        Verdict::Go
    }

    fn committed(&mut self, _url: &str, title: &str, _is_form_post: bool) {
        if title.contains("approve on the phone") {
            let minute = std::time::Duration::from_secs(61);
            self.0.inner().clock.advance(minute).unwrap();
        }
    }
}

#[tokio::test]
async fn a_number_is_good_for_a_minute() {
    let practice = practice("in-order").await;
    let url = authorize(&practice, "organizations", "openid", "");
    let mut robot = Robot::new(practice.control().clone()).unwrap();
    let stuck = robot.walk(&url, &[dana()], &mut Slow(&practice)).await;
    let said = stuck.unwrap_err().to_string();
    assert!(said.contains("within a minute"), "{said}");
    practice.shutdown().await;
}

#[tokio::test]
async fn a_federated_account_signs_in_on_its_organisation_s_page() {
    let practice = practice("federated-provider").await;
    let url = authorize(&practice, "organizations", "openid", "");
    let (done, watcher) = walk(&practice, &url, &[dana()]).await;
    let done = done.unwrap();
    assert_eq!(
        done.pages[..3],
        ["account", "federated", "number"].map(String::from)
    );
    assert_eq!(done.credential_prompts, 1);
    let federated = practice
        .inner()
        .hosts
        .base(crate::hosts::Service::Federated);
    assert!(
        watcher
            .navigations
            .iter()
            .any(|url| url.starts_with(&federated))
    );
    assert!(answer(&done, "code").is_some());
    practice.shutdown().await;
}

#[tokio::test]
async fn an_account_of_another_tenant_meets_an_error_page() {
    let practice = practice("in-order").await;
    let url = authorize(&practice, "copperfield.example", "openid", "");
    let marta = person("marta@alder-dental.example", "practice-Marta-1");
    let (stuck, _) = walk(&practice, &url, &[marta]).await;
    let said = stuck.unwrap_err().to_string();
    assert!(said.contains("AADSTS50020"), "{said}");
    practice.shutdown().await;
}

#[tokio::test]
async fn an_app_can_have_the_account_chosen_or_the_consent_asked_again() {
    let practice = practice("in-order").await;
    let url = |extra| authorize(&practice, "organizations", "openid Group.Read.All", extra);
    let mut robot = Robot::new(practice.control().clone()).unwrap();
    let people = [dana()];
    let mut pages = Vec::new();
    for extra in ["", "&prompt=select_account", "&prompt=consent"] {
        let mut watcher = Watcher::default();
        let walk = robot
            .walk(&url(extra), &people, &mut watcher)
            .await
            .unwrap();
        assert!(answer(&walk, "code").is_some());
        pages.push(walk.pages);
    }
    assert_eq!(
        pages[1],
        ["picker", "account", "password", "number", "stay"]
    );
    assert_eq!(pages[2], ["consent"]);
    practice.shutdown().await;
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let practice = practice("in-order").await;
    let mut robot = Robot::new(practice.control().clone()).unwrap();
    let sign_in = authorize(&practice, "organizations", "openid", "");
    let sign_out = format!(
        "{}/organizations/oauth2/v2.0/logout",
        practice.cloud().login
    );
    let mut pages = Vec::new();
    for url in [&sign_in, &sign_in, &sign_out, &sign_in] {
        let mut watcher = Watcher::default();
        let walk = robot.walk(url, &[dana()], &mut watcher).await.unwrap();
        pages.push(walk.pages.first().cloned().unwrap_or_default());
    }
    assert_eq!(pages, ["account", "", "signed-out", "account"]);
    practice.shutdown().await;
}

#[tokio::test]
async fn a_wrong_number_on_the_phone_counts_as_no() {
    let practice = practice("in-order").await;
    let url = authorize(&practice, "organizations", "openid", "");
    let mut robot = Robot::new(practice.control().clone()).unwrap();
    let stuck = robot.walk(&url, &[dana()], &mut Meddler(&practice)).await;
    let said = stuck.unwrap_err().to_string();
    assert!(said.contains("a wrong number was typed"), "{said}");
    practice.shutdown().await;
}

/// Types a wrong number on the phone before the person can.
struct Meddler<'a>(&'a Practice);

impl Observer for Meddler<'_> {
    fn navigating(&mut self, _url: &str) -> Verdict {
        Verdict::Go
    }

    fn committed(&mut self, _url: &str, _title: &str, _is_form_post: bool) {
        self.0.inner().write(|world| {
            for prompt in &mut world.phone {
                let wrong = prompt.number % 90 + 10;
                prompt.answer(crate::state::PhoneAnswer::Approve(wrong));
            }
        });
    }
}

#[test]
fn a_person_s_passwords_are_not_shown() {
    let mut who = person("a@b.example", "one-secret");
    who.new_password = Some("two-secret".to_owned());
    let shown = format!("{who:?}");
    assert!(shown.contains("a@b.example") && !shown.contains("secret"));
}
